//! The keys that other programs read.

use crate::common::*;
use domain::measures::{Polarity, measure};
use domain::signal::answer::Trend;
use domain::signal::{Question, judge};

#[test]
fn the_answer_has_the_keys_of_the_contract() {
    let mut points = months(&some(&then(between(500, 520, 18), &[700, 510])));
    points[19].finished = false;
    points[19].as_at = Some(day("2026-10-23"));
    points[3].figure = None;
    points[3].as_at = None;
    let asked = Question { target: Some(0.9), ..question(Polarity::High) };
    let judgement = judge(&points, &asked).unwrap();
    let trend = Trend::new(measure("ASM-01").unwrap(), Some("North".to_owned()), &judgement);
    let json = serde_json::to_value(&trend).unwrap();
    assert_eq!(
        (json["id"].as_str(), json["by"].as_str(), json["step"].as_str()),
        (Some("ASM-01"), Some("North"), Some("month"))
    );
    let mut keys: Vec<&str> = json["points"][18].as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "as_at",
            "denominator",
            "direction",
            "from",
            "judged",
            "label",
            "lower",
            "mean",
            "month",
            "numerator",
            "to",
            "upper",
            "value"
        ]
    );
    let point = &json["points"][18];
    assert_eq!((point["month"].as_str(), point["to"].as_str()), (Some("2026-09"), Some("2026-09-30")));
    assert_eq!((point["label"].as_str(), point["direction"].as_str()), (Some("outside"), Some("up")));
    let unfinished = &json["points"][19];
    assert_eq!((unfinished["to"].as_str(), unfinished["judged"].as_bool()), (Some("2026-10-23"), Some(false)));
    assert!(unfinished["label"].is_null() && unfinished["upper"].is_null() && unfinished["value"].is_f64());
    let gap = &json["points"][3];
    assert!(gap["as_at"].is_null() && gap["denominator"].is_null() && gap["mean"].is_null());
    let verdict = serde_json::json!({"variation": "improvement", "since": "2026-09", "assurance": "fail", "words": "Getting better"});
    assert_eq!(json["verdict"], verdict);
}

#[test]
fn below_thirteen_months_limits_are_null_and_so_is_the_verdict() {
    let judgement = judged(&between(500, 520, 12));
    let json = serde_json::to_value(Trend::new(measure("ASM-01").unwrap(), None, &judgement)).unwrap();
    assert!(json["points"].as_array().unwrap().iter().all(|point| point["lower"].is_null() && point["judged"] == true));
    let verdict = serde_json::json!({"variation": null, "since": null, "assurance": null, "words": "Too few months to tell (1 more)"});
    assert_eq!(json["verdict"], verdict);
}
