//! `/surgeries/:id`: one surgery at the stage it is in.

use super::item::Maker;
use super::sight::Sight;
use super::{Around, path, person, readable, reader, remit_words, subject};
use crate::desk::{ViewerDesk, failed, words};
use crate::state::{AppState, Visit};
use crate::store::actions::{self, Filter, Order};
use crate::store::surgeries::Kept;
use app::data::{ActionOfSurgery, AttendeeRow, MayDo, NoteConflict, Page, SurgeryPage};
use app::desk::Answer;
use app::error::PageError;
use domain::action::Person;
use domain::ids::{ActionId, ExtractId, SurgeryId, UserId};
use domain::surgery::{
    Attendee, ItemDraft, ItemId, NoteKind, Presence, Stage, Surgery, SurgeryCommand as Command, SurgeryRefusal,
};

/// What stands in the audit.
pub(super) const ACTION: &str = "read surgery";
/// Most actions shown of one surgery.
const ACTIONS: u32 = 500;

pub(in crate::desk) async fn one(desk: &ViewerDesk, id: &str, item: Option<&str>) -> Answer<SurgeryPage> {
    let around = Around::of(desk).await?;
    let Some(kept) = readable(desk, id, &around).await? else { return desk.deny(ACTION, id).await };
    let council = desk.newest().await?;
    let page = body(desk, &around, &kept, item).await?;
    Ok(desk.framed(council.as_deref(), page))
}

/// The same page, with what was refused and, of two who wrote, both texts.
///
/// # Errors
/// As the page's.
pub async fn refused(
    state: &AppState,
    visit: &Visit,
    id: &str,
    notice: Option<String>,
    conflict: Option<NoteConflict>,
) -> Answer<SurgeryPage> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    let item = conflict.as_ref().map(|conflict| conflict.item.clone());
    let Page { frame, body } = one(&desk, id, item.as_deref()).await?;
    Ok(Page { frame, body: SurgeryPage { notice, conflict, ..body } })
}

/// Whether a viewer may follow a surgery, with its number and version; `None` is to be answered as unknown.
///
/// # Errors
/// When the database fails.
pub async fn may_follow(state: &AppState, visit: &Visit, id: &str) -> Result<Option<(SurgeryId, u32)>, PageError> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    let around = Around::of(&desk).await?;
    Ok(readable(&desk, id, &around).await?.map(|kept| (kept.id, kept.surgery.version)))
}

pub(super) async fn body(
    desk: &ViewerDesk,
    around: &Around,
    kept: &Kept,
    item: Option<&str>,
) -> Result<SurgeryPage, PageError> {
    let surgery = &kept.surgery;
    let mut may = may(desk, around, surgery);
    let maker = Maker::of(desk, around, kept).await?;
    let asked = item.and_then(|item| item.parse().ok()).map(ItemId).and_then(|id| surgery.item(id));
    let open = match surgery.stage {
        Stage::Prepared => asked,
        Stage::InSession => asked.or_else(|| surgery.shown.and_then(|shown| surgery.item(shown))),
        Stage::Planned | Stage::Closed | Stage::Cancelled => None,
    };
    if open.is_some_and(|item| maker.sight(item) == Sight::Title) {
        (may.write_narrative, may.write_discussion) = (false, false);
    }
    let detail = open.map(|item| format!("item {}", item.id.0));
    desk.allow(ACTION, &subject(kept.id), detail).await?;
    let mut minutes = Vec::new();
    if surgery.stage == Stage::Closed {
        for item in &surgery.items {
            minutes.push(maker.view(item, false).await?);
        }
    }
    let path = path(kept.id);
    let people: Vec<(String, String)> = if may.note_attendance {
        around.active().map(|user| (user.id.to_string(), user.full_name.clone())).collect()
    } else {
        Vec::new()
    };
    Ok(SurgeryPage {
        title: remit_words(&surgery.remit),
        stage: surgery.stage.name().to_owned(),
        stage_words: surgery.stage.title().to_owned(),
        facts: facts(around, surgery),
        notice: None,
        conflict: None,
        items: surgery.items.iter().map(|item| maker.row(item, open)).collect(),
        open: match open {
            Some(item) => Some(maker.view(item, true).await?),
            None => None,
        },
        minutes,
        attendance: attendance(around, surgery),
        people,
        actions: maker.actions(None),
        leaders: if may.change_leader { leaders(desk, around, surgery).await? } else { Vec::new() },
        day: surgery.date.to_string(),
        new_action: maker.new_action(),
        file: (surgery.stage == Stage::Closed).then(|| format!("{path}/minutes.html")),
        live: matches!(surgery.stage, Stage::Planned | Stage::Prepared | Stage::InSession)
            .then(|| format!("{path}/live?seen={}", surgery.version)),
        may,
        path,
    })
}

pub(super) fn facts(around: &Around, surgery: &Surgery) -> Vec<(String, String)> {
    let mut facts = vec![
        ("Held on".to_owned(), words::day(surgery.date)),
        ("Led by".to_owned(), around.name(surgery.leader)),
        ("Teams".to_owned(), surgery.remit.teams(&around.organisation).join(", ")),
    ];
    if let Some((_, as_at)) = surgery.evidence {
        facts.push(("Evidence".to_owned(), format!("The extract as at {}, frozen", words::date(as_at))));
    }
    let times = [("Begun", surgery.started_at), ("Closed", surgery.closed_at)];
    let times = times.into_iter().filter_map(|(name, at)| Some((name.to_owned(), words::time(at?.timestamp_millis()))));
    facts.extend(times);
    facts
}

pub(super) fn attendance(around: &Around, surgery: &Surgery) -> Vec<AttendeeRow> {
    let row = |one: &domain::surgery::Attendance| AttendeeRow {
        value: match &one.who {
            Attendee::User(user) => format!("user:{}", user.0),
            Attendee::Named(name) => format!("name:{name}"),
        },
        name: around.attendee(&one.who),
        presence: one.presence.name().to_owned(),
    };
    surgery.attendance.iter().map(row).collect()
}

async fn leaders(desk: &ViewerDesk, around: &Around, surgery: &Surgery) -> Result<Vec<(String, String)>, PageError> {
    let granted = around.granted(desk).await?;
    let may = |id: i64, grants| {
        let leader = Person { user: UserId(id), grants };
        id != surgery.leader.0 && around.may_plan(leader, leader, &surgery.remit)
    };
    let able = granted.iter().filter(|(user, grants)| may(user.id, grants));
    Ok(able.map(|(user, _)| (user.id.to_string(), user.full_name.clone())).collect())
}

/// What the viewer may do now: what the domain would not refuse for who asks, nor for the stage.
fn may(desk: &ViewerDesk, around: &Around, surgery: &Surgery) -> MayDo {
    let actor = person(desk);
    let may = |command: Command<'_>| {
        let decided = surgery.decide(command, &actor, &around.meeting());
        !matches!(decided, Err(SurgeryRefusal::NotAllowed | SurgeryRefusal::NotNow(_)))
    };
    let item = surgery.items.first().map_or(ItemId(0), |item| item.id);
    let write = |note| Command::Write { item, note, text: "a", over: u32::MAX };
    let prepare = Command::Prepare { extract: ExtractId(0), as_at: surgery.date, items: Vec::new() };
    let prepared = matches!(surgery.stage, Stage::Prepared | Stage::InSession);
    let early = matches!(surgery.stage, Stage::Planned | Stage::Prepared);
    MayDo {
        move_date: may(Command::MoveDate { to: surgery.date.succ_opt().unwrap_or(surgery.date), reason: "a" }),
        change_leader: early && may(Command::ChangeLeader { to: actor, reason: "a" }),
        cancel: may(Command::Cancel { reason: "a" }),
        prepare: may(prepare),
        add_item: may(Command::AddItem(ItemDraft::own("a".to_owned()))),
        order_items: may(Command::MoveItem { item, to: 0 }),
        write_narrative: prepared && may(write(NoteKind::Narrative)),
        write_discussion: surgery.stage == Stage::InSession && may(write(NoteKind::Discussion)),
        start: may(Command::Start),
        show: may(Command::Show(item)),
        note_attendance: may(Command::NoteAttendance { who: Attendee::User(actor.user), presence: Presence::Present }),
        close: may(Command::Close),
    }
}

/// May an action be linked: then one may be recorded here.
pub(super) fn may_link(desk: &ViewerDesk, around: &Around, surgery: &Surgery) -> bool {
    let link = Command::Link { item: None, action: ActionId(0) };
    surgery.decide(link, &person(desk), &around.meeting()).is_ok()
}

/// The actions of a surgery that the viewer may read, each with its number.
pub(super) async fn actions_of(
    desk: &ViewerDesk,
    around: &Around,
    id: SurgeryId,
) -> Result<Vec<(ActionId, ActionOfSurgery)>, PageError> {
    let filter = Filter { surgery: Some(id), ..Filter::default() };
    let page = actions::page(&desk.state.db, &reader(desk), &filter, Order::Due, None, ACTIONS).await;
    let row = |line: actions::Line| {
        let row = ActionOfSurgery {
            number: line.id.to_string(),
            href: format!("/actions/{}", line.id),
            what: line.what,
            accountable: around.name(line.accountable),
            due: words::date(line.due),
            state: line.state.title().to_owned(),
        };
        (line.id, row)
    };
    Ok(page.map_err(failed)?.into_iter().map(row).collect())
}
