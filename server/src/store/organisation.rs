//! The organisation: which team belongs where.

mod loads;

pub use loads::{TakenBack, load, take_back};

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use crate::store::rows_a_statement;
use chrono::NaiveDate;
use domain::organisation::TeamPlace;
use sqlx::QueryBuilder;

struct PlaceRow {
    team: String,
    team_type: Option<String>,
    locality: Option<String>,
    service: String,
    head_of_service: String,
    head_of_service_email: Option<String>,
    director: Option<String>,
    team_manager: Option<String>,
    team_manager_email: Option<String>,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
}

from_row!(PlaceRow {
    team,
    team_type,
    locality,
    service,
    head_of_service,
    head_of_service_email,
    director,
    team_manager,
    team_manager_email,
    valid_from,
    valid_to
});

const LINES: &str = "select team, team_type, locality, service, head_of_service, head_of_service_email, director,
     team_manager, team_manager_email, valid_from, valid_to from organisation order by id";

impl PlaceRow {
    fn line(self) -> TeamPlace {
        TeamPlace {
            team: self.team,
            team_type: self.team_type,
            locality: self.locality,
            service: self.service,
            head_of_service: self.head_of_service,
            head_of_service_email: self.head_of_service_email,
            director: self.director,
            team_manager: self.team_manager,
            team_manager_email: self.team_manager_email,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
        }
    }
}

/// Every line of the organisation in its order.
///
/// # Errors
/// When the database fails.
pub async fn lines(db: &Db) -> Result<Vec<TeamPlace>, DbError> {
    let rows: Vec<PlaceRow> = read!(db, pool => sqlx::query_as(LINES).fetch_all(pool).await?);
    Ok(rows.into_iter().map(PlaceRow::line).collect())
}

/// The same within a transaction.
async fn lines_in(tx: &mut Tx) -> Result<Vec<TeamPlace>, DbError> {
    let rows: Vec<PlaceRow> = on_tx!(tx, conn => sqlx::query_as(LINES).fetch_all(conn).await?);
    Ok(rows.into_iter().map(PlaceRow::line).collect())
}

/// Replaces the organisation by the lines of a new `organisation.csv`, which carries its own dates.
///
/// # Errors
/// When the database fails.
pub async fn replace(tx: &mut Tx, lines: &[TeamPlace]) -> Result<(), DbError> {
    on_tx!(&mut *tx, conn => sqlx::query("delete from organisation").execute(conn).await?.rows_affected());
    let numbered: Vec<(i64, &TeamPlace)> = (1..).zip(lines).collect();
    for chunk in numbered.chunks(rows_a_statement(12)) {
        on_tx!(&mut *tx, conn => {
            let mut insert = QueryBuilder::new(
                "insert into organisation (id, team, team_type, locality, service, head_of_service,
                 head_of_service_email, director, team_manager, team_manager_email, valid_from, valid_to) ",
            );
            insert.push_values(chunk, |mut row, (id, line)| {
                row.push_bind(*id)
                    .push_bind(line.team.clone())
                    .push_bind(line.team_type.clone())
                    .push_bind(line.locality.clone())
                    .push_bind(line.service.clone())
                    .push_bind(line.head_of_service.clone())
                    .push_bind(line.head_of_service_email.clone())
                    .push_bind(line.director.clone())
                    .push_bind(line.team_manager.clone())
                    .push_bind(line.team_manager_email.clone())
                    .push_bind(line.valid_from)
                    .push_bind(line.valid_to);
            });
            insert.build().execute(conn).await?.rows_affected()
        });
    }
    Ok(())
}
