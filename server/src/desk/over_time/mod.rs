//! Pages that set extracts beside each other: what changed in a figure, what was altered in retrospect, how late things are
//! recorded.
//!
//! | module | what it tells |
//! |---|---|
//! | `changes` | `/measures/:id/changes` |
//! | `altered` | `/data/altered`, and its file |
//! | `lag` | `/data/lag`, and its file |

mod altered;
mod asking;
mod changes;
mod lag;

pub(super) use altered::{file as altered_file, page as altered};
pub(super) use asking::Asking;
pub(super) use changes::{link as changes_link, page as changes};
pub use lag::file as lag_file;
pub(super) use lag::{of_child as recorded_of_child, page as lag};

use app::data::{Link, TablePart};

/// A cell of words.
pub(super) fn cell(text: &str) -> Link {
    linked(text, "")
}

/// A cell that leads somewhere.
pub(super) fn linked(text: &str, href: &str) -> Link {
    Link { text: text.to_owned(), href: href.to_owned() }
}

/// A table without rows yet.
pub(super) fn part(title: &str) -> TablePart {
    TablePart { title: title.to_owned(), ..TablePart::default() }
}
