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
//! [`look_ahead`] judges the same journey on the coming days; [`registers`] name the children to talk about. Of what is
//! found, [`surgery`] makes an agenda and [`action`] what is to be done about it.

pub mod action;
pub mod benchmarks;
pub mod calendar;
pub mod codes;
pub mod funnel;
pub mod ids;
pub mod journey;
pub mod look_ahead;
pub mod measures;
pub mod names;
pub mod organisation;
pub mod record;
pub mod registers;
pub mod scope;
pub mod spc;
pub mod standards;
pub mod surgery;
pub mod text;
