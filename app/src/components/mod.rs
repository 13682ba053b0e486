//! The parts that pages are made of.

mod card;
mod chart;
mod empty;
mod exports;
mod figure;
mod filter;
mod form;
mod frame;
mod look_ahead;
mod pagination;
mod privacy;
mod remark;
mod signal;
mod spark;
mod table;
mod tabs;

pub use card::groups;
pub use chart::chart;
pub use empty::empty;
pub use exports::exports;
pub use figure::figure;
pub use filter::{Select, filter};
pub use form::{fields, form, options};
pub use frame::{Place, Section, framed, heading};
pub use look_ahead::{due_calendar, look_ahead};
pub use pagination::pagination;
pub use privacy::privacy;
pub use remark::{change, remark, tag, tag_class};
pub use signal::{signal, signal_in_full};
pub use spark::spark;
pub use table::{facts, link_list, pairs, table};
pub use tabs::tabs;
