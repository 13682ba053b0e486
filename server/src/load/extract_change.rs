//! What taking an extract out and moving it to another date share: who asks, what may stand in the way, and what is
//! checked before anything is kept.

use crate::db::{Db, DbError, Tx};
use crate::load::LoadError;
use crate::store::audit::{Decision, Entry};
use crate::store::extracts::{self, Extract};
use crate::store::generation::Generation;
use crate::store::{facts, standards};
use chrono::NaiveDate;
use domain::measures::{CORE, Fact, Measure};
use domain::standards::Standards;

/// Who asks for a change of an extract, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtractRequest {
    /// The date the extract is as at.
    pub as_at: NaiveDate,
    /// Its number, where somebody looked at it: another of the same date is not meant.
    pub extract: Option<i64>,
    /// Why.
    pub reason: String,
    /// Who: the account's user name, or `command line`.
    pub done_by: String,
    /// The request's number for the audit.
    pub request_id: String,
}

/// What a change of an extract has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The extract's number.
    pub extract: i64,
    /// In sentences, one a line: what was changed, and what was not.
    pub message: String,
}

/// Why an extract was not changed; the database is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// There is no extract of the date.
    #[error("no extract is as at {as_at}. The extracts are as at: {dates}")]
    NoExtract {
        /// The date asked for.
        as_at: NaiveDate,
        /// The dates there are, with commas between.
        dates: String,
    },
    /// Another extract of the date is in force than the one that was looked at.
    #[error("another extract as at {0} was loaded meanwhile: nothing was changed. Look at that one first")]
    Replaced(NaiveDate),
    /// Nobody said why.
    #[error("removing or moving an extract needs a reason: those who read the figures will ask")]
    NoReason,
    /// The date to move to has an extract.
    #[error("an extract is as at {0} already: remove that one first, or choose another date. Nothing was changed")]
    Taken(NaiveDate),
    /// The extract is as at that date.
    #[error("the extract is as at {0} already: nothing was changed")]
    SameDate(NaiveDate),
    /// The date to move to has not come.
    #[error("{0} lies after today: every extract before it would count as older. Nothing was changed")]
    Future(NaiveDate),
    /// Extracts came in between, time and again.
    #[error("extracts or standards were changed meanwhile: nothing was changed, try again")]
    Overtaken,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The work was cut off.
    #[error("the work was cut off: nothing was changed, try again")]
    CutOff,
}

impl From<LoadError> for ChangeError {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Db(error) => Self::Db(error),
            _ => Self::CutOff,
        }
    }
}

/// How often a change is begun again when another came in between.
pub(super) const TRIES: u32 = 5;

impl ExtractRequest {
    /// The reason without blanks around it.
    pub(super) fn reason(&self) -> Result<&str, ChangeError> {
        let reason = self.reason.trim();
        if reason.is_empty() { Err(ChangeError::NoReason) } else { Ok(reason) }
    }

    pub(super) fn entry(&self, action: &str, extract: i64, detail: String, at: i64) -> Entry {
        Entry {
            at,
            actor: self.done_by.clone(),
            action: action.to_owned(),
            subject: Some(format!("extract {extract}")),
            detail: Some(detail),
            decision: Decision::Allow,
            request_id: self.request_id.clone(),
        }
    }
}

/// The extracts and standards that a change was worked out from, so that it is kept only while they are what they were.
pub(super) struct Before {
    /// In force, oldest first.
    pub(super) extracts: Vec<Extract>,
    pub(super) changes: Vec<standards::Change>,
    generation: Generation,
}

impl Before {
    pub(super) async fn read(db: &Db) -> Result<Self, DbError> {
        let generation = Generation::now(db).await?;
        Ok(Self { extracts: extracts::all(db).await?, changes: standards::changes(db).await?, generation })
    }

    pub(super) fn standards_on(&self, date: NaiveDate) -> Result<Standards, DbError> {
        standards::in_force(&self.changes, date)
    }

    /// Whether they are still the same within the transaction.
    pub(super) async fn still_holds(&self, tx: &mut Tx) -> Result<bool, DbError> {
        self.generation.still_holds(tx).await
    }

    /// The place of the extract that is meant.
    pub(super) fn place(&self, request: &ExtractRequest) -> Result<usize, ChangeError> {
        let as_at = request.as_at;
        let place = self.place_of(as_at)?;
        match request.extract {
            Some(number) if self.extracts[place].id != number => Err(ChangeError::Replaced(as_at)),
            _ => Ok(place),
        }
    }

    fn place_of(&self, as_at: NaiveDate) -> Result<usize, ChangeError> {
        self.extracts.iter().position(|extract| extract.as_at == as_at).ok_or_else(|| {
            let dates: Vec<String> = self.extracts.iter().map(|extract| extract.as_at.to_string()).collect();
            let dates = if dates.is_empty() { "none is loaded".to_owned() } else { dates.join(", ") };
            ChangeError::NoExtract { as_at, dates }
        })
    }

    /// Whether an extract supplies what a measure needs under the standards of its date.
    pub(super) fn supplies(&self, extract: &Extract) -> Result<impl Fn(&Measure) -> bool, DbError> {
        let (supplied, standards) = (extract.supplied.clone(), self.standards_on(extract.as_at)?);
        Ok(move |measure: &Measure| supplied.satisfies(measure.needs_under(&standards)))
    }
}

/// Every stored fact: those of the newest extract.
pub(super) async fn stored_facts(db: &Db, newest: &Extract) -> Result<Vec<Fact>, DbError> {
    let names = extracts::names(db, newest.id).await?;
    let mut found = Vec::new();
    for measure in CORE {
        found.extend(facts::of_measure(db, measure, &names).await?);
    }
    Ok(found)
}
