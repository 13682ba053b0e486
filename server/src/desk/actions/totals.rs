//! How the log goes: by Head of Service and by team, now and over months.

use super::people::People;
use crate::desk::{ViewerDesk, failed, words};
use crate::store::actions::{self, By, Standing, Total};
use app::data::LogTotals;
use app::error::PageError;
use chrono::{Datelike as _, NaiveDate};
use domain::action::late_when_due_before;
use domain::calendar::{WorkingDays, minus_months};
use domain::ids::UserId;

/// Months that are shown, this one too.
const MONTHS: u32 = 6;

/// Four tables; none where nothing was ever recorded.
pub(super) async fn tables(desk: &ViewerDesk, people: &People, today: NaiveDate) -> Result<Vec<LogTotals>, PageError> {
    let (db, scope) = (&desk.state.db, &desk.visit.viewer.scope);
    let (from, to) = (month(minus_months(first_of_month(today), MONTHS - 1)), month(today));
    let late_before = late_when_due_before(today, &WorkingDays::england());
    let mut tables = Vec::new();
    for (by, title) in [(By::HeadOfService, "Head of Service"), (By::Team, "Team")] {
        let name = |group: &str| match by {
            By::HeadOfService => group.parse().map_or_else(|_| group.to_owned(), |user| people.name(UserId(user))),
            By::Team => group.to_owned(),
        };
        let standings = actions::standings(db, scope, by, late_before).await.map_err(failed)?;
        let totals = actions::totals(db, scope, by, &from, &to).await.map_err(failed)?;
        if standings.is_empty() {
            continue;
        }
        tables.push(LogTotals {
            caption: format!("By {title}, today"),
            head: [title, "Open", "Late", "To be confirmed", "Closed", "Oldest open", "Open on average for"]
                .map(str::to_owned)
                .to_vec(),
            rows: standings.iter().map(|standing| row(name(&standing.group), standing, today)).collect(),
        });
        tables.push(LogTotals {
            caption: format!("By {title}, month by month"),
            head: [title, "Month", "Opened", "Closed", "Came back", "Withdrawn"].map(str::to_owned).to_vec(),
            rows: totals.iter().map(|total| month_row(name(&total.group), total)).collect(),
        });
    }
    tables.retain(|table| !table.rows.is_empty());
    Ok(tables)
}

fn row(name: String, standing: &Standing, today: NaiveDate) -> Vec<String> {
    let age = |at: Option<chrono::DateTime<chrono::Utc>>| {
        at.map_or_else(|| "–".to_owned(), |at| words::span((today - at.date_naive()).num_days().max(0)))
    };
    let number = |number: u32| words::thousands(u64::from(number));
    vec![
        name,
        number(standing.open),
        number(standing.late),
        number(standing.reported),
        number(standing.closed),
        age(standing.oldest),
        age(standing.mean_recorded),
    ]
}

fn month_row(name: String, total: &Total) -> Vec<String> {
    let number = |number: u32| words::thousands(u64::from(number));
    let first = format!("{}-01", total.month).parse::<NaiveDate>();
    let month = first.map_or_else(|_| total.month.clone(), |first| first.format("%B %Y").to_string());
    vec![name, month, number(total.opened), number(total.closed), number(total.reopened), number(total.withdrawn)]
}

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// As the store has it: `2026-03`.
fn month(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}
