//! The verdict as people read it: the words of [`domain::signal::words`], with a sign.

use super::Judged;
use app::data::{Remark, Sign, Signal, SignedRemark, Standing};
use domain::signal::{Reason, Verdict, words};
use domain::spc::{Direction, Rule, Variation};

/// The verdict with what marks it; or what is missing.
pub(super) fn signal(judged: &Judged<'_>) -> Signal {
    let judgement = &judged.judgement;
    let text = words::verdict_since(&judgement.verdict, judged.measure, judgement.step);
    let (sign, standing) = match &judgement.verdict {
        Verdict::Changed { variation, direction, .. } => (sign(*direction), standing(*variation)),
        Verdict::NoRealChange => (Sign::Steady, Standing::Neutral),
        Verdict::TooFew(_) => (Sign::Unknown, Standing::Neutral),
    };
    Signal { variation: SignedRemark { sign, remark: Remark { text, standing } }, rule: rule(judged) }
}

/// "Getting better since April 2026: October 2026 lies beyond the upper limit."
pub(super) fn sentence(signal: &Signal) -> String {
    match &signal.rule {
        Some(rule) => format!("{}: {rule}.", signal.variation.remark.text),
        None => format!("{}.", signal.variation.remark.text),
    }
}

const fn sign(direction: Direction) -> Sign {
    match direction {
        Direction::Up => Sign::Up,
        Direction::Down => Sign::Down,
    }
}

const fn standing(variation: Variation) -> Standing {
    match variation {
        Variation::Improvement => Standing::Good,
        Variation::Concern => Standing::Bad,
        Variation::Common | Variation::ChangedUp | Variation::ChangedDown => Standing::Neutral,
    }
}

/// What marks the last month of the run; none without a change. Where a person began the chart anew and it has too few
/// points since, that is said.
fn rule(judged: &Judged<'_>) -> Option<String> {
    let Verdict::Changed { until, mark, .. } = &judged.judgement.verdict else { return begun_anew(judged) };
    let (up, until) = (mark.direction == Direction::Up, until.name());
    let one = judged.judgement.step.name();
    let many = format!("{one}s");
    let rule = match mark.reason {
        Reason::Rule(rule) => rule,
        Reason::Move => {
            let way = if up { "rose" } else { "fell" };
            return Some(format!("in {until} it {way} by more than is usual in a {one}"));
        }
    };
    Some(match rule {
        Rule::Outside => format!("{until} lies beyond the {} limit", if up { "upper" } else { "lower" }),
        Rule::Trend => format!("7 or more {many} in a row {} up to {until}", if up { "rising" } else { "falling" }),
        Rule::TwoOfThree => {
            format!("2 of 3 {many} near the {} limit up to {until}", if up { "upper" } else { "lower" })
        }
        Rule::Shift => {
            format!("7 or more {many} in a row {} the mean up to {until}", if up { "above" } else { "below" })
        }
    })
}

fn begun_anew(judged: &Judged<'_>) -> Option<String> {
    let Verdict::TooFew(_) = &judged.judgement.verdict else { return None };
    let cut = judged.cuts.get(judged.judgement.segments.last()?.cut?)?;
    Some(format!("the chart begins anew on {}", crate::desk::words::date(cut.cut.applies_from)))
}
