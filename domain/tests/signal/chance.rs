//! What chance alone says, and what a change says.

use crate::common::question;
use crate::county::{Chance, County, MONTHS, Planted, county, course, first_month};
use domain::calendar::add_months;
use domain::measures::figure::Figure;
use domain::measures::{CORE, Measure, Polarity, Timing, measure};
use domain::signal::{Judgement, Point, Question, Span, Step, Verdict, judge};
use domain::spc::Variation;
use std::collections::BTreeSet;

fn judged(timing: Timing, polarity: Polarity, points: &[Point]) -> Option<Judgement> {
    let asked = Question { timing, step: Step::Month, carries_over: false, polarity, target: None, cuts: &[] };
    judge(points, &asked)
}

fn of(measure: &Measure, points: &[Point]) -> Option<Judgement> {
    let Measure { timing, carries_over, polarity, .. } = *measure;
    judge(points, &Question { timing, step: Step::Month, carries_over, polarity, target: None, cuts: &[] })
}

#[test]
fn a_county_without_any_change_shows_at_most_one_in_ten() {
    let (mut changes, mut verdicts) = ([0, 0], [0, 0]);
    let mut judged_at_a_date = BTreeSet::new();
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
            if let Some(variation) = judgement.verdict.variation() {
                verdicts[usize::from(measure.carries_over)] += 1;
                changes[usize::from(measure.carries_over)] += u32::from(variation != Variation::Common);
                judged_at_a_date.extend((measure.timing == Timing::AtDate).then_some(measure.id));
            }
        }
    }
    let at_a_date = CORE.iter().filter(|measure| measure.timing == Timing::AtDate).map(|measure| measure.id);
    assert_eq!(judged_at_a_date, at_a_date.collect(), "each of them has enough children");
    assert!(verdicts.iter().sum::<u32>() >= 400, "{verdicts:?}");
    for (changes, verdicts) in changes.into_iter().zip(verdicts) {
        assert!(changes * 10 <= verdicts, "{changes} of {verdicts}");
    }
}

#[test]
fn a_planted_change_is_told_within_eight_months() {
    for seed in [3, 11] {
        for (planted, id, expected) in [
            (Planted::NoFurtherAction, "REF-03", None),
            (Planted::LateVisits, "CIN-01", Some(Variation::Concern)),
            (Planted::FasterAssessments, "ASM-01", Some(Variation::Improvement)),
        ] {
            told_within_eight_months(seed, planted, id, expected);
        }
    }
}

#[test]
fn a_planted_change_of_what_carries_over_is_told_within_eight_months() {
    for seed in [3, 11, 17, 29] {
        for (planted, id, expected) in [
            (Planted::LongPlansEnded, "CPP-07", Variation::Improvement),
            (Planted::UnstablePlacements, "CLA-05", Variation::Concern),
            (Planted::MoreWorkers, "WF-01", Variation::Improvement),
        ] {
            told_within_eight_months(seed, planted, id, Some(expected));
        }
    }
}

/// `None` expects a rise.
fn told_within_eight_months(seed: u64, planted: Planted, id: &str, expected: Option<Variation>) {
    let planted_after = 16;
    let measure = measure(id).unwrap();
    let points = course(seed, planted, add_months(first_month(), planted_after), measure);
    let expected = expected.unwrap_or(match measure.polarity {
        Polarity::High => Variation::Improvement,
        Polarity::Low => Variation::Concern,
        Polarity::Neutral => Variation::ChangedUp,
    });
    let told = (1..=8).find(|month| {
        let known = points.get(..planted_after as usize + month).unwrap();
        of(measure, known).and_then(|judgement| judgement.verdict.variation()) == Some(expected)
    });
    let figures: Vec<Figure> = points.iter().map(|point| point.figure.unwrap()).collect();
    assert!(told.is_some(), "{id}, seed {seed}: {figures:?}");
}

/// Months of a stock of about so many children, each of whom stays for about so many months, and of whom six in ten are in
/// the numerator for as long as they stay.
fn stock(chance: &mut Chance, children: u32, stay: f64) -> Vec<Point> {
    let leaves = 1.0 / stay;
    let filling = 60;
    let mut there: Vec<bool> = (0..children).map(|_| chance.happens(0.6)).collect();
    let mut points = Vec::new();
    for month in 0..filling + MONTHS {
        there.retain(|_| !chance.happens(leaves));
        for _ in 0..children {
            if chance.happens(leaves) {
                there.push(chance.happens(0.6));
            }
        }
        if month >= filling {
            let span = Span::month(add_months(first_month(), month - filling));
            let numerator = there.iter().filter(|counts| **counts).count() as u64;
            let figure = Some(Figure { numerator, denominator: there.len() as u64 });
            points.push(Point { span, as_at: Some(span.to()), figure, finished: true });
        }
    }
    points
}

#[test]
fn stocks_that_change_their_children_at_the_same_pace_change_in_at_most_one_of_ten() {
    let (mut changes, mut of_the_level, mut verdicts) = (0, 0, 0);
    for stay in [3.0, 6.0, 9.0, 12.0, 24.0, 48.0] {
        for children in [60, 300] {
            for seed in 1..=15 {
                let share = stock(&mut Chance::new(seed * 7 + 1), children, stay);
                // Children per worker, of twenty workers.
                let held = share.iter().map(|point| Point {
                    figure: point.figure.map(|figure| Figure { numerator: figure.denominator, denominator: 20 }),
                    ..*point
                });
                for points in [held.collect(), share.clone()] {
                    let asked = |carries_over| Question { carries_over, ..question(Polarity::High) };
                    let told = |carries_over| judge(&points, &asked(carries_over)).unwrap().verdict.since().is_some();
                    verdicts += 1;
                    changes += u32::from(told(true));
                    of_the_level += u32::from(told(false));
                }
            }
        }
    }
    assert!(changes * 10 <= verdicts, "{changes} of {verdicts}");
    assert!(of_the_level * 2 > verdicts, "the level would be no test of chance: {of_the_level} of {verdicts}");
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
