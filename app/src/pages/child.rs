//! `/children/:id`: what happened to this child, in order?

use super::action_lines::here;
use super::headlines;
use crate::components::{Place, Section, chart, facts, framed, table, tag, tag_class};
use crate::data::{ChildPage, ClockRow, EventRow, LookRow, MeasureSays, Page, StageRow, Standing, Table};
use crate::fragment::Fragment;
use crate::markup::Markup;
use leptos::prelude::*;

/// What runs now first, then the whole way, then who has looked.
pub fn child(page: Page<ChildPage>) -> Fragment {
    let Page { frame, body } = page;
    let mut crumbs = vec![headlines(&frame)];
    crumbs.extend(body.team.clone());
    let answers = body.answers.as_ref().map(|rows| with_table("What managers said while the child was late", rows));
    let recorded = body.recorded.as_ref().map(|rows| with_table("When the last visits and events were recorded", rows));
    let timeline = body.timeline.clone().map(chart);
    let view = view! {
        {who(&body)}
        {attention(&body, frame.attention.as_deref())}
        {section("Clocks running now", &body.clocks, "No clock runs for this child now.", CLOCKS, clock)}
        <section class="group">
            <h2 class="group__title">"Time in the system"</h2>
            <p class="lead">{body.total.clone()}</p>
            {timeline}
            {rows_or(&body.stages, "No stage is on record.", STAGES, stage)}
        </section>
        {section("What happened, oldest first", &body.events, "No event is on record.", EVENTS, event)}
        {answers}
        {recorded}
        {section("What each measure says", &body.says, "No measure counts this child.", SAYS, says)}
        {here(&body.actions, "No action was recorded about this child yet.")}
        {problems(body.problems)}
        {section("Who has looked", &body.looks, "Nobody before you.", LOOKS, look)}
    };
    let place =
        Place { section: Section::Headlines, crumbs, title: &format!("Child {}", body.child_id), caption: &body.age };
    framed(&frame, place, view.into_any())
}

fn with_table(title: &'static str, rows: &Table) -> AnyView {
    view! {
        <section class="group">
            <h2 class="group__title">{title}</h2>
            {table(rows)}
        </section>
    }
    .into_any()
}

fn who(page: &ChildPage) -> AnyView {
    let tags =
        page.status.iter().map(|status| view! { <li>{tag(status.clone(), Standing::Neutral)}</li> }).collect_view();
    let worker = if page.allocated { page.worker.clone().into_any() } else { tag(page.worker.clone(), Standing::Bad) };
    let mut about = Vec::with_capacity(page.details.len() + 2);
    if let Some(team) = page.team.clone() {
        about.push(("Team".to_owned(), view! { <a href=team.href>{team.text}</a> }.into_any()));
    }
    about.push(("Worker".to_owned(), worker));
    about.extend(page.details.iter().map(|(name, value)| (name.clone(), value.clone().into_any())));
    view! {
        <ul class="tally">{tags}</ul>
        {facts(about)}
    }
    .into_any()
}

fn attention(ChildPage { attention: reasons, on_register, also, .. }: &ChildPage, register: Option<&str>) -> AnyView {
    let since = on_register.clone().map(|since| view! { <p>{since}</p> });
    let reasons = (!reasons.is_empty()).then(|| {
        let link = register.map(|href| {
            view! {
                <p>
                    <a href=href.to_owned()>"The register of children requiring attention"</a>
                </p>
            }
        });
        view! {
            <section class="attention" aria-labelledby="attention">
                <h2 class="attention__title" id="attention">
                    "Requires attention"
                </h2>
                <ul>{items(reasons)}</ul>
                {since}
                {link}
            </section>
        }
    });
    let also = (!also.is_empty()).then(|| {
        view! {
            <section class="group">
                <h2 class="group__title">"To put right now"</h2>
                <ul class="bullets">{items(also)}</ul>
            </section>
        }
    });
    view! {
        {reasons}
        {also}
    }
    .into_any()
}

fn items(lines: &[String]) -> AnyView {
    lines.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view().into_any()
}

fn problems(problems: Vec<String>) -> AnyView {
    (!problems.is_empty())
        .then(|| {
            let problems = problems.into_iter().map(|problem| view! { <li>{problem}</li> }).collect_view();
            view! {
                <section class="group">
                    <h2 class="group__title">"Problems in the data"</h2>
                    <ul class="bullets">{problems}</ul>
                </section>
            }
        })
        .into_any()
}

/// Headings of the tables, each with the words for those who hear the page.
const CLOCKS: (&str, &[&str]) = ("Clocks running now", &["Clock", "Began", "Due", "So far", "State"]);
const STAGES: (&str, &[&str]) = ("Time in each stage", &["Stage", "Spells", "Time", "Now"]);
const EVENTS: (&str, &[&str]) = ("Events", &["Date", "What", "Detail"]);
const SAYS: (&str, &[&str]) = ("What each measure says", &["Measure", "State", "Detail"]);
const LOOKS: (&str, &[&str]) = ("Who has looked", &["Who", "When"]);

fn section<T>(
    title: &'static str,
    rows: &[T],
    none: &'static str,
    head: (&'static str, &'static [&'static str]),
    line: fn(&mut Markup, &T),
) -> AnyView {
    view! {
        <section class="group">
            <h2 class="group__title">{title}</h2>
            {rows_or(rows, none, head, line)}
        </section>
    }
    .into_any()
}

fn rows_or<T>(
    rows: &[T],
    none: &'static str,
    head: (&'static str, &'static [&'static str]),
    line: fn(&mut Markup, &T),
) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="note">{none}</p> }.into_any();
    }
    let (caption, titles) = head;
    let mut head = Markup::with_capacity(200);
    for title in titles {
        head.raw("<th scope=\"col\">").raw(title).raw("</th>");
    }
    let mut lines = Markup::with_capacity(rows.len() * 160);
    for row in rows {
        lines.raw("<tr>");
        line(&mut lines, row);
        lines.raw("</tr>");
    }
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=caption>
            <table class="table table--cards table--short">
                <caption class="govuk-visually-hidden">{caption}</caption>
                <thead>
                    <tr inner_html=head.into_html()></tr>
                </thead>
                <tbody inner_html=lines.into_html()></tbody>
            </table>
        </div>
    }
    .into_any()
}

fn clock(html: &mut Markup, row: &ClockRow) {
    html.raw("<th scope=\"row\">").link(&row.measure.href, &row.measure.text).raw("</th>");
    cell(html, "Began", &row.start);
    cell(html, "Due", &row.due);
    cell(html, "So far", &row.days);
    state(html, &row.state, row.standing);
}

fn stage(html: &mut Markup, row: &StageRow) {
    html.raw("<th scope=\"row\">").text(&row.stage).raw("</th>").cell_of("Spells").number(row.spells);
    html.raw("</td>");
    cell(html, "Time", &row.time);
    cell(html, "Now", if row.now { "runs now" } else { "" });
}

fn event(html: &mut Markup, row: &EventRow) {
    html.raw("<td class=\"nowrap\" data-label=\"Date\">").text(&row.date).raw("</td><th scope=\"row\">");
    html.text(&row.what).raw("</th>");
    cell(html, "Detail", &row.detail);
}

fn says(html: &mut Markup, row: &MeasureSays) {
    html.raw("<th scope=\"row\">").link(&row.measure.href, &row.measure.text).raw("</th>");
    state(html, &row.state, row.standing);
    cell(html, "Detail", &row.detail);
}

fn look(html: &mut Markup, row: &LookRow) {
    html.raw("<th scope=\"row\">").text(&row.who).raw("</th>");
    cell(html, "When", &row.when);
}

/// A cell that names its column where the screen is small.
fn cell(html: &mut Markup, column: &'static str, text: &str) {
    html.cell_of(column).text(text).raw("</td>");
}

fn state(html: &mut Markup, words: &str, standing: Standing) {
    html.cell_of("State").raw("<strong class=\"").raw(tag_class(standing)).raw("\">").text(words);
    html.raw("</strong></td>");
}
