//! Recording actions.

use super::line::{COLUMNS, Line, bind_line};
use super::{events, reach};
use crate::db::{Db, DbError, Tx, on_tx};
use crate::store::audit::{self, Entry};
use crate::store::reader::{NotDone, inconsistent, moment};
use domain::action::{Action, Author, Circumstances, Doer, Draft, Event, Person, Refusal};
use domain::calendar::WorkingDays;
use domain::ids::ActionId;
use domain::names::name_key;
use domain::organisation::Organisation;
use domain::standards::Standards;
use sqlx::AssertSqlSafe;

/// An action to be recorded, and what is known beside it.
#[derive(Debug, Clone)]
pub struct NewAction<'a> {
    /// What it is.
    pub draft: Draft<'a>,
    /// Who records it.
    pub actor: Person<'a>,
    /// Today in England.
    pub today: chrono::NaiveDate,
    /// The organisation as on that date.
    pub organisation: &'a Organisation,
    /// Working days.
    pub calendar: &'a WorkingDays,
    /// The standards in force.
    pub standards: &'a Standards,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
}

/// Records an action and its audit entry, both or neither. The entry's subject becomes the action's number.
///
/// # Errors
/// [`NotDone::Refused`] when the rules refuse it, [`NotDone::Unknown`] when one of its children is not known.
pub async fn record(db: &Db, new: NewAction<'_>, entry: Entry) -> Result<ActionId, NotDone<Refusal>> {
    let mut tx = db.begin().await?;
    let id = record_in(&mut tx, new).await?;
    audit::append_in(&mut tx, &[Entry { subject: Some(id.to_string()), ..entry }]).await?;
    tx.commit().await?;
    Ok(id)
}

/// Records an action within a transaction that does more: links it to its surgery, or records others like it.
///
/// # Errors
/// As [`record`]; the transaction is then to be dropped.
pub async fn record_in(tx: &mut Tx, new: NewAction<'_>) -> Result<ActionId, NotDone<Refusal>> {
    let circumstances = Circumstances { today: new.today, organisation: new.organisation, teams: &[], leader: None };
    let kind = new.draft.record(&new.actor, &circumstances, new.calendar, new.standards).map_err(NotDone::Refused)?;
    let event = Event { sequence: 1, at: moment(new.at)?, by: Author::Person(new.actor.user), kind };
    keep(tx, &event).await
}

async fn keep(tx: &mut Tx, event: &Event) -> Result<ActionId, NotDone<Refusal>> {
    let action = Action::begun_by(event).map_err(inconsistent)?;
    let line = Line::of(ActionId(0), &action);
    let places = (1..=23).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ");
    let sql = format!("insert into action ({COLUMNS}) values ({places}) returning id");
    let id: i64 = on_tx!(&mut *tx, conn => bind_line!(
        sqlx::query_scalar(AssertSqlSafe(sql)), &line).fetch_one(conn).await?);
    let id = ActionId(id);
    keep_children(tx, id, &action).await?;
    keep_teams(tx, id, &action).await?;
    reach::teams_of_children(tx, id).await?;
    events::append(tx, id, event, None, &action).await?;
    Ok(id)
}

async fn keep_children(tx: &mut Tx, id: ActionId, action: &Action) -> Result<(), NotDone<Refusal>> {
    const SQL: &str = "insert into action_child (action_id, person_id, team_then)
         select $1, id, $2 from person where kind = 'child' and source_id = $3";
    for child in action.subject.children() {
        let added = on_tx!(&mut *tx, conn => sqlx::query(SQL)
            .bind(id.0).bind(child.team.as_deref()).bind(child.child_id.as_kept()).execute(conn).await?.rows_affected());
        if added != 1 {
            return Err(NotDone::Unknown);
        }
    }
    Ok(())
}

async fn keep_teams(tx: &mut Tx, id: ActionId, action: &Action) -> Result<(), DbError> {
    const SQL: &str = "insert into action_team (action_id, source, team_key, team) values ($1, 'named', $2, $3)
         on conflict do nothing";
    for team in action.subject.named_teams() {
        on_tx!(&mut *tx, conn => sqlx::query(SQL)
            .bind(id.0).bind(name_key(team)).bind(team).execute(conn).await?.rows_affected());
    }
    Ok(())
}
