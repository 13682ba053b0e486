//! `/actions/new`: a new action, filled in as far as the data can, and recording it.
//!
//! The form sends along what stood in the address and nothing that follows from it: subject, finding and baseline are
//! made anew from the extract when the action is recorded, so that no form can claim a figure or a team.

use super::forms::{doer, line, priority, refill, sent_doer, text};
use super::keep::{Kept, keep};
use super::people::{Known, People, may_record};
use super::{Fields, RECORD, Today};
use crate::council::Council;
use crate::desk::links::with_query;
use crate::desk::measure::{place, selection};
use crate::desk::{Links, ViewerDesk, failed, words};
use crate::reading::{self, Selection};
use crate::state::{AppState, Visit};
use crate::store::actions::NewAction;
use crate::store::audit::{Decision, Entry};
use crate::store::reader::NotDone;
use crate::store::{facts, people as children, recommendations, surgeries, users};
use app::data::{Field, FieldKind, Form, Link, NewActionPage, NewActionQuery, Pick};
use app::desk::Answer;
use app::error::PageError;
use domain::action::{
    Aim, Baseline, ChildOfTeam, Doer, Draft, Due, Finding, Person, Priority, Refusal, Subject, may_be_accountable,
};
use domain::ids::{RecommendationId, SurgeryId, UserId};
use domain::look_ahead::remedy;
use domain::measures::figure::Figure;
use domain::measures::{Measure, measure};
use domain::names::name_key;
use domain::scope::{Area, Role};
use domain::surgery::ItemId;
use std::sync::Arc;

/// Most children of one action.
const MOST_CHILDREN: usize = 200;
/// What the form sends along.
const ALONG: [&str; 9] = ["child", "measure", "service", "team", "from", "to", "surgery", "item", "as_at"];
/// What is filled in.
const FILLED: [&str; 8] = ["what", "why", "accountable", "doer", "doer_name", "due", "priority", "recommendation"];

/// What an action would be about.
struct About {
    council: Option<Arc<Council>>,
    /// `None` where it has to be chosen yet.
    subject: Option<Subject>,
    /// Each child's id and reference.
    children: Vec<(String, String)>,
    figure: Option<(&'static Measure, Area, Selection, Figure)>,
    surgery: Option<SurgeryId>,
    /// The item of the surgery that it comes from.
    item: Option<ItemId>,
}

pub(in crate::desk) async fn page(desk: &ViewerDesk, query: &NewActionQuery) -> Answer<NewActionPage> {
    let Some(about) = about(desk, query).await? else { return desk.deny(RECORD, "new action").await };
    desk.allow("begin action", "new action", detail(&about)).await?;
    shown(desk, &about, query, None).await
}

/// What the audit keeps: how many children, never who.
fn detail(about: &About) -> Option<String> {
    (!about.children.is_empty()).then(|| words::count(about.children.len() as u64, "child", "children"))
}

/// Reads what the address asks for; `None` where any of it is unknown or not the viewer's.
async fn about(desk: &ViewerDesk, query: &NewActionQuery) -> Result<Option<About>, PageError> {
    if !may_record(desk) || !desk.visit.viewer.scope.reads_children() || query.child.len() > MOST_CHILDREN {
        return Ok(None);
    }
    let council = desk.council().await?;
    let known = match query.measure.as_deref() {
        None => None,
        Some(id) => match measure(id) {
            None => return Ok(None),
            known => known,
        },
    };
    let Some(kept) = children_of(desk, council.as_deref(), known, &query.child).await? else { return Ok(None) };
    let (subject, children) = match subject(desk, query, kept) {
        Err(()) => return Ok(None),
        Ok(subject) => subject,
    };
    let Some(figure) = figure(desk, council.as_deref(), known, query, subject.as_ref()).await? else { return Ok(None) };
    let surgery = match query.surgery.as_deref() {
        None => None,
        Some(number) => {
            let Ok(id) = number.parse().map(SurgeryId) else { return Ok(None) };
            if surgeries::load(&desk.state.db, &desk.reader(), id).await.map_err(failed)?.is_none() {
                return Ok(None);
            }
            Some(id)
        }
    };
    let item = query.item.as_deref().and_then(|item| item.parse().ok()).map(ItemId);
    Ok(Some(About { council, subject, children, figure, surgery, item }))
}

/// The children of the references, each with the team that holds it in the newest extract; `None` where one is unknown or
/// not the viewer's.
async fn children_of(
    desk: &ViewerDesk,
    council: Option<&Council>,
    known: Option<&'static Measure>,
    references: &[String],
) -> Result<Option<Vec<(ChildOfTeam, String)>>, PageError> {
    let (db, scope) = (&desk.state.db, &desk.visit.viewer.scope);
    let mut of_measure = Vec::new();
    if let Some(council) = council.filter(|council| !references.is_empty() && !council.is_past()) {
        for measure in known.into_iter().chain(measure("ALL-01")) {
            of_measure.push(council.facts(db, measure).await.map_err(failed)?);
        }
    }
    let mut found = Vec::with_capacity(references.len());
    for reference in references {
        let teams = facts::teams_of_child(db, reference).await.map_err(failed)?;
        let theirs = |team: &Option<String>| scope.allows_children_of(team.as_deref());
        if !scope.reaches_everything() && !teams.iter().any(theirs) {
            return Ok(None);
        }
        let child = children::child_by_reference(db, reference).await.map_err(failed)?;
        let Some((_, child_id)) = child else { return Ok(None) };
        let of_facts = of_measure.iter().find_map(|facts| {
            let fact = facts.iter().find(|fact| *fact.child_id == *child_id)?;
            fact.team.as_ref().map(ToString::to_string)
        });
        let mut held: Vec<String> = teams.into_iter().filter(theirs).flatten().collect();
        held.sort();
        let team = of_facts.filter(|team| theirs(&Some(team.clone()))).or_else(|| held.into_iter().next());
        found.push((ChildOfTeam { child_id, team }, reference.clone()));
    }
    Ok(Some(found))
}

type WithChildren = (Option<Subject>, Vec<(String, String)>);

/// Whom or what the address names; an error for what is not the viewer's.
fn subject(desk: &ViewerDesk, query: &NewActionQuery, kept: Vec<(ChildOfTeam, String)>) -> Result<WithChildren, ()> {
    let scope = &desk.visit.viewer.scope;
    let named = kept.iter().map(|(child, reference)| (child.child_id.clone(), reference.clone())).collect();
    if !kept.is_empty() {
        let children = kept.into_iter().map(|(child, _)| child).collect();
        return Ok((Some(Subject::Child { children }), named));
    }
    let subject = match (&query.from, &query.to, &query.team, &query.service) {
        (Some(from), Some(to), ..) => Some(Subject::Pathway { from: from.clone(), to: to.clone() }),
        (_, _, Some(team), _) => {
            if !scope.allows_children_of(Some(team)) {
                return Err(());
            }
            Some(Subject::Team { teams: vec![team.clone()], children: Vec::new() })
        }
        (_, _, None, Some(service)) => Some(Subject::Service { service: service.clone(), teams: Vec::new() }),
        _ => None,
    };
    Ok((subject, named))
}

type OfMeasure = Option<(&'static Measure, Area, Selection, Figure)>;

/// The figure of the address in the extract of the address. `Some(None)` where there is none; `None` where the group is
/// not the viewer's to count.
async fn figure(
    desk: &ViewerDesk,
    council: Option<&Council>,
    known: Option<&'static Measure>,
    query: &NewActionQuery,
    subject: Option<&Subject>,
) -> Result<Option<OfMeasure>, PageError> {
    let (Some(council), Some(measure)) = (council, known) else { return Ok(Some(None)) };
    let scope = &desk.visit.viewer.scope;
    let Some(mut chosen) = selection(council, scope, query.service.as_deref(), query.team.as_deref()) else {
        return Ok(None);
    };
    // Without a choice in the address a viewer of some teams takes the first team concerned: a figure of "my teams" would
    // be nobody else's.
    if chosen == Selection::default() && !scope.reaches_everything() {
        let teams: Vec<&str> = subject.map(Subject::teams).unwrap_or_default();
        match teams.first() {
            Some(team) => chosen.team = Some((*team).to_owned()),
            None => return Ok(Some(None)),
        }
    }
    let area = match &chosen {
        Selection { team: Some(team), .. } => Area::Team(team.clone()),
        Selection { service: Some(service), .. } => Area::Service(service.clone()),
        _ => Area::All,
    };
    let asked = ViewerDesk::asked(council);
    let figure = reading::figure(&desk.state.db, council, scope, measure, &asked, &chosen).await.map_err(failed)?;
    Ok(Some(figure.map(|figure| (measure, area, chosen, figure))))
}

async fn shown(
    desk: &ViewerDesk,
    about: &About,
    query: &NewActionQuery,
    refused: Option<(&Fields, String)>,
) -> Answer<NewActionPage> {
    let (people, today) = (People::of(desk).await?, Today::of(desk).await?);
    let mut page = NewActionPage {
        facts: facts_of(desk, about),
        children: about
            .children
            .iter()
            .map(|(id, reference)| Link { text: id.clone(), href: Links::at(None).child(reference) })
            .collect(),
        ..NewActionPage::default()
    };
    match &about.subject {
        Some(subject) => {
            let mut form = form(desk, about, subject, query, (&people, &today)).await?;
            if let Some((sent, why)) = refused {
                form.fields.iter_mut().for_each(|field| refill(field, sent));
                page.refused = Some(why);
            }
            page.form = Some(form);
        }
        None => choices(desk, query, &today, &mut page),
    }
    let newest = desk.newest().await?;
    Ok(desk.framed(newest.as_deref(), page))
}

fn facts_of(desk: &ViewerDesk, about: &About) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    if let Some(subject) = &about.subject {
        let who = match subject {
            Subject::Child { children } => words::count(children.len() as u64, "child", "children"),
            Subject::Team { teams, .. } => teams.join(", "),
            Subject::Pathway { from, to } => format!("From {from} to {to}"),
            Subject::Service { service, .. } => service.clone(),
        };
        facts.push((subject.level().title().to_owned(), who));
    }
    if let Some(found) = finding_in_words(desk, about) {
        facts.push(("What the data shows, kept with the action".to_owned(), found));
    }
    facts
}

/// "Visits on time: 92.1%, 35 of 38 children (North 1), as at 27 February 2026".
fn finding_in_words(desk: &ViewerDesk, about: &About) -> Option<String> {
    let (council, (measure, _, chosen, figure)) = (about.council.as_ref()?, about.figure.as_ref()?);
    let text = words::figure(measure, &council.standards, Some(*figure));
    let place = place(chosen, desk.visit.viewer.scope.reaches_everything());
    let as_at = words::date(council.as_at());
    Some(format!("{}: {}, {} ({place}), as at {as_at}", measure.name, text.value, text.detail))
}

/// Teams and services to choose from, with what the address holds already.
fn choices(desk: &ViewerDesk, query: &NewActionQuery, today: &Today, page: &mut NewActionPage) {
    let scope = &desk.visit.viewer.scope;
    let along: Vec<(&'static str, String)> =
        [("measure", &query.measure), ("surgery", &query.surgery), ("item", &query.item)]
            .into_iter()
            .filter_map(|(name, value)| value.clone().map(|value| (name, value)))
            .collect();
    let link = |name: &'static str, value: &str| {
        let mut query = along.clone();
        query.push((name, value.to_owned()));
        Link { text: value.to_owned(), href: with_query("/actions/new", &query) }
    };
    let places: Vec<_> =
        today.organisation.teams().filter(|place| scope.allows_children_of(Some(&place.team))).collect();
    page.teams = places.iter().map(|place| link("team", &place.team)).collect();
    let services = today.organisation.services();
    let theirs = |service: &String| places.iter().any(|place| name_key(&place.service) == name_key(service));
    page.services = services.iter().filter(|service| theirs(service)).map(|service| link("service", service)).collect();
}

async fn form(
    desk: &ViewerDesk,
    about: &About,
    subject: &Subject,
    query: &NewActionQuery,
    (people, today): (&People, &Today),
) -> Result<Form, PageError> {
    let act = about.figure.as_ref().and_then(|(measure, ..)| remedy(measure)).map(|remedy| remedy.act);
    let why = finding_in_words(desk, about).unwrap_or_default();
    let due = today.calendar.due(today.date, today.standards.action_due_working_days);
    let all = recommendations::all(&desk.state.db).await.map_err(failed)?;
    let none = Pick { value: String::new(), text: "None".to_owned(), chosen: true };
    let answers = all.into_iter().filter(|one| one.in_force).map(|one| Pick {
        value: one.id.0.to_string(),
        text: format!("{} {}: {}", one.source, one.reference, one.title),
        chosen: false,
    });
    let mut fields = vec![
        Field { value: act.unwrap_or_default().to_owned(), ..text("what", "What is to be done", "Name no child.") },
        Field { value: why, ..text("why", "Why", "What the data shows is kept beside it.") },
        Field {
            kind: FieldKind::Choice,
            picks: heads(desk, subject, people, today),
            ..line("accountable", "Accountable Head of Service", "Only those who answer for the teams concerned.")
        },
    ];
    let (user, name) = proposed_doer(subject, people, today);
    fields.extend(doer(people, today.date, user, &name));
    fields.push(Field { kind: FieldKind::Date, value: due.to_string(), ..line("due", "Due", "") });
    fields.push(priority(Priority::Normal));
    let picks: Vec<Pick> = std::iter::once(none).chain(answers).collect();
    fields.push(Field {
        kind: FieldKind::Choice,
        picks,
        required: false,
        ..line("recommendation", "Recommendation it answers", "")
    });
    let single = [
        ("measure", &query.measure),
        ("service", &query.service),
        ("team", &query.team),
        ("from", &query.from),
        ("to", &query.to),
        ("surgery", &query.surgery),
        ("item", &query.item),
    ];
    let mut hidden: Vec<(String, String)> =
        query.child.iter().map(|child| ("child".to_owned(), child.clone())).collect();
    hidden.extend(single.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))));
    // The figure that the reader sees is the figure that is kept, even when an extract is loaded meanwhile.
    let as_at = about.council.as_ref().filter(|_| about.figure.is_some()).map(|council| council.as_at().to_string());
    hidden.extend(as_at.map(|as_at| ("as_at".to_owned(), as_at)));
    Ok(Form {
        action: "/actions/new".to_owned(),
        id: "new".to_owned(),
        title: "Add an action".to_owned(),
        about: String::new(),
        hidden,
        fields,
        button: "Record the action".to_owned(),
        open: true,
    })
}

/// Only people who may be accountable; the one that the organisation names is chosen, else the viewer, else the only one.
fn heads(desk: &ViewerDesk, subject: &Subject, people: &People, today: &Today) -> Vec<Pick> {
    let may = |known: &&Known| may_be_accountable(&known.grants, subject, &today.organisation, today.date);
    let may: Vec<&Known> = people.holding(Role::HeadOfService, today.date).filter(may).collect();
    let teams = subject.teams();
    let named = teams.iter().find_map(|team| today.organisation.place(team)).map(|place| &place.head_of_service);
    let by_name = may.iter().find(|known| named.is_some_and(|name| name_key(name) == name_key(&known.name)));
    let own = may.iter().find(|known| known.user.0 == desk.visit.viewer.user_id);
    let chosen = by_name.or(own).or_else(|| may.first()).map(|known| known.user);
    may.iter().map(|known| known.pick(chosen)).collect()
}

/// The manager of the team: by account, else by the name in the organisation.
fn proposed_doer(subject: &Subject, people: &People, today: &Today) -> (Option<UserId>, String) {
    let teams = subject.teams();
    let Some(team) = teams.first() else { return (None, "The Head of Service".to_owned()) };
    let manages = |known: &&Known| {
        known.grants.iter().any(|grant| {
            let of_team = matches!(&grant.area, Area::Team(name) if name_key(name) == name_key(team));
            grant.role == Role::TeamManager && grant.is_valid_on(today.date) && of_team
        })
    };
    match people.holding(Role::TeamManager, today.date).find(manages) {
        Some(known) => (Some(known.user), String::new()),
        None => {
            let named = today.organisation.place(team).and_then(|place| place.team_manager.clone());
            (None, named.unwrap_or_else(|| format!("The manager of {team}")))
        }
    }
}

/// Records an action as the form asks.
///
/// # Errors
/// Not found where the viewer may not, and for a form with fields it does not have.
pub(crate) async fn record(
    state: &AppState,
    visit: &Visit,
    fields: &Fields,
) -> Result<super::Answered<NewActionPage>, PageError> {
    let one = |name: &str| fields.filled(name).map(str::to_owned);
    let query = NewActionQuery {
        child: fields.all("child"),
        measure: one("measure"),
        service: one("service"),
        team: one("team"),
        from: one("from"),
        to: one("to"),
        surgery: one("surgery"),
        item: one("item"),
        as_at: one("as_at"),
    };
    let desk = ViewerDesk::new(state.clone(), visit.clone()).as_at(query.as_at.as_deref())?;
    let names: Vec<&str> = ALONG.into_iter().chain(FILLED).collect();
    if !fields.are_only(&names, "child") {
        return desk.deny(RECORD, "new action").await;
    }
    let Some(about) = about(&desk, &query).await? else { return desk.deny(RECORD, "new action").await };
    let Some(subject) = about.subject.clone() else { return desk.deny(RECORD, "new action").await };
    let refuse = async |why: String| {
        let why = format!("{}.", words::sentence(why.trim_end_matches('.')));
        let page = shown(&desk, &about, &query, Some((fields, why))).await?;
        Ok(super::Answered::Refused(Box::new(page)))
    };
    let Ok(due) = fields.get("due").trim().parse() else {
        return refuse("the due date is missing or is no date: choose one".to_owned()).await;
    };
    let (people, today) = (People::of(&desk).await?, Today::of(&desk).await?);
    let head = fields.filled("accountable").and_then(|user| user.parse().ok()).map(UserId);
    let head = head.filter(|user| !people.is_out_of_office(*user, today.date));
    let grants = match head {
        Some(user) => users::grants(&state.db, user.0).await.map_err(failed)?,
        None => Vec::new(),
    };
    let doer = sent_doer(fields);
    if let Doer::User(user) = doer
        && people.find(user).is_none()
    {
        return refuse("choose who does it".to_owned()).await;
    }
    let known = recommendations::all(&state.db).await.map_err(failed)?;
    let recommendation = fields.filled("recommendation").and_then(|id| id.parse().ok()).map(RecommendationId);
    let recommendation = recommendation.filter(|id| known.iter().any(|one| one.id == *id));
    let (finding, aim) = frozen(&about, &subject);
    let draft = Draft {
        subject,
        what: fields.get("what"),
        why: fields.get("why"),
        finding,
        accountable: head.map(|user| Person { user, grants: &grants }),
        doer,
        due: Due::On(due),
        priority: Priority::from_name(fields.get("priority")).unwrap_or_default(),
        aim,
        recommendation,
        surgery: about.surgery,
    };
    let new = NewAction {
        draft,
        actor: desk.person(),
        today: today.date,
        organisation: &today.organisation,
        calendar: &today.calendar,
        standards: &today.standards,
        at: state.clock.now_ms(),
    };
    let entry = Entry {
        at: state.clock.now_ms(),
        actor: visit.viewer.user_name.clone(),
        action: RECORD.to_owned(),
        subject: None,
        detail: detail(&about),
        decision: Decision::Allow,
        request_id: visit.request_id.to_string(),
    };
    match keep(&state.db, about.surgery.map(|surgery| (surgery, about.item)), &new, &entry).await {
        // The meeting goes on.
        Ok(Kept::InMeeting(surgery)) => Ok(super::Answered::Done(format!("/surgeries/{}", surgery.0))),
        Ok(Kept::Alone(id)) => Ok(super::Answered::Done(super::lines::href(id))),
        Err(NotDone::Unknown | NotDone::Refused(Refusal::NotAllowed)) => desk.deny(RECORD, "new action").await,
        Err(NotDone::Refused(refusal)) => refuse(refusal.to_string()).await,
        Err(NotDone::Db(error)) => Err(failed(error)),
    }
}

/// What the extract shows, as it is kept for good.
fn frozen(about: &About, subject: &Subject) -> (Option<Finding>, Option<Aim>) {
    let Some((council, (measure, group, _, figure))) = about.council.as_ref().zip(about.figure.as_ref()) else {
        return (None, None);
    };
    let as_at = council.as_at();
    let finding = Finding {
        as_at,
        measure: Some(measure.id.to_owned()),
        group: group.clone(),
        numerator: figure.numerator,
        denominator: figure.denominator,
        children: subject.children().iter().map(|child| child.child_id.clone()).collect(),
    };
    let aim = Aim {
        measure: measure.id.to_owned(),
        group: group.clone(),
        baseline: Some(Baseline { as_at, figure: *figure }),
    };
    (Some(finding), Some(aim))
}
