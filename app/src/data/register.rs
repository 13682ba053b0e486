//! The registers: children to talk about.

use super::{Chart, Choice, Column, Link, Tab};
use serde::{Deserialize, Serialize};

/// What a register is asked for, as it stands in the address. Every value is free text from outside; the server reads it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RegisterQuery {
    /// `attention` (default), `unallocated`, `managers`, `dormant` or `closing`.
    pub list: Option<String>,
    /// One service.
    pub service: Option<String>,
    /// One team; "(no team)" too.
    pub team: Option<String>,
    /// One rule's id.
    pub reason: Option<String>,
    /// The list's own order (default), `longest first` or `newest first`.
    pub sort: Option<String>,
    /// Page, from 1.
    pub page: Option<String>,
    /// As at which date; nothing is the newest.
    pub as_at: Option<String>,
}

/// `/attention`: which children should be talked about, and why?
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RegisterPage {
    /// "Children requiring attention".
    pub title: String,
    /// What the register is, and what it is not.
    pub about: String,
    /// "Whole council", a service or a team.
    pub place: String,
    /// The registers, each with its count.
    pub tabs: Vec<Tab>,
    /// Services to choose from: only those the viewer may read.
    pub services: Vec<Choice>,
    /// Teams.
    pub teams: Vec<Choice>,
    /// Orders to choose from beside the list's own.
    pub orders: Vec<Choice>,
    /// Hidden fields of the filter form: what else stands in the address.
    pub kept: Vec<(String, String)>,
    /// Children by reason, in the order of the rules; one child may stand under several.
    pub reasons: Vec<ReasonTotal>,
    /// Lines by team.
    pub by_team: Vec<TeamTotal>,
    /// The number now and before, and where that leads as far as it can be said.
    pub pace: String,
    /// The number week by week; `None` where there is one extract only.
    pub trend: Option<Chart>,
    /// Whether the course comes before the lines: on the weekly watch it is the point.
    pub trend_first: bool,
    /// The headings of earlier numbers by team: "2 October 2026".
    pub then: Vec<String>,
    /// The heading of the change: "Since 23 October 2026"; `None` where there is no extract before.
    pub since: Option<String>,
    /// The heading of a line's own date: "Since", "In need since"; `None` where the lines have none.
    pub dated: Option<String>,
    /// The heading of how long each line has been here; sorts by it.
    pub stay: Option<Column>,
    /// The lines of this page.
    pub rows: Vec<RegisterRow>,
    /// All lines of the selection.
    pub total: u64,
    /// This page, from 1.
    pub page: u64,
    /// How many pages.
    pub pages: u64,
    /// Files of the whole list.
    pub exports: Vec<Link>,
    /// Previous page.
    pub previous: Option<String>,
    /// Next page.
    pub next: Option<String>,
}

/// How many children a rule names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReasonTotal {
    /// The rule in words, leading to its children, or back to all where it is chosen.
    pub rule: Link,
    /// Why it matters for a child.
    pub why: String,
    /// Children.
    pub children: u64,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// How many lines stand under a team.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TeamTotal {
    /// The team, leading to its lines.
    pub team: Link,
    /// Lines.
    pub children: u64,
    /// Lines before, as many as there are headings.
    pub then: Vec<u64>,
    /// "2 more", "3 fewer", "No change".
    pub change: Option<String>,
}

/// A line of a register.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RegisterRow {
    /// The child's id.
    pub who: String,
    /// The child's page.
    pub href: Option<String>,
    /// Whether the child was not on the register of the extract before.
    pub is_new: bool,
    /// Team.
    pub team: String,
    /// Worker.
    pub worker: String,
    /// Why, the weightiest first.
    pub reasons: Vec<String>,
    /// Since when, as far as the records show.
    pub since: String,
    /// Since which extract it stands here without a break: "3 July 2026, 17 weeks".
    pub stay: String,
}
