//! A surgery in session, as a room looks at it on a wall: the item first and large, the agenda beside it, what is about the
//! meeting as a whole below.

use super::surgery::{attendance, of_the_meeting, order};
use super::surgery_item::{self, button, hidden};
use crate::components::{empty, pairs, privacy};
use crate::data::{ItemRow, SurgeryPage};
use crate::markup::Markup;
use leptos::prelude::*;

/// The item on the screen and the agenda; then actions of the meeting, who came, and its end.
pub(super) fn in_session(body: &SurgeryPage, refresh: Option<AnyView>) -> AnyView {
    let close = body.may.close.then(|| {
        view! {
            <section class="group">
                <h2 class="group__title">"Close"</h2>
                <p>"The minutes are what stands here now, and stay as they are."</p>
                {button(&body.path, "close", None, "Close the surgery", true)}
            </section>
        }
    });
    let open = body.open.as_ref().map_or_else(
        || empty("The room looks at no item.", view! { <p>"The leader chooses one from the agenda."</p> }.into_any()),
        |item| surgery_item::on_the_screen(body, item),
    );
    view! {
        <div class="room">
            <div class="room__item">{open}</div>
            {agenda(body)}
        </div>
        {of_the_meeting(body)}
        {attendance(body)}
        <section class="group">
            <h2 class="group__title">"About this surgery"</h2>
            {pairs(body.facts.clone())}
            {refresh}
        </section>
        {close}
    }
    .into_any()
}

/// Items of the short agenda beside people's own: the one before, the one on the screen, and what comes next.
const IN_SHORT: usize = 7;

/// The agenda in short: where the room is, and what comes next. All of it, with what orders it, is folded below.
fn agenda(body: &SurgeryPage) -> AnyView {
    let here = body.items.iter().position(|row| row.shown).unwrap_or_default();
    let first = here.saturating_sub(1).min(body.items.len().saturating_sub(IN_SHORT));
    let mut html = Markup::with_capacity(IN_SHORT * 500);
    html.raw("<ol class=\"room__lines\">");
    // What somebody has just put on the agenda is seen by the room, wherever it stands.
    for (at, row) in body.items.iter().enumerate() {
        if row.own || (first..first + IN_SHORT).contains(&at) {
            line(&mut html, body, row);
        }
    }
    html.raw("</ol>");
    let list = if body.items.is_empty() {
        view! { <p>"Nothing is on the agenda."</p> }.into_any()
    } else {
        view! { <div inner_html=html.into_html()></div> }.into_any()
    };
    let add = body.may.add_item.then(|| {
        view! {
            <form class="room__add" method="post" action=body.path.clone()>
                {hidden("do", "add")} <label class="govuk-label" for="add-title">
                    "An item of your own, without a child’s name"
                </label> <input class="govuk-input" id="add-title" name="title" maxlength="300" autocomplete="off" required />
                <button class="govuk-button govuk-button--secondary">"Add"</button>
            </form>
        }
    });
    view! {
        <section class="room__agenda" aria-labelledby="agenda">
            {privacy()}
            <h2 class="room__heading" id="agenda">
                "Agenda"
            </h2>
            {list}
            {add}
            {(body.items.len() > IN_SHORT || body.may.order_items).then(|| whole(body))}
        </section>
    }
    .into_any()
}

fn line(html: &mut Markup, body: &SurgeryPage, row: &ItemRow) {
    html.raw("<li class=\"room__line\" value=\"").number(row.place);
    html.raw(if row.shown { "\" aria-current=\"true\">" } else { "\">" });
    html.link_here(&row.href, &row.title);
    if row.shown {
        html.raw(" <strong class=\"tag\">On the screen</strong>");
    } else if body.may.show {
        html.raw("<form method=\"post\" action=\"").text(&body.path);
        html.raw("\"><input type=\"hidden\" name=\"do\" value=\"show\"><input type=\"hidden\" name=\"item\" value=\"");
        html.text(&row.id).raw("\"><button class=\"agenda__button\">Show<span class=\"govuk-visually-hidden\"> ");
        html.text(&row.title).raw("</span></button></form>");
    }
    html.raw("</li>");
}

/// Every item, with the forms that order the agenda for who may.
fn whole(body: &SurgeryPage) -> AnyView {
    let mut html = Markup::with_capacity(body.items.len() * 900);
    for row in &body.items {
        html.raw("<li class=\"agenda__item\">");
        html.link_here(&row.href, &row.title);
        if body.may.order_items || body.may.show {
            order(&mut html, body, row);
        }
        html.raw("</li>");
    }
    view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{format!("The whole agenda: {} items", body.items.len())}</span>
            </summary>
            <div class="govuk-details__text">
                <ol class="agenda" inner_html=html.into_html()></ol>
            </div>
        </details>
    }
    .into_any()
}
