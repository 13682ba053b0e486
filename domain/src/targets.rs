//! Targets: what a measure should reach, set by the council from a date for everything, a service or a team.
//!
//! Like a standard, a target is a dated setting: a figure as at a past date stands beside the target of that date. What
//! was never set falls back on the target that the measure itself carries ([`Measure::target`]).

use crate::look_ahead::{Share, is_on_target};
use crate::measures::figure::Figure;
use crate::measures::{Counting, Measure, Polarity};
use crate::names::name_key;
use crate::scope::Area;
use chrono::NaiveDate;

/// What a measure should reach, exact to the last digit written: a share from 0 to 1, or children per worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aim {
    /// At least this where higher is better, at most this where lower is.
    pub value: Share,
    /// How far off the target still counts as close to it, in the same unit.
    pub tolerance: Share,
}

/// How a figure stands to its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// It meets it.
    On,
    /// It misses it by no more than the tolerance.
    Close,
    /// It misses it.
    Off,
}

/// A target that cannot be: what is wrong and what would do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadTarget {
    /// Neither direction is good.
    #[error("{0} has no good side, so it can have no target: take the line out")]
    Neutral(&'static str),
    /// No share.
    #[error("a share is needed from 0% to 100%: write 95% or 0.95")]
    Share,
    /// No number of children per worker.
    #[error("a number of children per worker is needed, from 0 to 1,000: write 16 or 15.5")]
    Ratio,
}

impl Aim {
    /// Reads a target as people write it: `95%` or `0.95` for a share, `15.5` for children per worker. A blank tolerance
    /// is none.
    ///
    /// # Errors
    /// When the measure can have no target, or one of the two is no such number.
    pub fn read(measure: &Measure, value: &str, tolerance: &str) -> Result<Self, BadTarget> {
        if measure.polarity == Polarity::Neutral {
            return Err(BadTarget::Neutral(measure.id));
        }
        let tolerance = tolerance.trim();
        let tolerance = if tolerance.is_empty() { "0" } else { tolerance };
        Ok(Self { value: number(measure, value)?, tolerance: number(measure, tolerance)? })
    }

    /// How a figure stands to it; `None` where there is no figure or neither direction is good.
    #[must_use]
    pub fn judge(&self, figure: Figure, polarity: Polarity) -> Option<Against> {
        if is_on_target(figure, self.value, polarity)? {
            return Some(Against::On);
        }
        let edge = match polarity {
            Polarity::High => self.value.less(self.tolerance),
            Polarity::Low | Polarity::Neutral => self.value.plus(self.tolerance),
        };
        Some(if is_on_target(figure, edge, polarity)? { Against::Close } else { Against::Off })
    }
}

fn number(measure: &Measure, text: &str) -> Result<Share, BadTarget> {
    match measure.counting {
        Counting::ChildrenPerWorker => {
            text.parse().ok().filter(|value: &Share| value.value() <= 1000.0).ok_or(BadTarget::Ratio)
        }
        Counting::Units | Counting::WorkersAboveLimit => {
            let share = match text.trim().strip_suffix('%') {
                Some(hundredths) => hundredths.parse().ok().and_then(Share::hundredth),
                None => text.parse().ok(),
            };
            share.filter(|share| share.value() <= 1.0).ok_or(BadTarget::Share)
        }
    }
}

/// A target set from a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedTarget {
    /// The measure's id.
    pub measure: String,
    /// For everything, one service or one team.
    pub area: Area,
    /// What to reach; `None` takes the area's target back, and the next wider one counts again.
    pub aim: Option<Aim>,
    /// The first as-at date that stands beside it.
    pub applies_from: NaiveDate,
}

impl DatedTarget {
    /// Whether both are targets of the same measure and area; names are the same as everywhere else.
    #[must_use]
    pub fn is_of_same(&self, other: &Self) -> bool {
        self.measure == other.measure && is_same_area(&self.area, &other.area)
    }
}

fn is_same_area(one: &Area, other: &Area) -> bool {
    match (one, other) {
        (Area::All, Area::All) => true,
        (Area::Service(one), Area::Service(other)) | (Area::Team(one), Area::Team(other)) => {
            name_key(one) == name_key(other)
        }
        _ => false,
    }
}

/// Where a target comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The measure's own, in words.
    Default(&'static str),
    /// Set by the council.
    Set {
        /// For which area.
        area: Area,
        /// From which date.
        since: NaiveDate,
    },
}

/// A target in force somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetInForce {
    /// What to reach.
    pub aim: Aim,
    /// Where it comes from.
    pub origin: Origin,
}

/// The targets in force on one date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Targets {
    settings: Vec<DatedTarget>,
}

impl Targets {
    /// Of each measure and area the target set from the latest date up to `date`; of two set from the same date the
    /// later in the list.
    #[must_use]
    pub fn on(date: NaiveDate, settings: impl IntoIterator<Item = DatedTarget>) -> Self {
        let mut in_force: Vec<DatedTarget> = Vec::new();
        for setting in settings.into_iter().filter(|setting| setting.applies_from <= date) {
            match in_force.iter_mut().find(|other| other.is_of_same(&setting)) {
                Some(other) if other.applies_from <= setting.applies_from => *other = setting,
                Some(_) => {}
                None => in_force.push(setting),
            }
        }
        in_force.retain(|setting| setting.aim.is_some());
        Self { settings: in_force }
    }

    /// Those that the council set, in the order they were first set.
    pub fn set(&self) -> impl Iterator<Item = &DatedTarget> {
        self.settings.iter()
    }

    /// The one target that counts for a measure: the team's, else its service's, else the council's for everything, else
    /// the measure's own.
    #[must_use]
    pub fn in_force(&self, measure: &Measure, team: Option<&str>, service: Option<&str>) -> Option<TargetInForce> {
        let areas = [
            team.map(|team| Area::Team(team.to_owned())),
            service.map(|service| Area::Service(service.to_owned())),
            Some(Area::All),
        ];
        let set = areas.into_iter().flatten().find_map(|area| self.set_for(measure, &area));
        set.or_else(|| {
            let own = measure.target?;
            let aim = Aim { value: Share::from_float(own.value).ok()?, tolerance: Share::NOTHING };
            Some(TargetInForce { aim, origin: Origin::Default(own.source) })
        })
    }

    fn set_for(&self, measure: &Measure, area: &Area) -> Option<TargetInForce> {
        let mut of_measure = self.settings.iter().filter(|setting| setting.measure == measure.id);
        let setting = of_measure.find(|setting| is_same_area(&setting.area, area))?;
        let origin = Origin::Set { area: setting.area.clone(), since: setting.applies_from };
        Some(TargetInForce { aim: setting.aim?, origin })
    }
}
