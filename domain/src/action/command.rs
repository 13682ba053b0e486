//! What people ask for.

use super::event::{Aim, Amendment, Doer, Finding, Priority};
use super::rights::Person;
use super::subject::Subject;
use crate::ids::{EvidenceId, RecommendationId, SurgeryId};
use chrono::NaiveDate;

/// By when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Due {
    /// As many working days from today as the standard `action_due_working_days` says.
    #[default]
    Standard,
    /// So many working days from today.
    InWorkingDays(u32),
    /// On this day.
    On(NaiveDate),
}

/// An action to be recorded.
#[derive(Debug, Clone)]
pub struct Draft<'a> {
    /// About whom or what. Teams of children come from the newest extract, never from a form; those of a service are
    /// filled in.
    pub subject: Subject,
    /// What is to be done.
    pub what: &'a str,
    /// Why, in words.
    pub why: &'a str,
    /// What the data showed.
    pub finding: Option<Finding>,
    /// The Head of Service who will answer for it.
    pub accountable: Option<Person<'a>>,
    /// Who does it.
    pub doer: Doer,
    /// By when.
    pub due: Due,
    /// How urgent.
    pub priority: Priority,
    /// The measure it should move.
    pub aim: Option<Aim>,
    /// The recommendation it answers.
    pub recommendation: Option<RecommendationId>,
    /// The surgery in which it is recorded.
    pub surgery: Option<SurgeryId>,
}

/// A change that somebody asks for.
#[derive(Debug, Clone)]
pub enum Command<'a> {
    /// Change fields.
    Amend(Amendment),
    /// Make it due on another day.
    MoveDue {
        /// The day.
        to: NaiveDate,
        /// Why.
        reason: &'a str,
    },
    /// Say how it goes.
    Progress {
        /// In words.
        text: &'a str,
        /// Addresses of more.
        links: &'a [String],
    },
    /// Add a file that was stored.
    AddEvidence {
        /// The stored file.
        evidence: EvidenceId,
        /// Its name.
        name: &'a str,
    },
    /// Make another Head of Service answer for it.
    HandOver {
        /// Who.
        to: Person<'a>,
        /// Why.
        reason: &'a str,
    },
    /// Report its resolution.
    Report {
        /// What changed.
        what_changed: &'a str,
    },
    /// Give a report back.
    SendBack {
        /// What is lacking.
        reason: &'a str,
    },
    /// Confirm a report.
    Confirm,
    /// Open a closed action again.
    Reopen {
        /// Why.
        reason: &'a str,
    },
    /// Take back an action recorded in error.
    Withdraw {
        /// Why.
        reason: &'a str,
    },
}
