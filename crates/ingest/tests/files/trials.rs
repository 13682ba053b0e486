//! Workbooks as analysts really make them, where the folder that holds them is there: what each must let a load decide.

use crate::samples::shared;
use ingest::{ColumnProfile, Extract, Format, IngestError, InputFile, Limits, ProblemKind, Silent};

fn trial(name: &str, files: &[&str]) -> Option<Result<Extract, IngestError>> {
    let folder = tempfile::tempdir().unwrap();
    let mut inputs = Vec::new();
    for file in files {
        let path = folder.path().join(file);
        std::fs::write(&path, shared(&format!("trials/loads/{name}/{file}"))?).unwrap();
        inputs.push(InputFile { name: (*file).to_owned(), path });
    }
    let as_at = chrono::NaiveDate::from_ymd_opt(2026, 10, 30).unwrap();
    Some(ingest::read(&inputs, Format::Auto, as_at, &[], &Limits::default(), &Silent))
}

fn book(name: &str) -> Option<Extract> {
    trial(name, &["annex_a.xlsx"]).map(Result::unwrap)
}

fn column<'e>(extract: &'e Extract, label: &str, header: &str) -> &'e ColumnProfile {
    let list = extract.lists.iter().find(|list| list.list.label() == label).unwrap();
    list.columns.iter().find(|column| column.column == header).unwrap()
}

fn counts(extract: &Extract) -> Vec<(&str, u64)> {
    extract.lists.iter().map(|list| (list.list.label(), list.loaded)).collect()
}

/// The records, as far as a figure can depend on them.
fn records(extract: &Extract) -> Vec<String> {
    let rows = extract.lists.iter().flat_map(|list| list.rows.iter().map(move |row| (list.list.label(), row)));
    rows.map(|(label, row)| format!("{label} {} {}", row.child_id, row.record.to_json().unwrap())).collect()
}

fn kinds(extract: &Extract, kind: ProblemKind) -> u64 {
    extract.problem_groups.iter().filter(|group| group.kind == kind).map(|group| group.count).sum()
}

const VISIT: &str = "Date of the Last Statutory Visit";

#[test]
fn these_read_as_the_base_does() {
    let Some(base) = book("00_base") else { return };
    let kinds: Vec<_> = base.problem_groups.iter().map(|group| group.kind).collect();
    assert_eq!(kinds, [ProblemKind::StartBeforeBirth; 3], "invented children, two of them born too late");
    for name in [
        "01_three_title_rows",
        "12_total_rows",
        "13_footer_line",
        "72_sql_1900_dates",
        "77_extra_date_columns",
        "A0_dates_sql_server_default",
        "54_copy_of_list7",
    ] {
        let extract = book(name).unwrap();
        assert_eq!(records(&extract), records(&base), "{name}");
    }
}

#[test]
fn what_stands_below_the_rows_is_said() {
    let (Some(totals), Some(footers)) = (book("12_total_rows"), book("13_footer_line")) else { return };
    assert!(kinds(&totals, ProblemKind::TotalRow) >= 6);
    assert!(kinds(&footers, ProblemKind::FooterRow) >= 2);
}

#[test]
fn dates_that_cannot_be_read_can_be_held() {
    let Some(extract) = book("21_dates_text_two_digit_year") else { return };
    let visit = column(&extract, "L7", VISIT);
    assert!(visit.unreadable * 10 > visit.filled && visit.unreadable >= 5, "{visit:?}");
    let extract = book("35_formulas_uncached_dates").unwrap();
    let visit = column(&extract, "L7", VISIT);
    assert!(visit.uncalculated * 10 > visit.filled && visit.uncalculated >= 5, "{visit:?}");
}

#[test]
fn the_order_of_day_and_month_can_be_told() {
    let Some(extract) = book("22_dates_text_us_order") else { return };
    let contact = column(&extract, "L1", "Date of Contact").dates;
    assert!(contact.month_first >= 3 && contact.day_first == 0, "{contact:?}");
    let extract = book("23_dates_half_swapped").unwrap();
    let contact = column(&extract, "L1", "Date of Contact").dates;
    assert!(contact.cells_to_12 >= 8 && contact.cells_after_12 == 0 && contact.day_first >= 5, "{contact:?}");
}

#[test]
fn ids_that_a_spreadsheet_spoilt_are_counted() {
    let files: Vec<String> = (1..=11).map(|list| format!("list_{list}.csv")).collect();
    let names: Vec<&str> = files.iter().map(String::as_str).collect();
    let Some(extract) = trial("30_ids_scientific", &names) else { return };
    assert!(extract.unwrap().lists.iter().filter(|list| list.loaded > 0).any(|list| list.rounded_ids == list.loaded));
    assert!(kinds(&book("31_ids_lost_leading_zeros").unwrap(), ProblemKind::IdsAlike) >= 5);
    assert!(kinds(&book("67_conflicting_birth_dates").unwrap(), ProblemKind::ConflictingBirthDates) >= 5);
}

#[test]
fn what_is_spoilt_is_named() {
    let Some(errors) = book("38_error_cells") else { return };
    assert!(kinds(&errors, ProblemKind::ErrorCell) >= 4);
    assert!(errors.names.teams().iter().chain(&errors.names.workers()).all(|name| !name.starts_with('#')));
    assert!(kinds(&book("62_status_in_own_words").unwrap(), ProblemKind::UnknownCode) >= 1);
    assert!(kinds(&book("81_team_placeholders").unwrap(), ProblemKind::TeamPlaceholder) >= 4);
    let slips = book("82_half_closed_year_typo").unwrap();
    for kind in [ProblemKind::ImpossibleYear, ProblemKind::TooOldForAChild, ProblemKind::NotADate] {
        assert!(kinds(&slips, kind) >= 1, "{kind:?}: {:?}", slips.problem_groups);
    }
}

#[test]
fn a_column_wholly_blank_has_open_rows_and_none_filled() {
    let Some(extract) = book("A2_visit_column_wholly_blank") else { return };
    let visit = column(&extract, "L7", VISIT);
    assert!(visit.open_rows >= 10 && visit.open_filled == 0, "{visit:?}");
}

#[test]
fn ages_tell_the_day_of_the_list() {
    let Some(extract) = book("00_base") else { return };
    assert!(extract.ages.len() > 100);
    let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 30).unwrap();
    let fits = |day: chrono::NaiveDate| {
        extract.ages.iter().filter(|given| day.years_since(given.born).map(i64::from) == Some(given.age)).count()
    };
    assert!(fits(day) * 100 >= extract.ages.len() * 97);
    assert!(fits(day + chrono::Months::new(12)) * 100 < extract.ages.len() * 50);
}

#[test]
fn the_queries_on_the_dataset_are_read_like_the_base() {
    let names = [
        "AA_1_contacts.csv",
        "AA_2_early_help_assessments.csv",
        "AA_3_referrals.csv",
        "AA_4_assessments.csv",
        "AA_5_s47_enquiries.csv",
        "AA_6_children_in_need.csv",
        "AA_7_child_protection.csv",
        "AA_8_children_in_care.csv",
        "AA_9_care_leavers.csv",
    ];
    let (Some(extract), Some(base)) = (trial("75_ssd_sql_headers", &names), book("00_base")) else { return };
    let extract = extract.unwrap();
    assert_eq!(counts(&extract), counts(&base)[..9]);
    for kind in [ProblemKind::MissingColumn, ProblemKind::UnknownColumn, ProblemKind::HeaderByResemblance] {
        assert_eq!(kinds(&extract, kind), 0, "{:?}", extract.problem_groups);
    }
    let base: Vec<_> =
        records(&base).into_iter().filter(|row| !row.starts_with("L10") && !row.starts_with("L11")).collect();
    assert_eq!(records(&extract), base);
    let files: Vec<String> = (1..=9).map(|list| format!("list_{list}.csv")).collect();
    let names: Vec<&str> = files.iter().map(String::as_str).collect();
    assert_eq!(records(&trial("75b_ssd_sql_headers_list_names", &names).unwrap().unwrap()), base);
}

#[test]
fn what_would_be_a_guess_is_refused_in_words() {
    for (name, file, words) in [
        ("63_two_councils", "annex_a.xlsx", "two councils"),
        ("78_sibling_group_id", "annex_a.xlsx", "never guessed"),
        ("84_one_sheet_all_in_one_csv", "annex_a.csv", "several lists"),
    ] {
        let Some(read) = trial(name, &[file]) else { return };
        let refused = read.unwrap_err().to_string();
        assert!(refused.contains(words), "{name}: {refused}");
    }
}
