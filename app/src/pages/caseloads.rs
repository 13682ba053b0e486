//! `/caseloads`: who holds how many children, and is that bearable?

use super::headlines;
use crate::components::{Place, Section, Select, empty, exports, filter, framed, pagination, tag_class};
use crate::data::{CaseloadTotal, CaseloadsPage, Page, TeamCaseloadRow, WorkerCaseloadRow};
use crate::fragment::Fragment;
use crate::markup::{Markup, counted};
use leptos::prelude::*;

/// The whole, by team, then by worker.
pub fn caseloads(page: Page<CaseloadsPage>) -> Fragment {
    let Page { frame, body: page } = page;
    let lines = counted(page.total, "worker", "workers");
    let news = format!("{lines}. Page {} of {}.", page.page, page.pages.max(1));
    let selects = vec![
        Select { name: "service", label: "Service", all: "All services", choices: page.services },
        Select { name: "team", label: "Team", all: "All teams", choices: page.teams },
    ];
    let note_class = if page.supplied { "note" } else { "warning" };
    let contents = if page.total == 0 {
        empty(
            "No worker holds a child or is in post here.",
            view! { <p>"Choose another team, or clear the filter."</p> }.into_any(),
        )
    } else {
        let by_team = (!page.by_team.is_empty()).then(|| by_team(&page.by_team));
        view! {
            {by_team}
            {by_worker(&page.workers, lines)}
            {pagination(page.page, page.pages, page.previous, page.next)}
            {exports(page.exports)}
        }
        .into_any()
    };
    let view = view! {
        <p class="lead">{page.limit}</p>
        <p class=note_class>{page.workforce}</p>
        <div class="tools">{filter("/caseloads".to_owned(), selects, page.kept)}</div>
        {totals(&page.totals)}
        {contents}
    };
    let place = Place {
        section: Section::Caseloads,
        crumbs: vec![headlines(&frame)],
        title: "Caseloads",
        caption: &page.place,
    };
    framed(&frame, place, view.into_any()).with_news(news)
}

fn totals(totals: &[CaseloadTotal]) -> AnyView {
    let mut html = Markup::with_capacity(totals.len() * 240);
    for total in totals {
        html.raw("<tr><th scope=\"row\">").link(total.href.as_deref().unwrap_or_default(), &total.name);
        html.raw("</th><td class=\"number\"><strong>").text(&total.value).raw("</strong></td><td>");
        html.text(&total.detail).raw("</td></tr>");
    }
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="Altogether">
            <table class="table table--narrow">
                <caption class="govuk-visually-hidden">"Altogether"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Altogether"</th>
                        <th scope="col" class="number">
                            "Figure"
                        </th>
                        <th scope="col">"Of what"</th>
                    </tr>
                </thead>
                <tbody inner_html=html.into_html()></tbody>
            </table>
        </div>
    }
    .into_any()
}

fn by_team(teams: &[TeamCaseloadRow]) -> AnyView {
    let mut html = Markup::with_capacity(teams.len() * 620);
    for row in teams {
        html.raw("<tr><th scope=\"row\">").link_here(&row.team.href, &row.team.text).raw("</th>");
        for (label, number) in [("Children", row.children), ("Workers who hold one", row.workers)] {
            html.raw("<td class=\"number\" data-label=\"").raw(label).raw("\">").number(number).raw("</td>");
        }
        html.raw("<td class=\"number\" data-label=\"Above the limit\">");
        if row.above > 0 {
            html.raw("<strong class=\"tag tag--bad\">").number(row.above).raw("</strong>");
        } else {
            html.number(0);
        }
        html.raw("</td>");
        for (label, text) in [
            ("Children per full-time equivalent", &row.per_fte),
            ("Agency", &row.agency),
            ("Newly qualified", &row.newly_qualified),
            ("Workers per manager", &row.per_manager),
        ] {
            html.raw("<td class=\"number\" data-label=\"").raw(label).raw("\">").text(text).raw("</td>");
        }
        html.raw("<td class=\"number\" data-label=\"Managers who hold cases\">").number(row.managers_holding);
        html.raw("</td>");
        for (label, text) in
            [("Not in post in the file", &row.not_in_post), ("In post without a child", &row.without_child)]
        {
            html.raw("<td class=\"number\" data-label=\"").raw(label).raw("\">").text(text).raw("</td>");
        }
        html.raw("</tr>");
    }
    let heads = [
        "Children",
        "Workers who hold one",
        "Above the limit",
        "Children per full-time equivalent",
        "Agency",
        "Newly qualified",
        "Workers per manager",
        "Managers who hold cases",
        "Not in post in the file",
        "In post without a child",
    ];
    let heads = heads.map(|head| view! { <th scope="col" class="number">{head}</th> }).collect_view();
    view! {
        <section class="group" aria-labelledby="by-team">
            <h2 class="group__title" id="by-team">
                "By team"
            </h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Caseloads by team">
                <table class="table">
                    <caption class="govuk-visually-hidden">"Caseloads by team; a worker with children in two teams counts in both"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Team"</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody inner_html=html.into_html()></tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn by_worker(workers: &[WorkerCaseloadRow], lines: String) -> AnyView {
    let mut html = Markup::with_capacity(workers.len() * 420);
    for row in workers {
        html.raw("<tr><th scope=\"row\">").link(row.href.as_deref().unwrap_or_default(), &row.worker);
        html.raw("</th><td data-label=\"Team\">").text(&row.team);
        html.raw("</td><td class=\"number\" data-label=\"Children\">").number(row.children);
        html.raw("</td><td data-label=\"Against the limit\">");
        if let Some(above) = &row.above {
            html.raw("<strong class=\"tag tag--bad\">").text(above).raw("</strong>");
        }
        html.raw("</td><td data-label=\"Role\">").text(&row.role).raw("</td>");
        for (label, text) in [("Full-time equivalents", &row.fte), ("Children per full-time equivalent", &row.per_fte)]
        {
            html.raw("<td class=\"number\" data-label=\"").raw(label).raw("\">").text(text).raw("</td>");
        }
        html.raw("<td data-label=\"To know\">");
        for (text, standing) in &row.marks {
            html.raw("<strong class=\"").raw(tag_class(*standing)).raw("\">").text(text).raw("</strong> ");
        }
        html.raw("</td></tr>");
    }
    view! {
        <section class="group" aria-labelledby="by-worker">
            <h2 class="group__title" id="by-worker">
                "By worker"
            </h2>
            <p class="listed__lines">
                <strong>{lines}</strong>
            </p>
            <div class="scroll" tabindex="0" role="region" aria-label="Caseloads by worker">
                <table class="table list">
                    <caption class="govuk-visually-hidden">"Caseloads by worker"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Worker"</th>
                            <th scope="col">"Team"</th>
                            <th scope="col" class="number">
                                "Children"
                            </th>
                            <th scope="col">"Against the limit"</th>
                            <th scope="col">"Role"</th>
                            <th scope="col" class="number">
                                "Full-time equivalents"
                            </th>
                            <th scope="col" class="number">
                                "Children per full-time equivalent"
                            </th>
                            <th scope="col">"To know"</th>
                        </tr>
                    </thead>
                    <tbody inner_html=html.into_html()></tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
