//! The demo authority: the fictional county of Wexshire, told week by week as Annex A workbooks.
//!
//! Not weekly noise but a world: every child has a life (contacts, referral, assessment, section 47 enquiry,
//! plan, care, leaving care) that is simulated once, and each extract is what the case system knew of all lives
//! on its date. Visits are written up late, dates are corrected afterwards, children change team and worker, and
//! the service gets better over the weeks: the story is in [`story`].
//!
//! | module | what it holds |
//! |---|---|
//! | `options` | what to write, and what can go wrong |
//! | `county`, `names`, `workforce` | the organisation, its people and who works where |
//! | `people` | one persona for each role |
//! | `calendar`, `chance` | days as numbers; repeatable chance |
//! | `story`, `targets` | the rates that change over the weeks, and what they should reach |
//! | `lives` | one child's life |
//! | `world` | all lives, in a few cohorts |
//! | `lists` | a life as rows of the eleven lists, as known on a date |
//! | `blemishes` | the small faults that real extracts have |
//! | `many_actions` | a long log, for measuring |
//! | `write`, `own_tables` | workbooks and CSV files |
//! | `loading` | the weeks in the database, with what people do on the way |
//! | `answers`, `surgeries` | what managers say of late children; surgeries held and actions followed |
//!
//! No clock and no ambient chance: the same [`DemoOptions`] give the same content, cell by cell.

mod answers;
mod blemishes;
mod calendar;
mod chance;
mod codes;
mod county;
mod lists;
mod lives;
mod loading;
mod many_actions;
mod names;
mod options;
mod own_tables;
mod people;
mod story;
mod surgeries;
mod targets;
mod workforce;
mod world;
mod write;

#[cfg(test)]
mod tests;

pub use answers::{NoDemoAnswers, answer};
pub use county::{COUNTY, UNMAPPED_TEAM, organisation};
pub use loading::{NoDemo, claim_database, is_for, load_weeks};
pub use many_actions::{NotFilled, fill_actions};
pub use options::{DemoError, DemoFormat, DemoOptions, DemoWeek};
pub use people::{DemoPersona, people};
pub use surgeries::{NoDemoSurgeries, newest_extract};
pub use write::write;
