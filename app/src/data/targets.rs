//! The council's targets, and what was set when.

use super::Link;
use serde::{Deserialize, Serialize};

/// `/admin/targets`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TargetsPage {
    /// Targets in force, by measure, the widest area first.
    pub targets: Vec<TargetRow>,
    /// Every change, newest first.
    pub changes: Vec<TargetChangeRow>,
    /// What the form needs; `None` for who may set none.
    pub form: Option<TargetForm>,
    /// Files to take away.
    pub exports: Vec<Link>,
}

/// A target in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TargetRow {
    /// The measure, leading to its page.
    pub measure: Link,
    /// "Whole council", "Service North", "Team North 1".
    pub place: String,
    /// "95% or more".
    pub target: String,
    /// "2.5%"; empty where there is none.
    pub tolerance: String,
    /// "From 1 January 2026", or where the measure's own comes from.
    pub origin: String,
    /// What needs a look: no extract and no organisation knows the place.
    pub warning: Option<String>,
}

/// One change.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TargetChangeRow {
    /// The measure.
    pub measure: String,
    /// The place.
    pub place: String,
    /// "95%, close within 2.5%", or "Taken back".
    pub target: String,
    /// "1 November 2026".
    pub applies_from: String,
    /// Why.
    pub reason: String,
    /// Who and when.
    pub set: String,
}

/// What may be chosen in the form.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TargetForm {
    /// Measures that can have a target: id and name.
    pub measures: Vec<(String, String)>,
    /// Services.
    pub services: Vec<String>,
    /// Teams.
    pub teams: Vec<String>,
    /// From which date the form proposes: the day after the newest extract.
    pub from: String,
}
