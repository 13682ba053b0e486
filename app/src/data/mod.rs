//! What each page is given: exactly what it shows, in words, ready to read.
//!
//! Dates, durations and shares are put into words on the server, in one place; the browser holds no calendar and
//! no locale. A figure that a viewer may not see is not in the data at all.

mod action;
mod answer;
mod caseloads;
mod child;
mod extract;
mod figure;
mod frame;
mod list;
mod look_ahead;
mod mapping;
mod notices;
mod overview;
mod register;
mod standards;
mod surgery;
mod targets;
mod tour;

pub use action::*;
pub use caseloads::*;
mod tables;

pub use answer::*;
pub use child::*;
pub use extract::*;
pub use figure::*;
pub use frame::*;
pub use list::*;
pub use look_ahead::*;
pub use mapping::*;
pub use notices::*;
pub use overview::*;
pub use register::*;
pub use standards::*;
pub use surgery::*;
pub use tables::*;
pub use targets::*;
pub use tour::*;
