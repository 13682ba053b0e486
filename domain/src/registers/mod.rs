//! Registers of children to talk about: Children Requiring Attention, cases without a worker or held by a manager,
//! dormant cases, and cases that may be ready to close.
//!
//! A register is a question to the people who know the child, not a verdict and not a score of risk. Each rule is data
//! plus one small function over one child's journey, as a measure is, and its threshold is a standard.

mod cases;
mod closing;
mod history;
mod practice;
mod rules;
mod words;

pub use cases::{Dormant, HeldByManager, Managers, Unallocated, Unseen, dormant, held_by_manager, unallocated};
pub use closing::{ReadyToClose, ready_to_close};
pub use rules::{RULES, Rule, rule};

use crate::journey::SoundJourney;
use crate::measures::Context;
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::sync::Arc;

/// Why a child is on the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The rule's id.
    pub rule: &'static str,
    /// What is so, with its numbers: "4 referrals in 12 months".
    pub words: String,
    /// The first day on which it was so, as far as the extract shows; `None` where it does not show.
    pub since: Option<NaiveDate>,
}

/// What a rule finds of one child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    words: String,
    since: Option<NaiveDate>,
}

impl Found {
    /// The one that has been so for longest; one of which nobody knows since when comes first.
    fn longest(all: impl IntoIterator<Item = Self>) -> Option<Self> {
        all.into_iter().min_by_key(|found| found.since)
    }
}

/// Every reason for which a child requires attention, at most one for each rule: the weightiest first, then in the order
/// of [`RULES`]. A rule whose threshold is 0 is off, and one whose columns were not supplied finds nothing.
#[must_use]
pub fn reasons(journey: &SoundJourney, context: &Context<'_>) -> Vec<Reason> {
    let mut found: Vec<(&Rule, Found)> =
        RULES.iter().filter_map(|rule| Some((rule, rule.applies_to(journey, context)?))).collect();
    found.sort_by_key(|(rule, _)| Reverse(rule.weight));
    found.into_iter().map(|(rule, found)| Reason { rule: rule.id, words: found.words, since: found.since }).collect()
}

/// A child on the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The child.
    pub child_id: Arc<str>,
    /// The child's current team as shown; `None` is "(no team)", and so is a child who is not open.
    pub team: Option<Arc<str>>,
    /// The child's current worker as shown.
    pub worker: Option<Arc<str>>,
    /// Why, the weightiest first; never empty.
    pub reasons: Vec<Reason>,
    /// The weights of the reasons together: an order for reading, and no measure of risk.
    pub weight: u32,
}

impl Entry {
    /// The child's line of the register; `None` for a child without a reason.
    #[must_use]
    pub fn of(journey: &SoundJourney, context: &Context<'_>) -> Option<Self> {
        let reasons = reasons(journey, context);
        if reasons.is_empty() {
            return None;
        }
        let holder = journey.current_holder(context.names, context.standards);
        let weight = reasons.iter().filter_map(|reason| rule(reason.rule)).map(|rule| rule.weight).sum();
        Some(Self {
            child_id: Arc::clone(&journey.child_id),
            team: holder.team.as_deref().map(|team| context.names.team(team)),
            worker: holder.worker.as_deref().map(|worker| context.names.worker(worker)),
            reasons,
            weight,
        })
    }

    /// The earliest day from which one of the reasons is known to hold.
    #[must_use]
    pub fn since(&self) -> Option<NaiveDate> {
        self.reasons.iter().filter_map(|reason| reason.since).min()
    }
}

/// The register of these children: the greatest weight first, then the most reasons, then by child.
#[must_use]
pub fn register<'a>(journeys: impl IntoIterator<Item = &'a SoundJourney>, context: &Context<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = journeys.into_iter().filter_map(|journey| Entry::of(journey, context)).collect();
    entries.sort_by(|a, b| {
        let key = |entry: &Entry| (Reverse(entry.weight), Reverse(entry.reasons.len()));
        key(a).cmp(&key(b)).then_with(|| a.child_id.cmp(&b.child_id))
    });
    entries
}
