//! The demo in the database: its people, its extracts one by one, and between them what people do.

use super::surgeries::{Meetings, NoDemoSurgeries};
use super::{DemoWeek, NoDemoAnswers, answer, people};
use crate::accounts::{self, AccountError};
use crate::clock::Clock;
use crate::db::{Db, DbError};
use crate::load::{LoadError, LoadRequest, Outcome, hash_of, hex, load};
use crate::store::demo::{self, NotForTheDemo};
use chrono::{NaiveDate, NaiveTime};
use domain::calendar::add_days;
use domain::holds::Confirmed;
use ingest::{Format, InputFile, Silent};
use std::sync::Arc;

/// Extracts that the demo's Heads of Service answer on, by how many come after them.
const ANSWERED_BEFORE_LAST: [usize; 4] = [0, 1, 2, 4];
/// Calendar days from an extract, which is a Friday's, to its load early in the morning.
const DAYS_LATER: u32 = 3;

/// Why the demo is not in the database.
#[derive(Debug, thiserror::Error)]
pub enum NoDemo {
    /// The database holds something.
    #[error("{0}: the demo is loaded into a new database only. Name another with --database-url")]
    NotNew(NotForTheDemo),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A file that was just written cannot be read.
    #[error("the demo's files cannot be read again: {0}")]
    Files(#[from] std::io::Error),
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

/// Whether a database may become the demo's.
///
/// # Errors
/// [`NoDemo::NotNew`] when it holds something already.
pub async fn is_for(db: &Db) -> Result<(), NoDemo> {
    let mut tx = db.begin().await?;
    // Dropped without a commit: it does not become it yet.
    demo::claim(&mut tx).await?.map_err(NoDemo::NotNew)
}

/// Makes a new database the demo's, which takes these files and no others.
///
/// # Errors
/// [`NoDemo::NotNew`] when it holds something already.
pub async fn claim_database(db: &Db, weeks: &[DemoWeek]) -> Result<(), NoDemo> {
    let mut tx = db.begin().await?;
    demo::claim(&mut tx).await?.map_err(NoDemo::NotNew)?;
    demo::add_files(&mut tx, hashes(weeks)?).await?;
    Ok(tx.commit().await?)
}

fn hashes(weeks: &[DemoWeek]) -> std::io::Result<Vec<String>> {
    weeks.iter().flat_map(|week| &week.files).map(|path| Ok(hex(&hash_of(path)?))).collect()
}

/// Loads the extracts, earliest first, each at a time of its own, with what people said, decided and did on the way. What is
/// coming and what is late follows from the clock's today. `progress` is told after each extract.
///
/// # Errors
/// When an extract cannot be loaded or something of the story is refused; the weeks before are kept.
pub async fn load_weeks(db: &Db, clock: &Clock, weeks: Vec<DemoWeek>, progress: &dyn Fn()) -> Result<(), NoDemo> {
    if weeks.is_empty() {
        return Err(NoDemo::NoWeeks);
    }
    accounts::add_personas(db, clock, &people()).await?;
    let mut tx = db.begin().await?;
    demo::add_files(&mut tx, hashes(&weeks)?).await?;
    tx.commit().await?;
    let extracts: Vec<NaiveDate> = weeks.iter().map(|week| week.as_at).collect();
    let mut meetings = Meetings::new(db, clock, &extracts).await?;
    let count = weeks.len();
    for (place, week) in weeks.into_iter().enumerate() {
        let as_at = week.as_at;
        load_week(db, &week).await?;
        // What was said in these weeks shows what came of it in the ones after; on the newest, what is waited for.
        if ANSWERED_BEFORE_LAST.contains(&(count - 1 - place)) {
            answer(db, &week.unrecorded).await?;
        }
        meetings.week(as_at).await?;
        progress();
    }
    Ok(meetings.end().await?)
}

async fn load_week(db: &Db, week: &DemoWeek) -> Result<(), NoDemo> {
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
        // A county that tells the truth holds no load.
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
