//! The form: official codes and headers, mapped teams, windows, and the same cells for the same options.

use super::super::calendar::months_before;
use super::super::codes;
use super::super::county::UNMAPPED_TEAM;
use super::super::lists::{Cell, LAYOUTS};
use super::super::world::World;
use super::super::{DemoFormat, DemoOptions, organisation, write};
use super::{date, last_day, rows, rows_of, text, week};
use domain::names::name_key;
use std::cell::Cell as Counter;
use std::collections::BTreeSet;

const YES_NO_TEXT: [&str; 2] = ["Yes", "No"];

/// The code list of a column, by its header.
fn code_list(list: usize, header: &str) -> Option<&'static [&'static str]> {
    Some(match header {
        "Gender" if list == 9 => &codes::GENDER_LEAVER,
        "Gender" if list == 11 => &codes::GENDER_ADOPTER,
        "Gender" => &codes::GENDER,
        "Ethnicity" => &codes::ETHNICITY,
        "Contact Source" | "Referral Source" => &codes::SOURCE,
        "Primary Need Code" => &codes::NEED,
        "Child's Category of Need" => &codes::NEED_CARE,
        "Reason for Closure" => &codes::CLOSURE,
        "Case status" => &codes::STATUS,
        "Initial Category of Abuse" | "Latest Category of Abuse" => &codes::ABUSE,
        "Child's Legal Status" => &codes::LEGAL,
        "What is the permanence plan for this child?" => &codes::PERMANENCE,
        "Reason Ceased to be Looked After" => &codes::CEASED,
        "Placement Type" => &codes::PLACEMENT,
        "Placement Provider" => &codes::PROVIDER,
        "Placement Location" => &codes::LOCATION,
        "Eligibility Category" => &codes::ELIGIBILITY,
        "LA In Touch " => &codes::IN_TOUCH,
        "Type of Accommodation" => &codes::ACCOMMODATION,
        "Suitability of Accommodation" => &codes::SUITABILITY,
        "Activity Status" => &codes::ACTIVITY,
        "Reason Why Child No Longer Placed for Adoption" => &codes::REVERSED,
        "Reason for leaving adoption process" => &codes::ADOPTER_LEFT,
        "Is the (prospective) adopter fostering for adoption?" => &codes::YES_NO_PLAIN,
        "Disability" | "Referral NFA?" => &codes::YES_NO,
        header
            if header.contains('?')
                || header.contains("(Y/N)")
                || header.starts_with("D") && header.contains("Disability") =>
        {
            &codes::YES_NO_UNKNOWN
        }
        _ => return None,
    })
}

#[test]
fn every_code_is_in_the_official_list() {
    for (list, layout) in (1..).zip(&LAYOUTS) {
        for row in rows(30, list) {
            for (cell, header) in row.iter().zip(layout.headers) {
                let Some(codes) = code_list(list, header) else { continue };
                let value = text(cell);
                let known = matches!(cell, Cell::Blank) || codes.contains(&value);
                assert!(known || YES_NO_TEXT.contains(&value), "list {list}, {header}: {cell:?}");
            }
        }
    }
}

#[test]
fn every_row_has_a_cell_for_every_header() {
    for (list, layout) in (1..).zip(&LAYOUTS) {
        let rows = rows(52, list);
        assert!(!rows.is_empty(), "list {list}");
        assert!(rows.iter().all(|row| row.len() == layout.headers.len()), "list {list}");
    }
}

#[test]
fn every_team_but_one_is_mapped() {
    let mapped: BTreeSet<String> = organisation().iter().map(|place| name_key(&place.team)).collect();
    let mut unmapped = BTreeSet::new();
    for (list, column) in [(3, 9), (4, 10), (5, 12), (6, 12), (7, 15), (8, 32), (9, 7)] {
        unmapped.extend(
            rows(52, list).iter().map(|row| name_key(text(&row[column]))).filter(|team| !mapped.contains(team)),
        );
    }
    assert_eq!(unmapped, BTreeSet::from([name_key(UNMAPPED_TEAM)]));
}

#[test]
fn contacts_and_referrals_lie_in_their_six_months() {
    let as_at = week(40);
    for list in [1, 3] {
        for row in rows(40, list) {
            let day = date(&row[5]).unwrap();
            assert!(day > months_before(as_at, 6) && day <= as_at);
        }
    }
}

#[test]
fn a_child_has_one_row_of_need_plan_and_care_but_for_duplicates() {
    for list in [6, 7, 8] {
        let mut rows = rows(25, list);
        let all = rows.len();
        rows.dedup();
        assert!(all - rows.len() < 12, "list {list} has {} duplicates", all - rows.len());
        let ids: BTreeSet<&str> = rows.iter().map(|row| text(&row[0])).filter(|id| !id.is_empty()).collect();
        let named = rows.iter().filter(|row| row[0] != Cell::Blank).count();
        assert_eq!(ids.len(), named, "list {list}");
    }
}

#[test]
fn an_id_is_a_letter_and_six_digits() {
    for row in rows(1, 6).iter().filter(|row| row[0] != Cell::Blank) {
        let id = text(&row[0]);
        assert!(id.len() == 7 && id.starts_with('D') && id[1..].bytes().all(|byte| byte.is_ascii_digit()), "{id}");
    }
}

#[test]
fn the_same_seed_gives_the_same_cells_and_another_seed_others() {
    let made = |seed| World::new(150, seed, week(48), last_day());
    let (one, again, other) = (made(7), made(7), made(8));
    for list in 1..=11 {
        assert_eq!(rows_of(&one, week(50), list), rows_of(&again, week(50), list), "list {list}");
    }
    assert_ne!(rows_of(&one, week(50), 6), rows_of(&other, week(50), 6));
}

fn options(out: &std::path::Path, format: DemoFormat) -> DemoOptions {
    let last_as_at = super::super::calendar::date_of(last_day());
    DemoOptions { children: 60, months: 1, weeks: 3, seed: 5, out: out.to_owned(), last_as_at, format }
}

#[test]
fn a_folder_a_week_holds_the_files_that_are_named_and_they_are_the_same_byte_for_byte() {
    for (format, lists) in [(DemoFormat::Xlsx, 1), (DemoFormat::Csv, 11)] {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let ticks = Counter::new(0);
        let weeks = write(&options(one.path(), format), &|done, total| {
            assert!(done <= total);
            ticks.set(ticks.get() + 1);
        })
        .unwrap();
        let again = write(&options(two.path(), format), &|_, _| {}).unwrap();
        assert_eq!((weeks.len(), ticks.get()), (4, 4));
        for (week, same) in weeks.iter().zip(&again) {
            let name = |file: &std::path::PathBuf| file.file_name().unwrap().to_string_lossy().into_owned();
            let own = ["organisation.csv", "workforce.csv", "targets.csv"];
            let named: Vec<String> = week.files.iter().map(name).collect();
            assert_eq!(named.iter().filter(|name| !own.contains(&name.as_str())).count(), lists);
            assert!(own.iter().all(|own| named.iter().any(|name| name == own)), "{named:?}");
            for (file, twin) in week.files.iter().zip(&same.files) {
                assert_eq!(std::fs::read(file).unwrap(), std::fs::read(twin).unwrap(), "{}", file.display());
            }
        }
    }
}

#[test]
fn weeks_end_on_the_date_asked_for_seven_days_apart_after_months_by_their_last_day() {
    let dates = |months, weeks, last: &str| {
        let options = DemoOptions {
            months,
            weeks,
            last_as_at: last.parse().unwrap(),
            ..options(std::path::Path::new("unused"), DemoFormat::Csv)
        };
        options.as_at_dates().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(dates(0, 3, "2026-10-30"), ["2026-10-16", "2026-10-23", "2026-10-30"]);
    assert_eq!(dates(3, 2, "2026-05-08"), ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-01", "2026-05-08"]);
    // A week that begins on a month's last day leaves that month to the weeks.
    assert_eq!(dates(2, 1, "2026-01-31"), ["2025-11-30", "2025-12-31", "2026-01-31"]);
    assert_eq!(dates(3, 0, "2024-03-15"), ["2023-12-31", "2024-01-31", "2024-02-29"]);
    assert_eq!(dates(14, 52, "2026-11-20").len(), 66);
}

#[test]
fn no_week_and_no_child_are_refused_with_words() {
    let out = tempfile::tempdir().unwrap();
    let none = DemoOptions { months: 0, weeks: 0, ..options(out.path(), DemoFormat::Csv) };
    assert!(write(&none, &|_, _| {}).unwrap_err().to_string().contains("extract"));
    let childless = DemoOptions { children: 0, ..options(out.path(), DemoFormat::Csv) };
    assert!(write(&childless, &|_, _| {}).unwrap_err().to_string().contains("children"));
}
