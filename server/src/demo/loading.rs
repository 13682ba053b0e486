//! The demo in the database: its people, its extracts week by week, and between them what people do.

use super::surgeries::{Meetings, NoDemoSurgeries};
use super::{DemoWeek, NoDemoAnswers, answer, people};
use crate::accounts::{self, AccountError};
use crate::clock::Clock;
use crate::db::Db;
use crate::load::{LoadError, LoadRequest, Outcome, load};
use chrono::{NaiveDate, NaiveTime};
use domain::calendar::add_days;
use domain::holds::Confirmed;
use ingest::{Format, InputFile, Silent};
use std::sync::Arc;

/// Extracts that the demo's managers answer on, in weeks before the last.
const ANSWERED_WEEKS_AGO: [usize; 3] = [1, 2, 4];
/// Calendar days from an extract, which is a Friday's, to its load early in the morning.
const DAYS_LATER: u32 = 3;

/// Why the demo is not in the database.
#[derive(Debug, thiserror::Error)]
pub enum NoDemo {
    /// There are no weeks.
    #[error("the demo has no extract: nothing was loaded")]
    NoWeeks,
    /// An account could not be made.
    #[error("the demo's people could not be added: {0}")]
    People(#[from] AccountError),
    /// An extract could not be loaded.
    #[error("the demo's extract as at {0} cannot be loaded: {1}")]
    Load(NaiveDate, #[source] LoadError),
    /// An extract was held back.
    #[error("the demo's extract as at {0} was held: {1}")]
    Held(NaiveDate, String),
    /// The managers could not answer.
    #[error("the demo's managers could not answer: {0}")]
    Answers(#[from] NoDemoAnswers),
    /// The people could not meet.
    #[error("the demo's surgeries could not be held: {0}")]
    Surgeries(#[from] NoDemoSurgeries),
}

/// Loads the weeks, earliest first, each at a time of its own, with what people said, decided and did on the way. What is
/// coming and what is late follows from the clock's today. `progress` is told after each week.
///
/// # Errors
/// When an extract cannot be loaded or something of the story is refused; the weeks before are kept.
pub async fn load_weeks(db: &Db, clock: &Clock, weeks: Vec<DemoWeek>, progress: &dyn Fn()) -> Result<(), NoDemo> {
    let (Some(first), Some(last)) = (weeks.first(), weeks.last()) else { return Err(NoDemo::NoWeeks) };
    accounts::add_personas(db, clock, &people()).await?;
    let mut meetings = Meetings::new(db, clock, (first.as_at, last.as_at)).await?;
    let count = weeks.len();
    for (place, week) in weeks.into_iter().enumerate() {
        let as_at = week.as_at;
        load_week(db, week).await?;
        // What managers said in these weeks shows what came of it in the ones after.
        if ANSWERED_WEEKS_AGO.contains(&(count - 1 - place)) {
            answer(db).await?;
        }
        meetings.week(as_at).await?;
        progress();
    }
    Ok(meetings.end().await?)
}

async fn load_week(db: &Db, week: DemoWeek) -> Result<(), NoDemo> {
    let as_at = week.as_at;
    let file_name = |path: &std::path::Path| {
        path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
    };
    let request = LoadRequest {
        files: week.files.iter().map(|path| InputFile { name: file_name(path), path: path.clone() }).collect(),
        format: Format::Auto,
        as_at,
        loaded_by: "demo".to_owned(),
        request_id: "demo".to_owned(),
        confirmed: Confirmed::default(),
        why: None,
        check: false,
    };
    let morning = add_days(as_at, DAYS_LATER).and_time(NaiveTime::MIN).and_utc() + chrono::TimeDelta::hours(6);
    match load(db, &Clock::fixed(morning), request, Arc::new(Silent)).await {
        Ok(Outcome::Held(forecast)) => {
            let messages: Vec<String> = forecast.held.into_iter().map(|hold| hold.message).collect();
            Err(NoDemo::Held(as_at, messages.join(" ")))
        }
        Ok(_) => Ok(()),
        Err(error) => Err(NoDemo::Load(as_at, error)),
    }
}
