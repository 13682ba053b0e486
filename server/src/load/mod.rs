//! Loading an extract: one transaction, before or after and never between.
//!
//! ```text
//! files -> ingest::read -> facts, Assembly (journeys + versions) -> Past, Plan against what is stored -> held? -> keep
//! ```

mod assembly;
mod commit;
mod desk;
mod extract_change;
mod facts;
mod forecast;
mod keep;
mod measure;
mod moving;
mod past;
mod phases;
mod plan;
mod recheck;
mod recount;
mod recount_all;
mod remove;
mod report;

pub use desk::{KeptForecast, LoadAnswer, LoadDesk, LoadDeskError, ProblemCount, UploadedFile};
pub use extract_change::{ChangeError, Changed as ExtractChanged, ExtractRequest};
pub use forecast::{FigureChange, Forecast};
pub(crate) use measure::measure_all;
pub use moving::move_extract;
pub use recheck::{counted_otherwise, is_of_this_reading};
pub use recount::{NewStandard, SetError, set_standard};
pub use recount_all::bring_figures_up_to_date;
pub use remove::{Frozen, remove_extract};
pub use report::{ListCounts, LoadReport, ProblemGroupReport, ProblemReport};

use crate::clock::Clock;
use crate::council::months_to_count;
use crate::db::{Db, DbError};
use crate::store::generation::Generation;
use crate::store::{demo, extracts, mapping, settings, standards};
use chrono::NaiveDate;
use domain::calendar::WorkingDays;
use domain::holds::Confirmed;
use domain::mapping::{Mapping, MappingLine};
use ingest::{Format, IngestError, InputFile, Limits, Progress};
use phases::Phases;
use sha2::{Digest, Sha256};
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

/// What is asked to be loaded.
#[derive(Debug, Clone)]
pub struct LoadRequest {
    /// The files of one extract.
    pub files: Vec<InputFile>,
    /// Their format.
    pub format: Format,
    /// The date they are as at.
    pub as_at: NaiveDate,
    /// Who loads: an account, or `command line`.
    pub loaded_by: String,
    /// The request's number for the audit.
    pub request_id: String,
    /// The kinds of hold that a person has looked at and found right.
    pub confirmed: Confirmed,
    /// Why, in that person's words.
    pub why: Option<String>,
    /// Whether only to say what would happen: nothing but the audit changes.
    pub check: bool,
}

/// How a load ended.
#[derive(Debug)]
pub enum Outcome {
    /// Loaded.
    Loaded(LoadReport),
    /// The same set is loaded as at this date already: nothing was changed.
    Unchanged(LoadReport),
    /// Nothing was changed: it says what is unusual and what would change.
    Held(Forecast),
    /// Nothing was changed, because it was only to be looked at.
    Checked(Forecast),
}

/// A load that failed; the database is as it was.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file cannot be read.
    #[error(transparent)]
    Ingest(#[from] IngestError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A file cannot be opened.
    #[error("{file}: the file cannot be opened ({reason}). Check that it is there and may be read")]
    Open {
        /// The file.
        file: String,
        /// Why.
        reason: std::io::Error,
    },
    /// More rows of one child than can be told apart.
    #[error("{0}: more than 65,536 rows have the same child's id. Check the column of ids, then load the files again")]
    TooManyRows(&'static str),
    /// A file that the demo did not write, for a database of the demo.
    #[error(
        "this is a database of the demo, which anybody may open without a password: it takes the demo's own files only, and nothing was loaded. Load into another database"
    )]
    DemoDatabase,
    /// Other changes came in between, time and again.
    #[error("extracts or standards were changed meanwhile: nothing was changed, load the files again")]
    Overtaken,
    /// The work was cut off.
    #[error("the load was cut off: nothing was kept, load the files again")]
    CutOff,
}

/// How often a load is begun again when another change came in between.
const TRIES: u32 = 5;

/// Loads an extract. Of two loads at once the second is worked out again on what the first has left.
///
/// # Errors
/// When a file cannot be read, the database fails, or other changes came in between time and again; the database is then as
/// it was.
pub async fn load(
    db: &Db,
    clock: &Clock,
    request: LoadRequest,
    progress: Arc<dyn Progress + Send + Sync>,
) -> Result<Outcome, LoadError> {
    let request = Arc::new(request);
    for _ in 0..TRIES {
        match try_to_load(db, clock, Arc::clone(&request), Arc::clone(&progress)).await {
            Err(LoadError::Overtaken) => {}
            ended => return ended,
        }
    }
    Err(LoadError::Overtaken)
}

/// [`LoadError::Overtaken`] when another change came in between.
async fn try_to_load(
    db: &Db,
    clock: &Clock,
    request: Arc<LoadRequest>,
    progress: Arc<dyn Progress + Send + Sync>,
) -> Result<Outcome, LoadError> {
    let generation = Generation::now(db).await?;
    let hashes = {
        let request = Arc::clone(&request);
        blocking(move || hashes(&request)).await??
    };
    if settings::is_demo(db).await? {
        let own = demo::files(db).await?;
        if !hashes.iter().all(|(_, hash)| own.contains(&hex(hash))) {
            return Err(LoadError::DemoDatabase);
        }
    }
    let mapping: Vec<MappingLine> = mapping::changes(db).await?.into_iter().map(|change| change.line).collect();
    let files = together(hashes.iter().map(|(_, hash)| hash));
    let fingerprint = mapped(files, &Mapping::on(request.as_at, mapping.iter().cloned()))?;
    if !request.check
        && let Some(extract) = extracts::find(db, extracts::Which::OnOrBefore(request.as_at)).await?
        && extract.as_at == request.as_at
        && extract.fingerprint == fingerprint
    {
        return Ok(Outcome::Unchanged(LoadReport::of_stored(&extract)?));
    }
    let calendar = WorkingDays::england();
    let (extract, mapping, gathered, assembly) = {
        let (request, progress, calendar) = (Arc::clone(&request), Arc::clone(&progress), calendar.clone());
        blocking(move || -> Result<_, LoadError> {
            let mut phases = Phases::begin();
            let mut extract = ingest::read(
                &request.files,
                request.format,
                request.as_at,
                &mapping,
                &Limits::default(),
                progress.as_ref(),
            )?;
            phases.ended("read");
            let given = extract.mapping.iter().flat_map(|table| &table.lines);
            let mapping = Mapping::on(request.as_at, mapping.iter().chain(given).cloned());
            let gathered = facts::gather(&extract, request.as_at, &calendar);
            phases.ended("gather what the rules for holding compare");
            let assembly = assembly::Assembly::of(&mut extract)?;
            phases.ended("assemble");
            Ok((extract, mapping, gathered, assembly))
        })
        .await??
    };
    let own = own_files(&extract);
    let content = together(hashes.iter().filter(|(name, _)| !own.contains(&name.as_str())).map(|(_, hash)| hash));
    let content = mapped(content, &mapping)?;
    let changes = standards::changes(db).await?;
    let standards = standards::in_force(&changes, request.as_at)?;
    let incoming = commit::Incoming {
        request: &request,
        generation,
        extract,
        assembly,
        gathered,
        fingerprint,
        content,
        standards: &standards,
        months: months_to_count(&changes, request.as_at)?,
        calendar: &calendar,
        today: clock.today(),
        loaded_at: clock.now_ms(),
    };
    commit::commit(db, incoming).await
}

/// The files that hold the council's own tables.
fn own_files(extract: &ingest::Extract) -> Vec<&str> {
    let files = [
        extract.organisation.as_ref().map(|table| table.file.as_str()),
        extract.targets.as_ref().map(|table| table.file.as_str()),
        extract.workforce.as_ref().map(|table| table.file.as_str()),
        extract.mapping.as_ref().map(|table| table.file.as_str()),
    ];
    files.into_iter().flatten().collect()
}

/// The key of this installation's child references, made once.
///
/// # Errors
/// When the database fails.
pub async fn reference_key(db: &Db) -> Result<String, DbError> {
    settings::get_or_make(db, "child_reference_key", new_reference_key).await
}

fn new_reference_key() -> String {
    let key: [u8; 32] = rand::random();
    hex(&key)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = |byte: &u8| [byte >> 4, byte & 15].map(|digit| char::from(DIGITS[usize::from(digit)]));
    bytes.iter().flat_map(digits).collect()
}

/// Runs work that keeps a core busy, away from the requests.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, LoadError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| LoadError::CutOff)
}

type Hash = [u8; 32];

/// Each file's name and the hash of its content.
fn hashes(request: &LoadRequest) -> Result<Vec<(String, Hash)>, LoadError> {
    let mut hashes = Vec::new();
    for file in &request.files {
        let hash = hash_of(&file.path).map_err(|reason| LoadError::Open { file: file.name.clone(), reason })?;
        hashes.push((file.name.clone(), hash));
    }
    Ok(hashes)
}

/// The hash of a file's content.
pub(crate) fn hash_of(path: &Path) -> std::io::Result<Hash> {
    let mut content = std::fs::File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = content.read(&mut buffer)?;
        if read == 0 {
            return Ok(hash.finalize().into());
        }
        hash.update(&buffer[..read]);
    }
}

/// One hash of several, whatever the order and the names in which their files were given.
fn together<'a>(hashes: impl Iterator<Item = &'a Hash>) -> String {
    let mut sorted: Vec<&Hash> = hashes.collect();
    sorted.sort();
    let mut all = Sha256::new();
    for hash in sorted {
        all.update(hash);
    }
    hex(&all.finalize())
}

/// The hash of files as they were read: by another mapping they are not the same again.
fn mapped(files: String, mapping: &Mapping) -> Result<String, LoadError> {
    if mapping.is_empty() {
        return Ok(files);
    }
    let mut hash = Sha256::new();
    hash.update(files);
    for line in mapping.lines() {
        hash.update(serde_json::to_vec(line).map_err(DbError::from)?);
    }
    Ok(hex(&hash.finalize()))
}
