//! What of the notices is written about.

use crate::desk::{Links, day_in_words};
use crate::notices::{Kind, Waiting};
use crate::store::messages::About;
use std::collections::BTreeMap;

/// An action's or a surgery's step, as it is written about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    /// What is kept of it, so that it is told once.
    pub(super) about: About,
    /// "A-000012", or "Surgery on Thursday 5 March 2026".
    pub(super) name: String,
    /// Its path.
    pub(super) path: String,
}

/// What somebody is to be told, by step.
pub(super) fn told(waiting: &Waiting) -> BTreeMap<Kind, Vec<Told>> {
    let mut told: BTreeMap<Kind, Vec<Told>> = BTreeMap::new();
    for notice in waiting.actions.iter().filter(|notice| notice.told) {
        told.entry(notice.kind).or_default().push(Told {
            about: (format!("action-{}", notice.line.id.0), notice.occasion.clone()),
            name: notice.line.id.to_string(),
            path: Links::action(notice.line.id),
        });
    }
    for surgery in &waiting.surgeries {
        told.entry(Kind::ToPrepare).or_default().push(Told {
            about: (surgery.name(), surgery.day.to_string()),
            name: format!("Surgery on {}", day_in_words(surgery.day)),
            path: surgery.path(),
        });
    }
    told
}
