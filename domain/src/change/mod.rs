//! What changed from one extract to another: the units of a figure that came or went and why, and what was altered of a
//! time that was already over.

pub mod altered;
pub mod fields;
pub mod figure;
mod reason;
pub mod row;
mod versions;

pub use altered::{Alteration, Span, What, alterations};
pub use figure::{Moment, Side, UnitChange, of_child};
pub use reason::Reason;
pub use row::{Row, pairs};
pub use versions::{Version, first_seen, rows_on};
