//! `/attention`: which children should be talked about, and why?

use super::headlines;
use crate::components::{Place, Section, Select, chart, empty, exports, filter, framed, pagination, privacy, tabs};
use crate::data::{Chart, Column, Page, ReasonTotal, RegisterPage, RegisterRow, TeamTotal};
use crate::fragment::Fragment;
use crate::markup::{Markup, counted};
use leptos::prelude::*;

/// What the register is, the registers, totals, then its lines.
pub fn attention(page: Page<RegisterPage>) -> Fragment {
    let Page { frame, body: page } = page;
    let lines = counted(page.total, "line", "lines");
    let news = format!("{lines}. Page {} of {}.", page.page, page.pages.max(1));
    let selects = vec![
        Select { name: "service", label: "Service", all: "All services", choices: page.services },
        Select { name: "team", label: "Team", all: "All teams", choices: page.teams },
        Select { name: "sort", label: "Order", all: "The list’s own", choices: page.orders },
    ];
    let contents = if page.rows.is_empty() {
        let next = view! { <p>"Choose another list, or clear the filter."</p> };
        empty("No child fits what you have chosen.", next.into_any()).into_any()
    } else {
        register(&page.rows, page.dated.as_deref(), page.stay.as_ref())
    };
    let reasons = (!page.reasons.is_empty()).then(|| reasons(&page.reasons));
    let by_team = (!page.by_team.is_empty()).then(|| by_team(&page.by_team, &page.then, page.since.as_deref()));
    let (before, after) = if page.trend_first { (page.trend, None) } else { (None, page.trend) };
    let pace = (!page.pace.is_empty()).then(|| view! { <p class="listed__pace">{page.pace}</p> });
    let dated = page.dated.as_ref().map(|_| {
        view! {
            <p class="note">
                "A date says since when it has been so, as far as the records show; a dash, that they do not."
            </p>
        }
    });
    let view = view! {
        <p class="lead">{page.about}</p>
        {tabs("Which list", page.tabs)}
        <p class="listed__lines">
            <strong>{lines}</strong>
        </p>
        {pace}
        <div class="tools">
            {filter("/attention".to_owned(), selects, page.kept)} {privacy()}
        </div>
        {before.map(week_by_week)}
        {reasons}
        {contents}
        {pagination(page.page, page.pages, page.previous, page.next)}
        {dated}
        {exports(page.exports)}
        {after.map(week_by_week)}
        {by_team}
    };
    let place = Place {
        section: Section::Attention,
        crumbs: vec![headlines(&frame)],
        title: &page.title,
        caption: &page.place,
    };
    framed(&frame, place, view.into_any()).with_news(news)
}

fn week_by_week(trend: Chart) -> AnyView {
    view! {
        <section class="group" aria-labelledby="week-by-week">
            <h2 class="group__title" id="week-by-week">
                "Week by week"
            </h2>
            {chart(trend)}
        </section>
    }
    .into_any()
}

fn reasons(reasons: &[ReasonTotal]) -> AnyView {
    let mut rows = Markup::with_capacity(reasons.len() * 260);
    for total in reasons {
        rows.raw(if total.chosen { "<tr aria-current=\"true\"><th scope=\"row\">" } else { "<tr><th scope=\"row\">" });
        rows.link_here(&total.rule.href, &total.rule.text).raw("<small>").text(&total.why);
        rows.raw("</small></th><td class=\"number\">").number(total.children).raw("</td></tr>");
    }
    let open = reasons.iter().any(|total| total.chosen);
    let summary = if open { "By reason: one is chosen" } else { "By reason" };
    view! {
        <details class="govuk-details" open=open>
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{summary}</span>
            </summary>
            <div class="scroll" tabindex="0" role="region" aria-label="Children by reason">
                <table class="table table--narrow">
                    <caption class="govuk-visually-hidden">
                        "Children by reason; one child may stand under several"
                    </caption>
                    <thead>
                        <tr>
                            <th scope="col">"Reason"</th>
                            <th scope="col" class="number">
                                "Children"
                            </th>
                        </tr>
                    </thead>
                    <tbody inner_html=rows.into_html()></tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

fn by_team(teams: &[TeamTotal], then: &[String], since: Option<&str>) -> AnyView {
    let mut rows = Markup::with_capacity(teams.len() * 160);
    for total in teams {
        rows.raw("<tr><th scope=\"row\">").link_here(&total.team.href, &total.team.text);
        rows.raw("</th><td class=\"number\">").number(total.children).raw("</td>");
        for before in &total.then {
            rows.raw("<td class=\"number\">").number(*before).raw("</td>");
        }
        if since.is_some() {
            rows.raw("<td>").text(total.change.as_deref().unwrap_or_default()).raw("</td>");
        }
        rows.raw("</tr>");
    }
    let mut head = Markup::with_capacity(300);
    head.raw("<tr><th scope=\"col\">Team</th><th scope=\"col\" class=\"number\">Now</th>");
    for date in then {
        head.raw("<th scope=\"col\" class=\"number\">").text(date).raw("</th>");
    }
    if let Some(since) = since {
        head.raw("<th scope=\"col\">").text(since).raw("</th>");
    }
    head.raw("</tr>");
    view! {
        <section class="group" aria-labelledby="by-team">
            <h2 class="group__title" id="by-team">
                "By team"
            </h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Lines by team">
                <table class="table table--narrow">
                    <caption class="govuk-visually-hidden">"Lines by team, now and before"</caption>
                    <thead inner_html=head.into_html()></thead>
                    <tbody inner_html=rows.into_html()></tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn register(lines: &[RegisterRow], dated: Option<&str>, stay: Option<&Column>) -> AnyView {
    let mut rows = Markup::with_capacity(lines.len() * 480);
    for line in lines {
        row(&mut rows, line, dated, stay);
    }
    let mut head = Markup::with_capacity(300);
    head.raw("<tr><th scope=\"col\" class=\"who\">Child</th><th scope=\"col\">Team</th><th scope=\"col\">Worker</th>");
    head.raw("<th scope=\"col\">Why</th>");
    if let Some(dated) = dated {
        head.raw("<th scope=\"col\">").text(dated).raw("</th>");
    }
    if let Some(stay) = stay {
        head.raw(match stay.sorted.as_str() {
            "ascending" => "<th scope=\"col\" aria-sort=\"ascending\">",
            "descending" => "<th scope=\"col\" aria-sort=\"descending\">",
            _ => "<th scope=\"col\">",
        });
        head.link_here(&stay.href, &stay.text).raw("</th>");
    }
    head.raw("</tr>");
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="The children of the list">
            <table class="table list register">
                <caption class="govuk-visually-hidden">"The children of the list"</caption>
                <thead inner_html=head.into_html()></thead>
                <tbody inner_html=rows.into_html()></tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(rows: &mut Markup, line: &RegisterRow, dated: Option<&str>, stay: Option<&Column>) {
    rows.raw("<tr><th scope=\"row\" class=\"who\">").link(line.href.as_deref().unwrap_or_default(), &line.who);
    rows.raw("</th><td data-label=\"Team\">").text(&line.team).raw("</td><td data-label=\"Worker\">");
    rows.text(&line.worker).raw("</td><td data-label=\"Why\"><ul class=\"register__why\">");
    if line.is_new {
        rows.raw("<li><strong class=\"tag\">New</strong></li>");
    }
    for reason in &line.reasons {
        rows.raw("<li>").text(reason).raw("</li>");
    }
    rows.raw("</ul></td>");
    if let Some(dated) = dated {
        rows.raw("<td data-label=\"").text(dated).raw("\">").text(&line.since).raw("</td>");
    }
    if let Some(stay) = stay {
        rows.raw("<td data-label=\"").text(&stay.text).raw("\">").text(&line.stay).raw("</td>");
    }
    rows.raw("</tr>");
}
