//! The demo's surgeries and the actions that come out of them: prepared, held, minuted and closed week by week, as the
//! extracts come. Everything is asked for by the forms of the pages, so that it goes the way of people's own requests:
//! decided by the domain, kept with its audit row, at a time of that week.
//!
//! | module | what it holds |
//! |---|---|
//! | `cast` | who acts, and the clock on the wall |
//! | `timetable` | which surgeries are held when, and what is to become of their actions |
//! | `meeting` | one surgery, from its date to its minutes |
//! | `courses` | what becomes of an action, week by week and in the end |
//! | `words` | what people write |

mod cast;
mod courses;
mod meeting;
mod timetable;
mod words;

use crate::clock::Clock;
use crate::db::{Db, DbError};
use crate::desk::recommendations::NotLoaded;
use crate::desk::surgeries::{NotChanged, PlanningForm};
use crate::store::surgeries as store;
use app::error::PageError;
use cast::Cast;
use chrono::NaiveDate;
use courses::Course;
use domain::calendar::{WorkingDays, add_days};
use domain::ids::{ChildId, SeriesId};
use domain::surgery::Remit;
use std::collections::HashSet;
pub use timetable::newest_extract;
use timetable::{DAYS_TO_MEET, Timetable};

/// Why the demo's people could not meet.
#[derive(Debug, thiserror::Error)]
pub enum NoDemoSurgeries {
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// What was asked for was answered as if there were no such thing, or failed.
    #[error(transparent)]
    Page(#[from] PageError),
    /// The rules refused it.
    #[error("it was refused: {0}")]
    Refused(String),
    /// Somebody or something is not there.
    #[error("the demo has no {0}")]
    Missing(&'static str),
}

impl From<NotChanged> for NoDemoSurgeries {
    fn from(not: NotChanged) -> Self {
        match not {
            NotChanged::Page(error) => Self::Page(error),
            other => Self::Refused(other.to_string()),
        }
    }
}

impl From<NotLoaded> for NoDemoSurgeries {
    fn from(not: NotLoaded) -> Self {
        match not {
            NotLoaded::Page(error) => Self::Page(error),
            other => Self::Refused(other.to_string()),
        }
    }
}

/// The surgeries of the story, as far as they have come.
pub(super) struct Meetings {
    cast: Cast,
    timetable: Timetable,
    calendar: WorkingDays,
    /// The series of each standing meeting, once it is planned.
    series: Vec<Option<SeriesId>>,
    courses: Vec<Course>,
    /// Children of actions, each with the measure: nobody is given the same to do twice.
    given: HashSet<(String, ChildId)>,
    are_recommended: bool,
}

impl Meetings {
    /// Surgeries held on extracts of these dates, shown on the clock's today.
    pub(super) async fn new(db: &Db, clock: &Clock, extracts: &[NaiveDate]) -> Result<Self, NoDemoSurgeries> {
        let calendar = WorkingDays::england();
        let timetable = Timetable::new(extracts, clock.today(), &calendar);
        Ok(Self {
            cast: Cast::of(db).await?,
            series: vec![None; timetable.standings.len()],
            timetable,
            calendar,
            courses: Vec::new(),
            given: HashSet::new(),
            are_recommended: false,
        })
    }

    /// The week after an extract was loaded: what is said of actions, then the surgeries held on it.
    pub(super) async fn week(&mut self, as_at: NaiveDate) -> Result<(), NoDemoSurgeries> {
        self.follow(add_days(as_at, DAYS_TO_MEET - 1)).await?;
        let held: Vec<usize> =
            (0..self.timetable.held.len()).filter(|at| self.timetable.held[*at].as_at == as_at).collect();
        for at in held {
            self.hold(at).await?;
        }
        Ok(())
    }

    /// Makes the series of a standing meeting, with what the plan asks of everybody, the first time it is needed.
    async fn series(&mut self, standing: usize) -> Result<SeriesId, NoDemoSurgeries> {
        if let Some(known) = self.series[standing] {
            return Ok(known);
        }
        if !self.are_recommended {
            self.cast.recommend(words::RECOMMENDATIONS).await?;
            self.are_recommended = true;
        }
        let one = &self.timetable.standings[standing];
        let remit = match &one.series.remit {
            Remit::Service { service } => format!("service:{service}"),
            Remit::Teams { teams } => format!("team:{}", teams.first().map_or("", String::as_str)),
        };
        let form = PlanningForm {
            what: "plan".to_owned(),
            remit,
            leader: self.cast.user(one.leader).await?.id.to_string(),
            day: one.series.first.to_string(),
            rhythm: one.series.rhythm.name().to_owned(),
            ..PlanningForm::default()
        };
        self.cast.plan(one.leader, form).await?;
        let all = store::all_series(&self.cast.state.db).await?;
        let id = all.last().map(|kept| kept.id).ok_or(NoDemoSurgeries::Missing("series"))?;
        self.series[standing] = Some(id);
        Ok(id)
    }
}
