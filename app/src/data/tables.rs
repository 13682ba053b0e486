//! Pages that are tables of figures and lines: managers' answers, lag of recording, what changed, what was altered.

use super::{Link, Tab};
use serde::{Deserialize, Serialize};

/// What such a page is asked for, as it stands in the address. Every value is free text from outside; the server reads it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TablesQuery {
    /// One service.
    pub service: Option<String>,
    /// One team; "(no team)" too.
    pub team: Option<String>,
    /// One list, by its number.
    pub list: Option<String>,
    /// What is shown, where there is a choice.
    pub show: Option<String>,
    /// The first as-at date.
    pub from: Option<String>,
    /// The last as-at date.
    pub to: Option<String>,
    /// Page, from 1.
    pub page: Option<String>,
    /// As at which date; nothing is the newest.
    pub as_at: Option<String>,
}

/// What `/data/problems` is asked for, as it stands in the address: no child and no value of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ProblemsQuery {
    /// The extract's number; nothing is the newest.
    pub extract: Option<String>,
    /// One team; "(no team)" too.
    pub team: Option<String>,
    /// One list: `L7`, `workforce`.
    pub list: Option<String>,
    /// One kind: `not-a-date`.
    pub kind: Option<String>,
    /// Page, from 1.
    pub page: Option<String>,
}

/// A page of tables.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TablesPage {
    /// The heading.
    pub title: String,
    /// What stands above it.
    pub caption: String,
    /// The pages above it, below the headlines.
    pub crumbs: Vec<Link>,
    /// Whether it belongs to the data pages.
    pub of_data: bool,
    /// Whether it belongs to the surgeries.
    pub of_surgeries: bool,
    /// What it says in a few sentences.
    pub lead: Vec<String>,
    /// Views of the same page, side by side.
    pub tabs: Vec<Tab>,
    /// The form that narrows it down.
    pub narrow: Narrow,
    /// The tables.
    pub parts: Vec<TablePart>,
    /// Page of the last table, from 1.
    pub page: u64,
    /// How many pages.
    pub pages: u64,
    /// Previous page.
    pub previous: Option<String>,
    /// Next page.
    pub next: Option<String>,
    /// Files to take away.
    pub exports: Vec<Link>,
}

/// A form that narrows a page down: a plain GET form.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Narrow {
    /// The page's path.
    pub action: String,
    /// Drop-downs.
    pub selects: Vec<NarrowSelect>,
    /// Fields for dates.
    pub dates: Vec<NarrowDate>,
    /// What else stands in the address.
    pub kept: Vec<(String, String)>,
}

/// A drop-down.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct NarrowSelect {
    /// The field's name in the address.
    pub name: String,
    /// Its label.
    pub label: String,
    /// Value, words, and whether it is chosen.
    pub options: Vec<(String, String, bool)>,
}

/// A field for a date.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct NarrowDate {
    /// The field's name in the address.
    pub name: String,
    /// Its label.
    pub label: String,
    /// The date in it, as the address has it; may be empty.
    pub value: String,
}

/// A table with a heading and what must be said of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TablePart {
    /// The heading.
    pub title: String,
    /// What to know before reading it; may be empty.
    pub note: String,
    /// Column headings.
    pub head: Vec<String>,
    /// Cells, as many as headings; one with an address is a link.
    pub rows: Vec<Vec<Link>>,
    /// What stands there without rows: why, and what to do next.
    pub empty: String,
}
