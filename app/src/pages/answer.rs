//! What managers say of late children: beside each line of a list, for many lines at once, and for one child.

use super::headlines;
use crate::components::{Place, Section, facts, framed, link_list, table, tabs, tag_class};
use crate::data::{AnswerForm, AnswerPage, Link, Page, RowAnswer, Tab};
use crate::fragment::Fragment;
use crate::markup::Markup;
use leptos::prelude::*;

/// The form that ticked lines belong to.
const FORM: &str = "answer-many";

/// The form for one late child, and what was said before.
pub fn answer(page: Page<AnswerPage>) -> Fragment {
    let Page { frame, body } = page;
    let about = body.about.iter().map(|(name, value)| (name.clone(), value.clone().into_any())).collect();
    let history = body.history.as_ref().map(|rows| {
        view! {
            <section class="group">
                <h2 class="group__title">"What was said before"</h2>
                {table(rows)}
            </section>
        }
    });
    let title = format!("Answer for child {}", body.child.text);
    let child = Link { text: format!("What happened to child {}", body.child.text), href: body.child.href.clone() };
    let view = view! {
        {facts(about)}
        {form(&body.form, "answer-one")}
        {history}
        {link_list(vec![child])}
    };
    let crumbs = vec![headlines(&frame), body.measure.clone(), body.list];
    let place = Place { section: Section::Headlines, crumbs, title: &title, caption: &body.measure.text };
    framed(&frame, place, view.into_any())
}

/// Late lines by what is known of them.
pub(super) fn filter_by_answer(choices: Vec<Tab>, overview: Link) -> AnyView {
    view! {
        {tabs("Late lines by answer", choices)}
        <p class="note">
            <a href=overview.href>{overview.text}</a>
        </p>
    }
    .into_any()
}

/// The form for the lines that are ticked.
pub(super) fn about_many(about: &AnswerForm) -> AnyView {
    view! {
        <section class="group">
            <h2 class="group__title">"Answer for the lines ticked above"</h2>
            {form(about, FORM)}
        </section>
    }
    .into_any()
}

/// What was said, what came of it, and how to say something.
pub(super) fn cell(html: &mut Markup, answer: &RowAnswer, who: &str) {
    if let Some(unit) = &answer.unit {
        html.raw("<label class=\"tick\"><input type=\"checkbox\" form=\"answer-many\" name=\"unit\" value=\"");
        html.text(unit).raw("\"><span class=\"govuk-visually-hidden\">Answer for child ").text(who);
        html.raw("</span></label> ");
    }
    html.raw("<strong class=\"").raw(tag_class(answer.standing)).raw("\">").text(&answer.outcome).raw("</strong>");
    if !answer.said.is_empty() {
        html.raw(" <span>").text(&answer.said).raw("</span><small>").text(&answer.by).raw("</small>");
    }
    if let Some(form) = &answer.form {
        html.raw(" <a href=\"").text(form).raw("\">Answer<span class=\"govuk-visually-hidden\"> for child ");
        html.text(who).raw("</span></a>");
    }
}

fn form(about: &AnswerForm, id: &'static str) -> AnyView {
    let hidden = about
        .kept
        .iter()
        .cloned()
        .chain(about.unit.clone().map(|unit| ("unit".to_owned(), unit)))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    let kinds = about
        .kinds
        .iter()
        .map(|(value, words)| {
            let field = format!("{id}-{value}");
            view! {
                <div class="govuk-radios__item">
                    <input class="govuk-radios__input" type="radio" id=field.clone() name="said" value=value.clone() required=true />
                    <label class="govuk-label govuk-radios__label" for=field>
                        {words.clone()}
                    </label>
                </div>
            }
        })
        .collect_view();
    let field = |name: &str| format!("{id}-{name}");
    view! {
        <form id=id class="answer" method="post" action=about.action.clone()>
            {hidden}
            <fieldset class="govuk-fieldset govuk-form-group">
                <legend class="govuk-fieldset__legend">"What do you say?"</legend>
                <div class="govuk-radios govuk-radios--small">{kinds}</div>
            </fieldset>
            <div class="govuk-form-group">
                <label class="govuk-label" for=field("day")>
                    "Day"
                </label>
                <div class="govuk-hint" id=field("day-hint")>
                    "The day it was done, or the day it is booked for."
                </div>
                <input
                    class="govuk-input govuk-input--width-10"
                    type="date"
                    id=field("day")
                    name="day"
                    aria-describedby=field("day-hint")
                />
            </div>
            <div class="govuk-form-group">
                <label class="govuk-label" for=field("reason")>
                    "Reason"
                </label>
                <div class="govuk-hint" id=field("reason-hint")>
                    "Where it was not done, the record is wrong or the child is not yours: a sentence without a child’s name. It is kept with your name."
                </div>
                <input
                    class="govuk-input"
                    type="text"
                    id=field("reason")
                    name="reason"
                    maxlength="300"
                    aria-describedby=field("reason-hint")
                />
            </div>
            <button class="govuk-button">"Keep the answer"</button>
            <p class="note">"Later extracts show whether an answer came true. An answer is never changed; give another if it was wrong."</p>
        </form>
    }
    .into_any()
}
