//! What an earlier version kept twice when two changes were saved at once, found when the tables refuse it.

use crate::db::{Db, DbError, read};
use chrono::NaiveDate;
use std::fmt;

/// The migration that refuses what is there twice.
pub(crate) const MIGRATION: i64 = 18;

/// What is there twice, by the extracts it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubled {
    records: i64,
    facts: i64,
    counts: i64,
    as_at: Vec<NaiveDate>,
}

impl fmt::Display for Doubled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { records, facts, counts, as_at } = self;
        let dates: Vec<String> = as_at.iter().map(ToString::to_string).collect();
        write!(
            f,
            "this database holds {records} records, {facts} facts and {counts} counts twice, because an earlier version let two loads save at once: its figures are wrong. Nothing was changed. Restore the last backup from before those loads; or, with the version used until now, take the extracts as at {} out ('surgery extract remove') and load them again. Then use this version",
            dates.join(", ")
        )
    }
}

/// What is there twice; `None` where nothing is.
///
/// # Errors
/// When the database fails.
pub(crate) async fn find(db: &Db) -> Result<Option<Doubled>, DbError> {
    const RECORDS: &str = "select count(*) from (
             select 1 as one from record_version where seen_to is null group by list, person_id, position having count(*) > 1
             union all
             select 1 as one from record_version group by list, person_id, position, seen_from having count(*) > 1) as twice";
    const FACTS: &str = "select count(*) from (
             select 1 as one from fact group by measure, person_id, list, position having count(*) > 1) as twice";
    const COUNTS: &str = "select count(*) from (
             select 1 as one from tally group by extract_id, measure, team, worker having count(*) > 1
             union all
             select 1 as one from month_tally group by extract_id, month, measure, team, worker having count(*) > 1
             union all
             select 1 as one from register_line where register <> 'dormant'
             group by extract_id, register, person_id having count(*) > 1) as twice";
    // Of two open versions the later one came with the extract that overtook; of counts the extract is known.
    const DATES: &str = "select max(seen_from) from record_version where seen_to is null
             group by list, person_id, position having count(*) > 1
         union select seen_from from record_version group by list, person_id, position, seen_from having count(*) > 1
         union select e.as_at from tally t join extract e on e.id = t.extract_id
             group by e.as_at, t.extract_id, t.measure, t.team, t.worker having count(*) > 1
         union select e.as_at from month_tally t join extract e on e.id = t.extract_id
             group by e.as_at, t.extract_id, t.month, t.measure, t.team, t.worker having count(*) > 1
         union select e.as_at from register_line l join extract e on e.id = l.extract_id where l.register <> 'dormant'
             group by e.as_at, l.extract_id, l.register, l.person_id having count(*) > 1
         union select max(as_at) from extract where superseded_by is null and exists (
             select 1 from fact group by measure, person_id, list, position having count(*) > 1)";
    let [records, facts, counts] = {
        let mut found = [0; 3];
        for (found, sql) in found.iter_mut().zip([RECORDS, FACTS, COUNTS]) {
            *found = read!(db, pool => sqlx::query_scalar::<_, i64>(sql).fetch_one(pool).await?);
        }
        found
    };
    if records + facts + counts == 0 {
        return Ok(None);
    }
    let as_at: Vec<Option<NaiveDate>> = read!(db, pool => sqlx::query_scalar(DATES).fetch_all(pool).await?);
    let mut as_at: Vec<NaiveDate> = as_at.into_iter().flatten().collect();
    as_at.sort_unstable();
    Ok(Some(Doubled { records, facts, counts, as_at }))
}
