//! Which target counts, from when, and how a figure stands to it.

use crate::common::*;
use domain::look_ahead::Share;
use domain::measures::figure::Figure;
use domain::scope::Area;
use domain::targets::{Against, Aim, BadTarget, DatedTarget, Origin, Targets};
use proptest::prelude::*;
use rstest::rstest;

fn aim(measure: &str, value: &str, tolerance: &str) -> Aim {
    Aim::read(the(measure), value, tolerance).unwrap()
}

fn set(area: Area, value: &str, from: &str) -> DatedTarget {
    let aim = (!value.is_empty()).then(|| aim("CPP-01", value, ""));
    DatedTarget { measure: "CPP-01".to_owned(), area, aim, applies_from: day(from) }
}

fn team(name: &str) -> Area {
    Area::Team(name.to_owned())
}

fn service(name: &str) -> Area {
    Area::Service(name.to_owned())
}

#[rstest]
#[case::per_cent("CPP-01", "95%", "95%")]
#[case::a_share("CPP-01", "0.95", "95%")]
#[case::spaces(" CPP-01", " 92.50 % ", "92.5%")]
#[case::to_the_last_digit("CPP-01", "0.92255", "92.255%")]
#[case::nothing("ASM-02", "0", "0%")]
#[case::all_of_them("ALL-01", "100%", "100%")]
#[case::one_is_all_of_them("ALL-01", "1", "100%")]
fn a_share_reads_as_people_write_it(#[case] measure: &str, #[case] written: &str, #[case] shown: &str) {
    assert_eq!(aim(measure.trim(), written, "").value.in_per_cent(), shown);
}

#[rstest]
#[case::per_cent_without_its_sign("CPP-01", "95", "", BadTarget::Share)]
#[case::more_than_the_whole("CPP-01", "100.1%", "", BadTarget::Share)]
#[case::below_nothing("CPP-01", "-5%", "", BadTarget::Share)]
#[case::no_number("CPP-01", "high", "", BadTarget::Share)]
#[case::blank("CPP-01", "", "", BadTarget::Share)]
#[case::a_tolerance_that_is_none("CPP-01", "95%", "some", BadTarget::Share)]
#[case::a_ratio_is_no_share("WF-01", "95%", "", BadTarget::Ratio)]
#[case::nor_beyond_reason("WF-01", "1001", "", BadTarget::Ratio)]
#[case::neither_side_is_good("CPP-13", "10%", "", BadTarget::Neutral("CPP-13"))]
fn what_cannot_be_is_refused(
    #[case] measure: &str,
    #[case] value: &str,
    #[case] tolerance: &str,
    #[case] bad: BadTarget,
) {
    assert_eq!(Aim::read(the(measure), value, tolerance), Err(bad));
}

#[rstest]
#[case::exactly_on("CPP-01", 19, 20, Some(Against::On))]
#[case::within_the_tolerance("CPP-01", 18, 20, Some(Against::Close))]
#[case::a_hair_beyond_it("CPP-01", 899_999, 1_000_000, Some(Against::Off))]
#[case::no_unit("CPP-01", 0, 0, None)]
#[case::lower_is_better("CPP-06", 95, 100, Some(Against::On))]
#[case::and_up_to_the_tolerance_close("CPP-06", 100, 100, Some(Against::Close))]
fn a_figure_stands_to_95_per_cent_give_or_take_five(
    #[case] measure: &str,
    #[case] numerator: u64,
    #[case] denominator: u64,
    #[case] expected: Option<Against>,
) {
    let judged = aim(measure, "95%", "5%").judge(Figure { numerator, denominator }, the(measure).polarity);
    assert_eq!(judged, expected);
}

#[test]
fn a_tolerance_greater_than_the_target_ends_at_nothing() {
    let judge =
        |numerator| aim("CPP-01", "5%", "10%").judge(Figure { numerator, denominator: 100 }, the("CPP-01").polarity);
    assert_eq!((judge(5), judge(0)), (Some(Against::On), Some(Against::Close)));
}

#[test]
fn the_teams_target_counts_then_its_services_then_everyones_then_the_measures_own() {
    let all = [
        set(team("North  1"), "80%", "2026-01-01"),
        set(service("North"), "85%", "2026-01-01"),
        set(Area::All, "90%", "2026-01-01"),
    ];
    let shown = |settings: &[DatedTarget], team, service| {
        let targets = Targets::on(day("2026-06-01"), settings.iter().cloned());
        targets.in_force(the("CPP-01"), team, service).map(|target| target.aim.value.in_per_cent())
    };
    for (settings, expected) in [(&all[..], "80%"), (&all[1..], "85%"), (&all[2..], "90%"), (&[], "95%")] {
        assert_eq!(shown(settings, Some("NORTH 1"), Some("north")).as_deref(), Some(expected));
    }
    assert_eq!(shown(&all, Some("North 2"), Some("North")).as_deref(), Some("85%"));
    assert_eq!(shown(&all, None, Some("South")).as_deref(), Some("90%"));
    // A service that is called like a team is another area.
    assert_eq!(shown(&all, None, Some("North 1")).as_deref(), Some("90%"));
    let targets = Targets::on(day("2026-06-01"), all);
    assert_eq!(targets.in_force(the("CIN-03"), None, None), None, "a measure of which nobody expects anything");
    let own = Targets::default().in_force(the("CPP-01"), None, None).unwrap();
    assert_eq!(own.origin, Origin::Default("Local: 95% or more"));
}

#[test]
fn a_target_counts_from_its_date_and_the_later_one_wins() {
    let all =
        [set(Area::All, "90%", "2026-02-01"), set(Area::All, "80%", "2026-01-01"), set(Area::All, "91%", "2026-02-01")];
    let on = |date: &str| {
        let in_force = Targets::on(day(date), all.clone()).in_force(the("CPP-01"), None, None).unwrap();
        (in_force.aim.value.in_per_cent(), in_force.origin)
    };
    assert_eq!(on("2025-12-31").0, "95%");
    assert_eq!(on("2026-01-01").0, "80%");
    assert_eq!(on("2026-01-31").0, "80%");
    assert_eq!(on("2026-02-01"), ("91%".to_owned(), Origin::Set { area: Area::All, since: day("2026-02-01") }));
}

#[test]
fn a_target_taken_back_leaves_the_next_wider_one() {
    let all =
        [set(Area::All, "90%", "2026-01-01"), set(team("A"), "80%", "2026-01-01"), set(team("a"), "", "2026-02-01")];
    let on = |date: &str| {
        let targets = Targets::on(day(date), all.clone());
        targets.in_force(the("CPP-01"), Some("A"), None).unwrap().aim.value.in_per_cent()
    };
    assert_eq!((on("2026-01-31").as_str(), on("2026-02-01").as_str()), ("80%", "90%"));
}

proptest! {
    #[test]
    fn a_target_reads_back_as_it_was_written(parts in 0u64..=1_000_000_000) {
        let share: Share = format!("{}.{:09}", parts / 1_000_000_000, parts % 1_000_000_000).parse().unwrap();
        let again: Share = share.to_string().parse().unwrap();
        prop_assert_eq!(again.plus(Share::NOTHING).value(), share.value());
        prop_assert_eq!(share.less(again).value(), 0.0);
        prop_assert_eq!(again.to_string(), share.to_string());
        let per_cent = share.in_per_cent();
        prop_assert_eq!(Aim::read(the("CPP-01"), &per_cent, "").unwrap().value.to_string(), share.to_string());
    }
}
