//! Surgeries that come: those to lead, to attend and to prepare, those of series that nobody has opened yet among them.

use super::Around;
use crate::db::DbError;
use crate::store::reader::Reader;
use crate::store::surgeries::{self, Window};
use chrono::NaiveDate;
use domain::calendar::{add_days, minus_days};
use domain::ids::{SeriesId, SurgeryId, UserId};
use domain::scope::Role;
use domain::surgery::{Change, Remit, Stage, sittings};

/// How long an unprepared surgery is still told of after its day (calendar days).
const PAST: u32 = 14;

/// A surgery that comes, opened or only a day of its series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coming {
    /// Its number, or its series and the day of the series.
    pub id: Result<SurgeryId, (SeriesId, NaiveDate)>,
    /// When.
    pub day: NaiveDate,
    /// About what.
    pub remit: Remit,
    /// Who leads it.
    pub leader: UserId,
    /// Where it stands.
    pub stage: Stage,
}

impl Coming {
    /// A stable name: "surgery-5", "series-2-2026-03-10".
    #[must_use]
    pub fn name(&self) -> String {
        match self.id {
            Ok(id) => format!("surgery-{}", id.0),
            Err((series, day)) => format!("series-{}-{day}", series.0),
        }
    }

    /// Its address; a day of a series is opened on the list.
    #[must_use]
    pub fn path(&self) -> String {
        match self.id {
            Ok(id) => format!("/surgeries/{}", id.0),
            Err(_) => "/surgeries".to_owned(),
        }
    }
}

/// The surgeries of a window that the person may read and that are not called off, by day.
///
/// # Errors
/// When the database fails.
pub async fn coming(around: &Around<'_>, from: NaiveDate, to: NaiveDate) -> Result<Vec<Coming>, DbError> {
    let db = &around.state.db;
    let scope = &around.visit.viewer.scope;
    let reader = Reader { user: around.user(), scope };
    let opened = surgeries::list(db, &reader, Window { from, to }).await?;
    let mut coming: Vec<Coming> = opened
        .into_iter()
        .filter(|line| line.stage != Stage::Cancelled)
        .map(|line| Coming {
            id: Ok(line.id),
            day: line.date,
            remit: line.remit,
            leader: line.leader,
            stage: line.stage,
        })
        .collect();
    let from = from.max(around.today);
    let changes = surgeries::changes_between(db, minus_days(from, PAST), add_days(to, PAST)).await?;
    for kept in surgeries::all_series(db).await? {
        let teams = kept.series.remit.teams(&around.organisation);
        if kept.leader != around.user() && !teams.iter().any(|team| scope.allows_children_of(Some(team))) {
            continue;
        }
        let changes: Vec<Change> =
            changes.iter().filter(|(series, _)| *series == kept.id).map(|(_, change)| *change).collect();
        for sitting in sittings(&kept.series, (from, to), &changes, &around.calendar) {
            if changes.iter().any(|change| change.original == sitting.original) {
                continue;
            }
            coming.push(Coming {
                id: Err((kept.id, sitting.original)),
                day: sitting.on,
                remit: kept.series.remit.clone(),
                leader: kept.leader,
                stage: Stage::Planned,
            });
        }
    }
    coming.sort_by_key(|one| one.day);
    Ok(coming)
}

/// Those not prepared that the person leads, or as an analyst prepares, within the standard's working days.
pub(super) async fn to_prepare(around: &Around<'_>) -> Result<Vec<Coming>, DbError> {
    let days = around.standards.surgery_prepare_working_days;
    let leads = around.holds(Role::Director) || around.holds(Role::HeadOfService);
    let prepares = around.holds(Role::Analyst);
    if days == 0 || !(leads || prepares) {
        return Ok(Vec::new());
    }
    let last = around.calendar.due(around.today, days);
    let mut coming = coming(around, minus_days(around.today, PAST), last).await?;
    coming.retain(|one| one.stage == Stage::Planned && (prepares || one.leader == around.user()));
    Ok(coming)
}

/// Whether the person leads or attends: who leads it, the Head of Service and the manager of a team concerned; of a
/// service's surgery the analysts too.
#[must_use]
pub fn attends(around: &Around<'_>, one: &Coming) -> bool {
    let teams = one.remit.teams(&around.organisation);
    let over = |role| {
        let scope = around.scope_as(role);
        teams.iter().any(|team| scope.allows_children_of(Some(team)))
    };
    one.leader == around.user()
        || over(Role::HeadOfService)
        || over(Role::TeamManager)
        || (matches!(one.remit, Remit::Service { .. }) && over(Role::Analyst))
}
