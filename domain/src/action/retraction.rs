//! Taking back what an extract said of an action, when the extract is taken out or moved to another date.

use super::event::EventKind;
use super::state::{Action, Closing, Report, State, Word};
use crate::ids::ChildId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A closed action that the data brought back, as it stood when it was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CameBack {
    child_id: ChildId,
    as_at: NaiveDate,
    report: Option<Report>,
    closing: Option<Closing>,
}

impl CameBack {
    pub(super) fn of(closed: &Action, child_id: &ChildId, as_at: NaiveDate) -> Self {
        Self { child_id: child_id.clone(), as_at, report: closed.report.clone(), closing: closed.closing }
    }

    fn is_by(&self, child_id: &ChildId, as_at: NaiveDate) -> bool {
        self.child_id == *child_id && self.as_at == as_at
    }
}

impl Action {
    /// The events that take back what the extract as at a date said, the last word first: none where it said nothing.
    #[must_use]
    pub fn retractions(&self, as_at: NaiveDate, reason: &str) -> Vec<EventKind> {
        let mut kinds: Vec<EventKind> = Vec::new();
        for (child_id, _) in self.words.iter().rev().filter(|(_, word)| word.as_at == as_at) {
            let kind = EventKind::DataRetracted { child_id: child_id.clone(), as_at, reason: reason.to_owned() };
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds
    }

    /// The words of an extract about a child no longer count. An action that came back by one of them is closed again, as
    /// it was, unless a person has done something about it since.
    pub(super) fn retract(&mut self, child_id: &ChildId, as_at: NaiveDate) {
        self.words.retain(|(child, word)| !(child == child_id && word.as_at == as_at));
        let last: Option<Word> = self.words.iter().rev().find(|(child, _)| child == child_id).map(|(_, word)| *word);
        match last {
            Some(word) => self.data.insert(child_id.clone(), word),
            None => self.data.remove(child_id),
        };
        if let Some(closed) = self.came_back.take_if(|back| back.is_by(child_id, as_at))
            && self.state == State::Open
        {
            self.report = closed.report;
            self.closing = closed.closing;
            self.reopened = self.reopened.saturating_sub(1);
            self.state = State::Closed;
        }
    }
}
