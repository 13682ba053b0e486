//! Record quality: what was wrong in an extract, by kind and row by row.
//!
//! | module | what it does |
//! |---|---|
//! | `query` | what is asked for, settled; and the problems of it |
//! | `groups` | problems of one kind as one line |
//! | `page` | `/data/problems`: a team manager's worklist |
//! | `file` | the same to take away |
//! | `team` | the section of a team's page |

mod file;
mod groups;
mod page;
mod query;
mod team;

pub use file::file;
pub(super) use groups::{Group, groups};
pub(super) use page::page;
pub(super) use query::of_extract_href;
pub(super) use team::of_team;
