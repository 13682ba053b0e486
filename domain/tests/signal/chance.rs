//! What chance alone says, and what a change says.

use crate::county::{Chance, County, MONTHS, Planted, county, first_month};
use domain::calendar::add_months;
use domain::measures::figure::Figure;
use domain::measures::{Measure, Polarity, Timing};
use domain::signal::{Judgement, Point, Question, Span, Step, Verdict, judge};
use domain::spc::Variation;

/// Stocks of children and workers who stay for many months: two months in a row are nearly the same children, so a chart
/// of them wanders by itself, and the rules for points that share no data say that it did. What they say is so (the share
/// of long plans did rise), but it is no test of chance.
const CARRIED_OVER: [&str; 4] = ["CIN-03", "CPP-06", "CPP-07", "WF-01"];

fn judged(timing: Timing, polarity: Polarity, points: &[Point]) -> Option<Judgement> {
    judge(points, &Question { timing, step: Step::Month, carries_over: false, polarity, target: None, cuts: &[] })
}

fn of(measure: &Measure, points: &[Point]) -> Option<Judgement> {
    judged(measure.timing, measure.polarity, points)
}

#[test]
fn a_county_without_any_change_shows_at_most_one_in_ten() {
    let (mut changes, mut verdicts) = (0, 0);
    for seed in 1..=10 {
        let County { courses, referrals } = county(seed, Planted::Nothing, first_month());
        for (measure, points) in &courses {
            if measure.id == "REF-03" {
                let months: Vec<u64> = points.iter().map(|point| point.figure.unwrap().denominator).collect();
                assert_eq!(months, referrals, "each referral is an event of one month");
            }
            let Some(judgement) = of(measure, points) else { continue };
            let mut units: Vec<u64> = points.iter().map(|point| point.figure.unwrap().denominator).collect();
            units.sort_unstable();
            assert_eq!(
                matches!(judgement.verdict, Verdict::TooFew(_)),
                units[12] + units[13] < 20,
                "{}: a verdict from a median of ten on, and none below",
                measure.id
            );
            if let Some(variation) = judgement.verdict.variation().filter(|_| !CARRIED_OVER.contains(&measure.id)) {
                verdicts += 1;
                changes += u32::from(variation != Variation::Common);
            }
        }
    }
    assert!(verdicts >= 150, "{verdicts}");
    assert!(changes * 10 <= verdicts, "{changes} of {verdicts}");
}

#[test]
fn a_planted_change_is_told_within_eight_months() {
    let planted_after = 16_usize;
    let from = add_months(first_month(), 16);
    for seed in [3, 11] {
        for (planted, id, expected) in [
            (Planted::NoFurtherAction, "REF-03", None),
            (Planted::LateVisits, "CIN-01", Some(Variation::Concern)),
            (Planted::FasterAssessments, "ASM-01", Some(Variation::Improvement)),
        ] {
            let County { courses, .. } = county(seed, planted, from);
            let (measure, points) = courses.iter().find(|(measure, _)| measure.id == id).unwrap();
            let expected = expected.unwrap_or(match measure.polarity {
                Polarity::High => Variation::Improvement,
                Polarity::Low => Variation::Concern,
                Polarity::Neutral => Variation::ChangedUp,
            });
            let told = (1..=8).find(|month| {
                let known = points.get(..planted_after + month).unwrap();
                of(measure, known).and_then(|judgement| judgement.verdict.variation()) == Some(expected)
            });
            assert!(
                told.is_some(),
                "{id}, seed {seed}: {:?}",
                points.iter().map(|p| p.figure.unwrap()).collect::<Vec<_>>()
            );
        }
    }
}

/// Months of so many units, each with this chance of being in the numerator.
fn by_chance(chance: &mut Chance, units: u64, share: impl Fn(u32) -> f64) -> Vec<Point> {
    let month = |number: u32| {
        let span = Span::month(add_months(first_month(), number));
        let share = share(number);
        let denominator = (0..2 * units).filter(|_| chance.happens(0.5)).count() as u64;
        let numerator = (0..denominator).filter(|_| chance.happens(share)).count() as u64;
        Point { span, as_at: Some(span.to()), figure: Some(Figure { numerator, denominator }), finished: true }
    };
    (0..MONTHS).map(month).collect()
}

#[test]
fn shares_that_stay_the_same_change_in_at_most_one_of_ten() {
    let (mut changes, mut verdicts) = (0, 0);
    for seed in 1..=10 {
        let mut chance = Chance::new(seed);
        for units in [12, 25, 60, 150, 400] {
            for share in [0.05, 0.2, 0.5, 0.8, 0.9, 0.97] {
                let points = by_chance(&mut chance, units, |_| share);
                let judgement = judged(Timing::InPeriod, Polarity::High, &points).unwrap();
                verdicts += u32::from(judgement.verdict.variation().is_some());
                changes += u32::from(judgement.verdict.since().is_some());
            }
        }
    }
    assert!(verdicts >= 280, "{verdicts}");
    assert!(changes * 10 <= verdicts, "{changes} of {verdicts}");
}

#[test]
fn a_share_that_moves_by_three_deviations_is_told_within_eight_months() {
    for seed in 1..=10 {
        let mut chance = Chance::new(seed);
        for (units, before, after) in [(60, 0.7, 0.88), (150, 0.8, 0.9), (400, 0.9, 0.85)] {
            let points = by_chance(&mut chance, units, |month| if month < 18 { before } else { after });
            let expected = if after > before { Variation::Improvement } else { Variation::Concern };
            let told = (1..=8).any(|month| {
                let known = points.get(..18 + month).unwrap();
                let judgement = judged(Timing::InPeriod, Polarity::High, known).unwrap();
                judgement.verdict.variation() == Some(expected)
            });
            assert!(told, "seed {seed}: {units} units from {before} to {after}");
        }
    }
}
