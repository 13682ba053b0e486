//! `surgery trend`: what a script gets of a measure month by month.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at its first surprise")]

use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Output};

fn surgery(folder: &Path, arguments: &[&str]) -> Output {
    let database = format!("sqlite://{}", folder.join("trend.db").display());
    Command::new(env!("CARGO_BIN_EXE_surgery")).args(["--database-url", &database]).args(arguments).output().unwrap()
}

/// Loads referrals of two teams as at a date: so many of each in every month given.
fn load(folder: &Path, as_at: &str, months: &[(&str, u32)]) {
    let mut text = String::from(
        "Child Unique ID,Date of Birth,Date of referral,Referral NFA?,Number of Referrals in Last 12 Months,Allocated Team,Allocated Worker\n",
    );
    for (month, count) in months {
        for number in 0..*count {
            let (nfa, team) =
                (if number % 4 == 0 { "Yes" } else { "No" }, if number % 2 == 0 { "North 1" } else { "North 2" });
            text.push_str(&format!(
                "{month}{number},2015-01-01,{month}-{:02},{nfa},0,{team},Amy Able\n",
                number % 27 + 1
            ));
        }
    }
    let file = folder.join("list_3.csv");
    std::fs::write(&file, text).unwrap();
    let output =
        surgery(folder, &["load", file.to_str().unwrap(), "--as-at", as_at, "--confirm", "all", "--why", "a test"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_months_of_a_measure_are_answered_with_the_keys_of_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    load(folder.path(), "2026-01-30", &[("2025-12", 20), ("2026-01", 12)]);
    load(folder.path(), "2026-02-06", &[("2025-12", 20), ("2026-01", 16), ("2026-02", 3)]);
    let output = surgery(folder.path(), &["trend", "REF-03", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let trend: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&trend["id"], &trend["by"], &trend["step"]), (&json!("REF-03"), &Value::Null, &json!("month")));
    assert_eq!(
        trend["points"][0],
        json!({
            "month": "2026-01", "from": "2026-01-01", "to": "2026-01-31", "as_at": "2026-02-06",
            "numerator": 4, "denominator": 16, "value": 0.25, "judged": true,
            "label": null, "direction": null, "mean": null, "lower": null, "upper": null
        })
    );
    let february = &trend["points"][1];
    assert_eq!((&february["judged"], &february["to"]), (&json!(false), &json!("2026-02-06")));
    assert_eq!(
        trend["verdict"],
        json!({"variation": null, "since": null, "assurance": null, "words": "Too few months to tell (12 more)"})
    );

    let team =
        surgery(folder.path(), &["trend", "ref-03", "--team", "north  1", "--as-at", "2026-02-01", "--format", "csv"]);
    let text = String::from_utf8(team.stdout).unwrap();
    let mut lines = text.lines();
    assert!(
        lines.next().unwrap().starts_with("month,from,to,as_at,numerator,denominator,value,judged,label"),
        "{text}"
    );
    assert_eq!(lines.next().unwrap(), "2026-01,2026-01-01,2026-01-30,2026-01-30,3,6,0.5,false,,,,,");
    assert_eq!(lines.next(), None);
    for wrong in
        [&["trend", "REF-99"][..], &["trend", "REF-03", "--team", "Nowhere"], &["trend", "REF-03", "--service", "East"]]
    {
        let output = surgery(folder.path(), wrong);
        assert!(!output.status.success() && output.stdout.is_empty(), "{wrong:?}");
    }
}
