//! Where people cut control charts, each with a reason. Appended to, never changed: taking one back is a row too.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use crate::store::areas;
use chrono::NaiveDate;
use domain::names::name_key;
use domain::scope::Area;

/// A cut that is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebase {
    /// Its number.
    pub id: i64,
    /// What it cuts.
    pub cut: Cut,
    /// Why.
    pub reason: String,
    /// The person's name, or the account's where there is none.
    pub set_by: String,
    /// When it was set, in milliseconds since 1970 UTC.
    pub set_at: i64,
}

/// Which chart is cut, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The measure's id.
    pub measure: String,
    /// The chart: of the whole council, of a service or of a team. No other chart of the measure is cut by it.
    pub area: Area,
    /// The first date of the new segment.
    pub applies_from: NaiveDate,
}

/// A row to be added.
#[derive(Debug, Clone, Copy)]
pub struct NewRebase<'a> {
    /// What it cuts.
    pub cut: &'a Cut,
    /// Why.
    pub reason: &'a str,
    /// Who: the account's user name.
    pub set_by: &'a str,
    /// When, in milliseconds since 1970 UTC.
    pub set_at: i64,
    /// The number of the one that it takes back.
    pub takes_back: Option<i64>,
}

impl Cut {
    /// Whether it cuts this chart; names are the same as teams' names are.
    #[must_use]
    pub fn is_of(&self, measure: &str, area: &Area) -> bool {
        self.measure == measure
            && match (&self.area, area) {
                (Area::All, Area::All) => true,
                (Area::Service(one), Area::Service(other)) | (Area::Team(one), Area::Team(other)) => {
                    name_key(one) == name_key(other)
                }
                _ => false,
            }
    }
}

struct Row {
    id: i64,
    measure: String,
    area_kind: String,
    area_name: Option<String>,
    applies_from: NaiveDate,
    reason: String,
    set_by: String,
    set_at: i64,
}

from_row!(Row { id, measure, area_kind, area_name, applies_from, reason, set_by, set_at });

impl Row {
    fn rebase(self) -> Result<Rebase, DbError> {
        let unknown = || DbError::Inconsistent("a rebase has an area that is not known".to_owned());
        let area = areas::of_columns(&self.area_kind, self.area_name).ok_or_else(unknown)?;
        let cut = Cut { measure: self.measure, area, applies_from: self.applies_from };
        Ok(Rebase { id: self.id, cut, reason: self.reason, set_by: self.set_by, set_at: self.set_at })
    }
}

const IN_FORCE: &str = "select r.id, r.measure, r.area_kind, r.area_name, r.applies_from, r.reason,
     coalesce(u.full_name, r.set_by) as set_by, r.set_at
     from rebase r left join app_user u on u.user_name = r.set_by
     where r.takes_back is null and not exists (select 1 from rebase b where b.takes_back = r.id) order by r.id";

/// Every cut that was not taken back, in the order they were made.
///
/// # Errors
/// When the database fails.
pub async fn in_force(db: &Db) -> Result<Vec<Rebase>, DbError> {
    let rows: Vec<Row> = read!(db, pool => sqlx::query_as(IN_FORCE).fetch_all(pool).await?);
    rows.into_iter().map(Row::rebase).collect()
}

/// The same within a transaction.
async fn in_force_in(tx: &mut Tx) -> Result<Vec<Rebase>, DbError> {
    let rows: Vec<Row> = on_tx!(tx, conn => sqlx::query_as(IN_FORCE).fetch_all(conn).await?);
    rows.into_iter().map(Row::rebase).collect()
}

/// Adds a row. Answers whether it was added: a chart is cut once on a date, and a cut can be taken back once.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, new: &NewRebase<'_>) -> Result<bool, DbError> {
    const SQL: &str = "insert into rebase
         (measure, area_kind, area_name, applies_from, reason, set_by, set_at, takes_back)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing";
    let is_same = |other: &Rebase| {
        other.cut.applies_from == new.cut.applies_from && other.cut.is_of(&new.cut.measure, &new.cut.area)
    };
    if new.takes_back.is_none() && in_force_in(tx).await?.iter().any(is_same) {
        return Ok(false);
    }
    let (kind, name) = areas::columns(&new.cut.area);
    let added = on_tx!(tx, conn => sqlx::query(SQL)
        .bind(&new.cut.measure).bind(kind).bind(name).bind(new.cut.applies_from).bind(new.reason).bind(new.set_by)
        .bind(new.set_at).bind(new.takes_back).execute(conn).await?.rows_affected());
    Ok(added == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_is_of_one_chart_alone() {
        let cut = |area| Cut { measure: "CPP-01".to_owned(), area, applies_from: NaiveDate::MIN };
        let team = cut(Area::Team("North 1".to_owned()));
        assert!(team.is_of("CPP-01", &Area::Team("north  1".to_owned())));
        assert!(!team.is_of("CPP-02", &Area::Team("North 1".to_owned())));
        assert!(!team.is_of("CPP-01", &Area::Service("North 1".to_owned())));
        assert!(!team.is_of("CPP-01", &Area::All));
        assert!(cut(Area::All).is_of("CPP-01", &Area::All));
        assert!(!cut(Area::All).is_of("CPP-01", &Area::Team("North 1".to_owned())));
    }
}
