//! An action with its events.

use super::command::Command;
use super::event::{Author, Event, EventKind};
use super::refusal::Refusal;
use super::rights::{Circumstances, Person};
use super::state::Action;
use chrono::{DateTime, Utc};

/// Events that make no action.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("event {sequence} of an action ('{kind}') {why}")]
pub struct BadHistory {
    /// Its sequence; 0 where there is no event at all.
    pub sequence: u32,
    /// Its kind.
    pub kind: &'static str,
    /// What is wrong.
    pub why: &'static str,
}

impl BadHistory {
    pub(super) fn new(event: &Event, why: &'static str) -> Self {
        Self { sequence: event.sequence, kind: event.kind.name(), why }
    }
}

/// An action and the events that made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    action: Action,
    events: Vec<Event>,
}

impl History {
    /// Replays events. With only those up to a moment, the action as it stood then.
    ///
    /// # Errors
    /// When they make no action: none at all, a gap, or one that cannot follow.
    pub fn of(events: Vec<Event>) -> Result<Self, BadHistory> {
        let Some((first, rest)) = events.split_first() else {
            return Err(BadHistory { sequence: 0, kind: "none", why: "is missing: an action has at least one" });
        };
        let mut action = Action::begun_by(first)?;
        for event in rest {
            action.apply(event)?;
        }
        Ok(Self { action, events })
    }

    /// The action as it stands.
    #[must_use]
    pub const fn action(&self) -> &Action {
        &self.action
    }

    /// Its events, oldest first.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// What happened after a version.
    #[must_use]
    pub fn since(&self, version: u32) -> &[Event] {
        let seen = usize::try_from(version).unwrap_or(usize::MAX).min(self.events.len());
        self.events.get(seen..).unwrap_or_default()
    }

    /// Answers a command of somebody who saw the action at version `seen`.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] with what happened since when the action has changed; else as [`Action::decide`].
    pub fn decide(
        &self,
        seen: u32,
        command: Command<'_>,
        actor: &Person<'_>,
        circumstances: &Circumstances<'_>,
    ) -> Result<EventKind, Refusal> {
        if !self.action.may_be_read_by(actor, circumstances) {
            return Err(Refusal::NotAllowed);
        }
        if seen != self.action.version {
            return Err(Refusal::Conflict { theirs: self.since(seen).to_vec() });
        }
        self.action.decide(command, actor, circumstances)
    }

    /// The event of this kind that comes next.
    #[must_use]
    pub fn next(&self, at: DateTime<Utc>, by: Author, kind: EventKind) -> Event {
        Event { sequence: self.action.version + 1, at, by, kind }
    }

    /// Takes the next event.
    ///
    /// # Errors
    /// As [`Action::apply`].
    pub fn push(&mut self, event: Event) -> Result<(), BadHistory> {
        self.action.apply(&event)?;
        self.events.push(event);
        Ok(())
    }
}
