//! Records as extracts held them one after another: what one extract has that the one before had not, and a list of some
//! children over time. Whole extracts are read by [`super::records`].

use crate::db::{Db, DbError, from_row, read};
use chrono::NaiveDate;
use domain::change::{Row, Version};
use domain::history::Versions;
use domain::journey::Journey;
use domain::record::{List, Record};
use sqlx::QueryBuilder;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Children of one statement.
const CHILDREN: usize = 1_000;

struct StoredVersion {
    source_id: String,
    list: i64,
    position: i64,
    body: String,
    seen_from: NaiveDate,
    seen_to: Option<NaiveDate>,
}

from_row!(StoredVersion { source_id, list, position, body, seen_from, seen_to });

impl StoredVersion {
    fn list(&self) -> Result<List, DbError> {
        u8::try_from(self.list)
            .ok()
            .and_then(List::from_number)
            .ok_or_else(|| DbError::Inconsistent(format!("there is no list {}", self.list)))
    }

    fn version(&self) -> Result<Version, DbError> {
        let place = usize::try_from(self.position)
            .map_err(|_| DbError::Inconsistent("a record has a place before the first".to_owned()))?;
        let row = Row::from_json(self.list()?, &self.body)?;
        Ok(Version { from: self.seen_from, to: self.seen_to, place, row })
    }
}

/// What changed of one child's rows of one list with an extract: the rows it no longer holds, and those that are new. A
/// row that changed is both. Rows that stayed as they were and where they were are not here.
#[derive(Debug, Clone, Default)]
pub struct Turn {
    /// Versions last seen in the extract before, in the order of the sheet.
    pub ended: Vec<Version>,
    /// Versions first seen in this one, in the order of the sheet.
    pub begun: Vec<Version>,
}

/// A child and a list.
pub type ChildList = (Arc<str>, List);

/// What changed with the extract as at a date, by child and list. The first extract has everything begun.
///
/// # Errors
/// When the database fails or a stored record cannot be read.
pub async fn turns(db: &Db, as_at: NaiveDate) -> Result<HashMap<ChildList, Turn>, DbError> {
    const ENDED: &str = "select p.source_id, r.list, r.position, r.body, r.seen_from, r.seen_to
         from record_version r join person p on p.id = r.person_id
         where r.seen_to = $1 and p.kind = 'child' order by r.position";
    const BEGUN: &str = "select p.source_id, r.list, r.position, r.body, r.seen_from, r.seen_to
         from record_version r join person p on p.id = r.person_id
         where r.seen_from = $1 and p.kind = 'child' order by r.position";
    let ended: Vec<StoredVersion> = read!(db, pool => sqlx::query_as(ENDED).bind(as_at).fetch_all(pool).await?);
    let begun: Vec<StoredVersion> = read!(db, pool => sqlx::query_as(BEGUN).bind(as_at).fetch_all(pool).await?);
    let mut turns: HashMap<ChildList, Turn> = HashMap::new();
    for stored in ended {
        let key = (Arc::from(stored.source_id.as_str()), stored.list()?);
        turns.entry(key).or_default().ended.push(stored.version()?);
    }
    for stored in begun {
        let key = (Arc::from(stored.source_id.as_str()), stored.list()?);
        turns.entry(key).or_default().begun.push(stored.version()?);
    }
    Ok(turns)
}

/// Children of whom anything changed after one as-at date and up to another.
///
/// # Errors
/// When the database fails.
pub async fn children_changed(db: &Db, after: NaiveDate, up_to: NaiveDate) -> Result<HashSet<Arc<str>>, DbError> {
    const SQL: &str = "select p.source_id from person p where p.kind = 'child' and p.id in (
             select person_id from record_version where seen_to > $1 and seen_to <= $2
             union select person_id from record_version where seen_from > $1 and seen_from <= $2)";
    let changed: Vec<String> =
        read!(db, pool => sqlx::query_scalar(SQL).bind(after).bind(up_to).fetch_all(pool).await?);
    Ok(changed.into_iter().map(Arc::from).collect())
}

/// Every version of one child's rows that an extract up to a date held. A child without any is not known by then.
///
/// # Errors
/// When the database fails or a stored record cannot be read.
pub async fn of_child(db: &Db, person: i64, up_to: NaiveDate) -> Result<Versions, DbError> {
    const SQL: &str = "select p.source_id, r.list, r.position, r.body, r.seen_from, r.seen_to
         from record_version r join person p on p.id = r.person_id
         where r.person_id = $1 and r.seen_from <= $2 order by r.seen_from, r.position";
    let rows: Vec<StoredVersion> =
        read!(db, pool => sqlx::query_as(SQL).bind(person).bind(up_to).fetch_all(pool).await?);
    let mut found = Versions::new();
    for row in rows {
        found.entry(row.list()?).or_default().push(row.version()?);
    }
    Ok(found)
}

/// Every version of one list of these children. A child without a row on it is not in the answer.
///
/// # Errors
/// When the database fails or a stored record cannot be read.
pub async fn of_children(
    db: &Db,
    children: &[Arc<str>],
    list: List,
) -> Result<HashMap<Arc<str>, Vec<Version>>, DbError> {
    let mut found: HashMap<Arc<str>, Vec<Version>> = HashMap::new();
    for chunk in children.chunks(CHILDREN) {
        let rows: Vec<StoredVersion> = read!(db, pool => {
            let mut query = QueryBuilder::new(
                "select p.source_id, r.list, r.position, r.body, r.seen_from, r.seen_to
                 from person p join record_version r on r.person_id = p.id
                 where p.kind = 'child' and r.list = ",
            );
            query.push_bind(i64::from(list.number())).push(" and p.source_id in (");
            let mut ids = query.separated(", ");
            for child in chunk {
                ids.push_bind(child.to_string());
            }
            query.push(") order by r.seen_from, r.position");
            query.build_query_as().fetch_all(pool).await?
        });
        for row in rows {
            found.entry(Arc::from(row.source_id.as_str())).or_default().push(row.version()?);
        }
    }
    Ok(found)
}

/// The journeys of these children as they stood on a date. A child that the extract does not know is not in the answer.
///
/// # Errors
/// When the database fails or a stored record cannot be read.
pub async fn journeys_of(db: &Db, children: &[Arc<str>], on: NaiveDate) -> Result<HashMap<Arc<str>, Journey>, DbError> {
    let mut journeys: HashMap<Arc<str>, Journey> = HashMap::new();
    for chunk in children.chunks(CHILDREN) {
        let rows: Vec<StoredVersion> = read!(db, pool => {
            let mut query = QueryBuilder::new(
                "select p.source_id, r.list, r.position, r.body, r.seen_from, r.seen_to
                 from person p join record_version r on r.person_id = p.id
                 where p.kind = 'child' and r.seen_from <= ",
            );
            query.push_bind(on).push(" and (r.seen_to is null or r.seen_to > ").push_bind(on);
            query.push(") and p.source_id in (");
            let mut ids = query.separated(", ");
            for child in chunk {
                ids.push_bind(child.to_string());
            }
            query.push(") order by r.person_id, r.list, r.position");
            query.build_query_as().fetch_all(pool).await?
        });
        for row in rows {
            let child: Arc<str> = Arc::from(row.source_id.as_str());
            let record = Record::from_json(row.list()?, &row.body)?;
            journeys.entry(Arc::clone(&child)).or_insert_with(|| Journey::new(child)).push(record);
        }
    }
    Ok(journeys)
}
