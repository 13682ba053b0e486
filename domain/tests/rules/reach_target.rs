//! What would reach the target: exact, and the shortest list.

use crate::common::*;
use domain::look_ahead::{Moves, Reach, Share, is_on_target, is_wrong, reach, remedy};
use domain::measures::figure::Figure;
use domain::measures::{CORE, Counting, Fact, Polarity};
use rstest::rstest;

fn unit(measure: &'static str, position: u16, numerator: bool, due: &str, days: i64) -> Fact {
    Fact {
        measure,
        child_id: format!("{position:03}").into(),
        list: 7,
        position,
        team: None,
        worker: None,
        numerator,
        start: None,
        due: on(due),
        days: (!due.is_empty()).then_some(days),
        event: None,
    }
}

/// So many units, of which so many are in the numerator.
fn units(measure: &'static str, numerator: usize, denominator: usize) -> Vec<Fact> {
    (0..denominator).map(|row| unit(measure, row as u16, row < numerator, "2024-01-31", 10)).collect()
}

fn share(text: &str) -> Share {
    text.parse().unwrap()
}

fn needed(id: &'static str, numerator: usize, denominator: usize, target: &str) -> Option<usize> {
    reach(the(id), &units(id, numerator, denominator), share(target)).map(|reach| reach.units.len())
}

#[rstest]
#[case::nineteen_of_twenty_is_on_target("CPP-01", 19, 20, "0.95", Some(0))]
#[case::eighteen_of_twenty_wants_one("CPP-01", 18, 20, "0.95", Some(1))]
#[case::a_third_of_three_is_less_than_0_34("CPP-01", 1, 3, "0.34", Some(1))]
#[case::and_more_than_0_33("CPP-01", 1, 3, "0.33", Some(0))]
#[case::all_of_them("ALL-01", 3, 7, "1", Some(4))]
#[case::none_is_wanted("CPP-01", 0, 7, "0", Some(0))]
#[case::beyond_all_of_them("ALL-01", 3, 7, "1.01", None)]
#[case::no_unit_no_figure("CPP-01", 0, 0, "0.95", None)]
#[case::dormant_cases_stay_in_the_count("DOR-01", 5, 10, "0.2", Some(3))]
#[case::overdue_assessments_leave_it("ASM-02", 5, 10, "0.2", Some(4))]
#[case::to_none_by_all_of_them("ASM-02", 5, 10, "0", Some(5))]
#[case::also_where_nothing_else_is_open("ASM-02", 5, 5, "0", Some(5))]
#[case::the_past_is_not_undone("ASM-01", 1, 10, "0.9", None)]
#[case::but_may_be_good_enough("ASM-01", 9, 10, "0.9", Some(0))]
#[case::placements_are_not_undone("CLA-05", 3, 10, "0.1", None)]
#[case::context_has_no_target("CPP-13", 3, 10, "0.1", None)]
#[case::workers_are_not_units("WF-02", 3, 10, "0.1", None)]
fn how_many(
    #[case] id: &'static str,
    #[case] numerator: usize,
    #[case] denominator: usize,
    #[case] target: &str,
    #[case] expected: Option<usize>,
) {
    assert_eq!(needed(id, numerator, denominator, target), expected);
}

#[rstest]
#[case::rights_high("CPP-01", 18, 20, "0.95", (19, 20))]
#[case::rights_low("DOR-01", 5, 10, "0.2", (2, 10))]
#[case::leaves_low("ASM-02", 5, 10, "0.2", (1, 6))]
#[case::leaves_to_the_last("ASM-02", 2, 2, "0", (0, 0))]
#[case::nothing_to_do("CPP-01", 19, 20, "0.95", (19, 20))]
fn what_the_figure_is_afterwards(
    #[case] id: &'static str,
    #[case] numerator: usize,
    #[case] denominator: usize,
    #[case] target: &str,
    #[case] expected: (u64, u64),
) {
    let reach = reach(the(id), &units(id, numerator, denominator), share(target)).unwrap();
    assert_eq!((reach.after.numerator, reach.after.denominator), expected);
}

#[rstest]
#[case("0.95", 19, 20, true)]
#[case("0.1", 1, 10, true)]
#[case("0.7", 7, 10, true)]
#[case("0.29", 29, 100, true)]
#[case("0.57", 57, 100, true)]
#[case("0.57", 56, 100, false)]
#[case("0.333333333", 1, 3, true)]
#[case("0.333333334", 1, 3, false)]
#[case("1", 999_999, 1_000_000, false)]
fn a_target_is_exact(#[case] target: &str, #[case] numerator: u64, #[case] denominator: u64, #[case] expected: bool) {
    let figure = Figure { numerator, denominator };
    assert_eq!(is_on_target(figure, share(target), Polarity::High), Some(expected));
    let from_float = Share::from_float(target.parse().unwrap()).unwrap();
    assert_eq!(is_on_target(figure, from_float, Polarity::High), Some(expected));
}

#[test]
fn exactly_on_target_is_on_target_in_either_direction() {
    for denominator in 1..=200_u64 {
        for hundredths in (0..=100_u64).filter(|hundredths| denominator * hundredths % 100 == 0) {
            let target = Share::from_float(hundredths as f64 / 100.0).unwrap();
            let figure = Figure { numerator: denominator * hundredths / 100, denominator };
            assert_eq!(is_on_target(figure, target, Polarity::High), Some(true), "{figure:?} {target:?}");
            assert_eq!(is_on_target(figure, target, Polarity::Low), Some(true), "{figure:?} {target:?}");
            let below = Figure { numerator: figure.numerator.saturating_sub(1), denominator };
            assert_eq!(is_on_target(below, target, Polarity::High), Some(figure.numerator == 0));
            let above = Figure { numerator: figure.numerator + 1, denominator };
            assert_eq!(is_on_target(above, target, Polarity::Low), Some(false));
        }
    }
}

#[rstest]
#[case("")]
#[case(".")]
#[case("-0.5")]
#[case("+1")]
#[case("95%")]
#[case("1e3")]
#[case("0.0000000001")]
#[case("99999999999999999999")]
fn no_target(#[case] text: &str) {
    assert!(text.parse::<Share>().is_err());
}

#[test]
fn targets_of_the_measures_are_read_to_the_last_digit() {
    for target in CORE.iter().filter_map(|measure| measure.target) {
        assert_eq!(Share::from_float(target.value), target.value.to_string().parse());
        assert!(Share::from_float(target.value).is_ok());
    }
    for nonsense in [f64::NAN, f64::INFINITY, -0.5, 0.1 + 0.2] {
        assert!(Share::from_float(nonsense).is_err(), "{nonsense}");
    }
}

#[test]
fn those_who_waited_longest_come_first() {
    let facts = [
        unit("CPP-01", 0, false, "2024-01-20", 15),
        unit("CPP-01", 1, false, "2024-01-10", 22),
        unit("CPP-01", 2, true, "2024-02-10", 3),
        unit("CPP-01", 3, false, "", 0),
        unit("CPP-01", 4, false, "2024-01-10", 24),
        unit("CPP-01", 5, false, "2024-01-10", 22),
    ];
    let reach = reach(the("CPP-01"), &facts, share("1")).unwrap();
    let order: Vec<_> = reach.units.iter().map(|fact| fact.position).collect();
    // Never visited, then the earliest due day, of one day the most days run, then the child.
    assert_eq!(order, [3, 4, 1, 5, 0]);
}

/// The figure after acting on these units, worked out one by one.
fn acted_on(measure: &str, facts: &[Fact], chosen: u32) -> Figure {
    let measure = the(measure);
    let moves = remedy(measure).unwrap().moves;
    let mut figure = Figure { numerator: 0, denominator: 0 };
    for (row, fact) in facts.iter().enumerate() {
        let acted = chosen & (1 << row) != 0 && is_wrong(measure, fact);
        match (acted, moves) {
            (true, Moves::Leaves) => {}
            (true, Moves::Rights) => {
                figure.denominator += 1;
                figure.numerator += u64::from(!fact.numerator);
            }
            _ => {
                figure.denominator += 1;
                figure.numerator += u64::from(fact.numerator);
            }
        }
    }
    figure
}

#[test]
fn no_shorter_list_reaches_the_target() {
    for id in ["CPP-01", "DOR-01", "ASM-02", "S47-02", "CLA-07", "CPP-06", "CLA-05"] {
        let measure = the(id);
        for denominator in 0..=7_usize {
            for numerator in 0..=denominator {
                let facts = units(measure.id, numerator, denominator);
                for hundredths in (0..=100_u32).step_by(5) {
                    let target = share(&format!("{}.{:02}", hundredths / 100, hundredths % 100));
                    let reaches = |chosen: u32| {
                        let figure = acted_on(id, &facts, chosen);
                        // With nobody left on the wrong side there is nothing left to do.
                        let is_empty = figure.denominator == 0 && denominator > 0;
                        is_empty || is_on_target(figure, target, measure.polarity) == Some(true)
                    };
                    let shortest =
                        (0..1_u32 << denominator).filter(|chosen| reaches(*chosen)).map(u32::count_ones).min();
                    let found = reach(measure, &facts, target);
                    let what = format!("{id} {numerator}/{denominator} to {hundredths}%");
                    assert_eq!(found.as_ref().map(|reach| reach.units.len() as u32), shortest, "{what}");
                    if let Some(Reach { units, after }) = found {
                        let chosen = units.iter().map(|fact| 1 << fact.position).sum();
                        assert_eq!(after, acted_on(id, &facts, chosen), "{what}");
                    }
                }
            }
        }
    }
}

#[test]
fn every_measure_of_units_with_a_good_side_and_an_act_can_reach_its_best() {
    for measure in CORE.iter().filter(|measure| measure.counting == Counting::Units) {
        let best = share(if measure.polarity == Polarity::Low { "0" } else { "1" });
        let wrong = usize::from(measure.polarity == Polarity::Low);
        let found = reach(measure, &units(measure.id, 3 * wrong, 3), best);
        let can_act = matches!(remedy(measure).unwrap().moves, Moves::Rights | Moves::Leaves);
        let expected = (can_act && measure.polarity != Polarity::Neutral).then_some(3);
        assert_eq!(found.map(|reach| reach.units.len()), expected, "{}", measure.id);
    }
}
