//! Loading an extract: one transaction, before or after and never between.
//!
//! ```text
//! files -> ingest::read -> Assembly (journeys + versions) -> Plan against what is stored -> held? -> commit
//! ```

mod assembly;
mod changes;
mod commit;
mod desk;
mod recount;
mod report;

pub(crate) use commit::measure_all;
pub use desk::{LoadDesk, LoadDeskError, UploadedFile};
pub use recount::{NewStandard, SetError, set_standard};
pub use report::{ListCounts, LoadReport, ProblemReport};

use crate::clock::Clock;
use crate::db::{Db, DbError};
use crate::store::{extracts, mapping, settings, standards};
use chrono::NaiveDate;
use domain::calendar::WorkingDays;
use domain::mapping::{Mapping, MappingLine};
use ingest::{Format, IngestError, InputFile, Limits, Progress};
use sha2::{Digest, Sha256};
use std::io::Read as _;
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
    /// The day it is asked for on, where a person is there to ask: an as-at date after it is unusual.
    pub asked_on: Option<NaiveDate>,
    /// Whether what is unusual (older, half empty, another council's) was looked at and is right.
    pub confirmed: bool,
}

/// How a load ended.
#[derive(Debug)]
pub enum Outcome {
    /// Loaded.
    Loaded(LoadReport),
    /// The very same files are loaded as at this date already: nothing was changed.
    Unchanged(LoadReport),
    /// Nothing was changed: these lines say what is unusual and what would change.
    Held(Vec<String>),
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
    /// The work was cut off.
    #[error("the load was cut off: nothing was kept, load the files again")]
    CutOff,
}

/// Loads an extract.
///
/// # Errors
/// When a file cannot be read or the database fails; the database is then as it was.
pub async fn load(
    db: &Db,
    clock: &Clock,
    request: LoadRequest,
    progress: Arc<dyn Progress + Send + Sync>,
) -> Result<Outcome, LoadError> {
    let request = Arc::new(request);
    let fingerprint = {
        let request = Arc::clone(&request);
        blocking(move || fingerprint(&request)).await??
    };
    let mapping: Vec<MappingLine> = mapping::changes(db).await?.into_iter().map(|change| change.line).collect();
    let fingerprint = mapped_fingerprint(fingerprint, &Mapping::on(request.as_at, mapping.iter().cloned()))?;
    if let Some(extract) = extracts::find(db, extracts::Which::OnOrBefore(request.as_at)).await?
        && extract.as_at == request.as_at
        && extract.fingerprint == fingerprint
    {
        return Ok(Outcome::Unchanged(LoadReport::of_stored(&extract)?));
    }
    let (extract, assembly) = {
        let (request, progress) = (Arc::clone(&request), Arc::clone(&progress));
        blocking(move || -> Result<_, LoadError> {
            let mut extract = ingest::read(
                &request.files,
                request.format,
                request.as_at,
                &mapping,
                &Limits::default(),
                progress.as_ref(),
            )?;
            let assembly = assembly::Assembly::of(&mut extract)?;
            Ok((extract, assembly))
        })
        .await??
    };
    let standards = standards::on(db, request.as_at).await?;
    let calendar = WorkingDays::england();
    let reference_key = reference_key(db).await?;
    commit::commit(
        db,
        commit::Incoming {
            request: &request,
            extract,
            assembly,
            fingerprint,
            standards: &standards,
            calendar: &calendar,
            reference_key: &reference_key,
            loaded_at: clock.now_ms(),
        },
    )
    .await
}

/// The key of this installation's child references, made once.
///
/// # Errors
/// When the database fails.
pub async fn reference_key(db: &Db) -> Result<String, DbError> {
    settings::get_or_make(db, "child_reference_key", || {
        let key: [u8; 32] = rand::random();
        hex(&key)
    })
    .await
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

/// The hash of every file's content in an order that does not depend on how they were named or listed.
fn fingerprint(request: &LoadRequest) -> Result<String, LoadError> {
    let mut hashes = Vec::new();
    for file in &request.files {
        let open = |reason| LoadError::Open { file: file.name.clone(), reason };
        let mut content = std::fs::File::open(&file.path).map_err(open)?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let read = content.read(&mut buffer).map_err(open)?;
            if read == 0 {
                break;
            }
            hash.update(&buffer[..read]);
        }
        hashes.push(hash.finalize());
    }
    hashes.sort();
    let mut all = Sha256::new();
    for hash in hashes {
        all.update(hash);
    }
    Ok(hex(&all.finalize()))
}

/// Files read by another mapping are not the same again.
fn mapped_fingerprint(files: String, mapping: &Mapping) -> Result<String, LoadError> {
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
