//! What a measure says of one unit: late, due soon, on time, yes, no.

use app::data::Standing;
use chrono::NaiveDate;
use domain::calendar::add_days;
use domain::measures::figure::Line;
use domain::measures::{Fact, Measure, Polarity, Timing};

/// Due within these calendar days reads "due soon".
pub(crate) const SOON_DAYS: u32 = 7;

/// Where a line stands: which tab of the list holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    /// Somebody should act.
    Act,
    /// Falls due within a week.
    Soon,
    /// Nothing to do.
    Done,
}

/// Whether a unit is on the wrong side of its measure.
pub(crate) fn is_bad(measure: &Measure, numerator: Option<bool>) -> bool {
    match measure.polarity {
        Polarity::High => numerator == Some(false),
        Polarity::Low => numerator == Some(true),
        Polarity::Neutral => false,
    }
}

/// The tab a line belongs to.
pub(crate) fn tab(measure: &Measure, line: &Line, as_at: NaiveDate) -> Tab {
    match line {
        Line::Child(fact) => tab_of_fact(measure, fact, as_at),
        Line::Worker { numerator, .. } if is_bad(measure, *numerator) => Tab::Act,
        Line::Worker { .. } => Tab::Done,
    }
}

/// The tab a unit belongs to.
pub(crate) fn tab_of_fact(measure: &Measure, fact: &Fact, as_at: NaiveDate) -> Tab {
    if is_bad(measure, Some(fact.numerator)) {
        return Tab::Act;
    }
    match fact.due {
        Some(due)
            if measure.timing == Timing::AtDate
                && measure.polarity != Polarity::Neutral
                && as_at <= due
                && due <= add_days(as_at, SOON_DAYS) =>
        {
            Tab::Soon
        }
        _ => Tab::Done,
    }
}

/// A unit's state in words, with its standing.
pub(crate) fn state(measure: &Measure, fact: &Fact, as_at: NaiveDate) -> (&'static str, Standing) {
    let runs = measure.timing == Timing::AtDate;
    let line_tab = tab_of_fact(measure, fact, as_at);
    if has_clock(measure) {
        return match (line_tab, measure.polarity) {
            (_, Polarity::Neutral) => (if fact.numerator { "Yes" } else { "No" }, Standing::Neutral),
            (Tab::Act, _) => (if fact.due.is_none() { "Late, no date recorded" } else { "Late" }, Standing::Bad),
            (Tab::Soon, _) => ("Due soon", Standing::Near),
            (Tab::Done, _) => (if runs { "On time" } else { "In time" }, Standing::Good),
        };
    }
    let words = if fact.numerator { "Yes" } else { "No" };
    match (line_tab, measure.polarity) {
        (_, Polarity::Neutral) => (words, Standing::Neutral),
        (Tab::Act, _) => (words, Standing::Bad),
        _ => (words, Standing::Good),
    }
}

/// Whether the measure judges lateness by a clock whose overrun is what is wrong.
fn has_clock(measure: &Measure) -> bool {
    matches!(
        measure.id,
        "CON-01"
            | "ASM-01"
            | "ASM-02"
            | "S47-01"
            | "S47-02"
            | "CPP-01"
            | "CPP-05"
            | "CIN-01"
            | "DOR-01"
            | "CLA-01"
            | "CLA-03"
            | "CLA-07"
            | "CLA-09"
            | "CL-04"
            | "CL-05"
    )
}
