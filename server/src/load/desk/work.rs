//! One run of a load, from its turn to the line that says how it ended.

use super::{KeptForecast, LoadDesk, UploadedFile, Watched, locked};
use crate::clock::Clock;
use crate::council::bring_registers_up_to_date;
use crate::db::{Db, DbError};
use crate::load::{LoadError, LoadRequest, Outcome, load};
use crate::store::jobs;
use ingest::Progress;
use std::sync::Arc;
use std::time::Duration;

/// How often the end of a load is written down before giving up.
const TRIES: u32 = 5;

/// One run of one load.
pub(super) struct Work {
    pub(super) desk: LoadDesk,
    pub(super) db: Db,
    pub(super) clock: Clock,
    pub(super) id: i64,
    pub(super) request: LoadRequest,
    /// Keeps the files while they are read.
    pub(super) files: Arc<Vec<UploadedFile>>,
    pub(super) progress: Arc<Watched>,
}

impl Work {
    /// Waits for its turn, loads, and writes down how it ended; the files go unless it is held.
    pub(super) async fn run(self) {
        let Self { desk, db, clock, id, request, files, progress } = self;
        progress.begin("Waiting for another load");
        let turn = desk.0.turn.acquire().await;
        progress.begin("Opening the files");
        let watched = Arc::clone(&progress) as Arc<dyn Progress + Send + Sync>;
        let running = db.clone();
        // A task of its own: were it to panic, this one still writes down that the load failed.
        let ended = tokio::spawn(async move { load(&running, &clock, request, watched).await }).await;
        let end = End::of(ended.unwrap_or(Err(LoadError::CutOff)), id);
        keep_end(&db, id, &end).await;
        let state = end.state;
        // Who manages may be another now, in the past too; whoever asks first does not wait for it.
        if state == "done"
            && let Err(error) = bring_registers_up_to_date(&db).await
        {
            tracing::warn!(%error, load = id, "the registers of earlier extracts could not be counted");
        }
        {
            let mut all = locked(&desk.0.kept);
            if state == "held" {
                if let Some(kept) = all.get_mut(&id) {
                    kept.held = true;
                }
            } else {
                all.remove(&id);
            }
        }
        drop(files);
        drop(turn);
    }
}

/// How a run ended, as it is written down.
#[derive(Debug, PartialEq, Eq)]
struct End {
    state: &'static str,
    message: String,
    extract: Option<i64>,
    forecast: Option<KeptForecast>,
}

impl End {
    fn of(outcome: Result<Outcome, LoadError>, id: i64) -> Self {
        match outcome {
            Ok(Outcome::Loaded(report) | Outcome::Unchanged(report)) => {
                Self { state: "done", message: report.in_full(), extract: report.extract, forecast: None }
            }
            Ok(Outcome::Held(forecast)) => Self::waiting(KeptForecast::of(forecast, false)),
            Ok(Outcome::Checked(forecast)) => Self::waiting(KeptForecast::of(forecast, true)),
            Err(error) => Self { state: "failed", message: failure(&error, id), extract: None, forecast: None },
        }
    }

    /// It waits for an answer, with its files.
    fn waiting(forecast: KeptForecast) -> Self {
        Self { state: "held", message: forecast.message.clone(), extract: None, forecast: Some(forecast) }
    }
}

/// What went wrong, what was kept, what to do: never the database's own words.
fn failure(error: &LoadError, id: i64) -> String {
    match error {
        LoadError::Db(DbError::Busy) => {
            "Another change was being saved for a long time. Nothing was changed: load the files again.".to_owned()
        }
        LoadError::Db(error) => {
            tracing::error!(%error, load = id, "a load failed in the database");
            "The database could not keep the extract. Nothing was changed: try again, or tell your administrator."
                .to_owned()
        }
        LoadError::CutOff => "The load was cut off. Nothing was changed: load the files again.".to_owned(),
        LoadError::Overtaken => {
            "Extracts or standards were changed meanwhile. Nothing was changed: load the files again.".to_owned()
        }
        LoadError::DemoDatabase => {
            "This is a database of the demo, which anybody may open without a password. It takes the demo's own files only: \
             nothing was loaded."
                .to_owned()
        }
        LoadError::Ingest(_) | LoadError::Open { .. } | LoadError::TooManyRows(_) => {
            tracing::warn!(load = id, "a load was refused");
            format!("{error}. Nothing was changed.")
        }
    }
}

/// Writes down how a load ended. The extract itself is kept or not by now, so a busy database is asked again.
async fn keep_end(db: &Db, id: i64, end: &End) {
    for attempt in 1..=TRIES {
        match jobs::end(db, id, end.state, &end.message, end.extract, end.forecast.as_ref()).await {
            Ok(()) => return,
            Err(error) => tracing::error!(%error, load = id, attempt, "the end of a load could not be written down"),
        }
        tokio::time::sleep(Duration::from_secs(u64::from(attempt))).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Forecast;

    #[test]
    fn a_database_that_fails_is_not_quoted_to_the_reader() {
        let error = LoadError::Db(DbError::Inconsistent("select secret from person".to_owned()));
        let end = End::of(Err(error), 1);
        assert_eq!(end.state, "failed");
        assert!(!end.message.contains("secret") && end.message.contains("Nothing was changed"));
    }

    #[test]
    fn a_load_that_is_held_or_was_checked_waits_with_what_it_found() {
        let hold: domain::holds::Hold = serde_json::from_str(
            r#"{"kind":"date","list":null,"message":"It lies after today.","before":null,"now":null}"#,
        )
        .unwrap();
        let forecast = || Forecast {
            held: vec![hold.clone()],
            lists: Vec::new(),
            problems: Vec::new(),
            figures: Vec::new(),
            groups: Vec::new(),
            changes: domain::holds::Changes::default(),
            message: "Records: 3 new.".to_owned(),
        };
        for (outcome, checked) in [(Outcome::Held(forecast()), false), (Outcome::Checked(forecast()), true)] {
            let end = End::of(Ok(outcome), 1);
            assert_eq!((end.state, end.message.as_str()), ("held", "Records: 3 new."));
            let kept = end.forecast.unwrap();
            assert_eq!((kept.checked, kept.held), (checked, vec![hold.clone()]));
        }
    }
}
