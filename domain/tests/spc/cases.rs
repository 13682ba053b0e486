//! Series as a table holds them, and charts as other programs read them.

use domain::measures::Polarity;
use domain::spc::answer::Answer;
use domain::spc::cases::{BadCell, BadHeader, Case, CaseReader};
use rstest::rstest;

/// Reads a table whose cells hold no commas; the headers are row 1.
fn read(table: &str) -> Result<Vec<Case>, Vec<BadCell>> {
    let mut lines = table.lines();
    let mut reader = CaseReader::new(lines.next().unwrap().split(',')).unwrap();
    for (number, line) in (2..).zip(lines) {
        reader.row(number, line.split(','));
    }
    reader.finish()
}

fn complaints(table: &str) -> Vec<String> {
    read(table).unwrap_err().iter().map(BadCell::to_string).collect()
}

#[test]
fn rows_of_one_case_are_its_series_in_order_even_apart() {
    let cases = read("case,y\na,1\nb,2\na,3\n\na,\n").unwrap();
    let read: Vec<_> = cases.iter().map(|case| (case.name.as_str(), case.values.clone())).collect();
    assert_eq!(read, [("a", vec![Some(1.0), Some(3.0), None]), ("b", vec![Some(2.0)])]);
}

#[test]
fn settings_are_those_of_a_cases_first_row() {
    let cases =
        read("case,y,target,polarity,screen,fix_after,rebase\na,1,5.5,low,TRUE,12,\na,2,nonsense,high,,3,true\n")
            .unwrap();
    let settings = &cases[0].settings;
    assert_eq!((settings.polarity, settings.target, settings.screen_outliers), (Polarity::Low, Some(5.5), true));
    assert_eq!((settings.fix_after.unwrap().points(), &settings.rebase[..]), (12, &[1][..]));
}

#[test]
fn without_settings_nothing_is_claimed() {
    let settings = &read("y,Case\n1,a\n").unwrap()[0].settings;
    assert_eq!((settings.polarity, settings.target, settings.screen_outliers), (Polarity::Neutral, None, false));
    assert_eq!((settings.fix_after, settings.rebase.len()), (None, 0));
}

#[test]
fn numbers_are_read_as_programs_write_them() {
    let cases = read("case,y,fix_after\na,1e2,12.0\na,-0.5,\na,+3,\n").unwrap();
    assert_eq!(cases[0].values, [Some(100.0), Some(-0.5), Some(3.0)]);
    assert_eq!(cases[0].settings.fix_after.unwrap().points(), 12);
}

#[rstest]
#[case("case,y\na,12%\n", "row 2, column y: '12%' does not fit. Write a number such as 12.5")]
#[case("case,y\na,NaN\n", "row 2, column y: 'NaN' does not fit")]
#[case("case,y\na,inf\n", "row 2, column y: 'inf' does not fit")]
#[case("case,y\n,1\n", "row 2, column case: '' does not fit. Write the name of the series")]
#[case("case,y\na,1,5\n", "row 2, column 3 (which has no header): '5' does not fit. Write as many cells")]
#[case("case,y,target\na,1,x\n", "row 2, column target: 'x' does not fit")]
#[case("case,y,polarity\na,1,up\n", "row 2, column polarity: 'up' does not fit. Write high, low or neutral")]
#[case("case,y,screen\na,1,yes\n", "row 2, column screen: 'yes' does not fit. Write true or false")]
#[case("case,y,fix_after\na,1,11\n", "row 2, column fix_after: '11' does not fit. Write a whole number of 12 or more")]
#[case("case,y,fix_after\na,1,12.5\n", "row 2, column fix_after: '12.5' does not fit")]
#[case("case,y,rebase\na,1,\na,2,1\n", "row 3, column rebase: '1' does not fit. Write true or false")]
fn a_bad_cell_is_told_with_its_place_and_what_to_do(#[case] table: &str, #[case] begins: &str) {
    let complaints = complaints(table);
    assert_eq!(complaints.len(), 1, "{complaints:?}");
    assert!(complaints[0].starts_with(begins), "{complaints:?}");
}

#[test]
fn every_bad_cell_is_told_and_a_long_one_is_cut() {
    let long = "x".repeat(1000);
    let complaints = complaints(&format!("case,y,screen\na,b,c\na,{long},\n"));
    assert_eq!(complaints.len(), 3);
    assert!(complaints[2].len() < 200, "{complaints:?}");
}

#[test]
fn columns_that_must_be_there_are_asked_for_and_others_are_named() {
    assert_eq!(CaseReader::new(["case", "value"]).unwrap_err(), BadHeader::Missing("y"));
    assert_eq!(CaseReader::new(["y", ""]).unwrap_err(), BadHeader::Missing("case"));
    assert_eq!(CaseReader::new(["case", "y", "Y "]).unwrap_err(), BadHeader::Twice("y"));
    let reader = CaseReader::new(["case", "month", "y", "", "fixafter"]).unwrap();
    assert_eq!(reader.unread().collect::<Vec<_>>(), ["month", "fixafter"]);
}

#[test]
fn an_answer_has_the_keys_and_names_that_scripts_rely_on() {
    // 1 and 3: mean 2, one moving range of 2. The lone 5 after the cut has no limits; the blank has no label.
    let cases = read("case,y,rebase\nx,1,\nx,3,\nx,5,true\nx,,\n").unwrap();
    let text = serde_json::to_string(&Answer::of(cases)).unwrap();
    let near = 2.66 * 2.0;
    let point = |y: &str, label: &str| {
        format!(
            r#"{{"y":{y},"mean":2.0,"lower":{},"upper":{},"label":{label},"direction":null}}"#,
            2.0 - near,
            2.0 + near
        )
    };
    let alone = |y: &str, label: &str| {
        format!(r#"{{"y":{y},"mean":5.0,"lower":null,"upper":null,"label":{label},"direction":null}}"#)
    };
    let common = "\"common\"";
    let points = [point("1.0", common), point("3.0", common), alone("5.0", common), alone("null", "null")].join(",");
    assert_eq!(
        text,
        format!(r#"{{"cases":[{{"case":"x","variation":"common","assurance":null,"points":[{points}]}}]}}"#)
    );
}

#[test]
fn an_answer_names_rules_directions_and_verdicts() {
    let mut table = String::from("case,y,target,polarity,fix_after\n");
    for (row, value) in [9, 11].into_iter().cycle().take(12).chain([16]).enumerate() {
        table.push_str(&format!("x,{value}{}\n", if row == 0 { ",20,low,12" } else { "" }));
    }
    let answer = Answer::of(read(&table).unwrap());
    let case = &answer.cases[0];
    assert_eq!((case.variation, case.assurance), ("concern", Some("pass")));
    assert_eq!((case.points[12].label, case.points[12].direction), (Some("outside"), Some("up")));
}
