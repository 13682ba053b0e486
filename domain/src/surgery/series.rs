//! When surgeries are held.

use crate::calendar::{WorkingDays, add_days};
use crate::names::name_key;
use crate::organisation::Organisation;
use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// What a surgery is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "kebab-case")]
pub enum Remit {
    /// A service area: led by a Director.
    Service {
        /// Its name.
        service: String,
    },
    /// One team or more: led by a Head of Service.
    Teams {
        /// At least one.
        teams: Vec<String>,
    },
}

impl Remit {
    /// Its teams on the date of the organisation.
    #[must_use]
    pub fn teams(&self, organisation: &Organisation) -> Vec<String> {
        match self {
            Self::Service { service } => {
                let of = |place: &&crate::organisation::TeamPlace| name_key(&place.service) == name_key(service);
                organisation.teams().filter(of).map(|place| place.team.clone()).collect()
            }
            Self::Teams { teams } => teams.clone(),
        }
    }

    /// How often such surgeries are held where nothing else is decided: monthly for a service, fortnightly for teams.
    #[must_use]
    pub const fn usual_rhythm(&self) -> Rhythm {
        match self {
            Self::Service { .. } => Rhythm::Monthly,
            Self::Teams { .. } => Rhythm::Fortnightly,
        }
    }
}

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rhythm {
    /// Every second week, on the weekday of the first.
    Fortnightly,
    /// Every month, on the same weekday of the month as the first: "the second Tuesday". A fifth is the last.
    Monthly,
}

impl Rhythm {
    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fortnightly => "fortnightly",
            Self::Monthly => "monthly",
        }
    }

    /// The rhythm of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Fortnightly, Self::Monthly].into_iter().find(|rhythm| rhythm.name() == name)
    }

    /// The day so many turns after the first; `None` past the end of time.
    fn turn(self, first: NaiveDate, turn: u32) -> Option<NaiveDate> {
        match self {
            Self::Fortnightly => Some(add_days(first, turn.checked_mul(14)?)).filter(|day| *day != NaiveDate::MAX),
            Self::Monthly => {
                let month = first.with_day(1)?.checked_add_months(chrono::Months::new(turn))?;
                let week = u8::try_from((first.day() - 1) / 7 + 1).ok()?;
                nth_weekday(month, first.weekday(), week)
            }
        }
    }
}

/// The `n`th of a weekday in the month that begins on `month`; the fourth where there is no fifth.
fn nth_weekday(month: NaiveDate, weekday: Weekday, n: u8) -> Option<NaiveDate> {
    let nth = |n| NaiveDate::from_weekday_of_month_opt(month.year(), month.month(), weekday, n);
    nth(n).or_else(|| nth(n - 1))
}

/// A standing meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// What it is about.
    pub remit: Remit,
    /// How often.
    pub rhythm: Rhythm,
    /// The first day.
    pub first: NaiveDate,
    /// The last day on which one may fall; `None` goes on.
    pub last: Option<NaiveDate>,
}

/// A date changed by a person, named by the day that the rhythm gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The day of the rhythm.
    pub original: NaiveDate,
    /// The new day; `None` cancels it.
    pub to: Option<NaiveDate>,
}

/// One date of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sitting {
    /// The day of the rhythm: its name, whatever became of it.
    pub original: NaiveDate,
    /// The day it is held on.
    pub on: NaiveDate,
    /// Whether a person moved it.
    pub moved: bool,
}

/// Turns looked at before giving up: 40 years of fortnights.
const MOST_TURNS: u32 = 1_040;

/// The sittings of a series that are held from `from` to `to`, both included, in the order of their days. One that falls
/// on a weekend or a bank holiday is held on the next working day; where a person moved it to is left as it is.
#[must_use]
pub fn sittings(
    series: &Series,
    (from, to): (NaiveDate, NaiveDate),
    changes: &[Change],
    calendar: &WorkingDays,
) -> Vec<Sitting> {
    // One of a later turn may have been moved forward into the window.
    let furthest = changes.iter().map(|change| change.original).max().map_or(to, |original| original.max(to));
    let mut sittings: Vec<Sitting> = (0..MOST_TURNS)
        .map_while(|turn| series.rhythm.turn(series.first, turn))
        .take_while(|day| *day <= furthest && series.last.is_none_or(|last| *day <= last))
        .filter_map(|original| match changes.iter().rev().find(|change| change.original == original) {
            Some(Change { to, .. }) => to.map(|on| Sitting { original, on, moved: true }),
            None => Some(Sitting { original, on: on_a_working_day(original, calendar), moved: false }),
        })
        .filter(|sitting| (from..=to).contains(&sitting.on))
        .collect();
    sittings.sort_by_key(|sitting| (sitting.on, sitting.original));
    sittings
}

/// The day, or the next working day.
fn on_a_working_day(day: NaiveDate, calendar: &WorkingDays) -> NaiveDate {
    if calendar.is_working_day(day) { day } else { calendar.due(day, 1) }
}
