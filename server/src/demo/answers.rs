//! What the demo's managers say of late children on a past extract, so that what came of it shows in later ones. It goes the
//! way of every answer: checked, kept with its audit rows.

use super::people::people;
use crate::answers::{GivenAnswers, NotAnswered, Unit, give};
use crate::clock::Clock;
use crate::council::Council;
use crate::db::Db;
use crate::reading::{self, LateUnit, ReadError, Selection};
use chrono::{NaiveDate, NaiveTime};
use domain::answers::Said;
use domain::calendar::{add_days, minus_days};
use domain::scope::{Grant, Role, Scope};
use std::collections::{HashMap, HashSet};

/// Measures answered to.
const MEASURES: [&str; 4] = ["CPP-01", "CIN-01", "CLA-01", "DOR-01"];
/// Late children of a measure whom a Head of Service answers for: the rest wait for an answer.
const MOST: usize = 60;
/// Days late, in the measure's clock, from which nobody is left without an answer.
const LONG_LATE: i64 = 15;
/// Calendar days from an extract to its answers.
const DAYS_LATER: u32 = 3;

/// Why the demo's managers could say nothing.
#[derive(Debug, thiserror::Error)]
pub enum NoDemoAnswers {
    /// The late children could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// An answer was refused.
    #[error(transparent)]
    Refused(#[from] NotAnswered),
}

/// Answers of the demo's Heads of Service for late children of the newest extract; how many were kept. Whoever was visited
/// and is not written up yet is in `unrecorded`, with the day.
///
/// # Errors
/// When the database fails, or an answer cannot be.
pub async fn answer(db: &Db, unrecorded: &HashMap<String, NaiveDate>) -> Result<usize, NoDemoAnswers> {
    let Some(council) = Council::read(db).await.map_err(ReadError::from)? else { return Ok(0) };
    let day = add_days(council.as_at(), DAYS_LATER);
    let mut answered = HashSet::new();
    let mut kept = 0;
    for (turn, head) in people().into_iter().filter(|person| person.role == Role::HeadOfService).enumerate() {
        let at = day.and_time(NaiveTime::MIN).and_utc() + chrono::TimeDelta::minutes(540 + 10 * turn as i64);
        let areas = std::iter::once(&head.area).chain(&head.also).cloned();
        let grants: Vec<Grant> =
            areas.map(|area| Grant { role: head.role, area, valid_from: None, valid_to: None }).collect();
        let scope = Scope::of(&grants, council.organisation(), day);
        for measure in MEASURES.into_iter().filter_map(domain::measures::measure) {
            let late = reading::late_units(db, (&council, &council), &scope, measure, &Selection::default()).await?;
            let own = |unit: &LateUnit| {
                let place = unit.team.as_deref().and_then(|team| council.organisation().place(team));
                // A child whose team is not mapped is whoever's looks first.
                place.is_none_or(|place| place.head_of_service == head.name || !is_persona(&place.head_of_service))
            };
            let mut units: Vec<LateUnit> =
                late.into_iter().flat_map(|late| late.units).filter(|unit| unit.may_answer && own(unit)).collect();
            units.retain(|unit| answered.insert((measure.id, unit.child.clone(), unit.list, unit.position)));
            let over = |unit: &LateUnit| days_late(&council, unit);
            units.sort_by_key(|unit| std::cmp::Reverse(over(unit)));
            let units = units.into_iter().enumerate().filter(|(place, unit)| *place < MOST || over(unit) >= LONG_LATE);
            let answers: Vec<(Unit, Said)> =
                units.filter_map(|(place, unit)| said(&council, measure.id, place, unit, unrecorded)).collect();
            if answers.is_empty() {
                continue;
            }
            let given = GivenAnswers {
                extract: council.extract.id,
                measure,
                answers,
                by: head.user_name.clone(),
                request_id: "demo".to_owned(),
            };
            kept += give(db, &Clock::fixed(at), &council, &scope, &given).await?;
        }
    }
    Ok(kept)
}

fn is_persona(name: &str) -> bool {
    people().iter().any(|person| person.name == name)
}

/// Calendar days past the last day that was on time.
fn days_late(council: &Council, unit: &LateUnit) -> i64 {
    unit.due.map_or(0, |due| (council.as_at() - due).num_days())
}

/// What is said of the late child in a place of the list. Two cohorts: who was visited and is not written up, and who was
/// not visited. Of every twelfth something is said that does not hold; of every sixth nothing, unless late for long.
fn said(
    council: &Council,
    measure: &str,
    place: usize,
    unit: LateUnit,
    unrecorded: &HashMap<String, NaiveDate>,
) -> Option<(Unit, Said)> {
    let as_at = council.as_at();
    let is_long = days_late(council, &unit) >= LONG_LATE;
    let child = unit.child.clone()?;
    // A child seen in the very days before is not late by a visit that is missing.
    let begun = |on: NaiveDate| unit.start.is_none_or(|start| start < on);
    let visited = unrecorded.get(&*child).copied().filter(|on| begun(*on));
    let not_done = |reasons: [&str; 3]| Said::NotDone { reason: reasons[place / 2 % 3].to_owned() };
    let said = match (visited, place % 12) {
        (Some(_), 7) => Said::RecordWrong { reason: "The visit was written to a closed episode".to_owned() },
        (Some(on), _) => Said::Done { on },
        (None, 0) if begun(minus_days(as_at, 3)) => Said::Done { on: minus_days(as_at, 3) },
        (None, 5 | 11) if !is_long => return None,
        (None, 2 | 4 | 8 | 10) => Said::Booked { on: add_days(as_at, DAYS_LATER + 2 + (place % 3) as u32) },
        (None, _) if measure == "DOR-01" => not_done([
            "Ready to close; the closing summary is being written",
            "The family does not answer; a letter has gone and duty calls on Thursday",
            "Nobody took it over when the worker left; given out this week",
        ]),
        (None, _) => not_done([
            "The family was away; a new day is agreed with them",
            "The worker has left; the case was given out this week",
            "Visited twice and nobody opened; the manager goes along next time",
        ]),
    };
    Some((Unit { child_id: child, list: unit.list, position: unit.position }, said))
}
