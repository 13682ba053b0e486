//! The minutes as a file to send: one page that needs nothing else, without a child's id.

use super::item::Maker;
use super::one::{attendance, facts};
use super::{Around, readable, remit_words, subject};
use crate::desk::{ViewerDesk, words};
use crate::state::{AppState, Visit};
use app::Markup;
use app::data::{ActionOfSurgery, ItemView, NoteText};
use app::error::PageError;
use domain::surgery::Stage;

const STYLE: &str = "<style>body{font:11pt/1.4 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}\
     table{border-collapse:collapse;width:100%}th,td{border:1px solid #777;padding:.3rem;text-align:left;\
     vertical-align:top}h2{margin-top:2rem}.text{white-space:pre-wrap}</style>";

/// The minutes of a closed surgery, and the file's name. On record before they are sent.
///
/// # Errors
/// When there are none for this viewer.
pub async fn minutes(state: &AppState, visit: &Visit, id: &str) -> Result<(String, String), PageError> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    let around = Around::of(&desk).await?;
    let kept = readable(&desk, id, &around).await?.filter(|kept| kept.surgery.stage == Stage::Closed);
    let Some(kept) = kept else { return desk.deny("export minutes", id).await };
    let surgery = &kept.surgery;
    let maker = Maker::of(&desk, &around, &kept).await?.for_sending().await?;
    desk.allow("export minutes", &subject(kept.id), None).await?;
    let title = format!("{}, {}", remit_words(&surgery.remit), words::date(surgery.date));
    let mut html = Markup::with_capacity(20_000);
    html.raw("<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>Minutes: ").text(&title);
    html.raw("</title>").raw(STYLE).raw("</head><body><h1>Minutes of the surgery: ").text(&title).raw("</h1><ul>");
    for (name, value) in facts(&around, surgery) {
        html.raw("<li>").text(&name).raw(": ").text(&value).raw("</li>");
    }
    html.raw("</ul><h2>Attendance</h2><ul>");
    for one in attendance(&around, surgery) {
        html.raw("<li>").text(&one.name).raw(": ").text(&one.presence).raw("</li>");
    }
    html.raw("</ul>");
    for item in &surgery.items {
        self::item(&mut html, &maker.view(item, false).await?);
    }
    let whole = maker.actions(None);
    if !whole.is_empty() {
        html.raw("<h2>Actions of the meeting as a whole</h2>");
        actions(&mut html, &whole);
    }
    html.raw("<p>Made by ").text(&visit.viewer.full_name).raw(" on ");
    html.text(&words::time(state.clock.now_ms())).raw(".</p></body></html>\n");
    Ok((format!("minutes {} {}.html", surgery.date, remit_words(&surgery.remit)), html.into_html()))
}

fn item(html: &mut Markup, item: &ItemView) {
    html.raw("<h2>").number(item.row.place).raw(". ").text(&item.row.title).raw("</h2>");
    if let Some(figure) = &item.figure {
        html.raw("<p>").text(&item.as_at).raw(": <strong>").text(&figure.value).raw("</strong>, ");
        html.text(&figure.detail).raw("</p>");
    }
    if let Some(before) = &item.before {
        html.raw("<p>").text(before).raw("</p>");
    }
    note(html, "What the data tells us", &item.narrative);
    note(html, "So what? What was said", &item.discussion);
    if !item.actions.is_empty() {
        html.raw("<h3>Now what? Actions</h3>");
        actions(html, &item.actions);
    }
}

fn note(html: &mut Markup, title: &'static str, note: &NoteText) {
    if !note.text.is_empty() {
        html.raw("<h3>").raw(title).raw("</h3><p class=\"text\">").text(&note.text).raw("</p>");
    }
}

fn actions(html: &mut Markup, rows: &[ActionOfSurgery]) {
    html.raw("<table><thead><tr><th>Number</th><th>What</th><th>Head of Service</th><th>Due</th><th>State</th></tr>");
    html.raw("</thead><tbody>");
    for row in rows {
        html.raw("<tr>");
        for cell in [&row.number, &row.what, &row.accountable, &row.due, &row.state] {
            html.raw("<td>").text(cell).raw("</td>");
        }
        html.raw("</tr>");
    }
    html.raw("</tbody></table>");
}
