//! The audit: who looked at what, and every refusal. Appended to, chained by hash, never changed.

use crate::db::{Db, DbError, Tx, busy, from_row, on_tx, read};
use crate::store::{rows_a_statement, settings};
use sha2::{Digest, Sha256};
use sqlx::QueryBuilder;
use std::fmt::Write as _;

/// Whether what was asked was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Given.
    Allow,
    /// Refused.
    Deny,
}

impl Decision {
    const fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
        }
    }
}

/// One look, or one refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Who: the account's user name, `-` when nobody is signed in, `command line` for the operator.
    pub actor: String,
    /// What was done: `read child`, `read list`, `export list`, `load`, `sign in` ...
    pub action: String,
    /// Of what: a child's reference, a measure's id.
    pub subject: Option<String>,
    /// Filters and the like.
    pub detail: Option<String>,
    /// Given or refused.
    pub decision: Decision,
    /// The request's number, as in the log.
    pub request_id: String,
}

#[derive(Debug)]
struct Row {
    id: i64,
    at: i64,
    actor: String,
    action: String,
    subject: Option<String>,
    detail: Option<String>,
    decision: String,
    request_id: String,
    previous_hash: String,
    hash: String,
}

from_row!(Row { id, at, actor, action, subject, detail, decision, request_id, previous_hash, hash });

/// What the first row has for the hash before it.
const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The hash of a row: every field with its length before it, so that no two rows can read the same.
fn chain_hash(row: &Row) -> String {
    let mut hash = Sha256::new();
    let (id, at) = (row.id.to_string(), row.at.to_string());
    let optional = |text: &Option<String>| text.as_ref().map_or("-".to_owned(), |text| format!("+{text}"));
    let (subject, detail) = (optional(&row.subject), optional(&row.detail));
    for part in [
        row.previous_hash.as_str(),
        &id,
        &at,
        &row.actor,
        &row.action,
        &subject,
        &detail,
        &row.decision,
        &row.request_id,
    ] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Appends entries, in one transaction: all are kept or none.
///
/// # Errors
/// When the database fails; nothing that waits for these entries may be shown then.
pub async fn append(db: &Db, entries: &[Entry]) -> Result<(), DbError> {
    let mut tx = db.begin_append().await?;
    append_in(&mut tx, entries).await?;
    tx.commit().await
}

/// Appends an entry and takes it back, then writes something else for good: whether an entry could be kept. Without the
/// second a full disk would not show, for only a commit goes to it.
///
/// # Errors
/// When it could not.
pub async fn try_to_append(db: &Db) -> Result<(), DbError> {
    let mut tx = db.begin_append().await?;
    let entry = Entry {
        at: 0,
        actor: "-".to_owned(),
        action: "probe".to_owned(),
        subject: None,
        detail: None,
        decision: Decision::Deny,
        request_id: "-".to_owned(),
    };
    append_in(&mut tx, &[entry]).await?;
    // Dropped without a commit, the transaction is rolled back.
    drop(tx);
    let mut tx = db.begin_append().await?;
    settings::set_in(&mut tx, "audit_probe", &format!("{:016x}", rand::random::<u64>())).await?;
    tx.commit().await
}

/// Appends entries within a transaction that does more.
///
/// # Errors
/// When the database fails.
pub async fn append_in(tx: &mut Tx, entries: &[Entry]) -> Result<(), DbError> {
    if let Tx::Postgres(tx) = &mut *tx {
        // The chain has one end: writers take turns. (SQLite's writer is alone by nature.)
        sqlx::query("lock table audit in exclusive mode").execute(&mut **tx).await.map_err(busy)?;
    }
    const LAST: &str = "select id, hash from audit order by id desc limit 1";
    let last: Option<(i64, String)> = on_tx!(&mut *tx, conn => sqlx::query_as(LAST).fetch_optional(conn).await?);
    let (mut id, mut previous_hash) = last.unwrap_or_else(|| (0, GENESIS.to_owned()));
    let mut rows = Vec::with_capacity(entries.len());
    for entry in entries {
        id += 1;
        let mut row = Row {
            id,
            at: entry.at,
            actor: entry.actor.clone(),
            action: entry.action.clone(),
            subject: entry.subject.clone(),
            detail: entry.detail.clone(),
            decision: entry.decision.name().to_owned(),
            request_id: entry.request_id.clone(),
            previous_hash,
            hash: String::new(),
        };
        row.hash = chain_hash(&row);
        previous_hash = row.hash.clone();
        rows.push(row);
    }
    for chunk in rows.chunks(rows_a_statement(10)) {
        on_tx!(&mut *tx, conn => {
            let mut insert = QueryBuilder::new(
                "insert into audit
                 (id, at, actor, action, subject, detail, decision, request_id, previous_hash, hash) ",
            );
            insert.push_values(chunk, |mut values, row| {
                values
                    .push_bind(row.id)
                    .push_bind(row.at)
                    .push_bind(row.actor.clone())
                    .push_bind(row.action.clone())
                    .push_bind(row.subject.clone())
                    .push_bind(row.detail.clone())
                    .push_bind(row.decision.clone())
                    .push_bind(row.request_id.clone())
                    .push_bind(row.previous_hash.clone())
                    .push_bind(row.hash.clone());
            });
            insert.build().execute(conn).await?.rows_affected()
        });
    }
    Ok(())
}

/// Someone's look at a child.
#[derive(Debug, Clone)]
pub struct Look {
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Who.
    pub full_name: String,
}

from_row!(Look { at, full_name });

/// Who was given a look at a child, newest first.
///
/// # Errors
/// When the database fails.
pub async fn looks_at(db: &Db, reference: &str, most: i64) -> Result<Vec<Look>, DbError> {
    const SQL: &str = "select a.at, coalesce(u.full_name, a.actor) as full_name
         from audit a left join app_user u on u.user_name = a.actor
         where a.subject = $1 and a.action = 'read child' and a.decision = 'allow' order by a.id desc limit $2";
    Ok(read!(db, pool => sqlx::query_as(SQL).bind(reference).bind(most).fetch_all(pool).await?))
}

/// Entries as kept, oldest first, for tests and for the access log.
///
/// # Errors
/// When the database fails.
pub async fn entries(db: &Db) -> Result<Vec<Entry>, DbError> {
    let mut entries = Vec::new();
    let mut after = 0;
    loop {
        let rows = rows_after(db, after).await?;
        let Some(last) = rows.last() else { return Ok(entries) };
        after = last.id;
        entries.extend(rows.into_iter().map(|row| Entry {
            at: row.at,
            actor: row.actor,
            action: row.action,
            subject: row.subject,
            detail: row.detail,
            decision: if row.decision == "allow" { Decision::Allow } else { Decision::Deny },
            request_id: row.request_id,
        }));
    }
}

async fn rows_after(db: &Db, after: i64) -> Result<Vec<Row>, DbError> {
    const SQL: &str = "select id, at, actor, action, subject, detail, decision, request_id, previous_hash, hash
         from audit where id > $1 order by id limit 10000";
    Ok(read!(db, pool => sqlx::query_as(SQL).bind(after).fetch_all(pool).await?))
}

/// What a check of the chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every row follows from the one before; how many.
    Whole(u64),
    /// The first row that does not.
    Broken {
        /// Its number.
        row: i64,
        /// What is wrong.
        why: &'static str,
    },
}

/// Checks the whole chain: an edit, a deletion or a change of order shows.
///
/// # Errors
/// When the database fails.
pub async fn verify(db: &Db) -> Result<Verdict, DbError> {
    let (mut after, mut previous, mut rows_seen) = (0, GENESIS.to_owned(), 0);
    loop {
        let rows = rows_after(db, after).await?;
        if rows.is_empty() {
            return Ok(Verdict::Whole(rows_seen));
        }
        for row in rows {
            if row.id != after + 1 {
                return Ok(Verdict::Broken { row: row.id, why: "a row before it is missing" });
            }
            if row.previous_hash != previous {
                return Ok(Verdict::Broken { row: row.id, why: "it does not follow the row before it" });
            }
            if row.hash != chain_hash(&row) {
                return Ok(Verdict::Broken { row: row.id, why: "it was changed after it was written" });
            }
            after = row.id;
            previous = row.hash;
            rows_seen += 1;
        }
    }
}
