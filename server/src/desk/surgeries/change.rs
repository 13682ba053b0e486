//! What the forms of a surgery do. The domain decides who may and when; each change is on record with it.

use super::item::Maker;
use super::list::entry;
use super::sight::Sight;
use super::{Around, agenda, path, person, readable, subject};
use crate::desk::{ViewerDesk, failed};
use crate::state::{AppState, Visit};
use crate::store::reader::NotDone;
use crate::store::surgeries::{self, Asked, Kept};
use crate::store::users;
use app::data::NoteConflict;
use app::error::PageError;
use chrono::NaiveDate;
use domain::action::Person;
use domain::calendar::{WorkingDays, add_days};
use domain::ids::{ExtractId, UserId};
use domain::surgery::{
    Attendee, Item, ItemDraft, ItemId, Link, Note, NoteKind, Presence, Rhythm, SurgeryCommand as Command,
    SurgeryRefusal, sittings,
};
use serde::Deserialize;

/// What a surgery's form sends; a part that is not sent is empty.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SurgeryForm {
    /// The command's name.
    #[serde(rename = "do")]
    pub what: String,
    /// The item's number.
    pub item: String,
    /// A place on the agenda, from 0.
    pub to: String,
    /// `narrative` or `discussion`.
    pub note: String,
    /// A note's text.
    pub text: String,
    /// The version of the note that the writer saw.
    pub over: String,
    /// An own item's title.
    pub title: String,
    /// Another day.
    pub day: String,
    /// Another leader's account.
    pub leader: String,
    /// Why.
    pub reason: String,
    /// An account that attends.
    pub who: String,
    /// Somebody without an account.
    pub guest: String,
    /// Whether somebody came.
    pub presence: String,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum NotChanged {
    /// The viewer may not, or the database failed.
    #[error("the page gives no answer")]
    Page(#[from] PageError),
    /// The rules refuse it, or the form makes no sense: with what to do.
    #[error("{0}")]
    Refused(String),
    /// Somebody else wrote the same note meanwhile.
    #[error("somebody else wrote the same note meanwhile")]
    Conflict(Box<NoteConflict>),
}

impl NotChanged {
    pub(super) fn words(words: &str) -> Self {
        Self::Refused(words.to_owned())
    }
}

/// Does what a form asks for. Answers where to go on.
///
/// # Errors
/// Why nothing was changed.
pub async fn change(state: &AppState, visit: &Visit, id: &str, form: &SurgeryForm) -> Result<String, NotChanged> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    let around = Around::of(&desk).await?;
    let Some(kept) = readable(&desk, id, &around).await? else { return Ok(desk.deny("change surgery", id).await?) };
    let grants = match form.leader.trim().parse() {
        Ok(leader) if around.active().any(|user| user.id == leader) => {
            Some((UserId(leader), users::grants(&state.db, leader).await.map_err(failed)?))
        }
        _ => None,
    };
    let leader = grants.as_ref().map(|(user, grants)| Person { user: *user, grants });
    let maker = Maker::of(&desk, &around, &kept).await?;
    let about = form.item.trim().parse().ok().map(ItemId).and_then(|id| kept.surgery.item(id));
    if let Some((item, note)) = about.filter(|_| form.what == "write").zip(note_kind(form)) {
        // Who does not see what is written there writes nothing over it, nor back what was kept from the writer's eyes.
        if maker.sight(item) == Sight::Title {
            return Ok(desk.deny("change surgery", id).await?);
        }
        if maker.is_as_shown(&form.text, item.note(note), item) {
            return Ok(on(&kept, form));
        }
    }
    let command = match form.what.as_str() {
        "prepare" => prepare(&desk, &kept).await?,
        _ => command(form, leader)?,
    };
    let mut entry = entry(&desk, "change surgery", Some(subject(kept.id)));
    let item = Some(form.item.trim()).filter(|item| item.parse::<u32>().is_ok());
    entry.detail = Some(item.map_or_else(|| form.what.clone(), |item| format!("{}, item {item}", form.what)));
    let asked = Asked {
        id: kept.id,
        command,
        actor: person(&desk),
        today: around.today,
        organisation: &around.organisation,
        at: state.clock.now_ms(),
    };
    match surgeries::change(&state.db, &asked, &entry).await {
        Ok(after) => Ok(on(&after, form)),
        // Who sent what stands there already is where they wanted to be.
        Err(NotDone::Refused(SurgeryRefusal::NothingChanged)) => Ok(on(&kept, form)),
        Err(NotDone::Unknown | NotDone::Refused(SurgeryRefusal::NotAllowed)) => {
            Ok(desk.deny("change surgery", id).await?)
        }
        Err(NotDone::Refused(SurgeryRefusal::Conflict { theirs })) => {
            Err(NotChanged::Conflict(Box::new(conflict(&maker, about, form, &theirs))))
        }
        Err(NotDone::Refused(refusal)) => Err(NotChanged::words(&refusal.to_string())),
        Err(NotDone::Db(error)) => Err(failed(error).into()),
    }
}

/// The page to go on with: the item that was written on stays open while the agenda is prepared.
fn on(kept: &Kept, form: &SurgeryForm) -> String {
    let path = path(kept.id);
    let open = form.item.trim().parse().ok().map(ItemId).filter(|item| kept.surgery.item(*item).is_some());
    match open.filter(|item| form.what == "write" && kept.surgery.shown != Some(*item)) {
        Some(item) => format!("{path}?item={}", item.0),
        None => path,
    }
}

fn conflict(maker: &Maker<'_>, item: Option<&Item>, form: &SurgeryForm, theirs: &Note) -> NoteConflict {
    NoteConflict {
        item: form.item.clone(),
        title: item.map_or_else(String::new, |item| match &item.draft.link {
            // The item's own words say how late the action was when the agenda was made.
            Some(Link::Action { action }) => format!("Action {action}"),
            _ => maker.row(item, None).title,
        }),
        note: form.note.clone(),
        theirs: item.map(|item| maker.theirs(theirs, item)).unwrap_or_default(),
        mine: form.text.clone(),
    }
}

fn command<'a>(form: &'a SurgeryForm, leader: Option<Person<'a>>) -> Result<Command<'a>, NotChanged> {
    let number = |text: &str| text.trim().parse::<u32>().map_err(|_| whole());
    let item = || number(&form.item).map(ItemId);
    let reason = form.reason.as_str();
    Ok(match form.what.as_str() {
        "move" => Command::MoveDate { to: day(&form.day)?, reason },
        "leader" => {
            let to = leader.ok_or_else(|| NotChanged::words("nobody was chosen who could lead it: choose somebody"))?;
            Command::ChangeLeader { to, reason }
        }
        "cancel" => Command::Cancel { reason },
        "add" => Command::AddItem(ItemDraft::own(form.title.clone())),
        "remove" => Command::RemoveItem(item()?),
        "place" => Command::MoveItem { item: item()?, to: number(&form.to)? },
        "write" => {
            let note = note_kind(form).ok_or_else(whole)?;
            Command::Write { item: item()?, note, text: &form.text, over: number(&form.over)? }
        }
        "start" => Command::Start,
        "show" => Command::Show(item()?),
        "attend" => {
            let who = match form.who.trim().parse() {
                Ok(user) => Attendee::User(UserId(user)),
                Err(_) => Attendee::Named(form.guest.clone()),
            };
            Command::NoteAttendance { who, presence: Presence::from_name(&form.presence).ok_or_else(whole)? }
        }
        "close" => Command::Close,
        _ => return Err(whole()),
    })
}

fn note_kind(form: &SurgeryForm) -> Option<NoteKind> {
    match form.note.as_str() {
        "narrative" => Some(NoteKind::Narrative),
        "discussion" => Some(NoteKind::Discussion),
        _ => None,
    }
}

fn whole() -> NotChanged {
    NotChanged::words("the form did not arrive whole: open the page again and send it from there")
}

fn day(text: &str) -> Result<NaiveDate, NotChanged> {
    text.trim().parse().map_err(|_| NotChanged::words("the day is missing or is no date: choose one"))
}

/// The newest extract becomes the evidence, and the agenda is made from it. Who may not is refused before it is made.
async fn prepare(desk: &ViewerDesk, kept: &Kept) -> Result<Command<'static>, NotChanged> {
    let around = Around::of(desk).await?;
    let council = desk.newest().await?;
    let council = council.ok_or_else(|| NotChanged::words("no extract is loaded yet: load one, then prepare"))?;
    let (extract, as_at) = (ExtractId(council.extract.id), council.as_at());
    let empty = Command::Prepare { extract, as_at, items: Vec::new() };
    if kept.surgery.decide(empty.clone(), &person(desk), &around.meeting()).is_err() {
        return Ok(empty);
    }
    let next = next_day(desk, kept).await?;
    Ok(Command::Prepare { extract, as_at, items: agenda::items(desk, &council, &kept.surgery, next).await? })
}

/// The day of the surgery after this one: by its series, or by the rhythm usual for its remit.
async fn next_day(desk: &ViewerDesk, kept: &Kept) -> Result<NaiveDate, PageError> {
    let surgery = &kept.surgery;
    let days = match surgery.remit.usual_rhythm() {
        Rhythm::Fortnightly => 14,
        Rhythm::Monthly => 28,
    };
    let usual = add_days(surgery.date, days);
    let Some((series, _)) = surgery.series else { return Ok(usual) };
    let all = surgeries::all_series(&desk.state.db).await.map_err(failed)?;
    let Some(series) = all.into_iter().find(|known| known.id == series) else { return Ok(usual) };
    let changes = surgeries::changes_of(&desk.state.db, series.id).await.map_err(failed)?;
    let window = (add_days(surgery.date, 1), add_days(surgery.date, 45));
    let next = sittings(&series.series, window, &changes, &WorkingDays::england());
    Ok(next.first().map_or(usual, |sitting| sitting.on))
}
