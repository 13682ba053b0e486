//! The council's standards, and what was set when.

use super::Link;
use serde::{Deserialize, Serialize};

/// `/admin/standards`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct StandardsPage {
    /// Every standard, in the order of the journey.
    pub standards: Vec<StandardRow>,
    /// Every change, newest first.
    pub changes: Vec<ChangeRow>,
    /// Whether this viewer may set one.
    pub may_set: bool,
    /// From which date the form proposes: the day after the newest extract.
    pub from: String,
    /// Files to take away.
    pub exports: Vec<Link>,
}

/// One standard.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct StandardRow {
    /// Its name in the form and on the command line: `cp_visit_working_days`.
    pub name: String,
    /// In words: "Child protection: visit, working days".
    pub words: String,
    /// In force now.
    pub value: String,
    /// The default, where another is in force.
    pub default: Option<String>,
    /// Measures that depend on it.
    pub measures: String,
}

/// One change.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ChangeRow {
    /// The standard in words.
    pub words: String,
    /// The value set.
    pub value: String,
    /// "1 November 2026".
    pub applies_from: String,
    /// Why.
    pub reason: String,
    /// Who and when.
    pub set: String,
}
