//! The events of calendar months: counted from each extract with its load, brought up to date on first need, and set side
//! by side for charts. Nobody's scope is applied yet: see [`crate::reading`].

use crate::council::registers::sound;
use crate::council::{Council, Measuring};
use crate::db::{Db, DbError};
use crate::store::extracts::{self, Extract};
use crate::store::facts;
use crate::store::generation::Generation;
use crate::store::months::{self, CountedMonth};
use crate::store::records;
use crate::store::standards::{self, Change};
use chrono::NaiveDate;
use domain::journey::SoundJourney;
use domain::measures::figure::{Tally, tallies_by_measure};
use domain::measures::{CORE, Context, Fact, Period, Timing, evaluate_events};
use domain::signal::{Place, Span, Step, months_of_extract, places};
use domain::standards::Standards;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::Arc;

/// Moves when a release changes what the events of a month are.
const READING: u32 = 1;

/// A month whose events are to be counted, by the standards of its end; where it is not over, by those of the extract.
#[derive(Debug, Clone)]
pub(crate) struct MonthToCount {
    month: Span,
    standards: Standards,
}

impl MonthToCount {
    /// By what it is counted, as one word. What a chart's step is moves no count.
    fn basis(&self) -> Result<String, DbError> {
        let mut hash = Sha256::new();
        hash.update(READING.to_be_bytes());
        hash.update(serde_json::to_vec(&Standards { chart_step: Step::Month, ..self.standards.clone() })?);
        Ok(crate::load::hex(&hash.finalize()[..10]))
    }
}

/// The months that are counted from an extract as at a date.
pub(crate) fn months_to_count(changes: &[Change], as_at: NaiveDate) -> Result<Vec<MonthToCount>, DbError> {
    months_of_extract(as_at)
        .map(|month| Ok(MonthToCount { month, standards: standards::in_force(changes, month.to().min(as_at))? }))
        .collect()
}

/// Whether a change of standards moves what is counted from an extract as at a date.
pub(crate) fn months_differ(before: &[Change], after: &[Change], as_at: NaiveDate) -> Result<bool, DbError> {
    let bases =
        |changes| months_to_count(changes, as_at)?.iter().map(MonthToCount::basis).collect::<Result<Vec<_>, _>>();
    Ok(bases(before)? != bases(after)?)
}

/// The events of these months, from journeys read as at the extract's date.
pub(crate) fn count_months(
    journeys: &[SoundJourney],
    context: &Context<'_>,
    months: &[MonthToCount],
) -> Result<Vec<CountedMonth>, DbError> {
    let counted = months.iter().map(|to_count| {
        let period = Period { from: to_count.month.from(), to: to_count.month.to().min(context.as_at) };
        let context = Context { period, standards: &to_count.standards, ..*context };
        let facts: Vec<Fact> =
            journeys.par_iter().flat_map_iter(|journey| evaluate_events(journey, &context)).collect();
        let mut by_measure = tallies_by_measure(&facts);
        let tallies = CORE.iter().flat_map(|measure| {
            by_measure.remove(measure.id).unwrap_or_default().into_iter().map(|tally| (measure.id, tally))
        });
        Ok(CountedMonth { month: to_count.month.from(), basis: to_count.basis()?, tallies: tallies.collect() })
    });
    counted.collect()
}

/// A month, the extract that answers for its events, and these.
#[derive(Debug)]
pub(crate) struct Month {
    pub(crate) place: Place,
    /// The standards by which they are counted.
    pub(crate) standards: Standards,
    pub(crate) tallies: HashMap<&'static str, Vec<Tally>>,
}

/// The months that a council's extracts answer for, oldest first, gaps among them.
pub(crate) type Months = Vec<Month>;

impl Council {
    /// The same with the events of its months, which charts are judged by.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn with_months(mut self, db: &Db) -> Result<Self, DbError> {
        bring_up_to_date(db).await?;
        self.months = Arc::new(read(db, &self.extracts).await?);
        Ok(self)
    }
}

impl Council {
    /// The same with the tallies of every extract and the months: what a course is made of.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn with_history(mut self, db: &Db) -> Result<Self, DbError> {
        self.tallies = Arc::new(facts::tallies(db, None).await?);
        self.with_months(db).await
    }
}

async fn read(db: &Db, extracts: &[Extract]) -> Result<Months, DbError> {
    let changes = standards::changes(db).await?;
    let dates: Vec<NaiveDate> = extracts.iter().map(|extract| extract.as_at).collect();
    let mut months = Months::new();
    for place in places(&dates, Timing::InPeriod, Step::Month) {
        let extract = extracts.iter().find(|extract| Some(extract.as_at) == place.as_at);
        months.push(Month {
            tallies: match extract {
                Some(extract) => months::tallies(db, extract.id, place.span.from()).await?,
                None => HashMap::new(),
            },
            standards: standards::in_force(&changes, place.as_at.unwrap_or(place.span.to()).min(place.span.to()))?,
            place,
        });
    }
    Ok(months)
}

/// Counts the months of every extract in force whose months are not kept, or were counted by what holds no more. How many
/// extracts they were is answered.
///
/// # Errors
/// When the database fails; the extracts counted until then are kept.
pub async fn bring_up_to_date(db: &Db) -> Result<usize, DbError> {
    let mut counted = 0;
    // Whenever another change comes in between, what is left is looked at anew.
    while !try_to_bring_up_to_date(db, &mut counted).await? {}
    Ok(counted)
}

/// Whether no other change came in between.
async fn try_to_bring_up_to_date(db: &Db, counted: &mut usize) -> Result<bool, DbError> {
    let generation = Generation::now(db).await?;
    let changes = standards::changes(db).await?;
    let known = months::bases(db).await?;
    for extract in extracts::all(db).await? {
        let months = months_to_count(&changes, extract.as_at)?;
        let mut current = true;
        for month in &months {
            current &= known.get(&(extract.id, month.month.from())) == Some(&month.basis()?);
        }
        if !current {
            if !count_anew(db, &extract, months, &generation).await? {
                return Ok(false);
            }
            *counted += 1;
        }
    }
    Ok(true)
}

/// Whether the count was kept: not when another change came in between.
async fn count_anew(
    db: &Db,
    extract: &Extract,
    to_count: Vec<MonthToCount>,
    generation: &Generation,
) -> Result<bool, DbError> {
    let as_at = extract.as_at;
    let journeys = records::journeys(db, as_at).await?;
    let (names, supplied) = (extracts::names(db, extract.id).await?, extract.supplied.clone());
    let measuring = Measuring { as_at, standards: Standards::default(), names, supplied };
    let counted = tokio::task::spawn_blocking(move || {
        measuring.with(|context| count_months(&sound(journeys, as_at), context, &to_count))
    });
    let counted = counted
        .await
        .map_err(|_| DbError::Inconsistent("the months of an extract could not be counted".to_owned()))??;
    let mut tx = db.begin_patiently().await?;
    if !generation.still_holds(&mut tx).await? {
        return Ok(false);
    }
    months::replace(&mut tx, extract.id, &counted).await?;
    tx.commit().await?;
    Ok(true)
}
