//! The verdict as people read it.

use super::Judged;
use crate::desk::words;
use app::data::{Remark, Sign, Signal, SignedRemark, Standing};
use chrono::NaiveDate;
use domain::spc::{Assurance, Direction, Point, Rule, Variation};

/// Variation with the rule that fired, and assurance; or how many extracts are missing.
pub(super) fn signal(judged: &Judged<'_>) -> Signal {
    let Some(segment) = judged.last_segment() else { return Signal::default() };
    if segment.missing > 0 {
        let from = segment.cut.map(|cut| cut.cut.applies_from);
        return Signal {
            variation: signed(Sign::Unknown, missing(segment.missing, from), Standing::Neutral),
            ..Signal::default()
        };
    }
    let values = judged.values(segment);
    let direction = values.last().and_then(|(_, _, point)| point.signal).map(|signal| signal.direction);
    Signal {
        variation: variation(judged.chart.variation, direction),
        rule: rule(&values),
        assurance: judged.chart.assurance.map(|said| assurance(said, judged.reached())),
    }
}

/// The verdict as sentences: "Special cause: improving, beyond the upper limit on 30 October 2026. Hit or miss."
pub(super) fn sentence(signal: &Signal) -> String {
    let mut text = signal.variation.remark.text.clone();
    if let Some(rule) = &signal.rule {
        text.push_str(", ");
        text.push_str(rule);
    }
    text.push('.');
    if let Some(assurance) = &signal.assurance {
        text.push(' ');
        text.push_str(&assurance.remark.text);
        text.push('.');
    }
    text
}

fn signed(sign: Sign, text: impl Into<String>, standing: Standing) -> SignedRemark {
    SignedRemark { sign, remark: Remark { text: text.into(), standing } }
}

fn missing(extracts: usize, from: Option<NaiveDate>) -> String {
    let more = if extracts == 1 { "1 more extract is".to_owned() } else { format!("{extracts} more extracts are") };
    match from {
        None => format!("{more} needed before a chart can tell"),
        Some(from) => format!("{more} needed before the chart that begins anew on {} can tell", words::date(from)),
    }
}

fn variation(variation: Variation, direction: Option<Direction>) -> SignedRemark {
    let sign = match direction {
        Some(Direction::Up) => Sign::Up,
        Some(Direction::Down) => Sign::Down,
        None => Sign::Steady,
    };
    match variation {
        Variation::Common => signed(Sign::Steady, "No significant change: common cause", Standing::Neutral),
        Variation::Improvement => signed(sign, "Special cause: improving", Standing::Good),
        Variation::Concern => signed(sign, "Special cause: worsening", Standing::Bad),
        Variation::ChangedUp => signed(sign, "Special cause: higher than before", Standing::Neutral),
        Variation::ChangedDown => signed(sign, "Special cause: lower than before", Standing::Neutral),
    }
}

/// The limits look back over a segment's whole course, so that they may lie on another side of the target than the
/// figure beside them; then the words say both.
fn assurance(assurance: Assurance, reached: Option<bool>) -> SignedRemark {
    match (assurance, reached) {
        (Assurance::Pass, Some(false)) => signed(
            Sign::Chance,
            "Missed now, though the limits of its course would reach the target",
            Standing::Neutral,
        ),
        (Assurance::Pass, _) => signed(Sign::Reached, "Will reach the target", Standing::Good),
        (Assurance::Fail, Some(true)) => signed(
            Sign::Chance,
            "Reached now, not yet reliably: the limits of its course lie short of the target",
            Standing::Neutral,
        ),
        (Assurance::Fail, _) => {
            signed(Sign::Missed, "Will not reach the target unless something changes", Standing::Bad)
        }
        (Assurance::HitOrMiss, _) => signed(Sign::Chance, "Hit or miss", Standing::Neutral),
    }
}

/// Which rule a point falls under, for a table.
pub(super) const fn rule_of_point(signal: domain::spc::Signal) -> &'static str {
    match (signal.rule, signal.direction) {
        (Rule::Outside, Direction::Up) => "beyond the upper limit",
        (Rule::Outside, Direction::Down) => "beyond the lower limit",
        (Rule::Trend, Direction::Up) => "one of 7 or more in a row rising",
        (Rule::Trend, Direction::Down) => "one of 7 or more in a row falling",
        (Rule::TwoOfThree, Direction::Up) => "2 of 3 near the upper limit",
        (Rule::TwoOfThree, Direction::Down) => "2 of 3 near the lower limit",
        (Rule::Shift, Direction::Up) => "one of 7 or more in a row above the mean",
        (Rule::Shift, Direction::Down) => "one of 7 or more in a row below the mean",
    }
}

/// The rule that makes the last value special, with the extracts it spans; none for common cause.
fn rule(values: &[(NaiveDate, f64, Point)]) -> Option<String> {
    let (date, _, last) = values.last()?;
    let signal = last.signal?;
    let up = signal.direction == Direction::Up;
    Some(match signal.rule {
        Rule::Outside => {
            format!("beyond the {} limit on {}", if up { "upper" } else { "lower" }, words::date(*date))
        }
        Rule::Trend => {
            let moves = |pair: &[(NaiveDate, f64, Point)]| match pair {
                [(_, from, _), (_, to, _)] => {
                    if up {
                        to > from
                    } else {
                        to < from
                    }
                }
                _ => false,
            };
            let run = 1 + values.windows(2).rev().take_while(|pair| moves(pair)).count();
            in_a_row(values, run, if up { "rising" } else { "falling" })
        }
        Rule::Shift => {
            let beside = |(_, value, point): &(NaiveDate, f64, Point)| {
                point.mean.is_some_and(|mean| if up { *value > mean } else { *value < mean })
            };
            let run = values.iter().rev().take_while(|value| beside(value)).count();
            in_a_row(values, run, if up { "above the mean" } else { "below the mean" })
        }
        Rule::TwoOfThree => {
            let near: Vec<NaiveDate> = values
                .iter()
                .skip(values.len().saturating_sub(3))
                .filter(|(_, _, point)| is_near(point, up))
                .map(|(date, ..)| *date)
                .collect();
            let since = near.first().copied().unwrap_or(*date);
            let side = if up { "upper" } else { "lower" };
            format!("{} of the last 3 extracts near the {side} limit since {}", near.len(), words::date(since))
        }
    })
}

/// Whether a value lies between a near limit and its limit.
fn is_near(point: &Point, up: bool) -> bool {
    let Some((value, limits)) = point.value.zip(point.limits) else { return false };
    if up {
        value > limits.near_upper && value <= limits.upper
    } else {
        value < limits.near_lower && value >= limits.lower
    }
}

fn in_a_row(values: &[(NaiveDate, f64, Point)], run: usize, how: &str) -> String {
    let first = values.len().checked_sub(run).and_then(|place| values.get(place)).map(|(date, ..)| *date);
    format!("{run} extracts in a row {how} since {}", words::date_or_dash(first))
}
