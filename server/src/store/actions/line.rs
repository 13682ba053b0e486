//! A line of the action log: what the events have made of one action.

use crate::db::{DbError, from_row};
use crate::store::reader::{inconsistent, moment};
use chrono::{DateTime, NaiveDate, Utc};
use domain::action::{Action, Doer, Level, Priority, State, Subject};
use domain::ids::{ActionId, RecommendationId, SurgeryId, UserId};

/// A line of the log. It names no child.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the action's field of its name")]
pub struct Line {
    pub id: ActionId,
    pub version: u32,
    pub state: State,
    pub level: Level,
    /// The service, of an action at that level.
    pub service: Option<String>,
    pub what: String,
    pub accountable: UserId,
    pub doer: Doer,
    pub due: NaiveDate,
    pub first_due: NaiveDate,
    pub priority: Priority,
    /// The measure it should move.
    pub measure: Option<String>,
    pub recommendation: Option<RecommendationId>,
    pub surgery: Option<SurgeryId>,
    pub recorded_at: DateTime<Utc>,
    pub recorded_by: UserId,
    pub changed_at: DateTime<Utc>,
    /// What changed, when and by whom, as reported.
    pub report: Option<(String, DateTime<Utc>, UserId)>,
    pub closed: Option<(DateTime<Utc>, UserId)>,
    pub reopened: u32,
}

impl Line {
    /// The line of an action.
    #[must_use]
    pub fn of(id: ActionId, action: &Action) -> Self {
        Self {
            id,
            version: action.version,
            state: action.state,
            level: action.subject.level(),
            service: match &action.subject {
                Subject::Service { service, .. } => Some(service.clone()),
                _ => None,
            },
            what: action.what.clone(),
            accountable: action.accountable,
            doer: action.doer.clone(),
            due: action.due,
            first_due: action.first_due,
            priority: action.priority,
            measure: action.aim.as_ref().map(|aim| aim.measure.clone()),
            recommendation: action.recommendation,
            surgery: action.surgery,
            recorded_at: action.recorded_at,
            recorded_by: action.recorded_by,
            changed_at: action.changed_at,
            report: action.report.as_ref().map(|report| (report.what_changed.clone(), report.at, report.by)),
            closed: action.closing.map(|closing| (closing.at, closing.by)),
            reopened: action.reopened,
        }
    }
}

/// The columns of `action`, in the order in which they are bound.
pub(super) const COLUMNS: &str = "version, state, level, service, what, accountable, doer_user, doer_name, due, first_due, \
     priority, measure, recommendation_id, surgery_id, recorded_at, recorded_by, changed_at, report, reported_at, \
     reported_by, closed_at, closed_by, reopened";

/// Binds a line's values in the order of [`COLUMNS`].
macro_rules! bind_line {
    ($query:expr, $line:expr) => {{
        let line: &Line = $line;
        let (doer_user, doer_name) = match &line.doer {
            Doer::User(user) => (Some(user.0), None),
            Doer::Named(name) => (None, Some(name.as_str())),
        };
        $query
            .bind(i64::from(line.version))
            .bind(line.state.name())
            .bind(line.level.name())
            .bind(line.service.as_deref())
            .bind(line.what.as_str())
            .bind(line.accountable.0)
            .bind(doer_user)
            .bind(doer_name)
            .bind(line.due)
            .bind(line.first_due)
            .bind(line.priority.name())
            .bind(line.measure.as_deref())
            .bind(line.recommendation.map(|id| id.0))
            .bind(line.surgery.map(|id| id.0))
            .bind(line.recorded_at.timestamp_millis())
            .bind(line.recorded_by.0)
            .bind(line.changed_at.timestamp_millis())
            .bind(line.report.as_ref().map(|(text, ..)| text.as_str()))
            .bind(line.report.as_ref().map(|(_, at, _)| at.timestamp_millis()))
            .bind(line.report.as_ref().map(|(.., by)| by.0))
            .bind(line.closed.map(|(at, _)| at.timestamp_millis()))
            .bind(line.closed.map(|(_, by)| by.0))
            .bind(i64::from(line.reopened))
    }};
}

pub(super) use bind_line;

pub(super) struct Row {
    id: i64,
    version: i64,
    state: String,
    level: String,
    service: Option<String>,
    what: String,
    accountable: i64,
    doer_user: Option<i64>,
    doer_name: Option<String>,
    due: NaiveDate,
    first_due: NaiveDate,
    priority: String,
    measure: Option<String>,
    recommendation_id: Option<i64>,
    surgery_id: Option<i64>,
    recorded_at: i64,
    recorded_by: i64,
    changed_at: i64,
    report: Option<String>,
    reported_at: Option<i64>,
    reported_by: Option<i64>,
    closed_at: Option<i64>,
    closed_by: Option<i64>,
    reopened: i64,
}

from_row!(Row {
    id,
    version,
    state,
    level,
    service,
    what,
    accountable,
    doer_user,
    doer_name,
    due,
    first_due,
    priority,
    measure,
    recommendation_id,
    surgery_id,
    recorded_at,
    recorded_by,
    changed_at,
    report,
    reported_at,
    reported_by,
    closed_at,
    closed_by,
    reopened,
});

impl Row {
    pub(super) const fn id(&self) -> i64 {
        self.id
    }

    pub(super) fn line(self) -> Result<Line, DbError> {
        let unknown = || inconsistent("an action has a state, level or priority that is not known");
        let doer = match (self.doer_user, self.doer_name) {
            (Some(user), _) => Doer::User(UserId(user)),
            (None, Some(name)) => Doer::Named(name),
            (None, None) => return Err(inconsistent("an action has nobody who does it")),
        };
        let report = match (self.report, self.reported_at, self.reported_by) {
            (Some(text), Some(at), Some(by)) => Some((text, moment(at)?, UserId(by))),
            _ => None,
        };
        let closed = match (self.closed_at, self.closed_by) {
            (Some(at), Some(by)) => Some((moment(at)?, UserId(by))),
            _ => None,
        };
        Ok(Line {
            id: ActionId(self.id),
            version: u32::try_from(self.version).unwrap_or(u32::MAX),
            state: State::from_name(&self.state).ok_or_else(unknown)?,
            level: Level::from_name(&self.level).ok_or_else(unknown)?,
            service: self.service,
            what: self.what,
            accountable: UserId(self.accountable),
            doer,
            due: self.due,
            first_due: self.first_due,
            priority: Priority::from_name(&self.priority).ok_or_else(unknown)?,
            measure: self.measure,
            recommendation: self.recommendation_id.map(RecommendationId),
            surgery: self.surgery_id.map(SurgeryId),
            recorded_at: moment(self.recorded_at)?,
            recorded_by: UserId(self.recorded_by),
            changed_at: moment(self.changed_at)?,
            report,
            closed,
            reopened: u32::try_from(self.reopened).unwrap_or(u32::MAX),
        })
    }
}
