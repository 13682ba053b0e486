//! All lives, in a few cohorts, each made on its own and kept only when some week can see it.

use super::calendar::{Calendar, Day, months_before};
use super::chance::Dice;
use super::lives::{Author, Family, Life, family};
use super::story::Story;
use super::workforce::Workforce;
use rayon::prelude::*;

/// Days before the first week in which front-door lives may begin, so that the county is in full swing by then.
const WARM_UP: Day = 1300;

/// What all lives share.
pub(super) struct Setting {
    pub calendar: Calendar,
    pub story: Story,
    pub workforce: Workforce,
    /// First as-at date.
    pub first: Day,
    /// Last as-at date.
    pub last: Day,
    /// When the first front-door lives begin.
    pub dawn: Day,
}

/// The county's children, and its adopters.
pub(super) struct World {
    pub setting: Setting,
    pub lives: Vec<Life>,
    /// Adoptive families in the process without a child of the county.
    pub families: Vec<Family>,
}

/// A group of lives that begin alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cohort {
    /// In care since before the dawn.
    LongInCare,
    /// Disabled, in need since before the dawn.
    Disabled,
    /// Came of age in care before the first week.
    LeftCare,
    /// Known to early help alone.
    EarlyHelp,
    /// Came through the front door.
    FrontDoor,
}

impl Cohort {
    const ALL: [Self; 5] = [Self::LongInCare, Self::Disabled, Self::LeftCare, Self::EarlyHelp, Self::FrontDoor];

    /// How many of them there are for `children` open at a time, over `days` from dawn to the last day.
    fn size(self, children: u32, days: Day) -> u32 {
        let weeks = f64::from(days) / 7.0;
        let share = match self {
            Self::LongInCare => 0.06,
            Self::Disabled => 0.085,
            Self::LeftCare => 0.09,
            Self::EarlyHelp => 0.0075 * weeks,
            Self::FrontDoor => 0.0276 * weeks,
        };
        (f64::from(children) * share).round() as u32
    }
}

impl World {
    /// Makes the world of about `children` open children between two as-at dates.
    pub(super) fn new(children: u32, seed: u64, first: Day, last: Day) -> Self {
        let dawn = first - WARM_UP;
        let story = Story::new(first, last);
        let setting = Setting {
            calendar: Calendar::new(dawn - 7000, last + 800),
            workforce: Workforce::new(children, seed, &story, (first, last)),
            story,
            first,
            last,
            dawn,
        };
        let mut lives = Vec::new();
        let mut id = 100_000;
        for (cohort, stream) in Cohort::ALL.into_iter().zip(1..) {
            let size = cohort.size(children, last - dawn);
            let made = (0..size).into_par_iter().filter_map(|index| {
                let dice = Dice::new(seed, stream, u64::from(index));
                live(&setting, cohort, id + index, f64::from(index) / f64::from(size), dice)
            });
            lives.par_extend(made);
            id += size;
        }
        let families = (0..children / 90 + 1).map(|index| family(&setting, seed, index)).collect();
        Self { setting, lives, families }
    }
}

/// One life; `position` spreads a cohort evenly over its time.
fn live(setting: &Setting, cohort: Cohort, id: u32, position: f64, dice: Dice) -> Option<Life> {
    let span = f64::from(setting.last - setting.dawn);
    let arrival = setting.dawn + (span * position) as Day;
    let mut author = Author::new(setting, id, dice);
    match cohort {
        Cohort::LongInCare => author.long_in_care(),
        Cohort::Disabled => author.long_disabled(),
        Cohort::LeftCare => author.left_care(),
        Cohort::EarlyHelp => author.early_help_alone(arrival),
        Cohort::FrontDoor => author.front_door(arrival),
    }
    author.finish(months_before(setting.first, 6))
}
