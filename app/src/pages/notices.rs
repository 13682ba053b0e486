//! `/notices`: what waits for me?

use super::action_lines::lines;
use super::headlines;
use crate::components::{Place, Section, empty, framed};
use crate::data::{CalendarPanel, NoticeSection, NoticesPage, Page};
use crate::fragment::Fragment;
use crate::markup::Markup;
use leptos::prelude::*;

/// What waits, by reason; then the own calendar and e-mail.
pub fn notices(page: Page<NoticesPage>) -> Fragment {
    let Page { frame, body } = page;
    let contents = if body.sections.is_empty() {
        let next = view! {
            <p>
                "What is late, due this week, reported to you or new to you stands here. "<a href="/actions">"All actions"</a>
            </p>
        };
        empty("Nothing waits for you.", next.into_any())
    } else {
        body.sections.iter().map(section).collect_view().into_any()
    };
    let news = body.total.clone();
    let total = (!body.sections.is_empty()).then(|| {
        view! {
            <p class="listed__lines">
                <strong>{body.total.clone()}</strong>
            </p>
        }
    });
    let view = view! {
        {total}
        {jump(&body.sections)}
        {contents}
        {calendar(&body.calendar)}
        <section class="group">
            <h2 class="group__title">"E-mail"</h2>
            <p>{body.mail}</p>
        </section>
    };
    let place = Place {
        section: Section::Notices,
        crumbs: vec![headlines(&frame)],
        title: "Your notices",
        caption: "Waiting for you",
    };
    framed(&frame, place, view.into_any()).with_news(news)
}

/// The ways down the page, where it is long.
fn jump(sections: &[NoticeSection]) -> AnyView {
    if sections.len() < 2 {
        return ().into_any();
    }
    let mut html = Markup::with_capacity(sections.len() * 80);
    for section in sections {
        // The browser's own jump: it moves the focus, the router's would only scroll.
        html.raw("<li><a rel=\"external\" href=\"#").text(&section.id).raw("\">").text(&section.title);
        html.raw(" (").text(&section.number).raw(")</a></li>");
    }
    view! { <ul class="inline" inner_html=html.into_html()></ul> }.into_any()
}

fn section(section: &NoticeSection) -> AnyView {
    let actions = (!section.lines.is_empty()).then(|| lines(&section.lines, &section.title, false));
    let surgeries = (!section.surgeries.is_empty()).then(|| {
        let mut html = Markup::with_capacity(section.surgeries.len() * 120);
        for (link, detail) in &section.surgeries {
            html.raw("<li>")
                .link(&link.href, &link.text)
                .raw("<small class=\"notice__detail\">")
                .text(detail)
                .raw("</small></li>");
        }
        view! { <ul class="links" inner_html=html.into_html()></ul> }
    });
    let more = section.more.clone().map(|link| {
        view! {
            <p>
                <a href=link.href>{link.text}</a>
            </p>
        }
    });
    view! {
        <section class="group">
            <h2 class="group__title" id=section.id.clone()>
                {section.title.clone()}
            </h2>
            <p class="note">{section.about.clone()}</p>
            {actions}
            {surgeries}
            {more}
        </section>
    }
    .into_any()
}

fn calendar(panel: &CalendarPanel) -> AnyView {
    let address = panel.address.clone().map(|address| {
        view! {
            <div class="warning" role="status">
                <p>
                    <strong>"This is the address of your calendar. It is shown this once: copy it now."</strong>
                </p>
                <p>
                    <code class="secret">{address}</code>
                </p>
                <p>
                    "In Outlook: Add calendar, Subscribe from web. Whoever has the address can read the calendar, so give it to nobody; if you have, make a new one."
                </p>
            </div>
        }
    });
    let (button, end) = if panel.has_address {
        let end = view! {
            <form method="post" action="/notices">
                <input type="hidden" name="do" value="end" />
                <button class="govuk-button govuk-button--secondary">"End the address"</button>
            </form>
        };
        ("Make a new address; the old one ends", Some(end))
    } else {
        ("Make an address", None)
    };
    view! {
        <section class="group">
            <h2 class="group__title" id="calendar">
                "Your calendar"
            </h2>
            <p>
                "What falls due for your teams in the coming four weeks, in numbers; the due dates of your actions; the surgeries you lead or attend: to subscribe to from Outlook or a telephone. It names no child."
            </p>
            {address}
            <p>{panel.state.clone()}</p>
            <div class="notice__forms">
                <form method="post" action="/notices">
                    <input type="hidden" name="do" value="renew" />
                    <button class="govuk-button govuk-button--secondary">{button}</button>
                </form>
                {end}
            </div>
        </section>
    }
    .into_any()
}
