//! Messages to people: kept before they are sent, marked after.
//!
//! At most one a person, step and day, and of one action's step and occasion one ever. Whoever sends it claims it first, so
//! that of two servers one does; what was claimed and never marked is not sent again.

use crate::db::{Db, DbError, from_row, on_tx, read, write};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A message that may be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its number.
    pub id: i64,
    /// To whom.
    pub user_id: i64,
    /// The step, by its stable name.
    pub step: String,
    /// How many times it was tried.
    pub tries: i64,
    /// When it was written, in milliseconds since 1970 UTC.
    pub written_at: i64,
}

from_row!(Message { id, user_id, step, tries, written_at });

/// What a message tells of: a subject, and the occasion that makes it news.
pub type About = (String, String);

/// What somebody was told of a step before, and of whether there was a message on a day.
///
/// # Errors
/// When the database fails.
pub async fn told(db: &Db, user: i64, step: &str, day: NaiveDate) -> Result<(BTreeSet<About>, bool), DbError> {
    const TOLD: &str = "select subject, occasion from message_about where user_id = $1 and step = $2";
    const ON_DAY: &str = "select count(*) from message where user_id = $1 and step = $2 and day = $3";
    let told: Vec<About> = read!(db, pool => sqlx::query_as(TOLD).bind(user).bind(step).fetch_all(pool).await?);
    let on_day: i64 =
        read!(db, pool => sqlx::query_scalar(ON_DAY).bind(user).bind(step).bind(day).fetch_one(pool).await?);
    Ok((told.into_iter().collect(), on_day > 0))
}

/// A message to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewMessage<'a> {
    /// To whom.
    pub user: i64,
    /// The step, by its stable name.
    pub step: &'a str,
    /// The day.
    pub day: NaiveDate,
    /// Of what.
    pub about: &'a [About],
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
}

/// Keeps a message to be sent, with those of its subjects that nobody else was quicker to write of. Answers whether there
/// is one: of two servers that write the same one does.
///
/// # Errors
/// When the database fails.
pub async fn write(db: &Db, new: &NewMessage<'_>) -> Result<bool, DbError> {
    const MESSAGE: &str = "insert into message (user_id, step, day, state, try_at, written_at, changed_at)
         values ($1, $2, $3, 'waiting', $4, $4, $4) on conflict do nothing returning id";
    const ABOUT: &str = "insert into message_about (user_id, step, subject, occasion, message_id)
         values ($1, $2, $3, $4, $5) on conflict do nothing";
    let mut tx = db.begin().await?;
    let id: Option<i64> = on_tx!(&mut tx, conn => sqlx::query_scalar(MESSAGE)
        .bind(new.user).bind(new.step).bind(new.day).bind(new.at).fetch_optional(conn).await?);
    let Some(id) = id else { return Ok(false) };
    let mut written = 0;
    for (subject, occasion) in new.about {
        written += on_tx!(&mut tx, conn => sqlx::query(ABOUT)
            .bind(new.user).bind(new.step).bind(subject).bind(occasion).bind(id)
            .execute(conn).await?.rows_affected());
    }
    if written == 0 {
        return Ok(false);
    }
    tx.commit().await?;
    Ok(true)
}

/// Messages that may be sent now, the first written first.
///
/// # Errors
/// When the database fails.
pub async fn to_send(db: &Db, now: i64, most: i64) -> Result<Vec<Message>, DbError> {
    const SQL: &str = "select id, user_id, step, tries, written_at from message
         where state = 'waiting' and try_at <= $1 order by try_at, id limit $2";
    Ok(read!(db, pool => sqlx::query_as(SQL).bind(now).bind(most).fetch_all(pool).await?))
}

/// What a message tells of.
///
/// # Errors
/// When the database fails.
pub async fn about(db: &Db, id: i64) -> Result<BTreeSet<About>, DbError> {
    const SQL: &str = "select subject, occasion from message_about where message_id = $1";
    let about: Vec<About> = read!(db, pool => sqlx::query_as(SQL).bind(id).fetch_all(pool).await?);
    Ok(about.into_iter().collect())
}

/// Takes a message to send it. Answers whether nobody was quicker.
///
/// # Errors
/// When the database fails.
pub async fn claim(db: &Db, message: &Message, now: i64) -> Result<bool, DbError> {
    const SQL: &str = "update message set state = 'sending', tries = tries + 1, changed_at = $1
         where id = $2 and state = 'waiting' and tries = $3";
    let taken = write!(db, pool => sqlx::query(SQL)
        .bind(now).bind(message.id).bind(message.tries).execute(pool).await?.rows_affected());
    Ok(taken == 1)
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The mail server took it.
    Sent,
    /// It will not be tried again.
    Failed,
    /// There was nothing left to tell, or nobody to tell it to.
    Dropped,
    /// It may be tried again at this time, in milliseconds since 1970 UTC.
    Again(i64),
}

/// Marks a message that was claimed.
///
/// # Errors
/// When the database fails.
pub async fn mark(db: &Db, id: i64, ended: Ended, now: i64) -> Result<(), DbError> {
    const SQL: &str = "update message set state = $1, try_at = $2, changed_at = $3 where id = $4 and state = 'sending'";
    let (state, try_at) = match ended {
        Ended::Sent => ("sent", now),
        Ended::Failed => ("failed", now),
        Ended::Dropped => ("dropped", now),
        Ended::Again(at) => ("waiting", at),
    };
    write!(db, pool => sqlx::query(SQL)
        .bind(state).bind(try_at).bind(now).bind(id).execute(pool).await?.rows_affected());
    Ok(())
}

/// How many messages failed since a time, and how many were begun before another and never marked since the first: nobody
/// knows whether these were sent.
///
/// # Errors
/// When the database fails.
pub async fn trouble(db: &Db, since: i64, begun_before: i64) -> Result<(u64, u64), DbError> {
    const SQL: &str = "select count(case when state = 'failed' then 1 end),
         count(case when state = 'sending' and changed_at < $2 then 1 end)
         from message where state in ('failed', 'sending') and changed_at >= $1";
    let (failed, unknown): (i64, i64) =
        read!(db, pool => sqlx::query_as(SQL).bind(since).bind(begun_before).fetch_one(pool).await?);
    Ok((u64::try_from(failed).unwrap_or_default(), u64::try_from(unknown).unwrap_or_default()))
}

/// When somebody was last written to, in milliseconds since 1970 UTC.
///
/// # Errors
/// When the database fails.
pub async fn last_sent(db: &Db, user: i64) -> Result<Option<i64>, DbError> {
    const SQL: &str = "select max(changed_at) from message where user_id = $1 and state = 'sent'";
    Ok(read!(db, pool => sqlx::query_scalar(SQL).bind(user).fetch_one(pool).await?))
}

/// Drops what waits to be sent: in a copy that is restored, it may have been sent since.
///
/// # Errors
/// When the database fails.
pub async fn drop_waiting(db: &Db) -> Result<(), DbError> {
    const SQL: &str = "update message set state = 'dropped' where state = 'waiting'";
    write!(db, pool => sqlx::query(SQL).execute(pool).await?.rows_affected());
    Ok(())
}
