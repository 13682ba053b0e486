//! Children Requiring Attention: what has happened to a child, and the register as a whole.

use crate::any_journey::{any_children, council_of};
use crate::common::*;
use chrono::NaiveDate;
use domain::journey::Journey;
use domain::record::{CarePeriod, Held, Need, ProtectionPlan, Record, Referral, Section47};
use domain::registers::{Entry, RULES, Reason, reasons, register, rule};
use domain::standards::Standards;
use proptest::prelude::*;
use rstest::rstest;
use std::collections::BTreeSet;

/// What one rule says of a child: its words and since when.
pub fn finding(council: &Council, id: &str, records: impl IntoIterator<Item = Record>) -> Option<(String, String)> {
    assert!(rule(id).is_some(), "no rule {id}");
    let reason = of_rule(council, id, &child(records))?;
    Some((reason.words, reason.since.map(|date| date.to_string()).unwrap_or_default()))
}

fn of_rule(council: &Council, id: &str, journey: &Journey) -> Option<Reason> {
    let found = reasons(&journey.clone().read_as_at(council.as_at), &council.context());
    found.into_iter().find(|reason| reason.rule == id)
}

/// What [`finding`] gives for these.
pub fn found(words: &str, since: &str) -> Option<(String, String)> {
    Some((words.to_owned(), since.to_owned()))
}

fn referrals(rows: &[(&str, Option<i64>)]) -> Vec<Record> {
    let record = |(date, before): &(&str, Option<i64>)| {
        Record::Referral(Referral {
            referral_date: on(date),
            number_of_previous_referrals: *before,
            ..Referral::default()
        })
    };
    rows.iter().map(record).collect()
}

fn on_days(days: &[&str]) -> Vec<Record> {
    referrals(&days.iter().map(|day| (*day, None)).collect::<Vec<_>>())
}

#[rstest]
#[case::the_third_makes_it(&["2023-06-01", "2023-07-01", "2023-08-01"], found("3 referrals in 12 months", "2023-08-01"))]
#[case::since_the_third_of_four(
    &["2023-09-01", "2023-06-01", "2023-08-01", "2023-07-01"], found("4 referrals in 12 months", "2023-08-01")
)]
#[case::two_do_not(&["2023-06-01", "2023-07-01"], None)]
#[case::twelve_months_ago_and_today_count(
    &["2023-01-31", "2023-07-01", "2024-01-31"], found("3 referrals in 12 months", "2024-01-31")
)]
#[case::a_day_earlier_does_not(&["2023-01-30", "2023-07-01", "2024-01-31"], None)]
#[case::tomorrow_does_not(&["2023-01-31", "2023-07-01", "2024-02-01"], None)]
#[case::a_blank_date_does_not(&["2023-01-31", "2023-07-01", ""], None)]
fn three_referrals(#[case] days: &[&str], #[case] expected: Option<(String, String)>) {
    assert_eq!(finding(&Council::as_at("2024-01-31"), "referrals", on_days(days)), expected);
}

#[rstest]
#[case::two_before_the_latest(&[("2023-12-01", Some(2))], found("3 referrals in 12 months", "2023-12-01"))]
#[case::one_before_the_latest(&[("2023-12-01", Some(1))], None)]
#[case::the_latest_row_answers(&[("2023-11-01", Some(5)), ("2023-12-01", Some(1))], None)]
#[case::of_one_day_the_first_in_the_sheet(
    &[("2023-12-01", Some(2)), ("2023-12-01", Some(0))], found("3 referrals in 12 months", "2023-12-01")
)]
#[case::and_not_the_second(&[("2023-12-01", Some(0)), ("2023-12-01", Some(2))], None)]
#[case::the_greater_of_rows_and_count(
    &[("2023-10-01", None), ("2023-11-01", None), ("2023-12-01", Some(4))], found("5 referrals in 12 months", "2023-12-01")
)]
#[case::a_latest_more_than_a_year_ago(&[("2023-01-30", Some(5))], None)]
#[case::a_count_below_nothing(&[("2023-12-01", Some(-1))], None)]
fn referrals_by_the_count_of_the_extract(
    #[case] rows: &[(&str, Option<i64>)],
    #[case] expected: Option<(String, String)>,
) {
    assert_eq!(finding(&Council::as_at("2024-01-31"), "referrals", referrals(rows)), expected);
}

#[rstest]
#[case::from_29_february_to_28("2024-02-29", "2023-02-28", true)]
#[case::and_no_earlier("2024-02-29", "2023-02-27", false)]
#[case::from_28_february_of_a_common_year("2025-02-28", "2024-02-28", true)]
#[case::and_no_earlier_either("2025-02-28", "2024-02-27", false)]
fn twelve_months_over_leap_days(#[case] as_at: &str, #[case] first: &str, #[case] expected: bool) {
    let council = Council::as_at(as_at);
    assert_eq!(finding(&council, "referrals", on_days(&[first, as_at, as_at])).is_some(), expected);
}

#[rstest]
#[case::two(&[("2023-06-01", None), ("2024-01-31", None)], found("2 section 47 enquiries in 12 months", "2024-01-31"))]
#[case::one(&[("2024-01-31", None)], None)]
#[case::one_before_it(&[("2024-01-30", Some(1))], found("2 section 47 enquiries in 12 months", "2024-01-30"))]
#[case::more_than_a_year_apart(&[("2023-01-30", None), ("2024-01-31", None)], None)]
fn repeat_enquiries(#[case] rows: &[(&str, Option<i64>)], #[case] expected: Option<(String, String)>) {
    assert_eq!(finding(&Council::as_at("2024-01-31"), "repeat-section-47", enquiries(rows)), expected);
}

#[test]
fn one_enquiry_is_named_in_the_singular() {
    let council = Council::as_at("2024-01-31").set("attention_section_47s", "1");
    let words = found("1 section 47 enquiry in 12 months", "2024-01-30");
    assert_eq!(finding(&council, "repeat-section-47", enquiries(&[("2024-01-30", None)])), words);
}

fn enquiries(rows: &[(&str, Option<i64>)]) -> Vec<Record> {
    let record = |(date, before): &(&str, Option<i64>)| {
        Record::Section47(Section47 {
            strategy_discussion_date: on(date),
            number_of_previous_section_47s: *before,
            ..Section47::default()
        })
    };
    rows.iter().map(record).collect()
}

fn plan(start: &str, end: &str, previous: Option<i64>) -> Record {
    Record::ProtectionPlan(ProtectionPlan {
        cp_plan_start_date: on(start),
        cp_plan_end_date: on(end),
        number_of_previous_plans: previous,
        ..ProtectionPlan::default()
    })
}

#[rstest]
#[case::one_before("2023-06-01", "", Some(1), found("1 earlier child protection plan", "2023-06-01"))]
#[case::two_before_and_no_start("", "", Some(2), found("2 earlier child protection plans", ""))]
#[case::none_before("2023-06-01", "", Some(0), None)]
#[case::not_known("2023-06-01", "", None, None)]
#[case::ended_today("2023-06-01", "2024-01-31", Some(1), None)]
#[case::ends_tomorrow("2023-06-01", "2024-02-01", Some(1), found("1 earlier child protection plan", "2023-06-01"))]
fn second_plans(
    #[case] start: &str,
    #[case] end: &str,
    #[case] previous: Option<i64>,
    #[case] expected: Option<(String, String)>,
) {
    assert_eq!(finding(&Council::as_at("2024-01-31"), "second-plan", [plan(start, end, previous)]), expected);
}

#[rstest]
#[case::eighteen_months_today(
    "2024-01-31",
    "2022-07-31",
    found("on a child protection plan for 18 months", "2024-01-31")
)]
#[case::a_day_less("2024-01-31", "2022-08-01", None)]
#[case::nineteen_months("2024-01-31", "2022-06-30", found("on a child protection plan for 19 months", "2023-12-30"))]
#[case::from_31_august_to_29_february(
    "2024-02-29",
    "2022-08-31",
    found("on a child protection plan for 18 months", "2024-02-29")
)]
#[case::from_1_september_not_yet("2024-02-29", "2022-09-01", None)]
#[case::from_31_august_to_28_february(
    "2023-02-28",
    "2021-08-31",
    found("on a child protection plan for 18 months", "2023-02-28")
)]
#[case::not_the_day_before("2023-02-27", "2021-08-31", None)]
#[case::a_start_not_known_is_long_ago(
    "2024-01-31",
    "",
    found("on a child protection plan whose start is not recorded", "")
)]
fn long_plans(#[case] as_at: &str, #[case] start: &str, #[case] expected: Option<(String, String)>) {
    assert_eq!(finding(&Council::as_at(as_at), "long-plan", [plan(start, "", None)]), expected);
}

#[test]
fn of_two_open_plans_the_longer_is_named() {
    let records = [plan("2023-12-01", "", Some(3)), plan("2022-01-31", "", Some(1))];
    let council = Council::as_at("2024-01-31");
    let long = found("on a child protection plan for 24 months", "2023-07-31");
    assert_eq!(finding(&council, "long-plan", records.clone()), long);
    assert_eq!(finding(&council, "second-plan", records), found("3 earlier child protection plans", "2023-12-01"));
}

fn care(started: &str, ceased: &str, status: &str) -> CarePeriod {
    CarePeriod {
        started_date: on(started),
        ceased_date: on(ceased),
        legal_status: text(status),
        ..CarePeriod::default()
    }
}

#[rstest]
#[case::an_earlier_period_on_record(
    care("2023-10-01", "", "C2"),
    Some(care("2023-02-01", "2023-05-01", "C2")),
    found("2 periods of care on record", "2023-10-01")
)]
#[case::ended_on_the_day_the_next_began(
    care("2023-10-01", "", "C2"),
    Some(care("2023-02-01", "2023-10-01", "C2")),
    found("2 periods of care on record", "2023-10-01")
)]
#[case::ended_after_it_began(care("2023-10-01", "", "C2"), Some(care("2023-02-01", "2023-10-02", "C2")), None)]
#[case::short_breaks_before(care("2023-10-01", "", "C2"), Some(care("2023-02-01", "2023-05-01", "V4")), None)]
#[case::short_breaks_now(care("2023-10-01", "", "V3"), Some(care("2023-02-01", "2023-05-01", "C2")), None)]
#[case::no_longer_looked_after(
    care("2023-10-01", "2024-01-31", "C2"),
    Some(care("2023-02-01", "2023-05-01", "C2")),
    None
)]
#[case::the_first(care("2023-10-01", "", "C2"), None, None)]
#[case::the_extract_says_so(
    CarePeriod { second_period: text("Yes"), ..care("2023-10-01", "", "C2") }, None,
    found("looked after for the second time or more in 12 months", "2023-10-01")
)]
#[case::the_extract_says_no(CarePeriod { second_period: text("No"), ..care("2023-10-01", "", "C2") }, None, None)]
fn second_care(
    #[case] now: CarePeriod,
    #[case] before: Option<CarePeriod>,
    #[case] expected: Option<(String, String)>,
) {
    let records = before.into_iter().chain([now]).map(Record::CarePeriod);
    assert_eq!(finding(&Council::as_at("2024-01-31"), "second-care", records), expected);
}

#[test]
fn a_yes_is_two_periods_and_not_three() {
    let record = Record::CarePeriod(CarePeriod { second_period: text("Yes"), ..care("2023-10-01", "", "C2") });
    let three = Council::as_at("2024-01-31").set("attention_care_periods", "3");
    assert_eq!(finding(&three, "second-care", [record]), None);
}

#[rstest]
#[case::three(Some(3), "C2", found("3 placements in 12 months", "2024-01-10"))]
#[case::two(Some(2), "C2", None)]
#[case::unknown(None, "C2", None)]
#[case::short_breaks(Some(5), "V4", None)]
fn placements(#[case] number: Option<i64>, #[case] status: &str, #[case] expected: Option<(String, String)>) {
    let record = CarePeriod {
        number_of_placements: number,
        placement_start_date: on("2024-01-10"),
        ..care("2023-01-01", "", status)
    };
    assert_eq!(finding(&Council::as_at("2024-01-31"), "placements", [Record::CarePeriod(record)]), expected);
}

#[rstest]
#[case::once(Some(1), "C2", found("missing from care 1 time in 12 months", ""))]
#[case::four_times(Some(4), "C2", found("missing from care 4 times in 12 months", ""))]
#[case::never(Some(0), "C2", None)]
#[case::unknown(None, "C2", None)]
#[case::short_breaks(Some(4), "V3", None)]
fn missing(#[case] episodes: Option<i64>, #[case] status: &str, #[case] expected: Option<(String, String)>) {
    let record = CarePeriod { missing_episodes: episodes, ..care("2023-01-01", "", status) };
    assert_eq!(finding(&Council::as_at("2024-01-31"), "missing", [Record::CarePeriod(record)]), expected);
}

#[test]
fn the_register_has_each_child_once_with_every_reason_the_weightiest_first() {
    let council = Council::as_at("2024-01-31").team("North");
    let held = |worker| Held { team: text("north"), worker: text(worker) };
    let long = |worker| {
        Record::ProtectionPlan(ProtectionPlan {
            cp_plan_start_date: on("2022-01-01"),
            last_visit_date: on("2024-01-30"),
            number_of_previous_plans: Some(1),
            held: held(worker),
            ..ProtectionPlan::default()
        })
    };
    let well = Record::Need(Need {
        cin_start_date: on("2024-01-01"),
        last_seen_date: on("2024-01-30"),
        held: held("Ada"),
        ..Need::default()
    });
    let children = [
        named_child("quiet", [well]),
        named_child("b", [long("Ada")]),
        named_child("a", [long("Ada")]),
        named_child("c", [long("Duty")]),
    ];
    let sound: Vec<_> = children.into_iter().map(|journey| journey.read_as_at(council.as_at)).collect();
    let entries = register(&sound, &council.context());
    let shown = |entry: &Entry| {
        let rules: Vec<_> = entry.reasons.iter().map(|reason| reason.rule).collect();
        (entry.child_id.to_string(), entry.worker.as_deref().map(str::to_owned), rules)
    };
    let twice = vec!["second-plan", "long-plan"];
    assert_eq!(
        entries.iter().map(shown).collect::<Vec<_>>(),
        [
            ("c".to_owned(), None, vec!["unallocated", "second-plan", "long-plan"]),
            ("a".to_owned(), text("Ada"), twice.clone()),
            ("b".to_owned(), text("Ada"), twice),
        ]
    );
    assert!(entries.iter().all(|entry| entry.team.as_deref() == Some("North")));
    assert_eq!(entries[0].since(), on("2022-01-01"));
    assert_eq!(entries[1].weight, rule("second-plan").unwrap().weight + rule("long-plan").unwrap().weight);
}

#[test]
fn every_rule_says_what_it_reads_and_prints_its_standards() {
    let ids: BTreeSet<_> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), RULES.len());
    let known: BTreeSet<_> = HEADERS.lines().collect();
    for rule in RULES {
        assert!(rule.standards[0].starts_with("attention_"), "{}", rule.id);
        assert!(rule.standards.iter().all(|name| Standards::NAMES.contains(name)), "{}", rule.id);
        assert!(rule.needs.is_empty() != rule.measures.is_empty(), "{}", rule.id);
        for need in rule.needs {
            for column in need.columns {
                assert!(known.contains(format!("{}\t{column}", need.list.label()).as_str()), "{}: {column}", rule.id);
            }
        }
        for name in rule.name.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name) {
            assert!(rule.standards.contains(&name), "{}: {name}", rule.id);
        }
        assert!(!rule.name_text(&Standards::default()).contains('{'), "{}", rule.id);
        assert!(rule.weight > 0 && !rule.why.is_empty() && !rule.source.is_empty(), "{}", rule.id);
    }
    let switches: BTreeSet<_> = RULES.iter().map(|rule| rule.standards[0]).collect();
    let attention = Standards::NAMES.iter().filter(|name| name.starts_with("attention_"));
    assert_eq!(switches, attention.copied().collect());
}

#[test]
fn a_rule_without_its_columns_finds_nothing() {
    let mut council = Council::as_at("2024-01-31");
    let record = plan("2020-01-01", "", Some(1));
    assert!(finding(&council, "second-plan", [record.clone()]).is_some());
    council.supplied.lists.get_mut(&7).unwrap().remove("Number of Previous Child Protection Plans");
    assert_eq!(finding(&council, "second-plan", [record.clone()]), None);
    assert!(!rule("second-plan").unwrap().is_supplied(&council.context()));
    // The length of the plan is known all the same.
    assert!(finding(&council, "long-plan", [record]).is_some());
}

#[test]
fn visits_are_judged_on_the_lists_that_are_supplied() {
    let mut council = Council::as_at("2024-01-31");
    let care =
        Record::CarePeriod(CarePeriod { placement_start_date: on("2023-01-01"), ..care("2023-01-01", "", "C2") });
    let records = || [plan("2020-01-01", "", None), care.clone()];
    let of_plan = found("no child protection visit recorded since the plan began", "2020-01-16");
    assert_eq!(finding(&council, "no-visit", records()), of_plan);
    council.supplied.lists.remove(&7);
    let of_care = found("no visit to the child in care recorded since the care began", "2023-01-09");
    assert_eq!(finding(&council, "no-visit", records()), of_care);
    council.supplied.lists.remove(&8);
    council.supplied.lists.remove(&6);
    assert_eq!(finding(&council, "no-visit", records()), None);
    assert!(!rule("no-visit").unwrap().is_supplied(&council.context()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_rule_says_what_its_measure_says((as_at, children) in any_children()) {
        let council = council_of(as_at);
        for journey in &children {
            let is_on = |id: &str| of_rule(&council, id, journey).is_some();
            let any = |id: &str, numerator: bool| council.facts(id, journey).iter().any(|fact| fact.numerator == numerator);
            prop_assert_eq!(is_on("unallocated"), any("ALL-01", false));
            prop_assert_eq!(is_on("dormant"), any("DOR-01", true));
            prop_assert_eq!(is_on("assessment-overdue"), any("ASM-02", true));
            prop_assert_eq!(is_on("conference-overdue"), any("S47-02", true));
            prop_assert_eq!(is_on("placements"), any("CLA-05", true));
            prop_assert_eq!(is_on("missing"), any("MIS-01", true));
            prop_assert_eq!(is_on("long-plan"), any("CPP-06", true));
            let late = ["CPP-01", "CIN-01", "CLA-01"].iter().any(|id| any(id, false));
            prop_assert!(late || !(is_on("no-visit") || is_on("visit-overdue")));
        }
    }

    #[test]
    fn a_threshold_of_nought_switches_one_rule_off((as_at, children) in any_children()) {
        let whole = council_of(as_at);
        for journey in &children {
            let all = reasons(&journey.clone().read_as_at(as_at), &whole.context());
            for reason in &all {
                let off = council_of(as_at).set(rule(reason.rule).unwrap().standards[0], "0");
                prop_assert!(!rule(reason.rule).unwrap().is_on(&off.standards));
                let left = reasons(&journey.clone().read_as_at(as_at), &off.context());
                let others: Vec<_> = all.iter().filter(|other| other.rule != reason.rule).cloned().collect();
                prop_assert_eq!(left, others);
            }
        }
    }

    #[test]
    fn no_reason_holds_since_a_day_to_come((as_at, children) in any_children()) {
        let council = council_of(as_at);
        for journey in &children {
            for reason in reasons(&journey.clone().read_as_at(as_at), &council.context()) {
                let is_past = |since: NaiveDate| since <= as_at;
                prop_assert!(reason.since.is_none_or(is_past), "{:?}", &reason);
            }
        }
    }
}
