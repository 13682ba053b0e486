//! What is known of the newest extract, kept in memory while it is the newest.
//!
//! The cache holds what is stored, for nobody in particular; who may see which part is decided on every read by
//! the viewer's scope (see [`crate::reading`]). It is keyed by the extract and the organisation, never by a viewer.

use crate::db::{Db, DbError};
use crate::store::extracts::{self, Extract, Version, Which};
use crate::store::facts::{self, Tallies};
use crate::store::organisation;
use chrono::NaiveDate;
use domain::calendar::WorkingDays;
use domain::measures::{Fact, Measure, Period};
use domain::names::Names;
use domain::organisation::Organisation;
use domain::standards::Standards;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::{Mutex, RwLock};

/// Every fact of one measure, in the order lists have at first: by due date, then child.
pub(crate) type Facts = Vec<Arc<Fact>>;

/// The newest extract and what goes with it.
#[derive(Debug)]
pub struct Council {
    /// The newest extract.
    pub extract: Extract,
    /// Every extract in force, oldest first.
    pub extracts: Vec<Extract>,
    /// Names as first met in the newest extract.
    pub names: Names,
    /// The organisation as on the newest extract's date.
    pub organisation: Organisation,
    /// The standards in force.
    pub standards: Standards,
    /// Working days.
    pub calendar: WorkingDays,
    /// Tallies of every extract.
    pub tallies: Tallies,
    /// Key of the child references.
    pub reference_key: String,
    /// Whether the stored facts are this extract's: facts are kept of the newest only.
    pub(crate) facts_are_stored: bool,
    facts: Mutex<HashMap<&'static str, Arc<Facts>>>,
}

impl Council {
    /// Reads the newest extract and its surroundings; `None` before the first load.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read(db: &Db) -> Result<Option<Self>, DbError> {
        Self::read_as_at(db, Which::Newest).await
    }

    /// Reads the extract asked for as if it were the newest.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read_as_at(db: &Db, which: Which) -> Result<Option<Self>, DbError> {
        let Some(extract) = extracts::find(db, which).await? else { return Ok(None) };
        let names = extracts::names(db, extract.id).await?;
        let organisation = Organisation::on(extract.as_at, organisation::lines(db).await?);
        let tallies = match which {
            Which::Newest => facts::tallies(db, None).await?,
            Which::OnOrBefore(_) => facts::tallies(db, Some(extract.id)).await?,
        };
        let extracts = extracts::all(db).await?;
        Ok(Some(Self {
            facts_are_stored: extracts.last().is_some_and(|newest| newest.id == extract.id),
            extracts,
            names,
            organisation,
            standards: Standards::default(),
            calendar: WorkingDays::england(),
            tallies,
            reference_key: crate::load::reference_key(db).await?,
            extract,
            facts: Mutex::default(),
        }))
    }

    /// The as-at date.
    #[must_use]
    pub fn as_at(&self) -> NaiveDate {
        self.extract.as_at
    }

    /// The default period.
    #[must_use]
    pub fn period(&self) -> Period {
        Period::up_to(self.as_at())
    }

    /// The organisation as on the as-at date.
    #[must_use]
    pub fn organisation(&self) -> &Organisation {
        &self.organisation
    }

    /// Every stored fact of one measure; read from the database once. Nobody's scope is applied yet, so this
    /// stays inside [`crate::reading`].
    pub(crate) async fn facts(&self, db: &Db, measure: &'static Measure) -> Result<Arc<Facts>, DbError> {
        let mut known = self.facts.lock().await;
        if let Some(facts) = known.get(measure.id) {
            return Ok(Arc::clone(facts));
        }
        let facts = Arc::new(in_order(facts::of_measure(db, measure, &self.names).await?));
        known.insert(measure.id, Arc::clone(&facts));
        Ok(facts)
    }
}

/// Facts in the order lists have at first.
pub(crate) fn in_order(facts: Vec<Fact>) -> Facts {
    let mut facts: Facts = facts.into_iter().map(Arc::new).collect();
    facts.sort_by(|a, b| order(a).cmp(&order(b)));
    facts
}

fn order(fact: &Fact) -> (Option<NaiveDate>, &str, u8, u16) {
    (fact.due, &fact.child_id, fact.list, fact.position)
}

/// Keeps the council in memory until something newer is loaded, by this process or another.
#[derive(Debug, Default)]
pub struct CouncilCache {
    known: RwLock<Option<(Version, Option<Arc<Council>>)>>,
    organisations: RwLock<Option<(Version, NaiveDate, Arc<Organisation>)>>,
}

impl CouncilCache {
    /// An empty cache.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The newest extract of a version; `None` before the first load.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn newest(&self, db: &Db, version: Version) -> Result<Option<Arc<Council>>, DbError> {
        if let Some((known, council)) = &*self.known.read().await
            && *known == version
        {
            return Ok(council.clone());
        }
        // One reads, the others wait for it and then find it.
        let mut slot = self.known.write().await;
        if let Some((known, council)) = &*slot
            && *known == version
        {
            return Ok(council.clone());
        }
        let council = Council::read(db).await?.map(Arc::new);
        *slot = Some((version, council.clone()));
        Ok(council)
    }

    /// The organisation of a version as on a date: what scopes are made from, before any extract too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn organisation(&self, db: &Db, version: Version, on: NaiveDate) -> Result<Arc<Organisation>, DbError> {
        if let Some((known, date, organisation)) = &*self.organisations.read().await
            && *known == version
            && *date == on
        {
            return Ok(Arc::clone(organisation));
        }
        let organisation = Arc::new(Organisation::on(on, organisation::lines(db).await?));
        *self.organisations.write().await = Some((version, on, Arc::clone(&organisation)));
        Ok(organisation)
    }
}
