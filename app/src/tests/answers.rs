//! What a list and a form for answers must hold.

use super::{answer_samples, samples};
use crate::pages;

#[test]
fn ticked_lines_belong_to_the_one_form_and_only_where_the_viewer_answers() {
    let html = pages::list(samples::list(4)).html;
    assert_eq!(html.matches("form=\"answer-many\" name=\"unit\"").count(), 2);
    assert_eq!(html.matches("id=\"answer-many\"").count(), 1);
    assert!(html.contains("Answer for child C204500") && html.contains("Not confirmed by the extract"));
    let mut page = samples::list(4);
    page.body.answers.as_mut().unwrap().form = None;
    assert!(!pages::list(page).html.contains("id=\"answer-many\""), "who answers for none has no form");
}

#[test]
fn the_form_for_one_child_keeps_the_way_back_and_the_unit() {
    let html = pages::answer(answer_samples::one()).html;
    for field in ["name=\"unit\" value=\"0123456789abcdef.7.0\"", "name=\"extract\" value=\"7\"", "North &amp; West"] {
        assert!(html.contains(field), "{field}");
    }
    assert!(html.contains("action=\"/measures/ASM-03/answers\""));
    assert!(html.contains("&lt;nobody&gt; at the door"), "a reason is never markup");
}

#[test]
fn a_table_without_rows_says_what_to_do() {
    let html = pages::tables(answer_samples::tables()).html;
    assert!(html.contains("Choose another team."));
    assert!(html.contains("\"><a href=\"/measures/CPP-01/children?show=act\">12</a></td>"));
}
