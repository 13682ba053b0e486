//! The rules of Performance Surgery, pure: calendar, records, journeys, measures, scope.
//!
//! Nothing here reads a file, a database or a clock. Dates, standards and the organisation come in as
//! arguments; facts, figures and lists go out. The server holds the I/O, the app holds the pages.
//!
//! The way of the data:
//!
//! ```text
//! records -> Journey -> SoundJourney -> measure -> Fact -> Tally -> Figure
//!                                            \-> Line (the list behind the figure)
//! ```
//!
//! [`look_ahead`] judges the same journey on the coming days; [`registers`] name the children to talk about;
//! [`caseload`] sets the children held beside the [`workforce`]. [`change`], [`lag`] and [`answers`] set extracts beside
//! each other: what changed, what was recorded late, and whether what managers said came true. Of what is found,
//! [`surgery`] makes an agenda and [`action`] what is to be done about it.

pub mod action;
pub mod answers;
pub mod benchmarks;
pub mod calendar;
pub mod caseload;
pub mod change;
pub mod codes;
pub mod evidence;
pub mod formula;
pub mod funnel;
pub mod history;
pub mod holds;
pub mod ids;
pub mod journey;
pub mod lag;
pub mod look_ahead;
pub mod mapping;
pub mod measures;
pub mod names;
pub mod organisation;
pub mod record;
pub mod registers;
pub mod scope;
pub mod signal;
pub mod spc;
pub mod standards;
pub mod suppress;
pub mod surgery;
pub mod targets;
pub mod text;
pub mod workforce;
