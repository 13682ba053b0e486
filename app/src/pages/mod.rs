//! The pages, one file each: from what the desk answers to a page within its frame, with the parts in `components`.

mod action;
mod action_lines;
mod actions;
mod answer;
mod attention;
mod caseloads;
mod child;
mod data;
mod extract;
mod help;
mod home;
mod list;
mod list_rows;
mod load;
mod mapping;
mod measure;
mod new_action;
mod notices;
mod rebase;
mod recommendations;
mod service;
mod sign_in;
mod standards;
mod surgeries;
mod surgery;
mod surgery_item;
mod surgery_room;
mod targets;
mod team;
mod tour;

pub use action::action;
pub use actions::actions;
mod tables;

pub use answer::answer;
pub use attention::attention;
pub use caseloads::caseloads;
pub use child::child;
pub use data::data;
pub use extract::extract;
pub use help::help;
pub use home::home;
pub use list::list;
pub use load::load;
pub use mapping::mapping;
pub use measure::measure;
pub use new_action::new_action;
pub use notices::notices;
pub use recommendations::recommendations;
pub use service::service;
pub use sign_in::sign_in;
pub use standards::standards;
pub use surgeries::surgeries;
pub use surgery::surgery;
pub use tables::tables;
pub use targets::targets;
pub use team::team;
pub use tour::tour;

use crate::data::{Frame, Link};

/// The first step of every trail.
fn headlines(frame: &Frame) -> Link {
    Link { text: "Headlines".to_owned(), href: frame.home.clone() }
}

/// The first step from the targets.
fn to_standards() -> Link {
    Link { text: "Standards".to_owned(), href: "/admin/standards".to_owned() }
}

/// The first step from an action.
fn to_actions() -> Link {
    Link { text: "Actions".to_owned(), href: "/actions".to_owned() }
}

/// The first step from an extract or a load.
fn to_data() -> Link {
    Link { text: "Data".to_owned(), href: "/data".to_owned() }
}
