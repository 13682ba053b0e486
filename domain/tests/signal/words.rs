//! The words of a verdict, and of a target.

use crate::common::*;
use domain::measures::{Polarity, measure};
use domain::signal::{Step, TooFew, Verdict, judge, step, words};
use domain::spc::Assurance;
use domain::standards::{BadSetting, Standards};
use rstest::rstest;

#[rstest]
#[case(Polarity::High, 700, "Getting better since October 2026")]
#[case(Polarity::High, 320, "Getting worse since October 2026")]
#[case(Polarity::Neutral, 700, "Higher than usual since October 2026")]
#[case(Polarity::Neutral, 320, "Lower than usual since October 2026")]
#[case(Polarity::High, 510, "No real change")]
fn a_verdict_has_one_of_these_words(#[case] polarity: Polarity, #[case] last: u64, #[case] expected: &str) {
    let points = months(&some(&then(between(500, 520, 18), &[last])));
    let judgement = judge(&points, &question(polarity)).unwrap();
    assert_eq!(words::verdict_since(&judgement.verdict, measure("ASM-01").unwrap(), Step::Month), expected);
}

#[test]
fn too_few_says_what_is_missing() {
    let said = |few, id, step| words::verdict(&Verdict::TooFew(few), measure(id).unwrap(), step);
    assert_eq!(said(TooFew::Points(7), "ASM-01", Step::Month), "Too few months to tell (7 more)");
    assert_eq!(said(TooFew::Points(1), "CPP-01", Step::Week), "Too few weeks to tell (1 more)");
    assert_eq!(said(TooFew::Units, "ASM-01", Step::Month), "Too few children to tell");
    assert_eq!(said(TooFew::Units, "WF-01", Step::Month), "Too few workers to tell");
}

#[rstest]
#[case(true, 0.0, None, "on target")]
#[case(true, 1.0, Some(Assurance::Pass), "on target")]
#[case(true, 1.0, Some(Assurance::HitOrMiss), "on target, but not reliably")]
#[case(true, 1.0, Some(Assurance::Fail), "on target, but not reliably")]
#[case(false, -5.23, None, "5.2 short")]
#[case(false, -5.23, Some(Assurance::HitOrMiss), "5.2 short")]
#[case(false, 1.1, Some(Assurance::Pass), "1.1 over")]
#[case(false, -5.2, Some(Assurance::Fail), "5.2 short, not yet at this pace")]
#[case(false, -0.04, None, "under 0.1 short")]
fn a_target_is_apart_from_the_verdict(
    #[case] reached: bool,
    #[case] distance: f64,
    #[case] assurance: Option<Assurance>,
    #[case] expected: &str,
) {
    assert_eq!(words::target(reached, distance, assurance), expected);
}

#[test]
fn weeks_are_judged_only_of_a_figure_at_a_date_whose_clock_is_ten_working_days_or_shorter() {
    let mut standards = Standards::default();
    let by_week = |standards: &Standards| {
        let ids = domain::measures::CORE.iter().filter(|measure| step(measure, standards) == Step::Week);
        ids.map(|measure| measure.id).collect::<Vec<_>>()
    };
    assert!(by_week(&standards).is_empty(), "the default is by month");
    standards.set("chart_step", "week").unwrap();
    assert_eq!(by_week(&standards), ["CPP-01"]);
    standards.set("cp_visit_working_days", "11").unwrap();
    standards.set("icpc_working_days", "10").unwrap();
    assert_eq!(by_week(&standards), ["S47-02"], "S47-01 counts events");
    assert!(matches!(standards.set("chart_step", "day"), Err(BadSetting::BadValue { .. })));
}
