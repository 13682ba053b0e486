//! The pages, one file each: from what the desk answers to a page within its frame, with the parts in `components`.

mod answer;
mod attention;
mod child;
mod data;
mod extract;
mod help;
mod home;
mod list;
mod list_rows;
mod load;
mod measure;
mod rebase;
mod service;
mod sign_in;
mod standards;
mod tables;
mod team;

pub use answer::answer;
pub use attention::attention;
pub use child::child;
pub use data::data;
pub use extract::extract;
pub use help::help;
pub use home::home;
pub use list::list;
pub use load::load;
pub use measure::measure;
pub use service::service;
pub use sign_in::sign_in;
pub use standards::standards;
pub use tables::tables;
pub use team::team;

use crate::data::{Frame, Link};

/// The first step of every trail.
fn headlines(frame: &Frame) -> Link {
    Link { text: "Headlines".to_owned(), href: frame.home.clone() }
}

/// The first step from an extract or a load.
fn to_data() -> Link {
    Link { text: "Data".to_owned(), href: "/data".to_owned() }
}
