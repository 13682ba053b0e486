//! Caseloads, targets and notices.

use super::staff_samples::{caseloads, notices, targets};
use crate::data::*;
use crate::pages;

#[test]
fn caseloads_have_a_line_a_worker_and_say_in_words_what_stands_out() {
    for workers in [1, 38] {
        let html = pages::caseloads(caseloads(workers)).html;
        let body = html.rsplit("<tbody").next().and_then(|rest| rest.split("</tbody>").next()).unwrap_or_default();
        assert_eq!(body.matches("<tr>").count(), workers);
    }
    let html = pages::caseloads(caseloads(20)).html;
    for words in ["1 above the limit of 18", "Newly qualified", "2 of 9 (22.2%)", "/caseloads.csv"] {
        assert!(html.contains(words), "{words}");
    }
}

#[test]
fn caseloads_without_anyone_say_what_to_do_next() {
    let html = pages::caseloads(caseloads(0)).html;
    assert!(html.contains("No worker holds a child or is in post here.") && !html.contains("By worker"));
}

#[test]
fn a_name_in_caseloads_or_targets_cannot_inject_markup() {
    let hostile = "\"><script>alert(1)</script>".to_owned();
    let mut page = caseloads(1);
    page.body.workers[0].worker.clone_from(&hostile);
    page.body.workers[0].team.clone_from(&hostile);
    page.body.workers[0].role.clone_from(&hostile);
    page.body.workers[0].marks = vec![(hostile.clone(), Standing::Bad)];
    page.body.by_team[0].team = Link { text: hostile.clone(), href: "javascript:alert(1)".to_owned() };
    page.body.workforce.clone_from(&hostile);
    let html = pages::caseloads(page).html;
    assert!(!html.contains("<script") && !html.contains("javascript:"));
    let mut page = targets();
    page.body.targets[0].place.clone_from(&hostile);
    page.body.changes[0].reason.clone_from(&hostile);
    if let Some(form) = &mut page.body.form {
        form.teams = vec![hostile.clone()];
        form.services = vec![hostile];
    }
    assert!(!pages::targets(page).html.contains("<script"));
}

#[test]
fn who_may_set_no_target_is_shown_no_form() {
    assert!(pages::targets(targets()).html.contains("action=\"/admin/targets\""));
    let mut page = targets();
    page.body.form = None;
    assert!(!pages::targets(page).html.contains("action=\"/admin/targets\""));
}

#[test]
fn the_header_says_how_much_waits_and_the_address_of_a_calendar_is_shown_to_be_copied() {
    let mut page = notices();
    let html = pages::notices(page.clone()).html;
    assert!(
        html.contains("href=\"/notices\" aria-current=\"true\">Notices <strong class=\"header__count\">12<"),
        "{html}"
    );
    assert!(html.contains("https://surgery.example/calendar/AAAA.ics") && html.contains("href=\"#late\""));
    page.frame.waiting = Some(0);
    page.body.sections.clear();
    page.body.calendar.address = None;
    let html = pages::notices(page.clone()).html;
    assert!(html.contains("Nothing waits for you") && !html.contains("header__count") && !html.contains("<code"));
    page.frame.waiting = None;
    assert!(!pages::notices(page).html.contains("href=\"/notices\""), "for whom nothing ever waits");
}
