//! Surgeries: their series, their events, and what these have made of each, for lists.
//!
//! As with actions a change is one transaction. People who do different things to one surgery at once do not disturb each
//! other: a change that lost the race is decided once more on what stands now, and only a note that somebody else has
//! written since is a conflict.

mod astray;
mod change;
mod events;
mod list;
mod projection;
mod redact;
mod series;
mod told;

pub use astray::astray;
pub use change::{Asked, NewSurgery, change, change_in, plan, plan_in};
pub use list::{Kept, Line, Window, list, load, versions};
pub use redact::redact_evidence;
pub use series::{KeptSeries, NewSeries, add_series, all_series, changes_between, changes_of, end_series};
pub use told::{Held, ItemsHeld, held, items_held};
