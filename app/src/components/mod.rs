//! The parts that pages are made of.

mod answer;
mod breadcrumbs;
mod card;
mod chart;
mod empty;
mod figure;
mod filter;
mod frame;
mod heading;
mod pagination;
mod remark;
mod spark;
mod table;

pub use answer::answer;
pub use breadcrumbs::{Crumbs, breadcrumbs};
pub use card::groups;
pub use chart::chart;
pub use empty::empty;
pub use figure::figure;
pub use filter::{Select, filter};
pub use frame::{Section, framed, unframed};
pub use heading::heading;
pub use pagination::pagination;
pub use remark::{remark, tag, tag_class};
pub use spark::spark;
pub use table::{link_list, pairs, table};
