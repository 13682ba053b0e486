//! What a later extract says of an action about a child: done, not done, or nothing.

use crate::look_ahead::{Moves, is_wrong, remedy};
use crate::measures::{Fact, Measure, Polarity};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What the data says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DataWord {
    /// It was done: the visit is there, the worker is allocated, the assessment is authorised.
    Confirmed,
    /// It was not.
    Contradicted,
    /// The data cannot tell.
    Silent,
}

impl DataWord {
    /// A sentence for the reader.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Confirmed => "The data confirms it.",
            Self::Contradicted => "The data does not confirm it: the child still stands on the wrong side.",
            Self::Silent => "The data cannot tell: this is no longer asked of this child, or acting cannot change it.",
        }
    }
}

/// What an extract says of a child whose action, recorded on a day, should put a unit of a measure right. `facts` are
/// the child's facts of that measure in the extract.
///
/// The side is the measure's: where low is good, being in the numerator is wrong; where high is good, being out of it.
///
/// - A unit on the wrong side whose clock began on or before the day of recording, or that has no clock, contradicts. One
///   whose clock began later is another matter: for a visit it shows that the visit took place, and that the next is late.
/// - Otherwise a unit that is there confirms.
/// - No unit at all confirms only where leaving the denominator is the cure, as [`remedy`] has it measure by measure: an
///   overdue assessment leaves when it is authorised (ASM-02), an awaited conference when it is held or not needed
///   (S47-02), a long plan when it ends (CPP-06, CPP-07, CIN-03). A child who is no longer open was not
///   allocated a worker by that (ALL-01), nor seen (DOR-01): there the data is silent.
/// - Measures of what has happened (REF-02), of workers and of context cannot tell.
#[must_use]
pub fn verdict(measure: &Measure, facts: &[Fact], recorded: NaiveDate) -> DataWord {
    let Some(moves) = remedy(measure).map(|remedy| remedy.moves) else { return DataWord::Silent };
    if measure.polarity == Polarity::Neutral || matches!(moves, Moves::CannotBeUndone | Moves::Shared) {
        return DataWord::Silent;
    }
    let still = |fact: &&Fact| is_wrong(measure, fact) && fact.start.is_none_or(|start| start <= recorded);
    if facts.iter().any(|fact| still(&fact)) {
        DataWord::Contradicted
    } else if !facts.is_empty() || moves == Moves::Leaves {
        DataWord::Confirmed
    } else {
        DataWord::Silent
    }
}
