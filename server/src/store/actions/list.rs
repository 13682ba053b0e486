//! Lists of actions: a filter and a scope, page by page.

use super::line::{COLUMNS, Line, Row};
use super::visible;
use crate::db::{Db, DbError, read};
use crate::store::conditions::{Conditions, Value, bind_values, places};
use crate::store::reader::Reader;
use chrono::NaiveDate;
use domain::action::{Level, State};
use domain::ids::{ActionId, RecommendationId, SurgeryId, UserId};
use domain::names::name_key;
use sqlx::AssertSqlSafe;

/// What is asked for; what is not set is not asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The Head of Service who is accountable.
    pub accountable: Option<UserId>,
    /// Who does it.
    pub doer: Option<UserId>,
    /// A team concerned today.
    pub team: Option<String>,
    /// The level.
    pub level: Option<Level>,
    /// The states; none is every state.
    pub states: Vec<State>,
    /// Open and due before this day: late on it.
    pub late_on: Option<NaiveDate>,
    /// Due on this day or before.
    pub due_by: Option<NaiveDate>,
    /// Due on this day or after.
    pub due_from: Option<NaiveDate>,
    /// Somebody else is accountable for it.
    pub not_of: Option<UserId>,
    /// Reported by somebody else, and somebody else is accountable: this person may be the second one.
    pub second: Option<UserId>,
    /// Recorded in a surgery that this person leads.
    pub led_by: Option<UserId>,
    /// The surgery it was recorded in.
    pub surgery: Option<SurgeryId>,
    /// The recommendation it answers.
    pub recommendation: Option<RecommendationId>,
    /// The measure it should move.
    pub measure: Option<String>,
    /// A child it is about, by the council's id.
    pub child: Option<String>,
    /// One of these is accountable; of none there is none.
    pub accountable_among: Option<Vec<UserId>>,
    /// The data has confirmed it for each of its children.
    pub confirmed: bool,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The last recorded first.
    #[default]
    Newest,
    /// The first due first.
    Due,
}

/// Where a page ended: the next one goes on behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    /// The last line's due date.
    pub due: NaiveDate,
    /// The last line's number.
    pub id: ActionId,
}

impl After {
    /// Behind a line.
    #[must_use]
    pub const fn line(line: &Line) -> Self {
        Self { due: line.due, id: line.id }
    }
}

/// What a filter is asked for: databases find lines in order by another way than how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    /// The first lines in this order.
    Lines(Order),
    /// How many.
    Number,
}

/// A team has few actions up to this number: to look at all of them takes less than to look for them among everybody's.
const FEW: u32 = 1_000;

impl Filter {
    fn add_to(&self, conditions: &mut Conditions, asked: For, few: bool) {
        let mut number = |sql: &str, value: Option<i64>| {
            if let Some(value) = value {
                conditions.and(sql, [Value::Number(value)]);
            }
        };
        number("a.accountable = ?", self.accountable.map(|user| user.0));
        number("a.doer_user = ?", self.doer.map(|user| user.0));
        number("a.surgery_id = ?", self.surgery.map(|surgery| surgery.0));
        number("a.accountable <> ?", self.not_of.or(self.second).map(|user| user.0));
        number("a.reported_by <> ?", self.second.map(|user| user.0));
        number(
            "exists (select 1 from surgery s where s.id = a.surgery_id and s.leader = ?)",
            self.led_by.map(|user| user.0),
        );
        number("a.recommendation_id = ?", self.recommendation.map(|recommendation| recommendation.0));
        let mut text = |sql: &str, value: Option<String>| {
            if let Some(value) = value {
                conditions.and(sql, [Value::Text(value)]);
            }
        };
        text("a.level = ?", self.level.map(|level| level.name().to_owned()));
        text("a.measure = ?", self.measure.clone());
        // Whatever is asked for is found soon among everybody's actions, but where the team has few of them.
        let of_team = if few {
            "a.id in (select t.action_id from action_team t where t.team_key = ?)"
        } else {
            "exists (select 1 from action_team t where t.action_id = a.id and t.team_key = ?)"
        };
        text(of_team, self.team.as_deref().map(name_key));
        text(
            "exists (select 1 from action_child c join person p on p.id = c.person_id
              where c.action_id = a.id and p.kind = 'child' and p.source_id = ?)",
            self.child.clone(),
        );
        if !self.states.is_empty() {
            let states = self.states.iter().map(|state| Value::Text(state.name().to_owned()));
            conditions.and(&format!("a.state in ({})", places(self.states.len())), states);
        }
        if let Some(among) = &self.accountable_among {
            match among.len() {
                0 => conditions.and("1 = 0", []),
                many => conditions.and(
                    &format!("a.accountable in ({})", places(many)),
                    among.iter().map(|user| Value::Number(user.0)),
                ),
            }
        }
        if self.confirmed {
            conditions.and(
                "exists (select 1 from action_child c where c.action_id = a.id) and not exists (
                  select 1 from action_child c where c.action_id = a.id and coalesce(c.word, '') <> 'confirmed')",
                [],
            );
        }
        if let Some(day) = self.late_on {
            // The newest first are read from the newest on: a range of due dates would have all of them read and sorted.
            let late = match asked {
                For::Lines(Order::Newest) => "a.state = 'open' and coalesce(a.due, a.first_due) < ?",
                For::Lines(Order::Due) | For::Number => "a.state = 'open' and a.due < ?",
            };
            conditions.and(late, [Value::Date(day)]);
        }
        if let Some(day) = self.due_by {
            conditions.and("a.due <= ?", [Value::Date(day)]);
        }
        if let Some(day) = self.due_from {
            conditions.and("a.due >= ?", [Value::Date(day)]);
        }
    }
}

/// At most `size` lines behind `after`, of those that a reader may read. Ask for one more than are shown, and the answer
/// tells whether there is a next page.
///
/// # Errors
/// When the database fails.
pub async fn page(
    db: &Db,
    reader: &Reader<'_>,
    filter: &Filter,
    order: Order,
    after: Option<After>,
    size: u32,
) -> Result<Vec<Line>, DbError> {
    let Some(mut conditions) = visible_with(reader, filter) else { return Ok(Vec::new()) };
    filter.add_to(&mut conditions, For::Lines(order), has_few(db, filter).await?);
    let by = match order {
        Order::Newest => {
            if let Some(after) = after {
                conditions.and("a.id < ?", [Value::Number(after.id.0)]);
            }
            "a.id desc"
        }
        Order::Due => {
            if let Some(after) = after {
                conditions.and("(a.due, a.id) > (?, ?)", [Value::Date(after.due), Value::Number(after.id.0)]);
            }
            "a.due, a.id"
        }
    };
    let sql = format!("select id, {COLUMNS} from action a where {} order by {by} limit {size}", conditions.sql());
    let rows: Vec<Row> = read!(db, pool => bind_values!(
        sqlx::query_as(AssertSqlSafe(sql)), conditions.values()).fetch_all(pool).await?);
    rows.into_iter().map(Row::line).collect()
}

/// What lets through the actions that a reader may read and a filter does not already keep to those: the actions of a team
/// of the scope are such, and who reads children reads the own ones.
fn visible_with(reader: &Reader<'_>, filter: &Filter) -> Option<Conditions> {
    let of_own_team = filter.team.as_deref().is_some_and(|team| reader.scope.allows_children_of(Some(team)));
    let own = [filter.accountable, filter.doer].contains(&Some(reader.user)) && reader.scope.reads_children();
    if of_own_team || own { Some(Conditions::new()) } else { visible(reader) }
}

/// Whether a filter asks for a team with few actions.
async fn has_few(db: &Db, filter: &Filter) -> Result<bool, DbError> {
    let Some(team) = &filter.team else { return Ok(false) };
    let sql = format!("select count(*) from (select 1 from action_team where team_key = $1 limit {FEW}) of_team");
    let key = name_key(team);
    let found: i64 = read!(db, pool => sqlx::query_scalar(AssertSqlSafe(sql)).bind(key).fetch_one(pool).await?);
    Ok(found < i64::from(FEW))
}

/// The lines of those of these actions that a reader may read, in no order.
///
/// # Errors
/// When the database fails.
pub async fn lines(db: &Db, reader: &Reader<'_>, ids: &[ActionId]) -> Result<Vec<Line>, DbError> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let Some(mut conditions) = visible(reader) else { return Ok(Vec::new()) };
        let listed = format!("a.id in ({})", places(chunk.len()));
        conditions.and(&listed, chunk.iter().map(|id| Value::Number(id.0)));
        let sql = format!("select id, {COLUMNS} from action a where {}", conditions.sql());
        let rows: Vec<Row> = read!(db, pool => bind_values!(
            sqlx::query_as(AssertSqlSafe(sql)), conditions.values()).fetch_all(pool).await?);
        for row in rows {
            found.push(row.line()?);
        }
    }
    Ok(found)
}

/// How many actions a filter finds, counted no further than `most`: "200 or more" takes no longer than 200.
///
/// # Errors
/// When the database fails.
pub async fn count_up_to(db: &Db, reader: &Reader<'_>, filter: &Filter, most: u32) -> Result<u32, DbError> {
    let Some(mut conditions) = visible_with(reader, filter) else { return Ok(0) };
    filter.add_to(&mut conditions, For::Number, has_few(db, filter).await?);
    let sql = format!("select count(*) from (select a.id from action a where {} limit {most}) found", conditions.sql());
    let found: i64 = read!(db, pool => bind_values!(
        sqlx::query_scalar(AssertSqlSafe(sql)), conditions.values()).fetch_one(pool).await?);
    Ok(u32::try_from(found).unwrap_or(most))
}
