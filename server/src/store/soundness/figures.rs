//! Figures: the counts of the newest extract are those of its facts. Of earlier extracts the facts are not kept.

use crate::db::{DbError, Tx, on_tx};
use std::collections::{BTreeMap, BTreeSet};

/// Measure, team and worker, numerator and denominator.
type Count = (String, Option<String>, Option<String>, i64, i64);

/// The measures whose counts are not those of the facts.
pub(super) async fn astray(tx: &mut Tx) -> Result<Vec<String>, DbError> {
    const OF_FACTS: &str = "select measure, team, worker, count(case when numerator then 1 end), count(*)
         from fact group by measure, team, worker";
    const KEPT: &str = "select measure, team, worker, numerator, denominator from tally
         where extract_id = (select id from extract where superseded_by is null order by as_at desc limit 1)";
    let of_facts: Vec<Count> = on_tx!(&mut *tx, conn => sqlx::query_as(OF_FACTS).fetch_all(conn).await?);
    let kept: Vec<Count> = on_tx!(tx, conn => sqlx::query_as(KEPT).fetch_all(conn).await?);
    let mut difference: BTreeMap<Count, i64> = BTreeMap::new();
    for count in of_facts {
        *difference.entry(count).or_default() += 1;
    }
    for count in kept {
        *difference.entry(count).or_default() -= 1;
    }
    let measures: BTreeSet<String> =
        difference.into_iter().filter(|(_, times)| *times != 0).map(|((measure, ..), _)| measure).collect();
    Ok(measures.into_iter().collect())
}
