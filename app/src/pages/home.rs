//! `/`: how are we doing, as at when?

use super::tour::offer;
use crate::components::{Place, Section, empty, exports, framed, groups, link_list, tag};
use crate::data::{Card, Frame, HomePage, Page, ServiceLink, Standing};
use crate::fragment::Fragment;
use crate::markup::counted;
use leptos::prelude::*;

/// The headlines.
pub fn home(page: Page<HomePage>) -> Fragment {
    let Page { frame, body } = page;
    let contents = if body.groups.is_empty() { nothing_yet(&frame) } else { overview(&body.groups_of_cards()) };
    let suppressed = body.suppressed.then(|| {
        view! {
            <p class="note">
                "Counts from 1 to 5, and what would give them away, are shown as "<strong>"c"</strong>
                ", so that no child can be recognised."
            </p>
        }
    });
    let evidence = (body.suppressed && frame.viewer.reads_counts).then(|| {
        view! {
            <p>
                <a href="/surgeries/evidence">"What performance surgeries found and what came of it"</a>
                ": the evidence of a period, in numbers"
            </p>
        }
    });
    let services = (!body.services.is_empty()).then(|| services(body.services));
    let unmapped = (!body.unmapped.is_empty()).then(|| {
        view! {
            <section class="group">
                <h2 class="group__title">"Teams without a service"</h2>
                <p>
                    "These teams stand in the extract but not in the list of the organisation. Ask the analyst to add them."
                </p>
                {link_list(body.unmapped)}
            </section>
        }
    });
    let notices = (!body.notices.is_empty()).then(|| {
        let links = body.notices.into_iter().map(|link| {
            view! {
                <li>
                    <a href=link.href>{link.text}</a>
                </li>
            }
        });
        view! {
            <section class="warning" aria-label="Waiting for you">
                <p>
                    <strong>"Waiting for you"</strong>
                </p>
                <ul class="inline">{links.collect_view()}</ul>
            </section>
        }
    });
    let tour = body.tour.then(offer);
    let view = view! {
        {tour}
        {notices}
        {contents}
        {services}
        {evidence}
        {suppressed}
        {groups(body.groups)}
        {unmapped}
        {exports(body.exports)}
    };
    let place = Place { section: Section::Headlines, crumbs: Vec::new(), title: "Headlines", caption: &body.whole };
    framed(&frame, place, view.into_any())
}

impl HomePage {
    fn groups_of_cards(&self) -> Vec<&Card> {
        self.groups.iter().flat_map(|group| &group.cards).collect()
    }
}

fn nothing_yet(frame: &Frame) -> AnyView {
    let (text, next) = if !frame.viewer.reads_counts {
        ("Your role does not include the figures.", ().into_any())
    } else if frame.viewer.loads_data {
        let next = view! {
            <p>
                <a class="govuk-button" href="/data">
                    "Load the first extract"
                </a>
            </p>
        };
        ("There are no figures yet, because no extract has been loaded.", next.into_any())
    } else {
        let next = view! { <p>"The performance analyst loads the extracts. The headlines appear here as soon as the first one is in."</p> };
        ("There are no figures yet, because no extract has been loaded.", next.into_any())
    };
    empty(text, next).into_any()
}

/// The whole in one line, verdicts before targets, and what is not on target by name.
fn overview(cards: &[&Card]) -> AnyView {
    let count =
        |standing: Standing| cards.iter().filter(|card| card.figure.supplied && card.standing() == standing).count();
    let missing = cards.iter().filter(|card| !card.figure.supplied).count();
    let off: Vec<_> = cards
        .iter()
        .filter(|card| card.figure.supplied && card.on_target == Some(false))
        .map(|card| {
            view! {
                <li>
                    <a href=card.href.clone()>
                        <span class="off__name">{card.name.clone()}</span>
                        <strong class="off__value">{card.figure.value.clone()}</strong>
                    </a>
                </li>
            }
        })
        .collect();
    let on_target = cards.iter().filter(|card| card.figure.supplied && card.on_target == Some(true)).count();
    let tally = [
        (count(Standing::Bad), "getting worse", Standing::Bad),
        (count(Standing::Good), "getting better", Standing::Good),
        (on_target, "on target", Standing::Neutral),
        (off.len(), "not on target", Standing::Neutral),
        (missing, "not supplied", Standing::Neutral),
    ]
    .into_iter()
    .filter(|(number, ..)| *number > 0)
    .map(|(number, words, standing)| view! { <li>{tag(format!("{number} {words}"), standing)}</li> })
    .collect_view();
    let list = (!off.is_empty()).then(|| {
        let title = counted(off.len() as u64, "measure is not on target", "measures are not on target");
        view! {
            <h2 class="off__title">{title}</h2>
            <ul class="off__list">{off}</ul>
        }
    });
    view! {
        <section class="overview" aria-label="In short">
            <ul class="tally">{tally}</ul>
            {list}
        </section>
    }
    .into_any()
}

fn services(services: Vec<ServiceLink>) -> AnyView {
    let services = services
        .into_iter()
        .map(|service| {
            view! {
                <li class="service">
                    <a class="service__name" href=service.href>
                        {service.name}
                    </a>
                    <span class="service__detail">{service.detail}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="group">
            <h2 class="group__title">"Services"</h2>
            <ul class="services">{services}</ul>
        </section>
    }
    .into_any()
}
