//! What the council's own headers, codes, teams and workers are meant to be.

use serde::{Deserialize, Serialize};

/// `/data/mapping`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MappingPage {
    /// Lines in force, by kind, list and text.
    pub lines: Vec<MappingRow>,
    /// Every change, newest first.
    pub changes: Vec<MappingChangeRow>,
    /// What the form needs; `None` for who may set none.
    pub form: Option<MappingForm>,
}

/// A line in force.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MappingRow {
    /// "Code".
    pub kind: String,
    /// "List 6, Case status"; empty for teams and workers.
    pub place: String,
    /// As it stands in the file.
    pub written: String,
    /// What it is read as.
    pub meant: String,
    /// "1 November 2026".
    pub since: String,
    /// "412 cells in the newest extract"; empty where it was not used.
    pub used: String,
}

/// One change.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MappingChangeRow {
    /// "Code, List 6, Case status".
    pub place: String,
    /// As it stands in the file.
    pub written: String,
    /// What it is read as, or "Taken back".
    pub meant: String,
    /// "1 November 2026".
    pub applies_from: String,
    /// Why.
    pub reason: String,
    /// Who and when.
    pub set: String,
}

/// What may be chosen in the form.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MappingForm {
    /// Lists by number and name.
    pub lists: Vec<(u8, String)>,
    /// Official headers of coded columns.
    pub columns: Vec<String>,
    /// From which date the form proposes: the day after the newest extract.
    pub from: String,
}
