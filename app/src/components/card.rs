//! A measure in a card, and cards in groups.

use super::{change, figure, remark, signal, spark};
use crate::data::{Card, CardGroup, Standing};
use leptos::prelude::*;

/// One measure: the figure, what it is a part of, and what to think of it.
fn card(card: Card) -> AnyView {
    let class = match (card.figure.supplied, card.standing()) {
        (false, _) => "card card--missing",
        (true, Standing::Good) => "card card--good",
        (true, Standing::Bad) => "card card--bad",
        (true, Standing::Near) => "card card--near",
        (true, Standing::Neutral) => "card",
    };
    let line = spark(&card.spark, &card.spark_text);
    let latest = card.latest.map(|latest| view! { <p class="card__latest">{latest}</p> });
    let england = card.england.map(|england| view! { <p class="card__england">{england}</p> });
    let act = card.act.map(|act| {
        let of = format!(": {}", card.name);
        view! {
            <p class="card__act">
                <a href=act.href>
                    {act.text} <span class="govuk-visually-hidden">{of}</span>
                </a>
            </p>
        }
    });
    view! {
        <article class=class id=card.id>
            <h3 class="card__name">
                <a href=card.href>{card.name}</a>
            </h3>
            {figure(card.figure)}
            {line}
            {latest}
            {card.target.map(remark)}
            {card.change.map(change)}
            {card.signal.as_ref().map(signal)}
            {england}
            {act}
        </article>
    }
    .into_any()
}

/// Groups of cards, with links to each group where there are several.
pub fn groups(groups: Vec<CardGroup>) -> AnyView {
    let links = groups
        .iter()
        .map(|group| {
            // The browser's own jump, as for the skip link.
            view! {
                <li>
                    <a href=format!("#{}", group.anchor) rel="external">
                        {group.title.clone()}
                    </a>
                </li>
            }
        })
        .collect_view();
    let jump = (groups.len() > 1).then(|| {
        view! {
            <nav class="jump" aria-label="On this page">
                <ul>{links}</ul>
            </nav>
        }
    });
    let groups = groups
        .into_iter()
        .map(|group| {
            let cards = group.cards.into_iter().map(card).collect_view();
            view! {
                <section class="group">
                    <h2 class="group__title" id=group.anchor tabindex="-1">
                        {group.title}
                    </h2>
                    <div class="cards">{cards}</div>
                </section>
            }
        })
        .collect_view();
    view! {
        {jump}
        {groups}
    }
    .into_any()
}
