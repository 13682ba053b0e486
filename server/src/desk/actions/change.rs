//! What the forms on an action's page ask for.

use super::forms::{DOES, sent_doer};
use super::one::{NotTaken, find, shown};
use super::people::People;
use super::{CHANGE, Fields, READ, Today, aim};
use crate::desk::{ViewerDesk, failed};
use crate::reading::naming::Named;
use crate::state::{AppState, Visit};
use crate::store::actions::{self, Asked, File, Kept, NewFile};
use crate::store::audit::{Decision, Entry};
use crate::store::reader::NotDone;
use crate::store::users;
use app::data::{ActionPage, Page};
use app::error::PageError;
use domain::action::{Action, Amendment, Circumstances, Command, Doer, Person, Priority, Refusal};
use domain::ids::{ChildId, EvidenceId, UserId};
use domain::scope::Grant;

/// What became of what a form asked for.
#[derive(Debug)]
pub(crate) enum Answered<T> {
    /// It was done; to be read at this address.
    Done(String),
    /// It was not; the page says why and holds what was sent.
    Refused(Box<Page<T>>),
    /// Somebody else was faster; the page shows both.
    Conflict(Box<Page<T>>),
}

/// Changes an action as a form asks, and puts that on record with it.
///
/// # Errors
/// Not found for an action that is not the viewer's to change, and for a form with fields it does not have.
pub(crate) async fn change(
    state: &AppState,
    visit: &Visit,
    number: &str,
    fields: &Fields,
) -> Result<Answered<ActionPage>, PageError> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    let Some(kept) = find(&desk, number).await? else { return desk.deny(CHANGE, number).await };
    let does = DOES.iter().find(|(does, _)| *does == fields.get("do"));
    let Some((does, own)) = does else { return desk.deny(CHANGE, number).await };
    let names: Vec<&str> = ["do", "version"].into_iter().chain(own.iter().copied()).collect();
    if !fields.are_only(&names, "") {
        // Somebody tries to set what the form does not ask for.
        return desk.deny(CHANGE, number).await;
    }
    let Ok(seen) = fields.get("version").parse() else { return desk.deny(CHANGE, number).await };
    let links: Vec<String> = fields.get("links").lines().map(str::to_owned).collect();
    let to = fields.filled("to").and_then(|to| to.parse().ok()).map(UserId);
    let grants = heads_grants(&desk, does, to).await?;
    let command = match *does {
        "aim" => aim::amendment(&desk, kept.history.action(), fields).await?.map(Command::Amend),
        does => command(does, fields, &links, to.zip(grants.as_deref())),
    };
    let command = match command {
        Ok(command) => command,
        Err(why) => return refused(&desk, &kept, fields, why.to_owned()).await,
    };
    let command = with_what_was_hidden(command, kept.history.action(), &desk.named().await?);
    let today = Today::of(&desk).await?;
    let asked = Asked {
        id: kept.id,
        seen,
        command,
        actor: desk.person(),
        today: today.date,
        organisation: &today.organisation,
        at: state.clock.now_ms(),
    };
    match actions::change(&state.db, &asked, &entry(&desk, &kept, does)).await {
        Ok(kept) => Ok(Answered::Done(super::lines::href(kept.id))),
        Err(NotDone::Unknown | NotDone::Refused(Refusal::NotAllowed)) => desk.deny(CHANGE, number).await,
        Err(NotDone::Refused(Refusal::Conflict { theirs })) => {
            // Read anew: the page shows the action as the others have left it.
            let Some(kept) = find(&desk, number).await? else { return desk.deny(CHANGE, number).await };
            let not = NotTaken { sent: fields, why: String::new(), theirs: Some(theirs) };
            Ok(Answered::Conflict(Box::new(shown(&desk, &kept, Some(not)).await?)))
        }
        Err(NotDone::Refused(refusal)) => refused(&desk, &kept, fields, refusal.to_string()).await,
        Err(NotDone::Db(error)) => Err(failed(error)),
    }
}

async fn refused(
    desk: &ViewerDesk,
    kept: &Kept,
    sent: &Fields,
    why: String,
) -> Result<Answered<ActionPage>, PageError> {
    let why = format!("{}.", crate::desk::words::sentence(&why));
    let page = shown(desk, kept, Some(NotTaken { sent, why, theirs: None })).await?;
    Ok(Answered::Refused(Box::new(page)))
}

/// What the person may answer for to whom an action is handed over; nothing of an account that is disabled.
async fn heads_grants(desk: &ViewerDesk, does: &str, to: Option<UserId>) -> Result<Option<Vec<Grant>>, PageError> {
    let Some(to) = to.filter(|_| does == "hand-over") else { return Ok(None) };
    if People::of(desk).await?.is_out_of_office(to, desk.state.clock.today()) {
        return Ok(Some(Vec::new()));
    }
    users::grants(&desk.state.db, to.0).await.map(Some).map_err(failed)
}

fn command<'a>(
    does: &str,
    fields: &'a Fields,
    links: &'a [String],
    head: Option<(UserId, &'a [Grant])>,
) -> Result<Command<'a>, &'static str> {
    let reason = fields.get("reason");
    Ok(match does {
        "progress" => Command::Progress { text: fields.get("text"), links },
        "report" => Command::Report { what_changed: fields.get("what_changed") },
        "confirm" => Command::Confirm,
        "send-back" => Command::SendBack { reason },
        "reopen" => Command::Reopen { reason },
        "withdraw" => Command::Withdraw { reason },
        "move-due" => {
            let to =
                fields.get("to").trim().parse().map_err(|_| "the due date is missing or is no date: choose one")?;
            Command::MoveDue { to, reason }
        }
        "hand-over" => {
            let (user, grants) = head.ok_or("choose the Head of Service to hand it over to")?;
            Command::HandOver { to: Person { user, grants }, reason }
        }
        _ => Command::Amend(Amendment {
            what: Some(fields.get("what").to_owned()),
            why: Some(fields.get("why").to_owned()),
            doer: Some(sent_doer(fields)),
            priority: Some(Priority::from_name(fields.get("priority")).ok_or("choose a priority")?),
            aim: None,
            recommendation: None,
        }),
    })
}

/// A text that comes back as it was shown, without the ids of children who are not the viewer's, stays as it was kept.
fn with_what_was_hidden<'a>(command: Command<'a>, action: &Action, named: &Named) -> Command<'a> {
    let about: Vec<&ChildId> = action.subject.children().iter().map(|child| &child.child_id).collect();
    let back = |sent: String, kept: &str| {
        if named.text_of(kept, &about).trim() == sent.trim() { kept.to_owned() } else { sent }
    };
    match command {
        Command::Amend(Amendment { what, why, doer, priority, aim, recommendation }) => Command::Amend(Amendment {
            what: what.map(|what| back(what, &action.what)),
            why: why.map(|why| back(why, &action.why.text)),
            doer: doer.map(|doer| match (doer, &action.doer) {
                (Doer::Named(sent), Doer::Named(kept)) => Doer::Named(back(sent, kept)),
                (doer, _) => doer,
            }),
            priority,
            aim,
            recommendation,
        }),
        other => other,
    }
}

fn entry(desk: &ViewerDesk, kept: &Kept, detail: &str) -> Entry {
    Entry {
        at: desk.state.clock.now_ms(),
        actor: desk.visit.viewer.user_name.clone(),
        action: CHANGE.to_owned(),
        subject: Some(kept.id.to_string()),
        detail: Some(detail.to_owned()),
        decision: Decision::Allow,
        request_id: desk.visit.request_id.to_string(),
    }
}

/// Whether the viewer may add a file to an action: asked before the file is read.
///
/// # Errors
/// Not found for an action that is not the viewer's to add to.
pub(crate) async fn may_add(state: &AppState, visit: &Visit, number: &str) -> Result<(), PageError> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    let Some(kept) = find(&desk, number).await? else { return desk.deny(CHANGE, number).await };
    let today = Today::of(&desk).await?;
    let circumstances =
        Circumstances { today: today.date, organisation: &today.organisation, teams: &kept.teams, leader: kept.leader };
    let command = Command::AddEvidence { evidence: EvidenceId(0), name: "a file" };
    match kept.history.decide(kept.history.action().version, command, &desk.person(), &circumstances) {
        Err(Refusal::NotAllowed) => desk.deny(CHANGE, number).await,
        // Whatever else stands in the way is said when it is known what was sent.
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Adds a file to an action. Answers the action's address, or why it was not added.
///
/// # Errors
/// Not found for an action that is not the viewer's to add to.
pub(crate) async fn upload(
    state: &AppState,
    visit: &Visit,
    number: &str,
    seen: u32,
    file: NewFile<'_>,
) -> Result<Result<String, Refusal>, PageError> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    let Some(kept) = find(&desk, number).await? else { return desk.deny(CHANGE, number).await };
    let today = Today::of(&desk).await?;
    let asked = Asked {
        id: kept.id,
        seen,
        command: Command::Confirm,
        actor: desk.person(),
        today: today.date,
        organisation: &today.organisation,
        at: state.clock.now_ms(),
    };
    match actions::add_evidence(&state.db, asked, file, &entry(&desk, &kept, "evidence")).await {
        Ok(kept) => Ok(Ok(super::lines::href(kept.id))),
        Err(NotDone::Unknown | NotDone::Refused(Refusal::NotAllowed)) => desk.deny(CHANGE, number).await,
        Err(NotDone::Refused(refusal)) => Ok(Err(refusal)),
        Err(NotDone::Db(error)) => Err(failed(error)),
    }
}

/// A file of an action, put on record before it is sent.
///
/// # Errors
/// Not found for a file or an action that is not there or not the viewer's.
pub(crate) async fn evidence(state: &AppState, visit: &Visit, number: &str, id: &str) -> Result<File, PageError> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    let action = domain::ids::ActionId::from_number(number);
    let file = match action.zip(id.parse().ok().map(EvidenceId)) {
        Some((action, id)) => {
            actions::evidence(&state.db, &desk.reader(), action, id).await.map_err(failed)?.map(|file| (action, file))
        }
        None => None,
    };
    // A file says of all children of the action, whatever it says: who may not be told of one of them opens none.
    let named = desk.named().await?;
    let kept = find(&desk, number).await?;
    let sees_all = |kept: &Kept| {
        kept.history.action().subject.children().iter().all(|child| named.kept(&child.child_id).is_some())
    };
    let file = file.filter(|_| kept.as_ref().is_some_and(sees_all));
    let Some((action, file)) = file else { return desk.deny(READ, number).await };
    desk.allow(READ, &action.to_string(), Some(format!("evidence {id}"))).await?;
    Ok(File { name: named.text(&file.name), ..file })
}
