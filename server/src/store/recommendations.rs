//! Recommendations of improvement plans and inspections, which actions answer: a list that is loaded.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use domain::ids::RecommendationId;

/// A recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommendation {
    /// Its number here.
    pub id: RecommendationId,
    /// Where it comes from: "Improvement plan".
    pub source: String,
    /// Its number there: "3.2".
    pub reference: String,
    /// What it asks for.
    pub title: String,
    /// Whether it still is on the list.
    pub in_force: bool,
}

struct Row {
    id: i64,
    source: String,
    reference: String,
    title: String,
    withdrawn_at: Option<i64>,
}

from_row!(Row { id, source, reference, title, withdrawn_at });

/// Every recommendation, those taken off the list too, by source and reference.
///
/// # Errors
/// When the database fails.
pub async fn all(db: &Db) -> Result<Vec<Recommendation>, DbError> {
    const SQL: &str =
        "select id, source, reference, title, withdrawn_at from recommendation order by source, reference, id";
    let rows: Vec<Row> = read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await?);
    let recommendation = |row: Row| Recommendation {
        id: RecommendationId(row.id),
        source: row.source,
        reference: row.reference,
        title: row.title,
        in_force: row.withdrawn_at.is_none(),
    };
    Ok(rows.into_iter().map(recommendation).collect())
}

/// A line of a list to be loaded.
#[derive(Debug, Clone, Copy)]
pub struct NewRecommendation<'a> {
    /// Its number in its source.
    pub reference: &'a str,
    /// What it asks for.
    pub title: &'a str,
}

/// Loads the list of one source: what is new is added, what is known takes its title from the list, and what is no longer
/// on it is marked so and kept, as actions may answer it.
///
/// # Errors
/// When the database fails, or a reference or a title is empty.
pub async fn load(tx: &mut Tx, source: &str, list: &[NewRecommendation<'_>], at: i64) -> Result<(), DbError> {
    const GONE: &str = "update recommendation set withdrawn_at = $1 where source = $2 and withdrawn_at is null";
    const KEEP: &str = "insert into recommendation (source, reference, title) values ($1, $2, $3)
         on conflict (source, reference) do update set title = excluded.title, withdrawn_at = null";
    on_tx!(&mut *tx, conn => sqlx::query(GONE).bind(at).bind(source).execute(conn).await?.rows_affected());
    for one in list {
        on_tx!(&mut *tx, conn => sqlx::query(KEEP)
            .bind(source).bind(one.reference).bind(one.title).execute(conn).await?.rows_affected());
    }
    Ok(())
}
