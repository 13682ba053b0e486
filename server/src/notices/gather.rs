//! Actions that wait for somebody.

use super::{Around, Kind, MOST, Notice};
use crate::db::DbError;
use crate::store::actions::{self, Filter, Line, Marks, Order};
use crate::store::reader::Reader;
use chrono::{Datelike as _, Days, NaiveDate};
use domain::action::{State, due_when_late, working_days_late};
use domain::ids::UserId;
use domain::scope::{Role, Scope};

/// How long something is new (calendar days).
const NEW_DAYS: i64 = 14;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

impl Around<'_> {
    async fn page(&self, scope: &Scope, filter: &Filter) -> Result<Vec<Line>, DbError> {
        let reader = Reader { user: self.user(), scope };
        actions::page(&self.state.db, &reader, filter, Order::Due, None, MOST).await
    }
}

/// The open actions that the person answers for as a Head of Service or was given to do, in the order of their due dates.
///
/// # Errors
/// When the database fails.
pub async fn own_actions(around: &Around<'_>) -> Result<Vec<Line>, DbError> {
    let scope = &around.visit.viewer.scope;
    let open = || Filter { states: vec![State::Open], ..Filter::default() };
    let user = Some(around.user());
    let mut lines = Vec::new();
    if around.holds(Role::HeadOfService) {
        lines = around.page(scope, &Filter { accountable: user, ..open() }).await?;
    }
    let acts = [Role::Director, Role::HeadOfService, Role::TeamManager];
    if acts.into_iter().any(|role| around.holds(role)) {
        let given = around.page(scope, &Filter { doer: user, not_of: user, ..open() }).await?;
        lines.extend(given);
        lines.sort_by_key(|line| (line.due, line.id.0));
    }
    Ok(lines)
}

/// What of the own actions waits.
pub(super) async fn own(around: &Around<'_>) -> Result<Vec<Notice>, DbError> {
    let lines = own_actions(around).await?;
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let new_since = around.state.clock.now_ms() - NEW_DAYS * DAY_MS;
    let marks = actions::marks(&around.state.db, around.user(), new_since).await?;
    let sunday = end_of_week(around.today);
    let mut notices = Vec::new();
    for line in lines {
        let marked = marks.get(&line.id.0).copied().unwrap_or_default();
        notices.extend(of_one(around, &line, marked, sunday));
    }
    Ok(notices)
}

/// Every kind that an own action is of.
fn of_one(around: &Around<'_>, line: &Line, marks: Marks, sunday: NaiveDate) -> Vec<Notice> {
    let accountable = line.accountable == around.user();
    let days = working_days_late(line.due, around.today, &around.calendar);
    let late = days > 0;
    let mut notices = Vec::new();
    let mut add = |kind: Kind, occasion: String, told: bool| {
        notices.push(Notice { kind, line: line.clone(), occasion, told });
    };
    if let Some(event) = marks.back {
        add(Kind::CameBack, event.to_string(), true);
    }
    if marks.confirmed && accountable {
        add(Kind::ToReport, line.reopened.to_string(), true);
    }
    if late {
        // The first step is the accountable Head of Service's.
        let step = around.standards.action_late_head_of_service_working_days;
        let told = accountable && step > 0 && days >= step;
        add(Kind::Late, line.due.to_string(), told);
    }
    if !late && line.due <= sunday {
        add(Kind::DueThisWeek, line.due.to_string(), true);
    }
    if let Some(event) = marks.new {
        add(Kind::New, event.to_string(), true);
    }
    notices
}

/// Reports that wait for the person as the second one: a Director's within the area, and for a Head of Service those of
/// the surgeries led.
pub(super) async fn to_confirm(around: &Around<'_>) -> Result<Vec<Notice>, DbError> {
    let user = Some(around.user());
    let reported =
        |led_by: Option<UserId>| Filter { states: vec![State::Reported], second: user, led_by, ..Filter::default() };
    let mut lines = Vec::new();
    if around.holds(Role::Director) {
        lines = around.page(&around.scope_as(Role::Director), &reported(None)).await?;
    }
    if around.holds(Role::HeadOfService) {
        for line in around.page(&around.scope_as(Role::HeadOfService), &reported(user)).await? {
            if !lines.iter().any(|known| known.id == line.id) {
                lines.push(line);
            }
        }
    }
    Ok(lines
        .into_iter()
        .map(|line| {
            let occasion =
                line.report.as_ref().map_or_else(String::new, |(_, at, _)| at.timestamp_millis().to_string());
            Notice { kind: Kind::ToConfirm, line, occasion, told: true }
        })
        .collect())
}

/// What is late in a Director's area for so long that the Director is told, by the standards of today. What the person
/// answers for stands among the own.
pub(super) async fn in_area(around: &Around<'_>) -> Result<Vec<Notice>, DbError> {
    if !around.holds(Role::Director) {
        return Ok(Vec::new());
    }
    let scope = around.scope_as(Role::Director);
    // Due before this day is late by so many working days; a step whose standard is 0 is off.
    let before = |days: u32| {
        let due = if days > 0 { due_when_late(days, around.today, &around.calendar) } else { None };
        due.and_then(|due| due.succ_opt())
    };
    let agenda = before(around.standards.action_late_agenda_working_days);
    let director = before(around.standards.action_late_director_working_days);
    let mut notices = Vec::new();
    for (kind, late_on, due_from) in [(Kind::OnAgenda, agenda, None), (Kind::Escalated, director, agenda)] {
        if late_on.is_none() {
            continue;
        }
        let filter = Filter { late_on, due_from, not_of: Some(around.user()), ..Filter::default() };
        notices.extend(around.page(&scope, &filter).await?.into_iter().map(|line| Notice {
            kind,
            occasion: line.due.to_string(),
            line,
            told: true,
        }));
    }
    Ok(notices)
}

/// The Sunday of a day's week.
pub(crate) fn end_of_week(day: NaiveDate) -> NaiveDate {
    let left = 6 - u64::from(day.weekday().num_days_from_monday());
    day.checked_add_days(Days::new(left)).unwrap_or(day)
}
