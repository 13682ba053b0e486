//! The workforce by as-at date: each load stays, and a workforce that did not change is stored once.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use crate::store::rows_a_statement;
use chrono::NaiveDate;
use domain::workforce::{Fte, Post, WorkforceLine};
use sha2::{Digest, Sha256};
use sqlx::QueryBuilder;

/// A workforce as it was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedWorkforce {
    /// The date it is as at.
    pub as_at: NaiveDate,
    /// Its lines, in the order of the file; those who have left too.
    pub lines: Vec<WorkforceLine>,
}

struct Row {
    worker: String,
    team: Option<String>,
    role: Option<String>,
    fte: Option<i64>,
    agency: Option<bool>,
    newly_qualified: Option<bool>,
    permanent: Option<bool>,
    started_on: Option<NaiveDate>,
    left_on: Option<NaiveDate>,
}

from_row!(Row { worker, team, role, fte, agency, newly_qualified, permanent, started_on, left_on });

impl Row {
    fn line(self) -> Result<WorkforceLine, DbError> {
        let fte = self.fte.map(u32::try_from).transpose();
        Ok(WorkforceLine {
            worker: self.worker,
            team: self.team,
            role: self.role.as_deref().map(Post::read),
            fte: fte
                .map_err(|_| DbError::Inconsistent("a stored worker's time cannot be".to_owned()))?
                .map(Fte::from_parts),
            agency: self.agency,
            newly_qualified: self.newly_qualified,
            permanent: self.permanent,
            started: self.started_on,
            left: self.left_on,
        })
    }
}

/// The workforce in force on a date: the last one loaded of the latest as-at date up to it. `None` before the first.
///
/// # Errors
/// When the database fails.
pub async fn on(db: &Db, date: NaiveDate) -> Result<Option<LoadedWorkforce>, DbError> {
    const LOAD: &str =
        "select as_at, lines_of from workforce_load where as_at <= $1 order by as_at desc, id desc limit 1";
    let load: Option<(NaiveDate, i64)> = read!(db, pool => sqlx::query_as(LOAD).bind(date).fetch_optional(pool).await?);
    let Some((as_at, load)) = load else { return Ok(None) };
    const LINES: &str = "select worker, team, role, fte, agency, newly_qualified, permanent, started_on, left_on
         from workforce_line where load_id = $1 order by id";
    let rows: Vec<Row> = read!(db, pool => sqlx::query_as(LINES).bind(load).fetch_all(pool).await?);
    Ok(Some(LoadedWorkforce { as_at, lines: rows.into_iter().map(Row::line).collect::<Result<_, _>>()? }))
}

/// Keeps a workforce as at a date, and which extract it came with. One that was loaded before is not stored a second time.
///
/// # Errors
/// When the database fails.
pub async fn add(
    tx: &mut Tx,
    lines: &[WorkforceLine],
    as_at: NaiveDate,
    extract: Option<i64>,
    (loaded_by, loaded_at): (&str, i64),
) -> Result<(), DbError> {
    let hash = content_hash(lines)?;
    const NEXT: &str = "select coalesce(max(id), 0) + 1 from workforce_load";
    let id: i64 = on_tx!(&mut *tx, conn => sqlx::query_scalar(NEXT).fetch_one(conn).await?);
    const SAME: &str = "select lines_of from workforce_load where content_hash = $1 limit 1";
    let same: Option<i64> = on_tx!(&mut *tx, conn => sqlx::query_scalar(SAME).bind(&hash).fetch_optional(conn).await?);
    const ADD: &str = "insert into workforce_load (id, as_at, content_hash, lines_of, loaded_at, loaded_by, extract_id)
         values ($1, $2, $3, $4, $5, $6, $7)";
    on_tx!(&mut *tx, conn => sqlx::query(ADD)
        .bind(id).bind(as_at).bind(&hash).bind(same.unwrap_or(id)).bind(loaded_at).bind(loaded_by)
        .bind(extract).execute(conn).await?.rows_affected());
    if same.is_some() {
        return Ok(());
    }
    for chunk in lines.chunks(rows_a_statement(10)) {
        on_tx!(&mut *tx, conn => {
            let mut insert = QueryBuilder::new(
                "insert into workforce_line
                 (load_id, worker, team, role, fte, agency, newly_qualified, permanent, started_on, left_on) ",
            );
            insert.push_values(chunk, |mut row, line| {
                row.push_bind(id)
                    .push_bind(line.worker.clone())
                    .push_bind(line.team.clone())
                    .push_bind(line.role.as_ref().map(|role| role.title().to_owned()))
                    .push_bind(line.fte.map(|fte| i64::from(fte.parts())))
                    .push_bind(line.agency)
                    .push_bind(line.newly_qualified)
                    .push_bind(line.permanent)
                    .push_bind(line.started)
                    .push_bind(line.left);
            });
            insert.build().execute(conn).await?.rows_affected()
        });
    }
    Ok(())
}

/// Takes out the workforces that came with an extract. Answers how many.
///
/// # Errors
/// When the database fails.
pub async fn remove_of(tx: &mut Tx, extract: i64) -> Result<u64, DbError> {
    const OF_EXTRACT: &str = "select id from workforce_load where extract_id = $1 order by id";
    let loads: Vec<i64> = on_tx!(&mut *tx, conn => sqlx::query_scalar(OF_EXTRACT).bind(extract).fetch_all(conn).await?);
    for load in &loads {
        // Lines that a later load of the same workforce stands on become its own.
        const HEIR: &str = "select min(id) from workforce_load where lines_of = $1 and id <> $1";
        let heir: Option<i64> = on_tx!(&mut *tx, conn => sqlx::query_scalar(HEIR).bind(load).fetch_one(conn).await?);
        if let Some(heir) = heir {
            const LINES: &str = "update workforce_line set load_id = $1 where load_id = $2";
            const HEIRS: &str = "update workforce_load set lines_of = $1 where lines_of = $2 and id <> $2";
            for sql in [LINES, HEIRS] {
                on_tx!(&mut *tx, conn => sqlx::query(sql).bind(heir).bind(load).execute(conn).await?.rows_affected());
            }
        }
        const LINES: &str = "delete from workforce_line where load_id = $1";
        const LOAD: &str = "delete from workforce_load where id = $1";
        for sql in [LINES, LOAD] {
            on_tx!(&mut *tx, conn => sqlx::query(sql).bind(load).execute(conn).await?.rows_affected());
        }
    }
    Ok(loads.len() as u64)
}

/// Puts the workforces that came with an extract to another date. Answers how many.
///
/// # Errors
/// When the database fails.
pub async fn move_of(tx: &mut Tx, extract: i64, as_at: NaiveDate) -> Result<u64, DbError> {
    const SQL: &str = "update workforce_load set as_at = $1 where extract_id = $2";
    Ok(on_tx!(tx, conn => sqlx::query(SQL).bind(as_at).bind(extract).execute(conn).await?.rows_affected()))
}

fn content_hash(lines: &[WorkforceLine]) -> Result<String, DbError> {
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(serde_json::to_vec(line)?);
        hash.update(b"\n");
    }
    Ok(crate::load::hex(&hash.finalize()))
}
