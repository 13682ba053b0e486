//! A verdict only where it can mean something.

use crate::common::*;
use domain::measures::Polarity;
use domain::measures::figure::Figure;
use domain::signal::{Point, TooFew, Verdict, judge};
use rstest::rstest;

#[test]
fn thirteen_judged_months_are_enough_and_twelve_are_not() {
    let twelve = judged(&between(500, 520, 12));
    assert_eq!(twelve.verdict, Verdict::TooFew(TooFew::Points(1)));
    assert!(twelve.points.iter().all(|point| point.mean.is_none() && point.limits.is_none() && point.signal.is_none()));
    assert_eq!(judged(&between(500, 520, 13)).verdict, Verdict::NoRealChange);
    assert_eq!(judged(&[500]).verdict, Verdict::TooFew(TooFew::Points(12)));
}

#[test]
fn gaps_and_unfinished_months_do_not_count() {
    let mut values = some(&between(500, 520, 14));
    values[4] = None;
    let mut points = months(&values);
    points[13].finished = false;
    assert_eq!(judge(&points, &question(Polarity::High)).unwrap().verdict, Verdict::TooFew(TooFew::Points(1)));
    points[6].figure = Some(Figure { numerator: 0, denominator: 0 });
    assert_eq!(judge(&points, &question(Polarity::High)).unwrap().verdict, Verdict::TooFew(TooFew::Points(2)));
}

/// Denominators one after the other, with as many on either side of the median.
fn of_units(units: &[u64]) -> Vec<Point> {
    let mut points = months(&vec![Some(0); units.len()]);
    for (point, denominator) in points.iter_mut().zip(units) {
        point.figure = Some(Figure { numerator: denominator / 2, denominator: *denominator });
    }
    points
}

#[rstest]
#[case::ten_in_the_middle(&[1, 1, 1, 1, 1, 1, 10, 99, 99, 99, 99, 99, 99], false)]
#[case::nine_in_the_middle(&[1, 1, 1, 1, 1, 1, 9, 99, 99, 99, 99, 99, 99], true)]
#[case::nine_and_eleven(&[1, 1, 1, 1, 1, 1, 9, 11, 99, 99, 99, 99, 99, 99], false)]
#[case::nine_and_ten(&[1, 1, 1, 1, 1, 1, 9, 10, 99, 99, 99, 99, 99, 99], true)]
fn the_median_month_needs_ten_units(#[case] units: &[u64], #[case] too_few: bool) {
    let judgement = judge(&of_units(units), &question(Polarity::High)).unwrap();
    assert_eq!(judgement.verdict == Verdict::TooFew(TooFew::Units), too_few, "{:?}", judgement.verdict);
    assert!(judgement.points.iter().all(|point| point.limits.is_some()), "limits depend on the months alone");
}

#[test]
fn nothing_is_said_of_the_target_where_nothing_can_be_told() {
    let with_target = domain::signal::Question { target: Some(0.9), ..question(Polarity::High) };
    for points in [months(&some(&between(500, 520, 12))), of_units(&[6; 20])] {
        assert_eq!(judge(&points, &with_target).unwrap().assurance, None);
    }
    let enough = judge(&months(&some(&between(500, 520, 13))), &with_target).unwrap();
    assert_eq!(enough.assurance.unwrap().name(), "fail");
}
