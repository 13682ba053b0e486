//! The verdict and the target as people read them: these words and no others.

use super::judge::{Mark, Reason, TooFew, Verdict};
use super::span::Step;
use crate::measures::{Counting, Measure};
use crate::spc::{Assurance, Direction, Rule, Variation};

/// "Getting better"; for too few "Too few months to tell (7 more)".
#[must_use]
pub fn verdict(verdict: &Verdict, measure: &Measure, step: Step) -> String {
    match verdict {
        Verdict::Changed { variation, .. } => variation_in_words(*variation).to_owned(),
        Verdict::NoRealChange => variation_in_words(Variation::Common).to_owned(),
        Verdict::TooFew(TooFew::Points(missing)) => too_few_points(*missing, step),
        Verdict::TooFew(TooFew::Units) => match measure.counting {
            Counting::Units => "Too few children to tell".to_owned(),
            Counting::ChildrenPerWorker | Counting::WorkersAboveLimit => "Too few workers to tell".to_owned(),
        },
    }
}

/// "Too few months to tell (7 more)".
#[must_use]
pub fn too_few_points(missing: usize, step: Step) -> String {
    format!("Too few {}s to tell ({missing} more)", step.name())
}

/// The same with the month since when: "Getting better since April 2026".
#[must_use]
pub fn verdict_since(one: &Verdict, measure: &Measure, step: Step) -> String {
    let words = verdict(one, measure, step);
    match one.since() {
        Some(since) => format!("{words} since {}", since.name()),
        None => words,
    }
}

/// "getting better since April 2026".
#[must_use]
pub fn within_a_sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// "Getting better", "No real change".
#[must_use]
pub const fn variation_in_words(variation: Variation) -> &'static str {
    match variation {
        Variation::Improvement => "Getting better",
        Variation::Concern => "Getting worse",
        Variation::ChangedUp => "Higher than usual",
        Variation::ChangedDown => "Lower than usual",
        Variation::Common => "No real change",
    }
}

/// Why a chart of a figure that carries over has no limits.
pub const WHY_NO_LIMITS: &str = "Most children in one month's figure are in the next one's too, so its level moves slowly by \
                                 itself: the moves from month to month are judged, and there are no limits.";

/// Why a point is marked: "beyond the upper limit".
#[must_use]
pub const fn mark(mark: Mark, step: Step) -> &'static str {
    match (mark.reason, mark.direction) {
        (Reason::Rule(Rule::Outside), Direction::Up) => "beyond the upper limit",
        (Reason::Rule(Rule::Outside), Direction::Down) => "beyond the lower limit",
        (Reason::Rule(Rule::Trend), Direction::Up) => "one of 7 or more in a row rising",
        (Reason::Rule(Rule::Trend), Direction::Down) => "one of 7 or more in a row falling",
        (Reason::Rule(Rule::TwoOfThree), Direction::Up) => "2 of 3 near the upper limit",
        (Reason::Rule(Rule::TwoOfThree), Direction::Down) => "2 of 3 near the lower limit",
        (Reason::Rule(Rule::Shift), Direction::Up) => "one of 7 or more in a row above the mean",
        (Reason::Rule(Rule::Shift), Direction::Down) => "one of 7 or more in a row below the mean",
        (Reason::Move, _) => match step {
            Step::Month => "a bigger move in a month than is usual",
            Step::Week => "a bigger move in a week than is usual",
        },
    }
}

/// How a figure stands to its target: "on target", "on target, but not reliably", "5.2 short", "1.1 over, not yet at this
/// pace". `distance` is the figure less the target in the unit shown (points of per cent, or children per worker), and
/// `reached` is judged exactly.
#[must_use]
pub fn target(reached: bool, distance: f64, assurance: Option<Assurance>) -> String {
    if reached {
        return match assurance {
            None | Some(Assurance::Pass) => "on target".to_owned(),
            Some(Assurance::HitOrMiss | Assurance::Fail) => "on target, but not reliably".to_owned(),
        };
    }
    let side = if distance < 0.0 { "short" } else { "over" };
    // Less than half a tenth would read as nothing.
    let by = if distance.abs() < 0.05 { "under 0.1".to_owned() } else { format!("{:.1}", distance.abs()) };
    match assurance {
        Some(Assurance::Fail) => format!("{by} {side}, not yet at this pace"),
        None | Some(Assurance::Pass | Assurance::HitOrMiss) => format!("{by} {side}"),
    }
}
