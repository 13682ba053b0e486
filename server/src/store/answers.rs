//! What managers said of late children. Appended to, never changed: of one unit the latest counts.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use crate::store::rows_a_statement;
use chrono::NaiveDate;
use domain::answers::{Said, SaidKind};
use domain::record::List;
use sqlx::QueryBuilder;
use std::sync::Arc;

/// The unit that an answer is about, in the extract it was given on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnsweredUnit {
    /// The list of its row.
    pub list: List,
    /// The row among the child's rows of that list.
    pub position: i64,
    /// The day the row began.
    pub began: Option<NaiveDate>,
    /// The day the measure's clock began: of visits the last one, or the row's start.
    pub clock_start: Option<NaiveDate>,
    /// The latest visit, review or contact on the row.
    pub last_act: Option<NaiveDate>,
    /// Its team, as shown.
    pub team: Option<String>,
}

/// An answer as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its number: of two about one unit the higher counts.
    pub id: i64,
    /// The measure's id.
    pub measure: String,
    /// The council's id of the child.
    pub child_id: Arc<str>,
    /// The unit.
    pub unit: AnsweredUnit,
    /// As-at date of the extract it was given on.
    pub as_at: NaiveDate,
    /// What was said.
    pub said: Said,
    /// The person's name, or the account's where there is none.
    pub answered_by: String,
    /// When, in milliseconds since 1970 UTC.
    pub answered_at: i64,
    /// The day of that in England.
    pub answered_on: NaiveDate,
}

/// An answer to be added.
#[derive(Debug, Clone)]
pub struct NewAnswer<'a> {
    /// The measure's id.
    pub measure: &'a str,
    /// Our number of the child.
    pub person_id: i64,
    /// The unit.
    pub unit: AnsweredUnit,
    /// The extract's number.
    pub extract: i64,
    /// What is said.
    pub said: Said,
    /// Who: the account's user name.
    pub answered_by: &'a str,
    /// When, in milliseconds since 1970 UTC.
    pub answered_at: i64,
    /// The day of that in England.
    pub answered_on: NaiveDate,
}

/// Adds answers.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, answers: &[NewAnswer<'_>]) -> Result<(), DbError> {
    for chunk in answers.chunks(rows_a_statement(15)) {
        on_tx!(&mut *tx, conn => {
            let mut insert = QueryBuilder::new(
                "insert into answer (measure, person_id, list, position, began, clock_start, last_act, extract_id, team,
                 said, day, reason, answered_by, answered_at, answered_on) ",
            );
            insert.push_values(chunk, |mut row, answer| {
                row.push_bind(answer.measure.to_owned())
                    .push_bind(answer.person_id)
                    .push_bind(i64::from(answer.unit.list.number()))
                    .push_bind(answer.unit.position)
                    .push_bind(answer.unit.began)
                    .push_bind(answer.unit.clock_start)
                    .push_bind(answer.unit.last_act)
                    .push_bind(answer.extract)
                    .push_bind(answer.unit.team.clone())
                    .push_bind(answer.said.kind().name())
                    .push_bind(answer.said.day())
                    .push_bind(answer.said.reason().map(str::to_owned))
                    .push_bind(answer.answered_by.to_owned())
                    .push_bind(answer.answered_at)
                    .push_bind(answer.answered_on);
            });
            insert.build().execute(conn).await?.rows_affected()
        });
    }
    Ok(())
}

struct AnswerRow {
    id: i64,
    measure: String,
    source_id: String,
    list: i64,
    position: i64,
    began: Option<NaiveDate>,
    clock_start: Option<NaiveDate>,
    last_act: Option<NaiveDate>,
    as_at: NaiveDate,
    team: Option<String>,
    said: String,
    day: Option<NaiveDate>,
    reason: Option<String>,
    answered_by: String,
    answered_at: i64,
    answered_on: NaiveDate,
}

from_row!(AnswerRow {
    id,
    measure,
    source_id,
    list,
    position,
    began,
    clock_start,
    last_act,
    as_at,
    team,
    said,
    day,
    reason,
    answered_by,
    answered_at,
    answered_on,
});

impl TryFrom<AnswerRow> for Answer {
    type Error = DbError;

    fn try_from(row: AnswerRow) -> Result<Self, DbError> {
        let unknown = || DbError::Inconsistent("an answer says what no answer can".to_owned());
        let list = u8::try_from(row.list).ok().and_then(List::from_number).ok_or_else(unknown)?;
        let kind = SaidKind::from_name(&row.said).ok_or_else(unknown)?;
        let unit = AnsweredUnit {
            list,
            position: row.position,
            began: row.began,
            clock_start: row.clock_start,
            last_act: row.last_act,
            team: row.team,
        };
        Ok(Self {
            id: row.id,
            measure: row.measure,
            child_id: row.source_id.into(),
            unit,
            as_at: row.as_at,
            said: Said::from_parts(kind, row.day, row.reason).ok_or_else(unknown)?,
            answered_by: row.answered_by,
            answered_at: row.answered_at,
            answered_on: row.answered_on,
        })
    }
}

/// Every answer about units of a measure given on extracts from one as-at date to another, both included, in the order
/// they were given.
///
/// # Errors
/// When the database fails.
pub async fn of_measure(db: &Db, measure: &str, from: NaiveDate, to: NaiveDate) -> Result<Vec<Answer>, DbError> {
    const SQL: &str = "select a.id, a.measure, p.source_id, a.list, a.position, a.began, a.clock_start, a.last_act,
         e.as_at, a.team, a.said, a.day, a.reason, coalesce(u.full_name, a.answered_by) as answered_by, a.answered_at,
         a.answered_on
         from answer a join person p on p.id = a.person_id join extract e on e.id = a.extract_id
         left join app_user u on u.user_name = a.answered_by
         where a.measure = $1 and e.as_at >= $2 and e.as_at <= $3 order by a.id";
    let rows: Vec<AnswerRow> =
        read!(db, pool => sqlx::query_as(SQL).bind(measure).bind(from).bind(to).fetch_all(pool).await?);
    rows.into_iter().map(Answer::try_from).collect()
}

/// Every answer about one child, by its reference, in the order they were given.
///
/// # Errors
/// When the database fails.
pub async fn of_child(db: &Db, reference: &str) -> Result<Vec<Answer>, DbError> {
    const SQL: &str = "select a.id, a.measure, p.source_id, a.list, a.position, a.began, a.clock_start, a.last_act,
         e.as_at, a.team, a.said, a.day, a.reason, coalesce(u.full_name, a.answered_by) as answered_by, a.answered_at,
         a.answered_on
         from answer a join person p on p.id = a.person_id join extract e on e.id = a.extract_id
         left join app_user u on u.user_name = a.answered_by
         where p.reference = $1 and p.kind = 'child' order by a.id";
    let rows: Vec<AnswerRow> = read!(db, pool => sqlx::query_as(SQL).bind(reference).fetch_all(pool).await?);
    rows.into_iter().map(Answer::try_from).collect()
}
