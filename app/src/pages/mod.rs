//! The pages, one file each. Every page asks for its data once and shows it with the parts in `components`.
//!
//! A page is two functions: one reads the address and asks, `show` turns the answer into a view.

mod child;
mod data;
mod extract;
mod help;
mod home;
mod list;
mod list_rows;
mod load;
mod measure;
mod no_answer;
mod service;
mod sign_in;
mod team;

#[cfg(all(test, feature = "ssr"))]
pub use self::show::*;

pub use child::child;
pub use data::data;
pub use extract::extract;
pub use help::help;
pub use home::home;
pub use list::list;
pub use load::load;
pub use measure::measure;
pub use no_answer::{no_answer, not_found};
pub use service::service;
pub use sign_in::sign_in;
pub use team::team;

use crate::data::Link;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// A part of the path; empty where the router has none.
fn in_path(name: &'static str) -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.read().get(name).unwrap_or_default())
}

/// A field of the query; an empty one counts as none.
fn in_query(name: &'static str) -> Memo<Option<String>> {
    let query = use_query_map();
    Memo::new(move |_| query.read().get(name).filter(|value| !value.is_empty()))
}

/// The first step of every trail.
fn headlines() -> Link {
    Link { text: "Headlines".to_owned(), href: "/".to_owned() }
}

/// What the tests render.
#[cfg(all(test, feature = "ssr"))]
mod show {
    pub use super::child::show as show_child;
    pub use super::data::show as show_data;
    pub use super::extract::show as show_extract;
    pub use super::help::show as show_help;
    pub use super::home::show as show_home;
    pub use super::list::show as show_list;
    pub use super::load::show as show_load;
    pub use super::measure::show as show_measure;
    pub use super::service::show as show_service;
    pub use super::sign_in::show as show_sign_in;
    pub use super::team::show as show_team;
}
