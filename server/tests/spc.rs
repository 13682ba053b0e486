//! `surgery spc`: what a script gets for a CSV file, and what a person is told of a bad one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at its first surprise")]

use serde_json::{Value, json};
use std::process::{Command, Output};

/// Runs the command on a file with this content, beside a database that cannot be opened.
fn spc(content: &[u8], format: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("series.csv");
    std::fs::write(&file, content).unwrap();
    let nowhere = format!("sqlite://{}", folder.path().join("series.csv/none.db").display());
    let mut command = Command::new(env!("CARGO_BIN_EXE_surgery"));
    command.args(["--database-url", &nowhere, "spc"]).arg(&file).args(["--format", format]);
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// What stderr says of a refused file.
fn refusal(content: &[u8]) -> String {
    let output = spc(content, "json");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty(), "{output:?}");
    text(&output.stderr)
}

/// Twelve values 9, 11, 9, ...: mean 10, moving ranges of 2, limits 10 -+ 5.32. Then 16, which is above.
fn fixed_case() -> String {
    let mut rows = String::from("x,9,20,low,false,12,\n");
    for value in [11, 9].into_iter().cycle().take(11).chain([16]) {
        rows.push_str(&format!("x,{value},,,,,\n"));
    }
    rows
}

#[test]
fn a_file_is_answered_case_by_case_without_a_database() {
    // The second case: 1 and 3 have the mean 2 and one moving range of 2; the 5 stands alone after the cut.
    let header = "case,y,target,polarity,screen,fix_after,rebase\n";
    let content = format!("{header}{}y,1,,,,,\ny,3,,,,,\ny,5,,,,,true\n", fixed_case());
    let output = spc(content.as_bytes(), "json");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let cases = answer["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 2);

    let points = cases[0]["points"].as_array().unwrap();
    assert_eq!((&cases[0]["case"], &cases[0]["variation"]), (&json!("x"), &json!("concern")));
    assert_eq!(cases[0]["assurance"], json!("pass"));
    assert_eq!(points.len(), 13);
    let common = json!({"y": 9.0, "mean": 10.0, "lower": 4.68, "upper": 15.32, "label": "common", "direction": null});
    let outside =
        json!({"y": 16.0, "mean": 10.0, "lower": 4.68, "upper": 15.32, "label": "outside", "direction": "up"});
    assert_eq!((&points[0], &points[12]), (&common, &outside));

    let common = r#""label":"common","direction":null}"#;
    let point = |y| format!(r#"{{"y":{y},"mean":2.0,"lower":-3.3200000000000003,"upper":7.32,{common}"#);
    let alone = format!(r#"{{"y":5.0,"mean":5.0,"lower":null,"upper":null,{common}"#);
    let points = [point("1.0"), point("3.0"), alone].join(",");
    let last = format!(r#"{{"case":"y","variation":"common","assurance":null,"points":[{points}]}}"#);
    assert!(text(&output.stdout).ends_with(&format!("{last}]}}\n")), "{output:?}");
}

#[test]
fn a_table_is_for_people_and_says_how_many_points_are_missing() {
    let content = format!("\u{feff}case,y,target,polarity,screen,fix_after,rebase\r\n{}z,1,,,,,\r\n", fixed_case());
    let output = spc(content.as_bytes(), "table");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let table = text(&output.stdout);
    let lines: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines[1], ["x", "13", "10.00", "4.68", "15.32", "concern", "pass"]);
    assert_eq!(lines[2], ["z", "1", "12", "more", "needed", "for", "limits"]);
}

#[test]
fn every_bad_cell_is_told_with_its_file_row_column_and_what_to_do() {
    let told = refusal(b"case,y,fix_after\n\na,ten,11\r\n\"a\",1,\na,2,,\nb,5%,\n");
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 3, "{told}");
    assert!(lines.iter().all(|line| line.contains("series.csv: row ")), "{told}");
    assert!(lines[0].contains("row 3, column y: 'ten' does not fit. Write a number"), "{told}");
    assert!(lines[1].contains("row 3, column fix_after: '11' does not fit. Write a whole number of 12"), "{told}");
    assert!(lines[2].contains("row 6, column y: '5%'"), "{told}");
}

#[test]
fn a_file_that_is_no_such_table_is_refused_with_what_to_do() {
    assert!(refusal(b"").contains("'case' is missing"));
    assert!(refusal(b"case,value\na,1\n").contains("'y' is missing"));
    assert!(refusal(b"case,y\n\"a,1\nb,2\n").contains("quotation mark is never closed"));
    assert!(refusal(b"case,y\nCaf\xe9,1\n").contains("UTF-8"));
}

#[test]
fn a_column_that_is_not_known_is_named_and_passed_over() {
    let output = spc(b"case,month,y\na,2024-01,1\n", "json");
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).contains("the column 'month' is not read"));
}

#[test]
fn a_file_that_is_not_there_is_a_failure_and_no_file_wrong_usage() {
    let run = |args: &[&str]| Command::new(env!("CARGO_BIN_EXE_surgery")).args(args).output().unwrap();
    let absent = run(&["spc", "/no/such/file.csv", "--format", "json"]);
    assert_eq!(absent.status.code(), Some(1));
    assert!(text(&absent.stderr).contains("/no/such/file.csv: cannot be read"));
    assert_eq!(run(&["spc"]).status.code(), Some(2));
}
