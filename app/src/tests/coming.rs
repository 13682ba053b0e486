//! What the register and the coming weeks must show, whatever the data.

use super::coming_samples::{due, register};
use super::samples;
use crate::pages;

const HOSTILE: &str = "\"><script>alert(1)</script>";

/// The body of the table of this class; empty where there is none.
fn lines<'a>(html: &'a str, class: &str) -> &'a str {
    let table = html.split(&format!("class=\"{class}\"")).nth(1).unwrap_or_default();
    let body = table.split_once("<tbody>").map(|(_, rest)| rest).unwrap_or_default();
    body.split_once("</tbody>").map(|(body, _)| body).unwrap_or_default()
}

#[test]
fn a_register_has_as_many_lines_as_it_says_and_each_hides_who_behind_the_privacy_screen() {
    for count in [1, 50] {
        let html = pages::attention(register(count)).html;
        let body = lines(&html, "table list register");
        assert_eq!(body.matches("<tr>").count(), count);
        assert_eq!(body.matches("class=\"who\"").count(), count);
        assert!(html.contains(&format!("<strong>{count} line")) && html.contains("id=\"privacy\""));
    }
}

#[test]
fn an_empty_register_says_what_to_do_next() {
    let html = pages::attention(register(0)).html;
    assert!(html.contains("No child fits what you have chosen.") && !html.contains("table list register"));
}

#[test]
fn a_line_of_a_register_cannot_inject_markup() {
    let mut page = register(1);
    let row = &mut page.body.rows[0];
    for field in [&mut row.who, &mut row.team, &mut row.worker, &mut row.since, &mut row.reasons[0]] {
        *field = HOSTILE.to_owned();
    }
    row.href = Some("javascript:alert(1)".to_owned());
    page.body.by_team[0].team.text = HOSTILE.to_owned();
    page.body.reasons[0].rule.text = HOSTILE.to_owned();
    page.body.dated = Some(HOSTILE.to_owned());
    let html = pages::attention(page).html;
    assert!(!html.contains("<script") && !html.contains("javascript:"), "{html}");
}

#[test]
fn the_register_stands_in_the_navigation_of_those_who_read_children() {
    let link = "<a href=\"/attention\"";
    assert!(pages::home(samples::home()).html.contains(link));
    let mut page = samples::home();
    page.frame.attention = None;
    assert!(!pages::home(page).html.contains(link));
}

#[test]
fn the_coming_weeks_stand_with_what_falls_due_and_the_caution() {
    let html = pages::measure(samples::measure()).html;
    for words in
        ["If nobody acts", "Friday 6 November 2026", "What would reach the target", "A plan ends when", "C204537"]
    {
        assert!(html.contains(words), "{words}");
    }
    let mut page = samples::measure();
    let ahead = page.body.ahead.as_mut().unwrap();
    ahead.has_due_days = false;
    ahead.target = None;
    let html = pages::measure(page).html;
    assert!(!html.contains("Fall due in the week before") && !html.contains("What would reach the target"));
    assert!(!html.contains("id=\"privacy\""), "no child, nothing to hide");
}

#[test]
fn a_calendar_marks_days_off_and_says_how_much_it_leaves_out() {
    let mut page = samples::team("North Team 1");
    let html = pages::team(page.clone()).html;
    assert_eq!(html.matches("not a working day").count(), 1);
    assert!(html.contains("3 lines, by the last day in time"));
    page.body.due.as_mut().unwrap().total = 250;
    assert!(pages::team(page.clone()).html.contains("The first 3 of 250 lines"));
    page.body.due = Some(due(0));
    let html = pages::team(page).html;
    assert!(html.contains("Nothing falls due in these days.") && !html.contains("id=\"privacy\""));
}
