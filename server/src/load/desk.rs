//! Loads asked for in the browser: one at a time, watched while they run, held where they are unusual.
//!
//! The files of a load are kept as temporary files for as long as it runs or waits for an answer, and are gone after.
//! A server that stops keeps nothing of them. Of several servers each says from time to time that it is there; the loads of
//! one that is silent are given up by the others ([`LoadDesk::keep_watch`]).

mod kept;
mod progress;
mod work;

pub use kept::{KeptForecast, ProblemCount};

use crate::db::{Db, DbError};
use crate::load::LoadRequest;
use crate::state::{AppState, Visit};
use crate::store::jobs::{self, Job, NewJob};
use chrono::NaiveDate;
use domain::holds::Confirmed;
use ingest::{Format, InputFile};
use progress::{Watched, clean_name, locked};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tempfile::NamedTempFile;
use tokio::sync::Semaphore;
use work::Work;

/// Loads that run or wait for an answer at most: each keeps its files on the disk.
const MOST_LOADS: usize = 8;

/// A file as it was sent.
#[derive(Debug)]
pub struct UploadedFile {
    /// Its name as the browser gave it; free text from outside.
    pub name: String,
    /// Its content.
    pub file: NamedTempFile,
}

/// Why a load was not begun, ended or confirmed.
#[derive(Debug, thiserror::Error)]
pub enum LoadDeskError {
    /// The viewer loads no data.
    #[error("there is no such page, or it is not yours to see")]
    NotAllowed,
    /// Holds were confirmed without a word.
    #[error("a reason is needed to confirm what is held: say how you know that the extract is right")]
    NoReason,
    /// No file came with the form.
    #[error("no file was sent: choose one workbook, or one CSV file for each list")]
    NoFiles,
    /// Too many loads are kept already.
    #[error("{MOST_LOADS} loads run or wait for an answer already: confirm or cancel one of them, then load again")]
    TooMany,
    /// Its files are on another server's disk.
    #[error(
        "the files of this load are on another server of this site, so it cannot be confirmed here and nothing was changed: choose the files again under Data, or cancel this load"
    )]
    Elsewhere,
    /// The database failed. Its own words are for the log.
    #[error("the load could not be put on record and nothing was changed: try again, or tell your administrator")]
    Db(#[from] DbError),
}

/// The loads of this server; cheap to clone.
#[derive(Debug, Clone)]
pub struct LoadDesk(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    kept: Mutex<HashMap<i64, Kept>>,
    /// By which other servers know this one.
    instance: String,
    /// One load at a time: two would measure the whole council twice and wait for the one writer all the same.
    turn: Semaphore,
}

/// A load that runs or is held.
#[derive(Debug)]
struct Kept {
    files: Arc<Vec<UploadedFile>>,
    as_at: NaiveDate,
    progress: Arc<Watched>,
    /// Whether it waits for an answer: it is held, or was only checked.
    held: bool,
}

/// What a person answers to a load that is held or was checked.
#[derive(Debug, Clone, Default)]
pub struct LoadAnswer {
    /// Kinds of hold that the person looked at.
    pub confirmed: Confirmed,
    /// Why they are right.
    pub why: Option<String>,
}

impl Default for LoadDesk {
    fn default() -> Self {
        Self::new()
    }
}

impl LoadDesk {
    /// A desk without a load.
    #[must_use]
    pub fn new() -> Self {
        let instance = super::hex(&rand::random::<[u8; 8]>());
        Self(Arc::new(Inner { kept: Mutex::default(), instance, turn: Semaphore::new(1) }))
    }

    /// Says that this server is there, gives up the loads of servers that have been silent too long, and lets go of the files
    /// of loads that were cancelled or given up elsewhere.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_watch(&self, db: &Db, now: i64) -> Result<(), DbError> {
        let instance = &self.0.instance;
        jobs::beat(db, instance, now).await?;
        let given_up = jobs::fail_silent(db, instance, now).await?;
        if given_up > 0 {
            tracing::warn!(loads = given_up, "loads of a server that has stopped were given up");
        }
        let waiting: Vec<i64> = locked(&self.0.kept).iter().filter(|(_, kept)| kept.held).map(|(id, _)| *id).collect();
        for id in waiting {
            if jobs::by_id(db, id).await?.is_none_or(|job| job.state != "held") {
                let mut all = locked(&self.0.kept);
                if all.get(&id).is_some_and(|kept| kept.held) {
                    all.remove(&id);
                }
            }
        }
        Ok(())
    }

    /// Gives up the loads of this server, which stops.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stop(&self, db: &Db) -> Result<(), DbError> {
        jobs::fail_of(db, &self.0.instance).await
    }

    /// Whether a load's files are on this server.
    #[must_use]
    pub fn is_here(&self, job: &Job) -> bool {
        job.owner == self.0.instance
    }

    /// Begins a load, or a check of one, and answers its number; it goes on by itself.
    ///
    /// # Errors
    /// When the viewer loads no data, nothing was sent, too many loads wait, or the database fails.
    pub async fn start(
        &self,
        state: &AppState,
        visit: &Visit,
        mut files: Vec<UploadedFile>,
        as_at: NaiveDate,
        check: bool,
    ) -> Result<i64, LoadDeskError> {
        allowed(visit)?;
        if files.is_empty() {
            return Err(LoadDeskError::NoFiles);
        }
        if locked(&self.0.kept).len() >= MOST_LOADS {
            return Err(LoadDeskError::TooMany);
        }
        for file in &mut files {
            file.name = clean_name(&file.name);
        }
        let names = files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ");
        let new = NewJob {
            as_at,
            files: &names,
            asked_by: &visit.viewer.user_name,
            asked_at: state.clock.now_ms(),
            owner: &self.0.instance,
        };
        let id = jobs::add(&state.db, &new).await?;
        let kept = Kept { files: Arc::new(files), as_at, progress: Arc::default(), held: false };
        kept.progress.begin("Waiting to start");
        let work = self.work(state, visit, id, &kept, LoadAnswer::default(), check);
        locked(&self.0.kept).insert(id, kept);
        tokio::spawn(work.run());
        Ok(id)
    }

    /// Loads what was checked, or what is held where each hold is of a confirmed kind. Whether there was such a load.
    ///
    /// # Errors
    /// When the viewer loads no data, kinds are confirmed without a reason, the files are on another server, or the database
    /// fails; the load then still waits.
    pub async fn confirm(
        &self,
        state: &AppState,
        visit: &Visit,
        id: i64,
        answer: LoadAnswer,
    ) -> Result<bool, LoadDeskError> {
        allowed(visit)?;
        if answer.confirmed != Confirmed::default() && answer.why.is_none() {
            return Err(LoadDeskError::NoReason);
        }
        let work = {
            let mut all = locked(&self.0.kept);
            // Of two who confirm at once, one finds it held.
            all.get_mut(&id).filter(|kept| kept.held).map(|kept| {
                kept.held = false;
                kept.progress.begin("Waiting to start");
                self.work(state, visit, id, kept, answer, false)
            })
        };
        let Some(work) = work else {
            let job = jobs::by_id(&state.db, id).await?;
            let elsewhere = job.is_some_and(|job| job.state == "held" && !self.is_here(&job));
            return if elsewhere { Err(LoadDeskError::Elsewhere) } else { Ok(false) };
        };
        match jobs::answer_held(&state.db, id, "running", "Waiting to start").await {
            Ok(true) => {}
            // It was cancelled on another server.
            Ok(false) => {
                locked(&self.0.kept).remove(&id);
                return Ok(false);
            }
            Err(error) => {
                if let Some(kept) = locked(&self.0.kept).get_mut(&id) {
                    kept.held = true;
                }
                return Err(error.into());
            }
        }
        tokio::spawn(work.run());
        Ok(true)
    }

    /// Gives up a load that is held, with its files; those on another server go when that one next looks. Whether there was
    /// such a load.
    ///
    /// # Errors
    /// When the viewer loads no data or the database fails; the load is then still held.
    pub async fn cancel(&self, state: &AppState, visit: &Visit, id: i64) -> Result<bool, LoadDeskError> {
        allowed(visit)?;
        let message = format!("Cancelled by {}. Nothing was changed.", visit.viewer.full_name);
        let cancelled = jobs::answer_held(&state.db, id, "cancelled", &message).await?;
        if cancelled {
            locked(&self.0.kept).remove(&id);
        }
        Ok(cancelled)
    }

    /// What a running load does and the rows read so far; `None` for one that does not run here.
    #[must_use]
    pub fn progress(&self, id: i64) -> Option<(String, u64)> {
        locked(&self.0.kept).get(&id).filter(|kept| !kept.held).map(|kept| kept.progress.now())
    }

    fn work(&self, state: &AppState, visit: &Visit, id: i64, kept: &Kept, answer: LoadAnswer, check: bool) -> Work {
        let input = |file: &UploadedFile| InputFile { name: file.name.clone(), path: file.file.path().to_owned() };
        Work {
            desk: self.clone(),
            db: state.db.clone(),
            clock: state.clock.clone(),
            id,
            request: LoadRequest {
                files: kept.files.iter().map(input).collect(),
                format: Format::Auto,
                as_at: kept.as_at,
                loaded_by: visit.viewer.user_name.clone(),
                request_id: visit.request_id.to_string(),
                confirmed: answer.confirmed,
                why: answer.why,
                check,
            },
            files: Arc::clone(&kept.files),
            progress: Arc::clone(&kept.progress),
        }
    }
}

fn allowed(visit: &Visit) -> Result<(), LoadDeskError> {
    if visit.viewer.scope.loads_data() { Ok(()) } else { Err(LoadDeskError::NotAllowed) }
}
