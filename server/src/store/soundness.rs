//! Whether what is stored fits together: each check answers which rows do not, by their numbers and never by what they say.

mod figures;
mod guards;
mod intervals;

use crate::db::{Db, DbError};
use crate::store::{actions, surgeries};
use std::fmt;

/// Numbers named of one finding at most.
const MOST_NAMED: usize = 10;

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What does not, in words: "versions of records that overlap with the next one".
    pub what: &'static str,
    /// Which, by number or name.
    pub which: Vec<String>,
}

impl Finding {
    pub(crate) fn of<T: ToString>(what: &'static str, which: &[T]) -> Option<Self> {
        (!which.is_empty()).then(|| Self { what, which: which.iter().map(T::to_string).collect() })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} ({}",
            self.what,
            self.which.len(),
            self.which[..self.which.len().min(MOST_NAMED)].join(", ")
        )?;
        f.write_str(if self.which.len() > MOST_NAMED { ", ...)" } else { ")" })
    }
}

/// Everything that does not fit together, as at one moment.
///
/// # Errors
/// When the database fails or something stored cannot be read.
pub async fn findings(db: &Db) -> Result<Vec<Finding>, DbError> {
    let mut tx = db.begin_reading().await?;
    let mut findings = Vec::new();
    findings.extend(Finding::of(
        "versions of records that end before they begin or overlap with the next one",
        &intervals::overlapping(&mut tx).await?,
    ));
    findings.extend(Finding::of(
        "measures of the newest extract whose counts are not those of its facts",
        &figures::astray(&mut tx).await?,
    ));
    findings.extend(Finding::of(
        "actions that are not what their events have made of them",
        &actions::astray(&mut tx).await?,
    ));
    findings.extend(Finding::of(
        "surgeries that are not what their events have made of them",
        &surgeries::astray(&mut tx).await?,
    ));
    findings.extend(Finding::of("triggers and unique indexes that are gone", &guards::missing(&mut tx).await?));
    Ok(findings)
}
