//! Which extract answers for which month.

use crate::common::day;
use chrono::NaiveDate;
use domain::measures::Timing;
use domain::signal::{Step, months_of_extract, places};
use rstest::rstest;

fn dates(all: &[&str]) -> Vec<NaiveDate> {
    all.iter().map(|date| day(date)).collect()
}

/// "2026-10 2026-11-06", "2026-11 2026-11-06 unfinished", "2026-12 gap".
fn said(all: &[&str], timing: Timing, step: Step) -> Vec<String> {
    let place = |place: domain::signal::Place| match place.as_at {
        None => format!("{} gap", place.span),
        Some(as_at) => format!("{} {as_at}{}", place.span, if place.finished { "" } else { " unfinished" }),
    };
    places(&dates(all), timing, step).into_iter().map(place).collect()
}

#[test]
fn the_first_extract_after_a_months_end_answers_for_its_events() {
    let weekly = ["2026-10-23", "2026-10-30", "2026-11-06", "2026-11-13"];
    assert_eq!(said(&weekly, Timing::InPeriod, Step::Month), ["2026-10 2026-11-06", "2026-11 2026-11-13 unfinished"]);
}

#[rstest]
#[case::on_the_last_day("2026-10-31", &["2026-10 2026-10-31"])]
#[case::a_day_before_it("2026-10-30", &["2026-10 2026-10-30 unfinished"])]
#[case::fourteen_days_after("2026-11-14", &["2026-10 2026-11-14", "2026-11 2026-11-14 unfinished"])]
#[case::fifteen_days_after("2026-11-15", &["2026-11 2026-11-15 unfinished"])]
fn an_extract_finishes_a_month_up_to_fourteen_days_after_it(#[case] as_at: &str, #[case] expected: &[&str]) {
    assert_eq!(said(&[as_at], Timing::InPeriod, Step::Month), expected);
    let months: Vec<String> = months_of_extract(day(as_at)).map(|month| month.to_string()).collect();
    let named: Vec<&str> = expected.iter().map(|place| place.split(' ').next().unwrap()).collect();
    assert_eq!(months, named, "what an extract is counted for is what it may answer for");
}

#[test]
fn the_first_extract_at_a_months_end_alone_may_finish_it() {
    // That of 20 November is the first as at the end of October or later, and it is too late.
    let late = ["2026-10-16", "2026-10-23", "2026-11-20", "2026-12-04"];
    assert_eq!(
        said(&late, Timing::InPeriod, Step::Month),
        ["2026-10 2026-10-23 unfinished", "2026-11 2026-12-04", "2026-12 2026-12-04 unfinished"]
    );
}

#[test]
fn a_month_without_an_extract_is_a_gap() {
    let rare = ["2026-03-31", "2026-07-03", "2026-08-31"];
    assert_eq!(
        said(&rare, Timing::InPeriod, Step::Month),
        [
            "2026-03 2026-03-31",
            "2026-04 gap",
            "2026-05 gap",
            "2026-06 2026-07-03",
            "2026-07 2026-07-03 unfinished",
            "2026-08 2026-08-31"
        ]
    );
    assert_eq!(
        said(&rare, Timing::AtDate, Step::Month),
        ["2026-03 2026-03-31", "2026-04 gap", "2026-05 gap", "2026-06 gap", "2026-07 2026-07-03", "2026-08 2026-08-31"]
    );
    assert!(places(&[], Timing::AtDate, Step::Month).is_empty());
}

#[test]
fn a_figure_at_a_date_is_that_of_the_months_last_extract() {
    let weekly = ["2026-10-23", "2026-10-30", "2026-11-06", "2026-11-13"];
    assert_eq!(said(&weekly, Timing::AtDate, Step::Month), ["2026-10 2026-10-30", "2026-11 2026-11-13"]);
}

#[test]
fn a_week_is_one_of_a_figure_at_a_date_only() {
    let dates = ["2026-10-23", "2026-10-25", "2026-11-06"];
    assert_eq!(
        said(&dates, Timing::AtDate, Step::Week),
        ["2026-10-19 2026-10-25", "2026-10-26 gap", "2026-11-02 2026-11-06"]
    );
    assert_eq!(said(&dates, Timing::InPeriod, Step::Week), ["2026-10 2026-11-06", "2026-11 2026-11-06 unfinished"]);
}

#[test]
fn a_leap_february_ends_on_the_29th() {
    assert_eq!(said(&["2028-02-29"], Timing::InPeriod, Step::Month), ["2028-02 2028-02-29"]);
    assert_eq!(said(&["2028-02-28"], Timing::InPeriod, Step::Month), ["2028-02 2028-02-28 unfinished"]);
}
