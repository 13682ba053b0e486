//! Who may do what with a surgery.
//!
//! The leader, and a Director within the area: everything. An analyst: prepares, orders the agenda, and writes the
//! narrative before the meeting. A Head of Service or a team manager of the teams concerned: puts items on the agenda; a
//! Head of Service also links actions in the meeting. A quality lead reads. Members and administrators do not even read.

use super::command::SurgeryCommand;
use super::item::{ItemKind, NoteKind};
use super::series::Remit;
use super::state::{Stage, Surgery};
use crate::action::Person;
use crate::organisation::Organisation;
use crate::scope::Role;
use chrono::NaiveDate;

/// What is known beside the surgery when something is decided about it.
#[derive(Debug, Clone, Copy)]
pub struct Meeting<'a> {
    /// Today in England.
    pub today: NaiveDate,
    /// The organisation as on that date.
    pub organisation: &'a Organisation,
}

/// Whether somebody may lead a surgery: a Director one of a service, a Head of Service of every team or a Director one of
/// teams.
pub(super) fn may_lead(person: &Person<'_>, remit: &Remit, meeting: &Meeting<'_>) -> bool {
    let teams = remit.teams(meeting.organisation);
    let (organisation, today) = (meeting.organisation, meeting.today);
    let director = person.holds_over(Role::Director, &teams, organisation, today);
    match remit {
        Remit::Service { .. } => director,
        Remit::Teams { .. } => director || person.holds_over_all(Role::HeadOfService, &teams, organisation, today),
    }
}

/// In which of the roles that count somebody stands to a surgery.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    leads: bool,
    head: bool,
    manager: bool,
    analyst: bool,
    quality: bool,
}

impl Standing {
    pub(super) fn of(actor: &Person<'_>, surgery: &Surgery, meeting: &Meeting<'_>) -> Self {
        let teams = surgery.remit.teams(meeting.organisation);
        let over = |role| actor.holds_over(role, &teams, meeting.organisation, meeting.today);
        let head = over(Role::HeadOfService);
        Self {
            leads: over(Role::Director) || (surgery.leader == actor.user && head),
            head,
            manager: over(Role::TeamManager),
            analyst: over(Role::Analyst),
            quality: over(Role::QualityLead),
        }
    }

    pub(super) const fn reads(self) -> bool {
        self.leads || self.head || self.manager || self.analyst || self.quality
    }

    pub(super) fn may(self, command: &SurgeryCommand<'_>, stage: Stage) -> bool {
        use SurgeryCommand as Command;
        if self.leads {
            return true;
        }
        match command {
            Command::Prepare { .. } => self.analyst,
            Command::RemoveItem(_) | Command::MoveItem { .. } => self.analyst && stage == Stage::Prepared,
            Command::Write { note: NoteKind::Narrative, .. } => self.analyst && stage == Stage::Prepared,
            Command::AddItem(item) => self.analyst || (item.kind == ItemKind::Own && (self.head || self.manager)),
            Command::Link { .. } => self.head,
            _ => false,
        }
    }
}

impl Surgery {
    /// Whether somebody may read it. Of its children each reader sees only those within the own scope.
    #[must_use]
    pub fn may_be_read_by(&self, actor: &Person<'_>, meeting: &Meeting<'_>) -> bool {
        Standing::of(actor, self, meeting).reads()
    }
}
