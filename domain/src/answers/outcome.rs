//! Whether later extracts bear an answer out.
//!
//! Columns hold the latest visit alone, so one visit can hide another. What an extract shows is read so:
//!
//! | answer | came true | did not | neither |
//! |---|---|---|---|
//! | done on a day | an extract holds that very day, however late (confirmed); or, when proof is due, another day after the last on record and up to the day of the answer (another date) | proof is due and neither is there | the column went on to a day after the answer first (overtaken) |
//! | booked | an extract holds a day from the day of the answer to `answer_booked_working_days` after the day booked | proof is due and it is not there | the column went on to a later day first |
//! | record is wrong | an extract alters the record, ends or drops it, or adds an act before the answer | proof is due and it says the same | |
//! | not ours | an extract shows another team | proof is due and it shows the same team | the row ended or is gone |
//! | not done | needs no proof, and stands | an extract shows that it was done by the day of the answer | |
//!
//! Proof is due in the first extract as at more than `answer_proof_working_days` after the answer (after the last day on
//! which a booking can come true).

use super::{Act, Said};
use crate::calendar::WorkingDays;
use crate::change::{Row, Span, alterations, pairs};
use crate::names::name_key;
use crate::standards::Standards;
use chrono::NaiveDate;

/// An answer, as its outcome depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given<'a> {
    /// What was said.
    pub said: &'a Said,
    /// The day it was said.
    pub on: NaiveDate,
    /// The latest act on record then; `None` where there was none.
    pub last: Option<NaiveDate>,
}

/// What a later extract shows of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sighting {
    /// The extract's date.
    pub as_at: NaiveDate,
    /// Whether the unit's row is there.
    pub is_there: bool,
    /// Whether it has ended since.
    pub has_ended: bool,
    /// The latest act on it.
    pub act: Option<NaiveDate>,
    /// Whether another team holds it.
    pub has_moved: bool,
    /// Whether the row was altered in retrospect.
    pub is_altered: bool,
}

/// What came of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// No extract can tell yet.
    Waiting,
    /// It came true, as an extract shows.
    Confirmed {
        /// The first extract that shows it.
        by: NaiveDate,
    },
    /// It was done before the answer, on another day.
    AnotherDate {
        /// That day.
        on: NaiveDate,
    },
    /// It did not come true.
    NotConfirmed {
        /// The extract that should have shown it, or shows otherwise.
        by: NaiveDate,
    },
    /// What came later hides it: nobody can tell any more.
    Overtaken {
        /// The first extract with what came later.
        by: NaiveDate,
    },
    /// There is nothing to prove.
    Stands,
}

impl Outcome {
    /// In a word or two.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting for the next extracts",
            Self::Confirmed { .. } => "Confirmed",
            Self::AnotherDate { .. } => "Done on another date",
            Self::NotConfirmed { .. } => "Not confirmed",
            Self::Overtaken { .. } => "Overtaken",
            Self::Stands => "Stands",
        }
    }

    /// Whether the answer came true; `None` where that is not known, or there is nothing to know.
    #[must_use]
    pub const fn came_true(self) -> Option<bool> {
        match self {
            Self::Confirmed { .. } | Self::AnotherDate { .. } => Some(true),
            Self::NotConfirmed { .. } => Some(false),
            Self::Waiting | Self::Overtaken { .. } | Self::Stands => None,
        }
    }
}

/// What an extract shows of the unit that stood in a place of the child's rows on an earlier day. The rows are those of
/// the act's list; `span` runs from the earlier day to the extract's.
#[must_use]
pub fn sighting(act: &Act, (then, place): (&[Row], usize), now: &[Row], span: Span) -> Sighting {
    let was = then.get(place);
    let found = pairs(then, now, span.from).into_iter().find(|(one, _)| *one == place).and_then(|(_, it)| now.get(it));
    let team = |row: &Row| row.held().team.as_deref().map(name_key);
    Sighting {
        as_at: span.to,
        is_there: found.is_some(),
        has_ended: found.is_some_and(|row| row.end().is_some_and(|end| end <= span.to)),
        // A day to come is a plan, or a slip of the pen.
        act: found.and_then(|row| act.on(row)).filter(|day| *day <= span.to),
        has_moved: found.zip(was).is_some_and(|(row, was)| team(row) != team(was)),
        is_altered: alterations(then, now, span, |_, _| span.from).iter().any(|alteration| alteration.before == place),
    }
}

/// Whether a later extract shows that it was done after `last`, the latest on record, and by a day.
#[must_use]
pub fn shows_an_act_by(later: &[Sighting], last: Option<NaiveDate>, by: NaiveDate) -> Option<NaiveDate> {
    later.iter().find_map(|sighting| sighting.act.filter(|day| *day <= by && last.is_none_or(|last| last < *day)))
}

/// What came of an answer, by the extracts after the one it was given on, oldest first. The standards are those in force
/// on the day of the answer.
#[must_use]
pub fn outcome(given: &Given<'_>, later: &[Sighting], standards: &Standards, calendar: &WorkingDays) -> Outcome {
    let proof_due = |from| calendar.due(from, standards.answer_proof_working_days);
    match given.said {
        Said::Done { on } => of_done(given, *on, later, proof_due(given.on)),
        Said::Booked { on } => {
            let last_day = calendar.due(*on, standards.answer_booked_working_days);
            of_booked(given, last_day, later, proof_due(last_day))
        }
        Said::RecordWrong { .. } => of_change(later, proof_due(given.on), |sighting| {
            let is_otherwise = !sighting.is_there
                || sighting.has_ended
                || sighting.is_altered
                || shows_an_act_by(&[*sighting], given.last, given.on).is_some();
            is_otherwise.then_some(Outcome::Confirmed { by: sighting.as_at })
        }),
        Said::NotOurs { .. } => of_change(later, proof_due(given.on), |sighting| match sighting {
            Sighting { has_moved: true, as_at, .. } => Some(Outcome::Confirmed { by: *as_at }),
            Sighting { is_there: false, as_at, .. } | Sighting { has_ended: true, as_at, .. } => {
                Some(Outcome::Overtaken { by: *as_at })
            }
            _ => None,
        }),
        Said::NotDone { .. } => later
            .iter()
            .find(|sighting| shows_an_act_by(&[**sighting], given.last, given.on).is_some())
            .map_or(Outcome::Stands, |sighting| Outcome::NotConfirmed { by: sighting.as_at }),
    }
}

fn of_done(given: &Given<'_>, on: NaiveDate, later: &[Sighting], proof_due: NaiveDate) -> Outcome {
    if let Some(sighting) = later.iter().find(|sighting| sighting.act == Some(on)) {
        return Outcome::Confirmed { by: sighting.as_at };
    }
    for (place, sighting) in later.iter().enumerate() {
        let another = || {
            let other = shows_an_act_by(&later[..=place], given.last, given.on);
            other.map(|on| Outcome::AnotherDate { on })
        };
        if sighting.act.is_some_and(|day| day > given.on) {
            return another().unwrap_or(Outcome::Overtaken { by: sighting.as_at });
        }
        if sighting.as_at > proof_due {
            return another().unwrap_or(Outcome::NotConfirmed { by: sighting.as_at });
        }
    }
    Outcome::Waiting
}

fn of_booked(given: &Given<'_>, last_day: NaiveDate, later: &[Sighting], proof_due: NaiveDate) -> Outcome {
    for sighting in later {
        if sighting.act.is_some_and(|day| given.on <= day && day <= last_day) {
            return Outcome::Confirmed { by: sighting.as_at };
        }
        if sighting.act.is_some_and(|day| day > last_day) {
            return Outcome::Overtaken { by: sighting.as_at };
        }
        if sighting.as_at > proof_due {
            return Outcome::NotConfirmed { by: sighting.as_at };
        }
    }
    Outcome::Waiting
}

fn of_change(later: &[Sighting], proof_due: NaiveDate, settles: impl Fn(&Sighting) -> Option<Outcome>) -> Outcome {
    for sighting in later {
        if let Some(outcome) = settles(sighting) {
            return outcome;
        }
        if sighting.as_at > proof_due {
            return Outcome::NotConfirmed { by: sighting.as_at };
        }
    }
    Outcome::Waiting
}
