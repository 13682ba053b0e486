//! The core set: its order, its texts, its needs.

use crate::common::*;
use domain::measures::{CORE, Counting, Polarity, Timing, measure};
use domain::signal::{Step, step};
use domain::standards::Standards;
use std::collections::BTreeSet;

const ORDER: &str = "CON-01 REF-02 REF-03 ASM-01 ASM-02 ASM-03 S47-01 S47-02 S47-04 S47-06 ICPC-01 CPP-01 CPP-02 CPP-05 \
                     CPP-06 CPP-07 CPP-08 CPP-09 CPP-12 CPP-13 CIN-01 CIN-03 ALL-01 DOR-01 CLA-01 CLA-03 CLA-05 CLA-06 \
                     CLA-07 CLA-09 CLA-13 MIS-01 MIS-02 CL-01 CL-01a CL-01b CL-02 CL-02a CL-02b CL-03 CL-03a CL-03b \
                     CL-04 CL-05 CL-06 WF-01 WF-02";

#[test]
fn the_core_set_is_complete_and_in_the_order_of_the_table() {
    let ids: Vec<_> = CORE.iter().map(|measure| measure.id).collect();
    assert_eq!(ids, ORDER.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn groups_stand_together_in_the_order_of_the_journey() {
    assert!(CORE.iter().map(|measure| measure.group).is_sorted());
}

#[test]
fn a_measure_is_found_by_its_id_in_any_case() {
    assert_eq!(measure("cpp-07").unwrap().id, "CPP-07");
    assert_eq!(measure("CL-01A").unwrap().id, "CL-01a");
    assert!(measure("CPP-7").is_none());
}

#[test]
fn every_core_measure_says_why_it_matters_what_moves_it_and_what_to_ask() {
    let mut said = BTreeSet::new();
    for measure in CORE {
        let guidance = measure.guidance().unwrap_or_else(|| panic!("{} has no guidance", measure.id));
        for text in [measure.meaning, guidance.matters, guidance.moves, guidance.question] {
            assert!(text.len() > 40 && text.ends_with(['.', '?']) && !text.contains("  "), "{}: {text}", measure.id);
        }
        assert!(guidance.question.contains('?'), "{}: {}", measure.id, guidance.question);
        // The two age groups of a measure share its guidance; no other text is said twice.
        if !measure.id.ends_with(['a', 'b']) {
            for text in [guidance.matters, guidance.moves, guidance.question] {
                assert!(said.insert(text), "{}: {text}", measure.id);
            }
        }
    }
}

#[test]
fn only_figures_at_a_date_carry_over_and_they_are_judged_by_month() {
    let mut by_week = Standards::default();
    by_week.set("chart_step", "week").unwrap();
    for measure in CORE.iter().filter(|measure| measure.carries_over) {
        assert_eq!(measure.timing, Timing::AtDate, "{}", measure.id);
        assert_eq!(step(measure, &by_week), Step::Month, "{}", measure.id);
    }
    let of_the_age_groups = |id: &str| ["", "a", "b"].map(|age| measure(&format!("{id}{age}")).unwrap().carries_over);
    for id in ["CL-01", "CL-02", "CL-03"] {
        assert_eq!(of_the_age_groups(id), [true; 3], "{id}");
    }
}

#[test]
fn every_need_is_a_column_of_annex_a() {
    let known: BTreeSet<_> = HEADERS.lines().collect();
    for measure in CORE {
        for standards in [Standards::default(), from_referral()] {
            for need in measure.needs_under(&standards) {
                for column in need.columns {
                    let line = format!("{}\t{column}", need.list.label());
                    assert!(known.contains(line.as_str()), "{}: {line}", measure.id);
                }
            }
        }
        assert!(!measure.needs.is_empty(), "{}", measure.id);
    }
}

fn from_referral() -> Standards {
    let mut standards = Standards::default();
    standards.set("assessment_clock", "referral").unwrap();
    standards
}

#[test]
fn without_any_column_it_names_a_measure_is_not_supplied() {
    for measure in CORE {
        for need in measure.needs {
            for column in need.columns {
                let mut council = Council::as_at("2024-01-31");
                assert!(council.supplied.satisfies(measure.needs), "{}", measure.id);
                council.supplied.lists.get_mut(&need.list.number()).unwrap().remove(*column);
                assert!(!council.supplied.satisfies(measure.needs), "{}: {column}", measure.id);
            }
        }
    }
}

#[test]
fn an_empty_list_with_its_headers_is_measured() {
    let mut council = Council::as_at("2024-01-31");
    for columns in council.supplied.lists.values_mut() {
        columns.values_mut().for_each(|filled| *filled = 0);
    }
    for measure in CORE {
        assert!(council.supplied.satisfies(measure.needs), "{}", measure.id);
    }
}

#[test]
fn a_column_that_must_be_filled_is_not_supplied_where_all_of_its_cells_are_blank() {
    for measure in CORE {
        let filled: Vec<_> = measure.needs.iter().filter(|need| need.filled).collect();
        assert_eq!(!filled.is_empty(), ["CL-04", "CL-05", "CL-06"].contains(&measure.id), "{}", measure.id);
        for need in filled {
            for column in need.columns {
                let mut council = Council::as_at("2024-01-31");
                let columns = council.supplied.lists.get_mut(&need.list.number()).unwrap();
                columns.values_mut().for_each(|cells| *cells = 3);
                columns.insert((*column).to_owned(), 0);
                assert!(!council.supplied.satisfies(measure.needs), "{}: {column}", measure.id);
            }
        }
    }
}

#[test]
fn texts_name_the_standards_they_depend_on_and_no_other() {
    let mut standards = Standards::default();
    let in_words = ["assessment_clock", "worker_placeholders", "chart_step"];
    for name in Standards::NAMES.iter().filter(|name| !in_words.contains(name)) {
        standards.set(name, "987").unwrap();
    }
    for measure in CORE {
        for name in measure.standards {
            assert!(Standards::NAMES.contains(name), "{}: {name}", measure.id);
        }
        for raw in [measure.numerator, measure.denominator, measure.meaning] {
            for name in raw.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name) {
                assert!(measure.standards.contains(&name), "{}: {name}", measure.id);
            }
        }
        for text in
            [measure.numerator_text(&standards), measure.denominator_text(&standards), measure.meaning_text(&standards)]
        {
            assert!(!text.contains(['{', '}']), "{}: {text}", measure.id);
            assert!(!text.contains("  ") && text.trim() == text && !text.is_empty(), "{}: {text}", measure.id);
        }
        let written: Vec<_> =
            [measure.numerator, measure.denominator].concat().split(['{', '}']).map(str::to_owned).collect();
        let numeric = measure.standards.iter().filter(|name| **name != "worker_placeholders");
        for name in numeric {
            assert!(written.iter().any(|part| part == name), "{} does not print {name}", measure.id);
        }
    }
}

#[test]
fn a_text_shows_the_standard_in_force() {
    let mut standards = Standards::default();
    assert!(the("CPP-01").numerator_text(&standards).contains("10 working days"));
    standards.set("cp_visit_working_days", "15").unwrap();
    assert!(the("CPP-01").numerator_text(&standards).contains("15 working days"));
    assert!(the("ASM-01").numerator_text(&from_referral()).contains("referral"));
}

#[test]
fn targets_and_benchmarks_are_shares_and_context_has_no_target() {
    for measure in CORE {
        if let Some(target) = measure.target {
            assert!((0.0..=1.0).contains(&target.value), "{}", measure.id);
            assert_ne!(measure.polarity, Polarity::Neutral, "{}", measure.id);
        }
        if let Some(benchmark) = measure.benchmark {
            let england = benchmark.england().unwrap();
            assert_eq!(england.value <= 1.0, measure.counting != Counting::ChildrenPerWorker, "{}", measure.id);
        }
    }
    let with_target = |id| the(id).target.map(|target| target.value);
    assert_eq!(with_target("CPP-01"), Some(0.95));
    assert_eq!(with_target("ASM-02"), Some(0.0));
    assert_eq!(with_target("S47-02"), Some(0.0));
    assert_eq!(with_target("ALL-01"), Some(1.0));
    assert_eq!(with_target("DOR-01"), Some(0.0));
    assert_eq!(with_target("WF-02"), None);
}
