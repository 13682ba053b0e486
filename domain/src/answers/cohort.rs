//! Visited and not recorded, or not visited: late units told apart by answers and by what later extracts prove.

use super::{Outcome, Said};

/// Where a late unit belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cohort {
    /// Done, and not on record: a manager says so and no extract contradicts it, or a later extract shows it.
    DoneNotRecorded,
    /// Not done, or said to be done and not shown to be.
    NotDone,
    /// The record is said to be wrong, or the child another team's, and no extract contradicts it.
    Disputed,
    /// Nobody has answered yet.
    NoAnswer,
}

impl Cohort {
    /// All, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::DoneNotRecorded, Self::NotDone, Self::Disputed, Self::NoAnswer];

    /// In words, of a visit.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::DoneNotRecorded => "Visited, not recorded",
            Self::NotDone => "Not visited",
            Self::Disputed => "Record wrong or not ours",
            Self::NoAnswer => "No answer yet",
        }
    }
}

/// The cohort of a late unit. `answer` is the one that counts, with what came of it; `is_shown` says that a later extract
/// shows the act by the date of the extract in which it is late, which settles it whatever was said.
#[must_use]
pub fn cohort(answer: Option<(&Said, Outcome)>, is_shown: bool) -> Cohort {
    if is_shown {
        return Cohort::DoneNotRecorded;
    }
    let Some((said, outcome)) = answer else { return Cohort::NoAnswer };
    match (said, outcome) {
        // A day that a later visit hides is not shown.
        (Said::Done { .. }, Outcome::Waiting | Outcome::Confirmed { .. } | Outcome::AnotherDate { .. }) => {
            Cohort::DoneNotRecorded
        }
        (Said::RecordWrong { .. } | Said::NotOurs { .. }, outcome) if outcome.came_true() != Some(false) => {
            Cohort::Disputed
        }
        _ => Cohort::NotDone,
    }
}

/// Late units by cohort.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cohorts {
    /// [`Cohort::DoneNotRecorded`].
    pub done_not_recorded: u64,
    /// [`Cohort::NotDone`].
    pub not_done: u64,
    /// [`Cohort::Disputed`].
    pub disputed: u64,
    /// [`Cohort::NoAnswer`].
    pub no_answer: u64,
}

impl Cohorts {
    /// Counts one more.
    pub fn add(&mut self, cohort: Cohort) {
        *match cohort {
            Cohort::DoneNotRecorded => &mut self.done_not_recorded,
            Cohort::NotDone => &mut self.not_done,
            Cohort::Disputed => &mut self.disputed,
            Cohort::NoAnswer => &mut self.no_answer,
        } += 1;
    }

    /// Late units in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.done_not_recorded + self.not_done + self.disputed + self.no_answer
    }
}

impl FromIterator<Cohort> for Cohorts {
    fn from_iter<I: IntoIterator<Item = Cohort>>(cohorts: I) -> Self {
        let mut counts = Self::default();
        cohorts.into_iter().for_each(|cohort| counts.add(cohort));
        counts
    }
}

/// How often answers come true.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rate {
    /// Answers that came true.
    pub came_true: u64,
    /// Answers that came true or did not.
    pub settled: u64,
    /// Answers in all: those that wait, that nobody can tell, and that need no proof too.
    pub given: u64,
}

impl Rate {
    /// Came true / settled; `None` where nothing is settled yet.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        (self.settled > 0).then(|| self.came_true as f64 / self.settled as f64)
    }
}

impl FromIterator<Outcome> for Rate {
    fn from_iter<I: IntoIterator<Item = Outcome>>(outcomes: I) -> Self {
        outcomes.into_iter().fold(Self::default(), |mut rate, outcome| {
            rate.came_true += u64::from(outcome.came_true() == Some(true));
            rate.settled += u64::from(outcome.came_true().is_some());
            rate.given += 1;
            rate
        })
    }
}
