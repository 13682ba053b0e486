//! Figures that carry over: their moves are judged, not their level.

use crate::common::*;
use domain::measures::{Polarity, Timing};
use domain::signal::{Judgement, Mark, Point, Question, Reason, TooFew, Verdict, judge};
use domain::spc::{Assurance, Direction, Rule};
use rstest::rstest;

const LASTING: Question<'static> = Question {
    timing: Timing::AtDate,
    step: domain::signal::Step::Month,
    carries_over: true,
    polarity: Polarity::High,
    target: None,
    cuts: &[],
};

fn moved(values: &[u64]) -> Judgement {
    judge(&months(&some(values)), &LASTING).unwrap()
}

/// Nineteen months with eighteen moves of 20, and one move more: beyond 3.267 mean moves from 75 on, as 3.267 x 435 / 19 is
/// 74.80 and 3.267 x 434 / 19 is 74.62.
fn and_one_move(to: u64) -> Vec<u64> {
    then(between(500, 520, 19), &[to])
}

#[rstest]
#[case::just_beyond_up(575, "improvement 2026-10")]
#[case::just_within_up(574, "common")]
#[case::just_beyond_down(425, "concern 2026-10")]
#[case::just_within_down(426, "common")]
fn one_move_beyond_the_limit_of_moving_ranges_is_a_change(#[case] last: u64, #[case] expected: &str) {
    assert_eq!(said(&moved(&and_one_move(last))), expected);
}

#[test]
fn months_that_never_move_are_no_change() {
    // Where nothing moves the limit is nought, and so is each move.
    assert_eq!(said(&moved(&[500; 20])), "common");
    assert_eq!(said(&moved(&then(vec![500; 19], &[501]))), "improvement 2026-10");
}

#[test]
fn months_that_stay_beyond_a_limit_or_on_one_side_are_no_change() {
    // The level moved two years ago and stays, step by step without a trend.
    let values = then(between(500, 520, 12), &[540, 535, 560, 555, 575, 570, 590, 585, 600, 595, 610]);
    assert_eq!(said(&moved(&values)), "common");
    assert_ne!(said(&judged(&values)), "common", "the level alone would say so");
}

#[rstest]
#[case::six_points(&[510, 520, 530, 540, 550], "common")]
#[case::seven_points(&[510, 520, 530, 540, 550, 560], "improvement 2026-04")]
#[case::seven_points_with_a_tie(&[510, 520, 530, 530, 550, 560], "common")]
#[case::six_points_falling(&[490, 480, 470, 460], "common")]
#[case::seven_points_falling(&[490, 480, 470, 460, 450], "concern 2026-04")]
fn seven_months_one_way_are_a_change(#[case] end: &[u64], #[case] expected: &str) {
    assert_eq!(said(&moved(&then(between(500, 520, 13), end))), expected);
}

#[test]
fn a_trend_is_found_whatever_label_its_months_bear() {
    let judgement = moved(&then(between(500, 502, 13), &[503, 507, 510, 513, 516, 520]));
    let last = judgement.last().unwrap();
    assert_eq!(last.signal.unwrap().rule, Rule::Outside);
    assert_eq!(last.mark, Some(Mark { reason: Reason::Rule(Rule::Trend), direction: Direction::Up }));
    assert_eq!(said(&judgement), "improvement 2026-04");
}

#[rstest]
#[case::a_move_three_months_ago(&[620, 600, 620, 600], "improvement 2026-07")]
#[case::a_move_four_months_ago(&[620, 600, 620, 600, 620], "common")]
#[case::a_trend_that_ended_three_months_ago(&[510, 520, 530, 540, 550, 560, 550, 560, 550], "improvement 2026-01")]
#[case::a_trend_that_ended_four_months_ago(&[510, 520, 530, 540, 550, 560, 550, 560, 550, 560], "common")]
fn what_ended_within_three_months_still_says_which_way(#[case] end: &[u64], #[case] expected: &str) {
    assert_eq!(said(&moved(&then(between(500, 520, 19), end))), expected);
}

#[test]
fn the_last_of_two_moves_says_which_way() {
    assert_eq!(said(&moved(&then(between(500, 520, 19), &[620, 500]))), "concern 2026-10");
    assert_eq!(said(&moved(&then(between(500, 520, 19), &[620, 740]))), "improvement 2026-09");
}

#[test]
fn no_move_and_no_trend_reaches_over_a_cut() {
    let step = months(&some(&then(between(500, 520, 14), &between(700, 720, 14))));
    let cut_at = |points: &[Point], cut: &str| judge(points, &Question { cuts: &[day(cut)], ..LASTING }).unwrap();
    let first_of_the_new = |judgement: &Judgement| judgement.points[14].mark;
    assert!(first_of_the_new(&judge(&step, &LASTING).unwrap()).is_some());
    assert_eq!(first_of_the_new(&cut_at(&step, "2025-09-01")), None);
    // Three months rise before the cut and four after it.
    let rise: Vec<u64> = (0..7).map(|month| 510 + 10 * month).collect();
    let rising = months(&some(&then(then(between(500, 520, 13), &rise), &between(550, 560, 9))));
    assert!(judge(&rising, &LASTING).unwrap().points.iter().any(|point| point.mark.is_some()));
    let cut = cut_at(&rising, "2025-09-01");
    assert!(cut.points.iter().all(|point| point.mark.is_none()), "{cut:?}");
    assert_eq!(cut.verdict, Verdict::NoRealChange);
}

#[test]
fn a_move_reaches_over_one_missing_month_and_not_over_two() {
    let with_gap = |months_missing: usize| {
        let mut values = some(&between(500, 520, 19));
        values.extend(vec![None; months_missing]);
        values.push(Some(620));
        said(&judge(&months(&values), &LASTING).unwrap())
    };
    assert_eq!(with_gap(1), "improvement 2026-10");
    assert_eq!(with_gap(2), "common");
}

#[test]
fn its_points_keep_their_lines_and_labels() {
    let points = months(&some(&and_one_move(620)));
    let (lasting, usual) = (judge(&points, &LASTING).unwrap(), judged(&and_one_move(620)));
    for (lasting, usual) in lasting.points.iter().zip(&usual.points) {
        assert_eq!((lasting.mean, lasting.limits, lasting.signal), (usual.mean, usual.limits, usual.signal));
    }
}

#[test]
fn its_limits_say_nothing_of_the_target() {
    let points = months(&some(&between(500, 520, 19)));
    let asked = |carries_over| Question { carries_over, target: Some(0.9), ..LASTING };
    assert_eq!(judge(&points, &asked(false)).unwrap().assurance, Some(Assurance::Fail));
    assert_eq!(judge(&points, &asked(true)).unwrap().assurance, None);
}

#[test]
fn thirteen_months_and_ten_units_are_needed_here_too() {
    let twelve = moved(&then(between(500, 520, 11), &[700]));
    assert_eq!(twelve.verdict, Verdict::TooFew(TooFew::Points(1)));
    assert_eq!(said(&moved(&then(between(500, 520, 12), &[700]))), "improvement 2026-10");
    let mut few = months(&some(&and_one_move(620)));
    for point in &mut few {
        point.figure = point.figure.map(|figure| domain::measures::figure::Figure { denominator: 9, ..figure });
    }
    let few = judge(&few, &LASTING).unwrap();
    assert_eq!(few.verdict, Verdict::TooFew(TooFew::Units));
    assert!(few.points.iter().all(|point| point.mark.is_none()), "marks stand where a verdict may stand");
}
