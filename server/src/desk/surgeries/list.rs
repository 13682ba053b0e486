//! `/surgeries`: what is coming, what was held, the standing meetings, and planning.

use super::{Around, path, person, reader, remit_words};
use crate::desk::{ViewerDesk, failed, words};
use crate::state::{AppState, Visit};
use crate::store::audit::{self, Decision, Entry};
use crate::store::reader::NotDone;
use crate::store::surgeries::{self, KeptSeries, Line, NewSeries, NewSurgery, Window};
use crate::store::users;
use app::data::{Choice, Page, PlanForm, SeriesRow, SittingForm, SurgeriesPage, SurgeriesQuery, SurgeryRow};
use app::desk::Answer;
use app::error::PageError;
use chrono::NaiveDate;
use domain::action::Person;
use domain::calendar::{WorkingDays, add_days, minus_days};
use domain::ids::{SeriesId, UserId};
use domain::names::name_key;
use domain::surgery::{Plan, Remit, Rhythm, Series, Stage, SurgeryRefusal, sittings};
use serde::Deserialize;

/// Calendar days looked ahead.
const AHEAD: u32 = 60;
/// Calendar days looked back: a year.
const BACK: u32 = 366;
const ACTION: &str = "read surgeries";

pub(in crate::desk) async fn page(desk: &ViewerDesk, query: &SurgeriesQuery) -> Answer<SurgeriesPage> {
    let page = body(desk, query).await?;
    let council = desk.newest().await?;
    Ok(desk.framed(council.as_deref(), page))
}

/// The same page, with what was refused.
///
/// # Errors
/// As the page's.
pub async fn refused_list(state: &AppState, visit: &Visit, notice: String) -> Answer<SurgeriesPage> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    let Page { frame, body } = page(&desk, &SurgeriesQuery::default()).await?;
    Ok(Page { frame, body: SurgeriesPage { notice: Some(notice), ..body } })
}

async fn body(desk: &ViewerDesk, query: &SurgeriesQuery) -> Result<SurgeriesPage, PageError> {
    let scope = &desk.visit.viewer.scope;
    if !scope.reads_children() {
        return desk.deny(ACTION, "surgeries").await;
    }
    let around = Around::of(desk).await?;
    let window = Window { from: minus_days(around.today, BACK), to: add_days(around.today, AHEAD) };
    let lines = surgeries::list(&desk.state.db, &reader(desk), window).await.map_err(failed)?;
    let lines: Vec<Line> = lines.into_iter().filter(|line| fits(&line.remit, query, &around)).collect();
    let all = surgeries::all_series(&desk.state.db).await.map_err(failed)?;
    let visible = |kept: &KeptSeries| {
        kept.series.remit.teams(&around.organisation).iter().any(|team| scope.allows_children_of(Some(team)))
    };
    let series: Vec<KeptSeries> = all
        .into_iter()
        .filter(|kept| visible(kept) && fits(&kept.series.remit, query, &around))
        .filter(|kept| kept.series.last.is_none_or(|last| last >= around.today))
        .collect();
    desk.allow(ACTION, "surgeries", None).await?;
    let is_over = |line: &&Line| line.stage == Stage::Closed || line.date < around.today;
    let mut coming: Vec<(NaiveDate, SurgeryRow)> =
        lines.iter().filter(|line| !is_over(line)).map(|line| (line.date, row(line, &around))).collect();
    coming.extend(unopened(desk, &series, &around).await?);
    coming.sort_by_key(|(day, _)| *day);
    let may_plan = |remit: &Remit| around.may_plan(person(desk), person(desk), remit);
    Ok(SurgeriesPage {
        notice: None,
        services: services(desk, query, &around),
        teams: teams(desk, query, &around),
        coming: coming.into_iter().map(|(_, row)| row).collect(),
        held: lines.iter().rev().filter(is_over).map(|line| row(line, &around)).collect(),
        series: series.iter().map(|kept| series_row(kept, &around, may_plan(&kept.series.remit))).collect(),
        plan: plan_form(desk, &around).await?,
    })
}

/// Whether a remit is of the chosen service and team.
fn fits(remit: &Remit, query: &SurgeriesQuery, around: &Around) -> bool {
    let teams = remit.teams(&around.organisation);
    let filled = |value: &Option<String>| value.as_deref().map(name_key).filter(|key| !key.is_empty());
    let service = filled(&query.service).is_none_or(|wanted| match remit {
        Remit::Service { service } => name_key(service) == wanted,
        Remit::Teams { .. } => {
            let mut services = teams.iter().filter_map(|team| around.organisation.service(team));
            services.any(|service| name_key(service) == wanted)
        }
    });
    service && filled(&query.team).is_none_or(|wanted| teams.iter().any(|team| name_key(team) == wanted))
}

fn row(line: &Line, around: &Around) -> SurgeryRow {
    SurgeryRow {
        day: words::day(line.date),
        remit: remit_words(&line.remit),
        kind: kind(&line.remit).to_owned(),
        leader: around.name(line.leader),
        stage: line.stage.title().to_owned(),
        href: Some(path(line.id)),
        open: None,
    }
}

const fn kind(remit: &Remit) -> &'static str {
    match remit {
        Remit::Service { .. } => "Service",
        Remit::Teams { .. } => "Teams",
    }
}

/// The days of series that nobody has opened yet.
async fn unopened(
    desk: &ViewerDesk,
    series: &[KeptSeries],
    around: &Around,
) -> Result<Vec<(NaiveDate, SurgeryRow)>, PageError> {
    let calendar = WorkingDays::england();
    let window = (around.today, add_days(around.today, AHEAD));
    let mut rows = Vec::new();
    for kept in series {
        let changes = surgeries::changes_of(&desk.state.db, kept.id).await.map_err(failed)?;
        let may = around.may_plan(person(desk), person(desk), &kept.series.remit);
        let open = sittings(&kept.series, window, &changes, &calendar)
            .into_iter()
            .filter(|sitting| !changes.iter().any(|change| change.original == sitting.original));
        rows.extend(open.map(|sitting| {
            let form = SittingForm { series: kept.id.0.to_string(), day: sitting.original.to_string() };
            let row = SurgeryRow {
                day: words::day(sitting.on),
                remit: remit_words(&kept.series.remit),
                kind: kind(&kept.series.remit).to_owned(),
                leader: around.name(kept.leader),
                stage: "A day of the series".to_owned(),
                href: None,
                open: may.then_some(form),
            };
            (sitting.on, row)
        }));
    }
    Ok(rows)
}

fn series_row(kept: &KeptSeries, around: &Around, may_end: bool) -> SeriesRow {
    let often = match kept.series.rhythm {
        Rhythm::Fortnightly => "Every two weeks",
        Rhythm::Monthly => "Every month",
    };
    let last = kept.series.last.map_or_else(String::new, |last| format!(" to {}", words::date(last)));
    SeriesRow {
        id: kept.id.0.to_string(),
        remit: remit_words(&kept.series.remit),
        rhythm: format!("{often} from {}{last}", words::date(kept.series.first)),
        leader: around.name(kept.leader),
        may_end,
    }
}

fn services(desk: &ViewerDesk, query: &SurgeriesQuery, around: &Around) -> Vec<Choice> {
    let scope = &desk.visit.viewer.scope;
    let mut names: Vec<String> = around
        .organisation
        .teams()
        .filter(|place| scope.allows_children_of(Some(&place.team)))
        .map(|place| place.service.clone())
        .collect();
    names.sort();
    names.dedup();
    choices(names, query.service.as_deref())
}

fn teams(desk: &ViewerDesk, query: &SurgeriesQuery, around: &Around) -> Vec<Choice> {
    let scope = &desk.visit.viewer.scope;
    let places = around.organisation.teams().filter(|place| scope.allows_children_of(Some(&place.team)));
    let mut names: Vec<String> = places.map(|place| place.team.clone()).collect();
    names.sort();
    choices(names, query.team.as_deref())
}

fn choices(names: Vec<String>, chosen: Option<&str>) -> Vec<Choice> {
    let chosen = chosen.map(name_key);
    names.into_iter().map(|value| Choice { chosen: chosen == Some(name_key(&value)), value }).collect()
}

/// The form, with what this viewer may plan; none where that is nothing.
async fn plan_form(desk: &ViewerDesk, around: &Around) -> Result<Option<PlanForm>, PageError> {
    let me = person(desk);
    let mut remits = Vec::new();
    for service in around.organisation.services() {
        let remit = Remit::Service { service: service.clone() };
        if around.may_plan(me, me, &remit) {
            remits.push((format!("service:{service}"), format!("Service: {service}")));
        }
    }
    let mut teams = Vec::new();
    for place in around.organisation.teams() {
        let remit = Remit::Teams { teams: vec![place.team.clone()] };
        if around.may_plan(me, me, &remit) {
            remits.push((format!("team:{}", place.team), format!("Team: {}", place.team)));
            teams.push(place.team.clone());
        }
    }
    if remits.is_empty() {
        return Ok(None);
    }
    let everything: Vec<Remit> = remits.iter().filter_map(|(value, _)| remit(value, "")).collect();
    let granted = around.granted(desk).await?;
    let leaders = granted
        .iter()
        .filter(|(user, grants)| {
            let leader = Person { user: UserId(user.id), grants };
            everything.iter().any(|remit| around.may_plan(me, leader, remit))
        })
        .map(|(user, _)| (user.id.to_string(), user.full_name.clone()))
        .collect();
    let day = WorkingDays::england().due(around.today, 1).to_string();
    Ok(Some(PlanForm { remits, teams, leaders, day }))
}

/// What a form about the list sends; a part that is not sent is empty.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PlanningForm {
    /// `plan`, `sitting` or `end-series`.
    #[serde(rename = "do")]
    pub what: String,
    /// `service:NAME` or `team:NAME`.
    pub remit: String,
    /// A second team.
    pub second: String,
    /// The leader's account.
    pub leader: String,
    /// The day, or the first day.
    pub day: String,
    /// A rhythm; empty for once.
    pub rhythm: String,
    /// A series.
    pub series: String,
    /// The last day of a series.
    pub last: String,
}

fn remit(value: &str, second: &str) -> Option<Remit> {
    match value.split_once(':')? {
        ("service", name) => Some(Remit::Service { service: name.to_owned() }),
        ("team", name) => {
            let second = Some(second.to_owned()).filter(|second| !second.trim().is_empty());
            Some(Remit::Teams { teams: std::iter::once(name.to_owned()).chain(second).collect() })
        }
        _ => None,
    }
}

/// Plans a surgery or a series, opens a day of a series, or ends one. Answers where to go on.
///
/// # Errors
/// [`super::NotChanged`] when it may not be, when the form makes no sense, or when the database fails.
pub async fn plan(state: &AppState, visit: &Visit, form: &PlanningForm) -> Result<String, super::NotChanged> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    let around = Around::of(&desk).await?;
    if !visit.viewer.scope.reads_children() {
        return Ok(desk.deny("plan surgery", "surgeries").await?);
    }
    match form.what.as_str() {
        "plan" => new(&desk, &around, form).await,
        "sitting" => sitting(&desk, &around, form).await,
        "end-series" => end(&desk, &around, form).await,
        _ => Err(super::NotChanged::words("the form did not arrive whole: send it again")),
    }
}

fn day(text: &str) -> Result<NaiveDate, super::NotChanged> {
    text.trim().parse().map_err(|_| super::NotChanged::words("the day is missing or is no date: choose one"))
}

async fn new(desk: &ViewerDesk, around: &Around, form: &PlanningForm) -> Result<String, super::NotChanged> {
    let remit = remit(&form.remit, &form.second)
        .ok_or_else(|| super::NotChanged::words("a surgery is about a service or a team: choose one"))?;
    let first = day(&form.day)?;
    let leader = form.leader.trim().parse::<i64>().ok();
    let leader = leader.filter(|id| around.active().any(|user| user.id == *id));
    let leader = leader.ok_or_else(|| super::NotChanged::words("a surgery has somebody who leads it: choose one"))?;
    let grants = users::grants(&desk.state.db, leader).await.map_err(failed)?;
    let leader = Person { user: UserId(leader), grants: &grants };
    let Some(rhythm) = Rhythm::from_name(&form.rhythm) else {
        let plan = Plan { series: None, remit, leader, date: first };
        return keep(desk, around, plan).await;
    };
    // Who may make a series is who may plan its surgeries.
    let plan = Plan { series: None, remit: remit.clone(), leader, date: first };
    match plan.record(&person(desk), &around.meeting()) {
        Err(SurgeryRefusal::NotAllowed) => return Ok(desk.deny("plan series", "surgeries").await?),
        Err(refusal) => return Err(super::NotChanged::words(&refusal.to_string())),
        Ok(_) => {}
    }
    let series = Series { remit, rhythm, first, last: None };
    let at = desk.state.clock.now_ms();
    let by = UserId(desk.visit.viewer.user_id);
    let mut tx = desk.state.db.begin().await.map_err(failed)?;
    let new = NewSeries { series: &series, leader: leader.user, created_by: by, created_at: at };
    let id = surgeries::add_series(&mut tx, &new).await.map_err(failed)?;
    let entry = entry(desk, "plan series", Some(format!("series {}", id.0)));
    audit::append_in(&mut tx, &[entry]).await.map_err(failed)?;
    tx.commit().await.map_err(failed)?;
    Ok("/surgeries".to_owned())
}

async fn keep(desk: &ViewerDesk, around: &Around, plan: Plan<'_>) -> Result<String, super::NotChanged> {
    let new = NewSurgery {
        plan,
        actor: person(desk),
        today: around.today,
        organisation: &around.organisation,
        at: desk.state.clock.now_ms(),
    };
    match surgeries::plan(&desk.state.db, new, entry(desk, "plan surgery", None)).await {
        Ok(id) => Ok(path(id)),
        Err(NotDone::Unknown | NotDone::Refused(SurgeryRefusal::NotAllowed)) => {
            Ok(desk.deny("plan surgery", "surgeries").await?)
        }
        Err(NotDone::Refused(refusal)) => Err(super::NotChanged::words(&refusal.to_string())),
        Err(NotDone::Db(error)) => Err(failed(error).into()),
    }
}

/// A series the viewer may plan surgeries of.
async fn own_series(
    desk: &ViewerDesk,
    around: &Around,
    form: &PlanningForm,
) -> Result<Option<KeptSeries>, super::NotChanged> {
    let id = form.series.trim().parse().ok().map(SeriesId);
    let all = surgeries::all_series(&desk.state.db).await.map_err(failed)?;
    let known = all.into_iter().find(|kept| Some(kept.id) == id);
    Ok(known.filter(|kept| around.may_plan(person(desk), person(desk), &kept.series.remit)))
}

async fn sitting(desk: &ViewerDesk, around: &Around, form: &PlanningForm) -> Result<String, super::NotChanged> {
    let Some(kept) = own_series(desk, around, form).await? else {
        return Ok(desk.deny("plan surgery", "series").await?);
    };
    let original = day(&form.day)?;
    let changes = surgeries::changes_of(&desk.state.db, kept.id).await.map_err(failed)?;
    let window = (minus_days(original, 7), add_days(original, 14));
    let open = sittings(&kept.series, window, &changes, &WorkingDays::england());
    let opened = changes.iter().any(|change| change.original == original);
    let Some(sitting) = open.into_iter().find(|sitting| sitting.original == original && !opened) else {
        return Err(super::NotChanged::words("this day of the series was opened already: it stands on the list"));
    };
    let grants = users::grants(&desk.state.db, kept.leader.0).await.map_err(failed)?;
    let leader = Person { user: kept.leader, grants: &grants };
    let plan = Plan { series: Some((kept.id, original)), remit: kept.series.remit.clone(), leader, date: sitting.on };
    keep(desk, around, plan).await
}

async fn end(desk: &ViewerDesk, around: &Around, form: &PlanningForm) -> Result<String, super::NotChanged> {
    let Some(kept) = own_series(desk, around, form).await? else {
        return Ok(desk.deny("end series", "series").await?);
    };
    let last = day(&form.last)?;
    let mut tx = desk.state.db.begin().await.map_err(failed)?;
    surgeries::end_series(&mut tx, kept.id, last).await.map_err(failed)?;
    let entry = entry(desk, "end series", Some(format!("series {}", kept.id.0)));
    audit::append_in(&mut tx, &[entry]).await.map_err(failed)?;
    tx.commit().await.map_err(failed)?;
    Ok("/surgeries".to_owned())
}

/// What the audit keeps of a change.
pub(in crate::desk) fn entry(desk: &ViewerDesk, action: &str, subject: Option<String>) -> Entry {
    Entry {
        at: desk.state.clock.now_ms(),
        actor: desk.visit.viewer.user_name.clone(),
        action: action.to_owned(),
        subject,
        detail: None,
        decision: Decision::Allow,
        request_id: desk.visit.request_id.to_string(),
    }
}
