//! `/help/tour`: what to look at first, for the viewer's roles.

use crate::components::{Place, Section, empty, framed};
use crate::data::{Link, Page, TourPage, TourPart, TourStep};
use crate::fragment::Fragment;
use leptos::prelude::*;

/// The steps for each role, and whether the home page offers them.
pub fn tour(page: Page<TourPage>) -> Fragment {
    let Page { frame, body } = page;
    let parts = if body.parts.is_empty() {
        let next = view! { <p>"An administrator gives roles. Until then there is nothing to walk through."</p> };
        empty("You hold no role today.", next.into_any()).into_any()
    } else {
        body.parts.iter().map(part).collect_view().into_any()
    };
    let view = view! {
        {parts}
        {offering(body.offered)}
    };
    let help = Link { text: "Help".to_owned(), href: "/help".to_owned() };
    let place = Place { section: Section::Help, crumbs: vec![help], title: "A short tour", caption: "" };
    framed(&frame, place, view.into_any())
}

fn part(part: &TourPart) -> AnyView {
    let steps = part.steps.iter().map(step).collect_view();
    view! {
        <section class="group">
            <h2 class="group__title">{part.role.clone()}</h2>
            <p>{part.purpose.clone()}</p>
            <ol class="tour">{steps}</ol>
        </section>
    }
    .into_any()
}

fn step(step: &TourStep) -> AnyView {
    let title = match step.link.clone() {
        Some(link) => view! { <a href=link.href>{link.text}</a> }.into_any(),
        None => step.title.clone().into_any(),
    };
    let look = view! {
        <p class="tour__look">
            <strong>"Look at: "</strong>
            {step.look.clone()}
        </p>
    };
    view! {
        <li class="tour__step">
            <h3 class="tour__title">{title}</h3>
            <p>{step.text.clone()}</p>
            {look}
        </li>
    }
    .into_any()
}

fn offering(offered: bool) -> AnyView {
    let (now, value, text) = if offered {
        ("The headlines offer this tour until you say that you know it.", "never", "Do not offer it again")
    } else {
        ("The headlines do not offer this tour to you any more. You find it under Help.", "again", "Offer it again")
    };
    view! {
        <form class="tour__offer" method="post" action="/help/tour">
            <p>{now}</p>
            <button class="govuk-button govuk-button--secondary" name="show" value=value>
                {text}
            </button>
        </form>
    }
    .into_any()
}

/// The offer on the home page.
pub(super) fn offer() -> AnyView {
    view! {
        <section class="tour-offer" aria-label="A short tour">
            <p>
                "New here? "<a href="/help/tour">"A short tour for your role"</a>
                " shows in a few steps what to look at, and where."
            </p>
            <form method="post" action="/help/tour">
                <button class="govuk-button govuk-button--secondary" name="show" value="never">
                    "Do not show this again"
                </button>
            </form>
        </section>
    }
    .into_any()
}
