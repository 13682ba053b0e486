//! What the pages must hold, whatever the data.

use super::{answer_samples, coming_samples, samples, staff_samples};
use crate::bare::no_answer;
use crate::data::*;
use crate::error::PageError;
use crate::fragment::Fragment;
use crate::pages;

fn html(page: Fragment) -> String {
    page.html
}

/// Every page, by name.
pub fn every_page() -> Vec<(&'static str, String)> {
    let held = LoadState::Held(samples::forecast(false));
    let checked = LoadState::Held(LoadForecast { holds: Vec::new(), ..samples::forecast(true) });
    let running = LoadState::Running { step: "Reading List_7".to_owned(), rows: 12_345 };
    vec![
        ("home", html(pages::home(samples::home()))),
        ("service", html(pages::service(samples::service()))),
        ("team", html(pages::team(samples::team("North Team 1")))),
        ("measure", html(pages::measure(samples::measure()))),
        ("list", html(pages::list(samples::list(38)))),
        ("answer", html(pages::answer(answer_samples::one()))),
        ("tables", html(pages::tables(answer_samples::tables()))),
        ("attention", html(pages::attention(coming_samples::register(38)))),
        ("caseloads", html(pages::caseloads(staff_samples::caseloads(38)))),
        ("notices", html(pages::notices(staff_samples::notices()))),
        ("targets", html(pages::targets(staff_samples::targets()))),
        ("child", html(pages::child(samples::child()))),
        ("data", html(pages::data(samples::data()))),
        ("extract", html(pages::extract(samples::extract()))),
        ("load-running", html(pages::load(samples::load(running)))),
        ("load-held", html(pages::load(samples::load(held)))),
        ("load-checked", html(pages::load(samples::load(checked)))),
        ("actions", html(pages::actions(samples::log()))),
        ("action", html(pages::action(samples::action()))),
        ("new-action", html(pages::new_action(samples::new_action()))),
        ("recommendations", html(pages::recommendations(samples::recommendations()))),
        ("sign-in", html(pages::sign_in(samples::sign_in(), true, Some("/data".to_owned())))),
        ("help", html(pages::help(samples::help()))),
        ("tour", html(pages::tour(samples::tour()))),
        ("not-found", no_answer(&PageError::NotFound).html),
    ]
}

#[test]
fn every_page_has_one_heading_a_main_part_and_no_inline_style() {
    for (name, html) in every_page() {
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        assert_eq!(html.matches("<main").count(), 1, "{name}");
        assert!(!html.contains(" style="), "{name}: the policy forbids inline style");
        assert!(!html.contains("onclick"), "{name}");
    }
}

#[test]
fn a_figure_that_is_not_supplied_is_not_a_zero() {
    let mut page = samples::home();
    page.body.groups[0].cards = vec![samples::card("CPP-07", "Plans over two years", samples::missing(), None)];
    let html = html(pages::home(page));
    assert!(html.contains("figure__value--missing\">not supplied<"));
    assert!(html.contains("card card--missing"));
    assert!(!html.contains(">0<") && !html.contains(">0%<"));
}

#[test]
fn a_share_of_nothing_does_not_look_like_a_number() {
    let mut page = samples::home();
    page.body.groups[0].cards =
        vec![samples::card("CPP-08", "Reviews", samples::figure("no value", "no review was due"), None)];
    assert!(html(pages::home(page)).contains("figure__value--none\">no value<"));
}

#[test]
fn a_small_denominator_is_marked() {
    assert!(html(pages::home(samples::home())).contains("Small number: read with care"));
    assert!(html(pages::service(samples::service())).contains("small number"));
}

#[test]
fn a_card_says_in_words_what_its_signs_show_and_only_where_a_chart_is_for_the_reader() {
    let with = html(pages::home(samples::home()));
    assert!(with.contains("signal__part--bad") && with.contains("<span>Getting worse since April 2026</span>"));
    assert!(with.contains("<p class=\"card__latest\">October: 71.0%</p>"), "the chart's last month has its name");
    let line = with.split("class=\"signal\"").nth(1).and_then(|rest| rest.split("</p>").next()).unwrap_or_default();
    assert_eq!(line.matches("<svg").count(), line.matches("aria-hidden=\"true\"").count(), "{line}");
    let mut page = samples::home();
    for group in &mut page.body.groups {
        group.cards.iter_mut().for_each(|card| card.signal = None);
    }
    assert!(!html(pages::home(page)).contains("signal"));
}

#[test]
fn a_measure_names_what_shows_its_change() {
    let html = html(pages::measure(samples::measure()));
    assert!(
        html.contains("Getting worse since April 2026: 7 or more months in a row below the mean up to October 2026")
    );
}

#[test]
fn a_chart_begins_anew_only_by_who_may_decide_it_and_with_a_reason() {
    let with = html(pages::measure(samples::measure()));
    assert_eq!(with.matches("action=\"/measures/ASM-01/rebase\"").count(), 2, "one to cut, one to take a cut back");
    assert_eq!(with.matches("name=\"reason\"").count(), 2);
    assert!(with.contains("name=\"takes_back\" value=\"7\"") && with.contains("value=\"North &amp; West\""));
    let mut page = samples::measure();
    page.body.rebase = None;
    assert!(!html(pages::measure(page)).contains("<form method=\"post\" action=\"/measures"));
}

#[test]
fn a_team_name_cannot_inject_markup() {
    let name = "<img src=x onerror=alert(1)>\"'</script>";
    let html = html(pages::team(samples::team(name)));
    assert!(!html.contains("<img") && !html.contains("</script>"));
    assert!(html.contains("&lt;img src=x onerror=alert(1)&gt;"));
}

#[test]
fn a_line_of_a_list_cannot_inject_markup() {
    let mut page = samples::list(1);
    let row = &mut page.body.rows[0];
    let hostile = "\"><script>alert(1)</script>".to_owned();
    for field in
        [&mut row.who, &mut row.team, &mut row.worker, &mut row.start, &mut row.due, &mut row.days, &mut row.state]
    {
        field.clone_from(&hostile);
    }
    row.href = Some("javascript:alert(1)".to_owned());
    page.body.columns[1].text.clone_from(&hostile);
    let html = html(pages::list(page));
    assert!(!html.contains("<script") && !html.contains("javascript:"));
}

#[test]
fn a_list_has_as_many_lines_as_it_says() {
    for lines in [1, 38, 200] {
        let html = html(pages::list(samples::list(lines)));
        let body = html.split("<tbody").nth(1).and_then(|rest| rest.split("</tbody>").next()).unwrap_or_default();
        assert_eq!(body.matches("<tr>").count(), lines);
        assert!(html.contains(&format!("<strong>{lines} line")));
    }
}

#[test]
fn an_empty_list_says_what_to_do_next() {
    let html = html(pages::list(samples::list(0)));
    assert!(!html.contains("<tbody"));
    assert!(html.contains("No line fits what you have chosen."));
}

#[test]
fn sorting_is_told_to_those_who_do_not_see_it() {
    let html = html(pages::list(samples::list(1)));
    assert_eq!(html.matches("aria-sort=").count(), 1);
    assert!(html.contains("aria-sort=\"ascending\""));
}

#[test]
fn forms_are_sent_by_post_but_for_those_that_choose_what_is_shown() {
    for (name, html) in every_page() {
        for form in html.split("<form").skip(1) {
            let tag = form.split('>').next().unwrap_or_default();
            let chooses = ["class=\"filter\"", "class=\"dates\"", "action=\"/actions/new\""]
                .iter()
                .any(|attribute| tag.contains(attribute));
            assert!(tag.contains("method=\"post\"") || (chooses && tag.contains("method=\"get\"")), "{name}: {tag}");
        }
    }
}

#[test]
fn the_upload_asks_for_the_date_and_is_not_there_for_those_who_may_not_load() {
    let with = html(pages::data(samples::data()));
    assert!(with.contains("type=\"date\"") && with.contains("multipart/form-data"));
    let mut page = samples::data();
    page.body.can_load = false;
    assert!(!html(pages::data(page)).contains("type=\"date\""));
}

#[test]
fn a_page_that_is_not_there_gives_no_reason() {
    let html = no_answer(&PageError::NotFound).html;
    assert!(html.contains("There is no such page, or it is not yours to see."));
    assert!(!html.contains("forbidden") && !html.contains("permission"));
}

#[test]
fn people_to_be_are_offered_only_in_a_demonstration() {
    assert!(html(pages::sign_in(samples::sign_in(), false, None)).contains("name=\"persona\""));
    let real = SignInPage { personas: Vec::new(), has_users: true };
    let real = html(pages::sign_in(real, false, None));
    assert!(!real.contains("persona") && !real.contains("Demonstration"));
}

#[test]
fn where_to_go_after_signing_in_cannot_leave_its_field() {
    let html = html(pages::sign_in(samples::sign_in(), false, Some("\"><script>".to_owned())));
    assert!(!html.contains("<script"));
}

#[test]
fn what_people_wrote_in_an_action_is_never_markup() {
    let hostile = "</textarea><script>alert(1)</script>\"".to_owned();
    let mut page = samples::action();
    page.body.what.clone_from(&hostile);
    page.body.history[0].text.clone_from(&hostile);
    page.body.history[0].links = vec!["javascript:alert(1)".to_owned()];
    page.body.forms[0].fields[1].value.clone_from(&hostile);
    page.body.evidence[0].file.text.clone_from(&hostile);
    let html = html(pages::action(page));
    assert!(!html.contains("<script") && !html.contains("href=\"javascript"), "{html}");
    let mut log = samples::log();
    log.body.sections[0].lines[0].what.clone_from(&hostile);
    log.body.sections[0].lines[0].key = "1\" onfocus=\"alert(1)".to_owned();
    let html = self::html(pages::actions(log));
    assert!(!html.contains("<script") && !html.contains("\" onfocus"), "{html}");
}

#[test]
fn every_field_of_an_actions_form_has_its_label_and_the_version_goes_along() {
    let html = html(pages::action(samples::action()));
    for name in ["line", "text", "date", "choice"] {
        assert!(html.contains(&format!("for=\"report-{name}\"")) && html.contains(&format!("id=\"report-{name}\"")));
    }
    assert!(html.contains("name=\"version\" value=\"3\""));
    assert!(html.contains("What you wrote") && html.contains("Seen on Monday"), "a conflict shows both");
}

#[test]
fn lines_are_chosen_only_by_who_may_record_an_action() {
    let with = html(pages::list(samples::list(2)));
    assert_eq!(with.matches("type=\"checkbox\" name=\"child\"").count(), 2);
    assert!(with.contains("action=\"/actions/new\""));
    let mut page = samples::list(2);
    page.body.add = None;
    let without = html(pages::list(page));
    assert!(!without.contains("name=\"child\"") && !without.contains("/actions/new"));
}

/// Writes every page to the folder in `PREVIEW`, to be looked at with the style sheet `app.css` beside them.
#[test]
#[ignore = "for looking at the pages without a server"]
fn preview() {
    let Ok(folder) = std::env::var("PREVIEW") else { return };
    for (name, html) in every_page() {
        let page = format!(
            "<!DOCTYPE html><html lang=\"en-GB\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{name}</title><link rel=\"stylesheet\" href=\"app.css\"><body><div class=\"sheet\">{html}</div>"
        );
        std::fs::write(format!("{folder}/{name}.html"), page).unwrap();
    }
}
