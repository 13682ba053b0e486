//! Figures that stand side by side for who gets no small number: what one says and another does not.

use crate::any_journey::{any_children, council_of};
use chrono::NaiveDate;
use domain::journey::Journey;
use domain::measures::figure::{Figure, tallies};
use domain::measures::{CORE, Counting, Measure, measure};
use domain::suppress::{Judged, Part, SAME, WITHIN, area_by_area, is_small, side_by_side};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRng, TestRunner};
use std::collections::{BTreeMap, BTreeSet};

type Count = (&'static str, Part);
/// A unit: the child, the list of its row and the row.
type Unit = (String, u8, u16);

/// The units of each count. A worker is no row: of children per worker the children alone are told apart.
fn units(as_at: NaiveDate, children: &[Journey]) -> BTreeMap<Count, BTreeSet<Unit>> {
    let council = council_of(as_at);
    let mut units: BTreeMap<Count, BTreeSet<Unit>> = BTreeMap::new();
    for measure in published() {
        let facts = children.iter().flat_map(|journey| council.facts(measure.id, journey));
        for fact in facts {
            let unit = (fact.child_id.to_string(), fact.list, fact.position);
            let parts = match measure.counting {
                Counting::Units => {
                    [Some(Part::Denominator), Some(if fact.numerator { Part::Numerator } else { Part::Rest })]
                }
                Counting::ChildrenPerWorker => [Some(Part::Numerator), None],
                Counting::WorkersAboveLimit => [None, None],
            };
            for part in parts.into_iter().flatten() {
                units.entry((measure.id, part)).or_default().insert(unit.clone());
            }
        }
    }
    units
}

/// Ages apart are shown to nobody who gets no small number.
fn published() -> impl Iterator<Item = &'static Measure> {
    CORE.iter().filter(|measure| !measure.id.ends_with(['a', 'b']))
}

/// The same children in every run.
fn many_counties() -> Vec<(NaiveDate, Vec<Journey>)> {
    let mut runner =
        TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(Config::default().rng_algorithm));
    (0..400).map(|_| any_children().new_tree(&mut runner).unwrap().current()).collect()
}

/// Whether it follows from what is written down that the units of one count are units of another.
fn is_named(part: Count, whole: Count) -> bool {
    let mut reached = BTreeSet::from([part]);
    loop {
        let mut next = reached.clone();
        for count in &reached {
            next.insert((count.0, Part::Denominator));
            next.extend(SAME.iter().filter(|same| same.contains(count)).copied().flatten().copied());
            next.extend(WITHIN.iter().filter(|(inner, _)| inner == count).map(|(_, outer)| *outer));
        }
        if next == reached {
            return reached.contains(&whole);
        }
        reached = next;
    }
}

#[test]
fn what_is_written_down_holds_for_any_children_and_nothing_else_does() {
    let counties: Vec<_> = many_counties().iter().map(|(as_at, children)| units(*as_at, children)).collect();
    let none = BTreeSet::new();
    let of = |county: &BTreeMap<Count, BTreeSet<Unit>>, count: Count| county.get(&count).unwrap_or(&none).clone();
    for (one, other) in
        SAME.iter().flat_map(|same| same.iter().flat_map(|one| same.iter().map(move |other| (one, other))))
    {
        if one.0.starts_with("WF-") && one.1 == Part::Denominator {
            continue;
        }
        assert!(counties.iter().all(|county| of(county, *one) == of(county, *other)), "{one:?} is {other:?}");
    }
    for (part, whole) in WITHIN {
        assert!(
            counties.iter().all(|county| of(county, *part).is_subset(&of(county, *whole))),
            "{part:?} in {whole:?}"
        );
    }
    let counts: BTreeSet<Count> = counties.iter().flat_map(|county| county.keys().copied()).collect();
    let mut unnamed = Vec::new();
    for part in &counts {
        for whole in counts.iter().filter(|whole| whole.0 != part.0) {
            let times = counties.iter().filter(|county| county.contains_key(part)).count();
            let always = || counties.iter().all(|county| of(county, *part).is_subset(&of(county, *whole)));
            if times >= 20 && !is_named(*part, *whole) && always() {
                unnamed.push(format!("{part:?} in {whole:?}"));
            }
        }
    }
    assert!(unnamed.is_empty(), "{unnamed:#?}");
}

fn figure(id: &str, numerator: u64, denominator: u64) -> (&'static Measure, Figure) {
    (measure(id).unwrap(), Figure { numerator, denominator })
}

fn shown(judged: &[Judged]) -> Vec<&'static str> {
    judged.iter().filter(|one| one.shown).map(|one| one.measure.id).collect()
}

#[test]
fn a_figure_is_hidden_by_its_own_small_counts() {
    for (numerator, denominator, is_shown) in
        [(0, 0, true), (0, 3, false), (0, 5, false), (0, 6, true), (1, 50, false), (5, 50, false), (6, 50, true)]
    {
        assert_eq!(side_by_side(&[figure("CPP-07", numerator, denominator)])[0].shown, is_shown, "{numerator}");
        let rest = denominator - numerator;
        assert_eq!(side_by_side(&[figure("CPP-07", rest, denominator)])[0].shown, is_shown, "{rest}");
    }
    // Children of a worker are no part of the workers.
    assert!(side_by_side(&[figure("WF-01", 12, 10)])[0].shown);
    assert!(!side_by_side(&[figure("WF-01", 12, 5)])[0].shown);
}

#[test]
fn plans_of_children_under_four_are_not_told_by_two_figures() {
    let figures = |under_four: u64| [figure("CPP-01", 40, 50), figure("CPP-02", 30, 50 - under_four)];
    assert_eq!(shown(&side_by_side(&figures(0))), ["CPP-01", "CPP-02"]);
    assert_eq!(shown(&side_by_side(&figures(1))), ["CPP-01"]);
    assert_eq!(shown(&side_by_side(&figures(5))), ["CPP-01"]);
    assert_eq!(shown(&side_by_side(&figures(6))), ["CPP-01", "CPP-02"]);
    // Each of the plans' figures says how many plans there are: to hide one of them would not help.
    let more = [figure("CPP-01", 40, 50), figure("CPP-06", 20, 50), figure("CPP-02", 30, 47)];
    assert_eq!(shown(&side_by_side(&more)), ["CPP-01", "CPP-06"]);
}

#[test]
fn care_leavers_who_died_are_not_told_by_two_figures() {
    let figures = [figure("CL-01", 40, 57), figure("CL-03", 30, 57), figure("CL-05", 50, 60)];
    assert_eq!(shown(&side_by_side(&figures)), ["CL-01", "CL-03"]);
}

#[test]
fn what_follows_from_two_steps_is_hidden_too() {
    // Plans over 18 months within plans over three months, and those over two years within them: 20 less 17 is 3.
    let figures = [figure("CPP-05", 10, 20), figure("CPP-06", 20, 30), figure("CPP-07", 17, 30)];
    let judged = shown(&side_by_side(&figures));
    assert!(!(judged.contains(&"CPP-05") && judged.contains(&"CPP-07")), "{judged:?}");
}

#[test]
fn the_whole_less_all_areas_but_one_is_not_told() {
    let of = |figures: [(u64, u64); 4]| -> Vec<bool> {
        let areas: Vec<_> = figures.iter().map(|(n, d)| vec![figure("CPP-07", *n, *d)]).collect();
        area_by_area(&areas).iter().map(|area| area[0].shown).collect()
    };
    assert_eq!(of([(60, 120), (20, 40), (20, 40), (20, 40)]), [true, true, true, true]);
    // 43 less 20 and 20 would be the 3.
    let hidden = of([(43, 120), (20, 40), (20, 40), (3, 40)]);
    assert!(!hidden[3] && hidden.iter().filter(|shown| !**shown).count() == 2, "{hidden:?}");
    // Two hide each other.
    assert_eq!(of([(26, 120), (20, 40), (3, 40), (3, 40)]), [true, true, false, false]);
    // Children of no area are one more area: 63 less 60.
    assert!(of([(63, 123), (20, 40), (20, 40), (20, 40)]).contains(&false));
    assert_eq!(of_one(&[figure("CPP-07", 20, 40)]), ["CPP-07"]);
}

fn of_one(figures: &[(&'static Measure, Figure)]) -> Vec<&'static str> {
    shown(&area_by_area(&[figures.to_vec()])[0])
}

/// The counts that figures show.
fn told(judged: &[Judged]) -> BTreeMap<Count, u64> {
    let shown = judged.iter().filter(|one| one.shown);
    shown
        .flat_map(|one| {
            let Figure { numerator, denominator } = one.figure;
            let rest = (one.measure.counting != Counting::ChildrenPerWorker).then(|| denominator - numerator);
            let counts =
                [(Part::Denominator, Some(denominator)), (Part::Numerator, Some(numerator)), (Part::Rest, rest)];
            counts.into_iter().filter_map(move |(part, count)| Some(((one.measure.id, part), count?)))
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn no_small_count_is_shown_or_left_over_between_two(
        counties in prop::collection::vec(any_children(), 30),
    ) {
        let as_at = counties[0].0;
        let council = council_of(as_at);
        let children: Vec<Journey> = counties.into_iter().flat_map(|(_, children)| children).collect();
        let figures: Vec<_> = published()
            .map(|measure| {
                let facts: Vec<_> = children.iter().flat_map(|journey| council.facts(measure.id, journey)).collect();
                (measure, measure.figure(&tallies(&facts), &council.standards))
            })
            .collect();
        let judged = side_by_side(&figures);
        prop_assert!(judged.iter().any(|one| one.shown));
        let told = told(&judged);
        for (count, number) in &told {
            prop_assert!(!is_small(*number), "{:?}", count);
        }
        for (part, inner) in &told {
            for (whole, outer) in told.iter().filter(|(whole, _)| is_named(*part, **whole)) {
                prop_assert!(!is_small(outer.saturating_sub(*inner)), "{:?} less {:?}", whole, part);
            }
        }
    }
}
