//! A person's calendar: what falls due in the coming weeks, counted by day and measure; the own actions; the surgeries.
//!
//! It is read by whoever has its address, so it holds no child: numbers, measures, actions' numbers, surgeries, links.

use super::{Links, ViewerDesk, failed, words};
use crate::calendars::{Entry, write};
use crate::notices::{self, Around, Coming};
use crate::reading::{self, Selection};
use crate::state::{AppState, Visit};
use crate::store::audit;
use crate::store::feeds;
use crate::token::Token;
use app::error::PageError;
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::{add_days, minus_days};
use domain::ids::UserId;
use domain::look_ahead::WEEKS;
use domain::measures::{Measure, measure};
use domain::surgery::Remit;
use std::collections::BTreeMap;

/// What stands in the audit where a calendar is fetched.
pub(crate) const READ: &str = "read calendar";
/// What stands in the audit where somebody makes a calendar an address, or ends it.
const CHANGE: &str = "change calendar";
/// Surgeries looked ahead (calendar days).
const SURGERIES: u32 = 60;
/// How long an own action that is late still stands on its due day (calendar days).
const LATE: u32 = 28;

/// What to do with the own calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedChange {
    /// A new address; the old one ends.
    Renew,
    /// No address any more.
    End,
}

/// Makes the viewer's calendar an address, shown once, or ends it.
///
/// # Errors
/// [`PageError::NotFound`] for who reads no child and so has nothing to subscribe to.
pub async fn change(state: &AppState, visit: &Visit, change: FeedChange) -> Result<Option<String>, PageError> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    if !visit.viewer.scope.reads_children() {
        return desk.deny(CHANGE, "calendar").await;
    }
    let user = visit.viewer.user_id;
    let (detail, token) = match change {
        FeedChange::Renew => ("a new address", Some(Token::new().ok_or(PageError::Failed)?)),
        FeedChange::End => ("ended", None),
    };
    let at = state.clock.now_ms();
    let mut tx = state.db.begin().await.map_err(failed)?;
    match &token {
        Some(token) => feeds::put(&mut tx, user, &token.hash(), at).await.map_err(failed)?,
        None => {
            feeds::end(&mut tx, user).await.map_err(failed)?;
        }
    }
    let entry = super::surgeries::entry(&desk, CHANGE, None);
    let entry = audit::Entry { detail: Some(detail.to_owned()), ..entry };
    audit::append_in(&mut tx, &[entry]).await.map_err(failed)?;
    tx.commit().await.map_err(failed)?;
    Ok(token.map(|token| state.address.join(&format!("/calendar/{}.ics", token.as_str()))))
}

/// The calendar of somebody, as of today and within today's scope. On record before it is answered.
///
/// # Errors
/// When the database fails.
pub async fn feed(state: &AppState, visit: &Visit) -> Result<String, PageError> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    let entries = entries(&desk).await?;
    desk.allow(READ, "calendar", Some(words::count(entries.len() as u64, "entry", "entries"))).await?;
    let now: DateTime<Utc> = DateTime::from_timestamp_millis(state.clock.now_ms()).ok_or(PageError::Failed)?;
    Ok(write(&entries, state.address.host(), now))
}

async fn entries(desk: &ViewerDesk) -> Result<Vec<Entry>, PageError> {
    if !desk.visit.viewer.scope.reads_children() {
        return Ok(Vec::new());
    }
    let around = Around::of(&desk.state, &desk.visit).await.map_err(failed)?;
    let mut entries = falling_due(desk, around.today).await?;
    entries.extend(own_actions(desk, &around).await?);
    entries.extend(surgeries(desk, &around).await?);
    Ok(entries)
}

/// What falls due from today on, by day and measure, of the children whom the person may read.
async fn falling_due(desk: &ViewerDesk, today: NaiveDate) -> Result<Vec<Entry>, PageError> {
    let Some(council) = desk.newest().await? else { return Ok(Vec::new()) };
    let everything = Selection::default();
    let scope = &desk.visit.viewer.scope;
    let due = reading::due(&desk.state.db, &council, scope, &everything).await.map_err(failed)?;
    let last = add_days(today, WEEKS * 7);
    let mut counts: BTreeMap<(NaiveDate, &str), u64> = BTreeMap::new();
    for unit in due.into_iter().filter(|unit| (today..=last).contains(&unit.last_day)) {
        *counts.entry((unit.last_day, unit.fact.measure)).or_default() += 1;
    }
    let entry = |((day, id), number): ((NaiveDate, &str), u64)| {
        let measure = measure(id)?;
        let path = Links::at(None).children(id, &everything, &[("show", "soon".to_owned())]);
        Some(Entry {
            name: format!("due-{day}-{id}"),
            day,
            summary: falls_due(measure, number),
            href: desk.state.address.join(&path),
        })
    };
    Ok(counts.into_iter().filter_map(entry).collect())
}

/// "3 CP visits fall due".
fn falls_due(measure: &Measure, number: u64) -> String {
    let (one, many) = units(measure.id).unwrap_or(("unit", "units"));
    let falls = if number == 1 { "falls" } else { "fall" };
    let beside = if units(measure.id).is_some() { String::new() } else { format!(": {}", measure.name) };
    format!("{} {falls} due{beside}", words::count(number, one, many))
}

/// What falls due, one and many, of each measure that sets a day to act by.
fn units(id: &str) -> Option<(&'static str, &'static str)> {
    Some(match id {
        "ASM-02" => ("assessment", "assessments"),
        "S47-02" => ("initial conference", "initial conferences"),
        "CPP-01" => ("CP visit", "CP visits"),
        "CPP-05" => ("CP review", "CP reviews"),
        "CPP-06" => ("early warning of a long plan", "early warnings of long plans"),
        "CPP-07" => ("plan’s second year", "plans’ second years"),
        "CIN-01" => ("CIN visit", "CIN visits"),
        "CIN-03" => ("review of a long CIN plan", "reviews of long CIN plans"),
        "DOR-01" => {
            ("sight of a child before the case is dormant", "sights of children before their cases are dormant")
        }
        "CLA-01" => ("visit to a child in care", "visits to children in care"),
        "CLA-03" => ("review of a child in care", "reviews of children in care"),
        "CLA-07" => ("health assessment", "health assessments"),
        "CLA-09" => ("dental check", "dental checks"),
        "CLA-13" => ("permanence plan", "permanence plans"),
        "CL-04" => ("pathway plan review", "pathway plan reviews"),
        "CL-05" => ("contact with a care leaver", "contacts with care leavers"),
        _ => return None,
    })
}

async fn own_actions(desk: &ViewerDesk, around: &Around<'_>) -> Result<Vec<Entry>, PageError> {
    let first = minus_days(around.today, LATE);
    let lines = notices::own_actions(around).await.map_err(failed)?;
    let entry = |line: crate::store::actions::Line| Entry {
        name: format!("action-{}", line.id.0),
        day: line.due,
        summary: format!("Action {} is due", line.id),
        href: desk.state.address.join(&Links::action(line.id)),
    };
    Ok(lines.into_iter().filter(|line| line.due >= first).map(entry).collect())
}

async fn surgeries(desk: &ViewerDesk, around: &Around<'_>) -> Result<Vec<Entry>, PageError> {
    let coming = notices::coming(around, around.today, add_days(around.today, SURGERIES)).await.map_err(failed)?;
    let user = UserId(desk.visit.viewer.user_id);
    let entry = |one: Coming| Entry {
        name: one.name(),
        day: one.day,
        summary: format!("Surgery: {}{}", remit(&one.remit), if one.leader == user { " (you lead it)" } else { "" }),
        href: desk.state.address.join(&one.path()),
    };
    Ok(coming.into_iter().filter(|one| notices::attends(around, one)).map(entry).collect())
}

fn remit(remit: &Remit) -> String {
    super::surgeries::remit_words(remit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::look_ahead::has_due_day;
    use domain::measures::CORE;

    #[test]
    fn whatever_falls_due_has_words() {
        for measure in CORE.iter().filter(|measure| has_due_day(measure)) {
            assert!(units(measure.id).is_some(), "{}", measure.id);
        }
        let visits = measure("CPP-01").unwrap();
        assert_eq!(falls_due(visits, 3), "3 CP visits fall due");
        assert_eq!(falls_due(visits, 1), "1 CP visit falls due");
    }
}
