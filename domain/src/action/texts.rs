//! What people typed in an action, said again in other words: for a reader who may not be told all of it.

use super::event::{Doer, Event, EventKind};
use super::history::{BadHistory, History};

impl History {
    /// The same with every text that a person typed put into the words of `say`. What was recorded stays; this is for
    /// showing it.
    ///
    /// # Errors
    /// As [`History::of`], which a history that was read does not meet.
    pub fn said(&self, say: &dyn Fn(&str) -> String) -> Result<Self, BadHistory> {
        Self::of(self.events().iter().map(|event| event.said(say)).collect())
    }
}

impl Event {
    /// The same with every typed text in the words of `say`.
    #[must_use]
    pub fn said(&self, say: &dyn Fn(&str) -> String) -> Self {
        Self { kind: self.kind.said(say), ..self.clone() }
    }
}

impl Doer {
    /// The same with a typed name in the words of `say`.
    #[must_use]
    pub fn said(&self, say: &dyn Fn(&str) -> String) -> Self {
        match self {
            Self::Named(name) => Self::Named(say(name)),
            user @ Self::User(_) => user.clone(),
        }
    }
}

impl EventKind {
    fn said(&self, say: &dyn Fn(&str) -> String) -> Self {
        match self.clone() {
            Self::Recorded(mut recorded) => {
                recorded.what = say(&recorded.what);
                recorded.why.text = say(&recorded.why.text);
                recorded.doer = recorded.doer.said(say);
                Self::Recorded(recorded)
            }
            Self::Amended(mut changed) => {
                changed.what = changed.what.map(|what| say(&what));
                changed.why = changed.why.map(|why| say(&why));
                changed.doer = changed.doer.map(|doer| doer.said(say));
                Self::Amended(changed)
            }
            Self::DueMoved { to, reason } => Self::DueMoved { to, reason: say(&reason) },
            Self::Progress { text, links } => {
                Self::Progress { text: say(&text), links: links.iter().map(|link| say(link)).collect() }
            }
            Self::EvidenceAdded { evidence, name } => Self::EvidenceAdded { evidence, name: say(&name) },
            Self::HandedOver { to, reason } => Self::HandedOver { to, reason: say(&reason) },
            Self::Reported { what_changed } => Self::Reported { what_changed: say(&what_changed) },
            Self::SentBack { reason } => Self::SentBack { reason: say(&reason) },
            Self::Reopened { reason } => Self::Reopened { reason: say(&reason) },
            Self::Withdrawn { reason } => Self::Withdrawn { reason: say(&reason) },
            Self::DataRetracted { child_id, as_at, reason } => {
                Self::DataRetracted { child_id, as_at, reason: say(&reason) }
            }
            same @ (Self::Confirmed | Self::DataConfirmed { .. } | Self::DataContradicted { .. }) => same,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_typed_text_is_said_anew_and_nothing_else() {
        let say = |_: &str| "said".to_owned();
        let kinds = [
            EventKind::Progress { text: "typed".to_owned(), links: vec!["https://typed".to_owned()] },
            EventKind::EvidenceAdded { evidence: crate::ids::EvidenceId(1), name: "typed".to_owned() },
            EventKind::Reported { what_changed: "typed".to_owned() },
            EventKind::SentBack { reason: "typed".to_owned() },
            EventKind::Reopened { reason: "typed".to_owned() },
            EventKind::Withdrawn { reason: "typed".to_owned() },
            EventKind::HandedOver { to: crate::ids::UserId(1), reason: "typed".to_owned() },
            EventKind::DueMoved { to: chrono::NaiveDate::MIN, reason: "typed".to_owned() },
        ];
        for kind in kinds {
            let said = kind.said(&say);
            assert!(!format!("{said:?}").contains("typed"), "{said:?}");
            assert_eq!(said.name(), kind.name());
        }
        assert_eq!(EventKind::Confirmed.said(&say), EventKind::Confirmed);
    }
}
