//! `/measures/:id`: what is it, how is it counted, how does it move, who is behind it?

use super::headlines;
use super::rebase::rebase;
use crate::components::{
    Place, Section, change, chart, exports, figure, framed, look_ahead, pairs, remark, signal_in_full, tag_class,
};
use crate::data::{Chart, FigureText, GuidanceText, MeasurePage, Page, TeamFigure};
use crate::fragment::Fragment;
use crate::markup::Markup;
use leptos::prelude::*;

/// The figure, its definition, its trend, the teams.
pub fn measure(page: Page<MeasurePage>) -> Fragment {
    let Page { frame, body } = page;
    let card = &body.card;
    let caption = format!("{} · {}", body.group, body.place);
    let list = body.children.clone().map(|link| {
        view! {
            <a class="govuk-button" href=link.href>
                {link.text}
            </a>
        }
    });
    let changes = body.changes.clone().map(|link| view! { <a href=link.href>{link.text}</a> });
    let act = card.act.clone().map(|link| {
        view! {
            <a class="govuk-button govuk-button--warning" href=link.href>
                {link.text}
            </a>
        }
    });
    let add = body.add.clone().map(|link| {
        view! {
            <a class="govuk-button govuk-button--secondary" href=link.href>
                {link.text}
            </a>
        }
    });
    let england = card.england.clone().map(|england| view! { <p>{england}</p> });
    let anew = body.rebase.as_ref().map(rebase);
    let trend = body.trend.clone().map(|trend| {
        view! {
            <section class="group">
                <h2 class="group__title">"Over time"</h2>
                {chart(trend)}
                {anew}
            </section>
        }
    });
    let ahead = body.ahead.as_ref().map(look_ahead);
    let teams = (!body.teams.is_empty()).then(|| teams(body.funnel.clone(), &body.teams));
    let view = view! {
        <section class="measure" aria-label="The figure now">
            <div class="measure__figure">
                {figure(card.figure.clone())} <p class="measure__period">{body.period.clone()}</p>
            </div>
            <div class="measure__remarks">
                {card.target.clone().map(remark)} {card.change.clone().map(change)}
                {card.signal.as_ref().map(signal_in_full)} {england}
            </div>
            <p class="measure__links">{act} {list} {changes} {add}</p>
        </section>
        {trend}
        {ahead}
        {teams}
        {surgery(&body.guidance)}
        {definition(&body)}
        {exports(body.exports.clone())}
    };
    let place =
        Place { section: Section::Headlines, crumbs: vec![headlines(&frame)], title: &card.name, caption: &caption };
    framed(&frame, place, view.into_any())
}

/// Why it matters, what moves it and what to ask; and who moves it, by name.
fn surgery(guidance: &GuidanceText) -> AnyView {
    let children = guidance.children.clone().map(|link| {
        view! {
            <p>
                "Who moves it: "<a href=link.href>{link.text}</a>
            </p>
        }
    });
    view! {
        <section class="group definition" id="surgery">
            <h2 class="group__title">"For the surgery"</h2>
            {pairs(in_pairs(guidance))}
            {children}
        </section>
    }
    .into_any()
}

/// The three texts under their headings.
pub(super) fn in_pairs(guidance: &GuidanceText) -> Vec<(String, String)> {
    [
        ("Why it matters for a child", &guidance.matters),
        ("What usually moves it", &guidance.moves),
        ("Ask in the surgery", &guidance.question),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(name, text)| (name.to_owned(), text.clone()))
    .collect()
}

fn definition(page: &MeasurePage) -> AnyView {
    let mut lines = vec![
        ("Counts".to_owned(), page.numerator.clone()),
        ("Out of".to_owned(), page.denominator.clone()),
        ("Which way is good".to_owned(), page.polarity.clone()),
    ];
    lines.extend(page.standards.iter().cloned());
    lines.push(("Source".to_owned(), page.source.clone()));
    lines.push(("Number of the measure".to_owned(), page.card.id.clone()));
    lines.retain(|(_, value)| !value.is_empty());
    view! {
        <section class="group definition">
            <h2 class="group__title">"What it means and how it is counted"</h2>
            <p>{page.meaning.clone()}</p>
            {pairs(lines)}
        </section>
    }
    .into_any()
}

fn teams(funnel: Option<Chart>, teams: &[TeamFigure]) -> AnyView {
    let mut rows = Markup::with_capacity(teams.len() * 420);
    for team in teams {
        line(&mut rows, team);
    }
    view! {
        <section class="group" id="teams">
            <h2 class="group__title">"Teams side by side"</h2>
            {funnel.map(chart)}
            <div class="scroll" tabindex="0" role="region" aria-label="Teams side by side">
                <table class="table side">
                    <caption class="govuk-visually-hidden">"This measure for each team"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Team"</th>
                            <th scope="col">"Figure"</th>
                            <th scope="col">
                                <span class="govuk-visually-hidden">"As a bar"</span>
                            </th>
                            <th scope="col">"Against the whole"</th>
                            <th scope="col">"To act on"</th>
                        </tr>
                    </thead>
                    <tbody inner_html=rows.into_html()></tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn line(rows: &mut Markup, team: &TeamFigure) {
    rows.raw("<tr><th scope=\"row\">").link(&team.team.href, &team.team.text);
    rows.raw("<small>").text(&team.service).raw("</small></th><td>");
    value(rows, &team.figure);
    rows.raw("</td><td class=\"side__bar\">");
    if let Some(share) = team.share {
        // A drawing of the figure beside it: nothing to read aloud.
        rows.raw("<svg viewBox=\"0 0 1000 14\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">");
        rows.raw(
            "<rect class=\"side__all\" width=\"1000\" height=\"14\"/><rect class=\"side__part\" height=\"14\" width=\"",
        );
        rows.digits(usize::from(share.min(1000))).raw("\"/></svg>");
    }
    rows.raw("</td><td>");
    if let Some(remark) = &team.differs {
        rows.raw("<strong class=\"").raw(tag_class(remark.standing)).raw("\">").text(&remark.text).raw("</strong>");
    }
    rows.raw("</td><td>");
    if let Some(act) = &team.act {
        rows.link(&act.href, &act.text);
    }
    rows.raw("</td></tr>");
}

fn value(rows: &mut Markup, figure: &FigureText) {
    rows.raw(if figure.supplied { "<strong>" } else { "<strong class=\"cell__missing\">" });
    rows.text(&figure.value).raw("</strong><small>").text(&figure.detail).raw("</small>");
    if figure.small {
        rows.raw("<small class=\"cell__small\">small number</small>");
    }
}
