//! Which units are asked for: dates, standards, and a service, team or worker.

use crate::council::Council;
use crate::reading::{NO_SERVICE, NO_TEAM};
use chrono::NaiveDate;
use domain::measures::Period;
use domain::names::name_key;
use domain::organisation::Organisation;
use domain::standards::{BadSetting, Standards};

/// What is asked for, in the asker's words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ask {
    /// First day of the period.
    pub from: Option<NaiveDate>,
    /// Last day of the period.
    pub to: Option<NaiveDate>,
    /// Standards to ask with, once: name and value.
    pub standards: Vec<(String, String)>,
}

/// A question that makes no sense, and what would.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadAsk {
    /// A period that ends after the as-at date.
    #[error("the period ends on {to}, after the as-at date {as_at}: nothing is known of those days. Ask up to {as_at}")]
    AfterAsAt {
        /// The end asked for.
        to: NaiveDate,
        /// The as-at date.
        as_at: NaiveDate,
    },
    /// A period that ends before it begins.
    #[error("the period begins on {from} and ends on {to}, before it begins")]
    Backwards {
        /// Its first day.
        from: NaiveDate,
        /// Its last day.
        to: NaiveDate,
    },
    /// A setting that cannot be.
    #[error(transparent)]
    Setting(#[from] BadSetting),
}

/// Dates and standards settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The period.
    pub period: Period,
    /// The standards.
    pub standards: Standards,
}

impl Asked {
    /// Settles what is asked of a council.
    ///
    /// # Errors
    /// When the period or a setting makes no sense.
    pub fn of(council: &Council, ask: &Ask) -> Result<Self, BadAsk> {
        let as_at = council.as_at();
        let standard = council.period();
        let period = Period { from: ask.from.unwrap_or(standard.from), to: ask.to.unwrap_or(standard.to) };
        if period.to > as_at {
            return Err(BadAsk::AfterAsAt { to: period.to, as_at });
        }
        if period.from > period.to {
            return Err(BadAsk::Backwards { from: period.from, to: period.to });
        }
        let mut standards = council.standards.clone();
        for (name, value) in &ask.standards {
            standards.set(name, value)?;
        }
        Ok(Self { period, standards })
    }

    /// Whether the stored facts and tallies answer it: the default period and the standards in force.
    #[must_use]
    pub fn is_stored(&self, council: &Council) -> bool {
        self.period == council.period() && self.standards == council.standards
    }
}

/// A service, team or worker, or all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// A service, or "(no service)".
    pub service: Option<String>,
    /// A team, or "(no team)".
    pub team: Option<String>,
    /// A worker, or "(no worker)".
    pub worker: Option<String>,
}

impl Selection {
    /// Whether units of this team are selected.
    #[must_use]
    pub fn has_team(&self, organisation: &Organisation, team: Option<&str>) -> bool {
        names_match(self.team.as_deref(), team, NO_TEAM)
            && (self.service.is_none()
                || names_match(self.service.as_deref(), team.and_then(|team| organisation.service(team)), NO_SERVICE))
    }
}

fn names_match(wanted: Option<&str>, name: Option<&str>, none: &str) -> bool {
    match wanted {
        None => true,
        Some(wanted) => match name {
            Some(name) => name_key(wanted) == name_key(name),
            None => name_key(wanted) == none,
        },
    }
}
