//! What the demo's managers say of late children on a past extract, so that what came of it shows in later ones. It goes the
//! way of every answer: checked, kept with its audit rows.

use super::people::people;
use crate::answers::{GivenAnswers, NotAnswered, Unit, give};
use crate::clock::Clock;
use crate::council::Council;
use crate::db::Db;
use crate::reading::{self, LateUnit, ReadError, Selection};
use chrono::NaiveTime;
use domain::answers::Said;
use domain::calendar::add_days;
use domain::scope::{Grant, Role, Scope};

/// Measures answered to.
const MEASURES: [&str; 3] = ["CPP-01", "CIN-01", "CLA-01"];
/// Late children of a measure who are answered for: the rest wait for an answer.
const MOST: usize = 60;
/// Calendar days from an extract, which is a Friday's, to its answers.
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

/// Answers of the demo's Head of Service for late children of the newest extract; how many were kept.
///
/// # Errors
/// When the database fails, or an answer cannot be.
pub async fn answer(db: &Db) -> Result<usize, NoDemoAnswers> {
    let Some(council) = Council::read(db).await.map_err(ReadError::from)? else { return Ok(0) };
    let Some(head) = people().into_iter().find(|person| person.role == Role::HeadOfService) else { return Ok(0) };
    let day = add_days(council.as_at(), DAYS_LATER);
    let clock = Clock::fixed(day.and_time(NaiveTime::MIN).and_utc() + chrono::TimeDelta::hours(9));
    let grant = Grant { role: head.role, area: head.area, valid_from: None, valid_to: None };
    let scope = Scope::of(&[grant], council.organisation(), day);
    let mut kept = 0;
    for measure in MEASURES.into_iter().filter_map(domain::measures::measure) {
        let late = reading::late_units(db, (&council, &council), &scope, measure, &Selection::default()).await?;
        let units = late.into_iter().flat_map(|late| late.units).filter(|unit| unit.may_answer).take(MOST);
        let answers: Vec<(Unit, Said)> =
            units.enumerate().filter_map(|(place, unit)| said(&council, place, unit)).collect();
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
        kept += give(db, &clock, &council, &scope, &given).await?;
    }
    Ok(kept)
}

/// What is said of the late child in a place of the list; nothing of every sixth.
fn said(council: &Council, place: usize, unit: LateUnit) -> Option<(Unit, Said)> {
    let as_at = council.as_at();
    let reason = |text: &str| text.to_owned();
    let said = match place % 6 {
        0 | 3 => {
            let on = as_at - chrono::TimeDelta::days(i64::try_from(place % 4).unwrap_or_default() + 1);
            // A child seen in the very days before is not late by a visit that is missing.
            unit.start.is_none_or(|start| start < on).then_some(Said::Done { on })?
        }
        1 => Said::NotDone { reason: reason("The family was away; the visit is being arranged again") },
        2 => Said::Booked { on: add_days(as_at, DAYS_LATER + 2) },
        4 => Said::RecordWrong { reason: reason("The visit was written to a closed episode") },
        _ => return None,
    };
    Some((Unit { child_id: unit.child?, list: unit.list, position: unit.position }, said))
}
