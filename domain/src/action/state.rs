//! An action as its events have made it.

use super::event::{Aim, Author, Doer, Event, EventKind, Priority, Why};
use super::history::BadHistory;
use super::retraction::CameBack;
use super::subject::Subject;
use super::verdict::DataWord;
use crate::ids::{ChildId, EvidenceId, RecommendationId, SurgeryId, UserId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where an action stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// To be done.
    Open,
    /// Reported as resolved; a second person has yet to confirm it.
    Reported,
    /// Confirmed.
    Closed,
    /// Recorded in error.
    Withdrawn,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Open, Self::Reported, Self::Closed, Self::Withdrawn];

    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Reported => "reported",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Its title for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Reported => "Reported, to be confirmed",
            Self::Closed => "Closed",
            Self::Withdrawn => "Withdrawn",
        }
    }

    /// Whether it is not done yet: open, or reported and to be confirmed.
    #[must_use]
    pub const fn is_at_work(self) -> bool {
        matches!(self, Self::Open | Self::Reported)
    }

    /// The state of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// The report of a Head of Service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Who.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// What changed.
    pub what_changed: String,
}

/// The confirmation of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// Who.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// A file that was added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The stored file.
    pub id: EvidenceId,
    /// Its name.
    pub name: String,
}

/// What the data said last of a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// What.
    pub word: DataWord,
    /// The extract's date.
    pub as_at: NaiveDate,
    /// How many times the action had been reported then: a word about an earlier report does not answer a later one.
    pub reports: u32,
}

/// An action as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// The sequence of the last event.
    pub version: u32,
    /// Where it stands.
    pub state: State,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// By whom.
    pub recorded_by: UserId,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
    /// About whom or what.
    pub subject: Subject,
    /// What is to be done.
    pub what: String,
    /// Why.
    pub why: Why,
    /// The one Head of Service who answers for it.
    pub accountable: UserId,
    /// Who does it.
    pub doer: Doer,
    /// By when.
    pub due: NaiveDate,
    /// By when at first.
    pub first_due: NaiveDate,
    /// How urgent.
    pub priority: Priority,
    /// The measure it should move.
    pub aim: Option<Aim>,
    /// The recommendation it answers.
    pub recommendation: Option<RecommendationId>,
    /// The surgery it was recorded in.
    pub surgery: Option<SurgeryId>,
    /// The last report; gone when it was sent back or the action opened again, and then found in the events.
    pub report: Option<Report>,
    /// The confirmation.
    pub closing: Option<Closing>,
    /// What the data said last, child by child.
    pub data: BTreeMap<ChildId, Word>,
    /// Everything the data said that still counts, by child, oldest first: when the last word is retracted, the one before
    /// it counts again.
    pub(super) words: Vec<(ChildId, Word)>,
    /// How a word of the data brought the closed action back, until a person does something about it.
    pub(super) came_back: Option<CameBack>,
    /// Files, in the order they were added.
    pub evidence: Vec<Evidence>,
    /// How many times it was reported.
    pub reports: u32,
    /// How many times it came back after it was closed.
    pub reopened: u32,
}

impl Action {
    /// The action that an event begins.
    ///
    /// # Errors
    /// When the event is not the first, or begins nothing.
    pub fn begun_by(event: &Event) -> Result<Self, BadHistory> {
        let bad = || BadHistory::new(event, "does not begin an action");
        let (EventKind::Recorded(recorded), Author::Person(by), 1) = (&event.kind, event.by, event.sequence) else {
            return Err(bad());
        };
        let recorded = (**recorded).clone();
        Ok(Self {
            version: 1,
            state: State::Open,
            recorded_at: event.at,
            recorded_by: by,
            changed_at: event.at,
            subject: recorded.subject,
            what: recorded.what,
            why: recorded.why,
            accountable: recorded.accountable,
            doer: recorded.doer,
            due: recorded.due,
            first_due: recorded.due,
            priority: recorded.priority,
            aim: recorded.aim,
            recommendation: recorded.recommendation,
            surgery: recorded.surgery,
            report: None,
            closing: None,
            data: BTreeMap::new(),
            words: Vec::new(),
            came_back: None,
            evidence: Vec::new(),
            reports: 0,
            reopened: 0,
        })
    }

    /// Takes the next event.
    ///
    /// # Errors
    /// When it does not follow the last one, or cannot happen to an action that stands so; nothing is changed then.
    pub fn apply(&mut self, event: &Event) -> Result<(), BadHistory> {
        if event.sequence != self.version + 1 {
            return Err(BadHistory::new(event, "does not follow the event before it"));
        }
        self.change(event)?;
        self.version = event.sequence;
        self.changed_at = event.at;
        Ok(())
    }

    fn change(&mut self, event: &Event) -> Result<(), BadHistory> {
        use EventKind as Kind;
        let person = || event.by.person().ok_or_else(|| BadHistory::new(event, "needs a person"));
        if !self.state.takes(&event.kind) {
            return Err(BadHistory::new(event, "cannot happen to an action that stands so"));
        }
        if event.by.person().is_some() {
            self.came_back = None;
        }
        match &event.kind {
            Kind::Recorded(_) => return Err(BadHistory::new(event, "begins an action a second time")),
            Kind::Amended(amendment) => self.amend((**amendment).clone()),
            Kind::DueMoved { to, .. } => self.due = *to,
            Kind::Progress { .. } => {}
            Kind::EvidenceAdded { evidence, name } => {
                self.evidence.push(Evidence { id: *evidence, name: name.clone() });
            }
            Kind::HandedOver { to, .. } => self.accountable = *to,
            Kind::Reported { what_changed } => {
                self.report = Some(Report { by: person()?, at: event.at, what_changed: what_changed.clone() });
                self.reports += 1;
                self.state = State::Reported;
            }
            Kind::SentBack { .. } => self.open_again(),
            Kind::Confirmed => {
                self.closing = Some(Closing { by: person()?, at: event.at });
                self.state = State::Closed;
            }
            Kind::Reopened { .. } => {
                self.reopened += 1;
                self.open_again();
            }
            Kind::DataConfirmed { child_id, as_at } => self.note(child_id, DataWord::Confirmed, *as_at),
            Kind::DataContradicted { child_id, as_at } => {
                self.note(child_id, DataWord::Contradicted, *as_at);
                if self.state == State::Closed {
                    self.came_back = Some(CameBack::of(self, child_id, *as_at));
                    self.reopened += 1;
                    self.open_again();
                }
            }
            Kind::DataRetracted { child_id, as_at, .. } => self.retract(child_id, *as_at),
            Kind::Withdrawn { .. } => self.state = State::Withdrawn,
        }
        Ok(())
    }

    fn amend(&mut self, amendment: super::event::Amendment) {
        if let Some(what) = amendment.what {
            self.what = what;
        }
        if let Some(why) = amendment.why {
            self.why.text = why;
        }
        if let Some(doer) = amendment.doer {
            self.doer = doer;
        }
        if let Some(priority) = amendment.priority {
            self.priority = priority;
        }
        if let Some(aim) = amendment.aim {
            self.aim = aim.value();
        }
        if let Some(recommendation) = amendment.recommendation {
            self.recommendation = recommendation.value();
        }
    }

    fn note(&mut self, child_id: &ChildId, word: DataWord, as_at: NaiveDate) {
        let word = Word { word, as_at, reports: self.reports };
        self.words.push((child_id.clone(), word));
        self.data.insert(child_id.clone(), word);
    }

    fn open_again(&mut self) {
        self.state = State::Open;
        self.report = None;
        self.closing = None;
    }
}

impl State {
    /// Whether an event of this kind can happen to an action that stands so, whoever it is by.
    pub(super) fn takes(self, kind: &EventKind) -> bool {
        use EventKind as Kind;
        match kind {
            Kind::Recorded(_) => false,
            Kind::Amended(_) | Kind::DueMoved { .. } | Kind::Reported { .. } => self == Self::Open,
            Kind::Progress { .. } | Kind::EvidenceAdded { .. } | Kind::HandedOver { .. } | Kind::Withdrawn { .. } => {
                matches!(self, Self::Open | Self::Reported)
            }
            Kind::SentBack { .. } | Kind::Confirmed => self == Self::Reported,
            Kind::Reopened { .. } => self == Self::Closed,
            Kind::DataConfirmed { .. } | Kind::DataContradicted { .. } => self != Self::Withdrawn,
            // What an extract said before the withdrawal can turn out to be wrong after it.
            Kind::DataRetracted { .. } => true,
        }
    }
}
