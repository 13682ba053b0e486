//! The list of children behind a figure.

use super::{FigureText, Link, ListAnswers, RowAnswer, Standing};
use serde::{Deserialize, Serialize};

/// What a list is asked for, as it stands in the address. Every value is free text from outside; the server reads it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ListQuery {
    /// One service.
    pub service: Option<String>,
    /// One team; "(no team)" too.
    pub team: Option<String>,
    /// One worker; "(no worker)" too.
    pub worker: Option<String>,
    /// `all` (default), `act`, `soon`, `done`.
    pub show: Option<String>,
    /// `due` (default), `child`, `event`, `team`, `worker`, `start`, `days`, with a leading `-` for descending.
    pub sort: Option<String>,
    /// Page, from 1.
    pub page: Option<String>,
    /// Lines a page: 25, 50 (default), 100 or 200.
    pub size: Option<String>,
    /// Late lines of one kind of answer: `done`, `not-done`, `disputed`, `none`.
    pub answer: Option<String>,
    /// First day of the period.
    pub from: Option<String>,
    /// Last day of the period.
    pub to: Option<String>,
    /// As at which date; nothing is the newest.
    pub as_at: Option<String>,
}

/// `/measures/:id/children`: who?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListPage {
    /// The measure's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The measure's page.
    pub measure_href: String,
    /// "Whole council", a service, a team or a worker.
    pub place: String,
    /// The figure of the whole selection.
    pub figure: FigureText,
    /// The period or date in words.
    pub period: String,
    /// What the numerator means.
    pub numerator: String,
    /// Tabs: all, to act on, due soon, done; each with its count.
    pub tabs: Vec<Tab>,
    /// Service, team and worker to choose from: only those the viewer may read.
    pub services: Vec<Choice>,
    /// Teams.
    pub teams: Vec<Choice>,
    /// Workers.
    pub workers: Vec<Choice>,
    /// Hidden fields of the filter form: what else stands in the address.
    pub kept: Vec<(String, String)>,
    /// Column headings with their sort links.
    pub columns: Vec<Column>,
    /// Whether lines are workers (caseload measures) and not children.
    pub of_workers: bool,
    /// The lines of this page.
    pub rows: Vec<ListRow>,
    /// All lines of the selection.
    pub total: u64,
    /// This page, from 1.
    pub page: u64,
    /// How many pages.
    pub pages: u64,
    /// Previous and next page.
    pub previous: Option<String>,
    /// Next page.
    pub next: Option<String>,
    /// What managers say of its late lines; `None` where nothing can be said.
    pub answers: Option<ListAnswers>,
    /// Exports of the whole selection.
    pub exports: Vec<Link>,
    /// What the form sends along that begins an action about chosen lines; `None` for who may record none.
    pub add: Option<Vec<(String, String)>>,
}

/// A tab of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tab {
    /// "Late", "Due soon".
    pub text: String,
    /// Lines.
    pub count: u64,
    /// Whether there are more than were counted.
    pub open_ended: bool,
    /// Where to.
    pub href: String,
    /// Whether it is the open one.
    pub current: bool,
}

/// An option of a filter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Value and words.
    pub value: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A column heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The words.
    pub text: String,
    /// Sort by it (the other way round when it is the sort already).
    pub href: String,
    /// `ascending`, `descending` or `none`.
    pub sorted: String,
}

/// A line: a child (or a child's row), or a worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListRow {
    /// The child's id as the council knows it; the worker's name on a list of workers.
    pub who: String,
    /// The child's page.
    pub href: Option<String>,
    /// When it happened, where the line is an event: the second column.
    pub event: Option<String>,
    /// Team.
    pub team: String,
    /// Worker; on a list of workers the children held, in words.
    pub worker: String,
    /// Where the clock began.
    pub start: String,
    /// Due.
    pub due: String,
    /// "12 working days (2 over)".
    pub days: String,
    /// What was said of it, where it is late and can be answered for.
    pub answer: Option<RowAnswer>,
    /// "Late", "Due 3 November 2026", "On time", "Yes", "No".
    pub state: String,
    /// Its standing.
    pub standing: Standing,
    /// The child's reference, for an action about it; `None` where none can be recorded.
    pub reference: Option<String>,
}
