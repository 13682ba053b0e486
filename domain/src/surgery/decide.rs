//! From what is asked for to what happens.

use super::command::{Plan, SurgeryCommand};
use super::event::{Attendee, Planned, SurgeryEventKind};
use super::item::{ItemDraft, ItemId, NoteKind};
use super::refusal::SurgeryRefusal;
use super::rights::{Meeting, Standing, may_lead};
use super::series::Remit;
use super::state::Surgery;
use crate::action::Person;
use crate::names::{collapse, name_key};
use crate::organisation::Organisation;
use crate::text::{BadText, line, text};

impl Plan<'_> {
    /// The event that plans it.
    ///
    /// # Errors
    /// When the actor or the leader may not lead it, or it is about nothing.
    pub fn record(self, actor: &Person<'_>, meeting: &Meeting<'_>) -> Result<SurgeryEventKind, SurgeryRefusal> {
        let remit = settled(self.remit, meeting.organisation)?;
        if !may_lead(actor, &remit, meeting) {
            return Err(SurgeryRefusal::NotAllowed);
        }
        if !may_lead(&self.leader, &remit, meeting) {
            return Err(SurgeryRefusal::NotLeader);
        }
        let Plan { series, leader, date, .. } = self;
        Ok(SurgeryEventKind::Planned(Box::new(Planned { series, remit, leader: leader.user, date })))
    }
}

fn settled(remit: Remit, organisation: &Organisation) -> Result<Remit, SurgeryRefusal> {
    let remit = match remit {
        Remit::Service { service } => Remit::Service { service: collapse(&service) },
        Remit::Teams { mut teams } => {
            let mut seen = std::collections::BTreeSet::new();
            teams.retain(|team| !name_key(team).is_empty() && seen.insert(name_key(team)));
            Remit::Teams { teams }
        }
    };
    if remit.teams(organisation).is_empty() { Err(SurgeryRefusal::NoRemit) } else { Ok(remit) }
}

impl Surgery {
    /// The event that a command makes of a surgery that stands so.
    ///
    /// # Errors
    /// When the actor may not, the surgery does not stand so, something is missing, or somebody else has written the same
    /// note since.
    pub fn decide(
        &self,
        command: SurgeryCommand<'_>,
        actor: &Person<'_>,
        meeting: &Meeting<'_>,
    ) -> Result<SurgeryEventKind, SurgeryRefusal> {
        use SurgeryCommand as Command;
        use SurgeryEventKind as Kind;
        if !Standing::of(actor, self, meeting).may(&command, self.stage) {
            return Err(SurgeryRefusal::NotAllowed);
        }
        let kind = match command {
            Command::MoveDate { to, .. } if to == self.date => return Err(SurgeryRefusal::NothingChanged),
            Command::MoveDate { to, reason } => Kind::DateMoved { to, reason: line("The reason", reason)? },
            Command::ChangeLeader { to, .. } if to.user == self.leader => return Err(SurgeryRefusal::NothingChanged),
            Command::ChangeLeader { to, reason } => {
                if !may_lead(&to, &self.remit, meeting) {
                    return Err(SurgeryRefusal::NotLeader);
                }
                Kind::LeaderChanged { to: to.user, reason: line("The reason", reason)? }
            }
            Command::Cancel { reason } => Kind::Cancelled { reason: line("The reason", reason)? },
            Command::Prepare { extract, as_at, items } => Kind::Prepared { extract, as_at, items },
            Command::AddItem(item) => {
                let title = line("The title", &item.title)?;
                Kind::ItemAdded { item: Box::new(ItemDraft { title, ..item }) }
            }
            Command::RemoveItem(item) => Kind::ItemRemoved { item },
            Command::MoveItem { item, to } => Kind::ItemMoved { item, to },
            Command::Write { item, note, text, over } => self.written(item, note, text, over)?,
            Command::Start => Kind::Started,
            Command::Show(item) => Kind::ItemShown { item },
            Command::NoteAttendance { who, presence } => {
                let who = match who {
                    Attendee::Named(name) => Attendee::Named(line("The name", &name)?),
                    user @ Attendee::User(_) => user,
                };
                Kind::AttendanceNoted { who, presence }
            }
            Command::Link { action, .. } if self.actions.iter().any(|linked| linked.action == action) => {
                return Err(SurgeryRefusal::LinkedAlready);
            }
            Command::Link { item, action } => Kind::ActionLinked { item, action },
            Command::Close => Kind::Closed,
        };
        if !self.stage.takes(&kind) {
            return Err(SurgeryRefusal::NotNow(self.stage));
        }
        match item_of(&kind) {
            Some(item) if self.item(item).is_none() => Err(SurgeryRefusal::NoSuchItem),
            _ => Ok(kind),
        }
    }

    fn written(
        &self,
        item: ItemId,
        note: NoteKind,
        written: &str,
        over: u32,
    ) -> Result<SurgeryEventKind, SurgeryRefusal> {
        let theirs = self.item(item).ok_or(SurgeryRefusal::NoSuchItem)?.note(note);
        if theirs.version != over {
            return Err(SurgeryRefusal::Conflict { theirs: Box::new(theirs.clone()) });
        }
        let text = match text("The note", written) {
            Err(BadText::Missing(_)) => String::new(),
            kept => kept?,
        };
        if text == theirs.text {
            return Err(SurgeryRefusal::NothingChanged);
        }
        Ok(SurgeryEventKind::NoteWritten { item, note, text })
    }
}

/// The item that has to be on the agenda.
const fn item_of(kind: &SurgeryEventKind) -> Option<ItemId> {
    match kind {
        SurgeryEventKind::ItemRemoved { item }
        | SurgeryEventKind::ItemMoved { item, .. }
        | SurgeryEventKind::NoteWritten { item, .. }
        | SurgeryEventKind::ItemShown { item }
        | SurgeryEventKind::ActionLinked { item: Some(item), .. } => Some(*item),
        _ => None,
    }
}
