//! `/data/loads/:id`: one load on its way. While it is at work, the page is asked for again every second.

use super::to_data;
use crate::components::{Place, Section, framed, pairs};
use crate::data::{FigureRow, HoldRow, ListReport, LoadForecast, LoadPage, LoadState, Page, ProblemKind};
use crate::fragment::Fragment;
use crate::markup::{Markup, counted, in_address};
use leptos::prelude::*;

/// Where the load stands, and what can be done about it.
pub fn load(page: Page<LoadPage>) -> Fragment {
    let Page { frame, body } = page;
    let about = vec![("Files".to_owned(), body.files), ("As at".to_owned(), body.as_at)];
    let (at_work, news) = match &body.state {
        LoadState::Running { .. } => (true, "At work"),
        LoadState::Held(forecast) if forecast.checked => (false, "Checked"),
        LoadState::Held(_) => (false, "Held for your answer"),
        LoadState::Done { .. } => (false, "Loaded"),
        LoadState::Failed { .. } => (false, "Not loaded"),
    };
    let view = view! {
        {pairs(about)}
        <div class="load">
            {state(&body.id, body.state)}
        </div>
    };
    let place = Place {
        section: Section::Data,
        crumbs: vec![to_data()],
        title: "Loading an extract",
        caption: &format!("Load {}", body.id),
    };
    framed(&frame, place, view.into_any()).with_news(news.to_owned()).at_work(at_work)
}

fn state(id: &str, state: LoadState) -> AnyView {
    match state {
        LoadState::Running { step, rows } => running(id, step, rows),
        LoadState::Held(forecast) => held(id, forecast),
        LoadState::Done { text, report } => {
            let report = report.map(|link| {
                view! {
                    <a class="govuk-button" href=link.href>
                        {link.text}
                    </a>
                }
            });
            view! {
                <h2 class="load__title load__title--good">"Loaded"</h2>
                {said(&text)}
                <p>{report}</p>
                <p>
                    <a href="/">"See the headlines"</a>
                </p>
            }
            .into_any()
        }
        LoadState::Failed { text } => view! {
            <h2 class="load__title load__title--bad">"Not loaded"</h2>
            {said(&text)}
            <p>
                <a class="govuk-button" href="/data">
                    "Back to the data"
                </a>
            </p>
        }
        .into_any(),
    }
}

/// What a load says: lines that begin with a dash are points of a list.
fn said(text: &str) -> AnyView {
    let point = |line: &&str| line.starts_with("- ");
    let (points, lines): (Vec<&str>, Vec<&str>) = text.lines().partition(point);
    let points = (!points.is_empty()).then(|| {
        let points = points.into_iter().map(|line| view! { <li>{line.trim_start_matches("- ").to_owned()}</li> });
        view! { <ul class="bullets">{points.collect_view()}</ul> }
    });
    let lines = lines.into_iter().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
    view! {
        {lines}
        {points}
    }
    .into_any()
}

fn running(id: &str, step: String, rows: u64) -> AnyView {
    let refresh = format!("/data/loads/{}", in_address(id));
    view! {
        <h2 class="load__title">"At work"</h2>
        <progress class="load__bar" aria-label="Loading"></progress>
        <p>
            <strong>{step}</strong>
            ", "
            {counted(rows, "row", "rows")}
            " so far"
        </p>
        <p class="note">
            "You may leave this page: the load goes on, and until it is done everyone sees the figures of the extract before."
        </p>
        <noscript>
            <p>
                <a href=refresh>"See how far it is"</a>
            </p>
        </noscript>
    }
    .into_any()
}

fn held(id: &str, forecast: LoadForecast) -> AnyView {
    let address = format!("/data/loads/{}", in_address(id));
    let LoadForecast { checked, holds, records, figures, problems, lists } = forecast;
    let title = match (checked, holds.is_empty()) {
        (true, true) => "Checked: it would load",
        (true, false) => "Checked: it would be held",
        _ => "Held: is this the right extract?",
    };
    let form = answer_form(&address, &holds);
    let lists = (!lists.is_empty()).then(|| lists_table(&lists));
    let problems = (!problems.is_empty()).then(|| problems_table(&problems));
    let figures = (!figures.is_empty()).then(|| figures_table(&figures));
    view! {
        <h2 class="load__title load__title--near">{title}</h2>
        <p>"Nothing has been changed yet. " {records}</p>
        {form}
        {figures}
        {lists}
        {problems}
    }
    .into_any()
}

/// Each hold with its tick, the reason, and the two answers.
fn answer_form(address: &str, holds: &[HoldRow]) -> AnyView {
    let asks = !holds.is_empty();
    let holds = (asks).then(|| {
        let mut seen: Vec<&str> = Vec::new();
        let mut rows = Markup::with_capacity(holds.len() * 500);
        for hold in holds {
            let is_first = !seen.contains(&hold.kind.as_str());
            rows.raw("<li><h3 class=\"load__title\">")
                .text(&hold.title)
                .raw("</h3><p>")
                .text(&hold.message)
                .raw("</p>");
            let numbers = [("List", &hold.list), ("Before", &hold.before), ("Now", &hold.now)];
            for (what, number) in numbers.into_iter().filter(|(_, number)| !number.is_empty()) {
                rows.raw("<p class=\"note\">").text(what).raw(": ").text(number).raw("</p>");
            }
            if is_first {
                seen.push(&hold.kind);
                rows.raw("<p><label class=\"tick\"><input type=\"checkbox\" name=\"kind\" value=\"").text(&hold.kind);
                rows.raw("\"> I have looked at this (").text(&hold.kind).raw(") and it is right</label></p>");
            }
            rows.raw("</li>");
        }
        view! { <ul class="bullets" inner_html=rows.into_html()></ul> }
    });
    let why = asks.then(|| {
        view! {
            <div class="govuk-form-group">
                <label class="govuk-label" for="why">
                    "Why it is right"
                </label>
                <div class="govuk-hint" id="why-hint">
                    "Kept with the extract and on the audit. Name no child."
                </div>
                <input class="govuk-input" type="text" id="why" name="why" maxlength="500" required=true aria-describedby="why-hint" />
            </div>
        }
    });
    let button = if asks { "govuk-button govuk-button--warning" } else { "govuk-button" };
    let words = if asks { "Load it all the same" } else { "Load it" };
    view! {
        <form method="post" action=format!("{address}/confirm")>
            {holds}
            {why}
            <button class=button>{words}</button>
        </form>
        <form method="post" action=format!("{address}/cancel")>
            <button class="govuk-button govuk-button--secondary">"Cancel this load"</button>
        </form>
    }
    .into_any()
}

fn figures_table(figures: &[FigureRow]) -> AnyView {
    let mut rows = Markup::with_capacity(figures.len() * 200);
    for figure in figures {
        rows.raw("<tr><th scope=\"row\">").text(&figure.name).raw(" <span class=\"note\">").text(&figure.id);
        rows.raw("</span></th><td class=\"number\">").text(&figure.before).raw("</td><td class=\"number\">");
        rows.text(&figure.after).raw("</td><td>").text(if figure.changes { "changes" } else { "" }).raw("</td></tr>");
    }
    titled_table("Figures before and after", &["Measure", "Before", "After", "Change"], rows)
}

fn lists_table(lists: &[ListReport]) -> AnyView {
    let mut rows = Markup::with_capacity(lists.len() * 200);
    for list in lists {
        rows.raw("<tr><th scope=\"row\">").text(&list.list).raw(" ").text(&list.name).raw("</th>");
        for count in list.counts {
            rows.raw("<td class=\"number\">").number(count).raw("</td>");
        }
        rows.raw("</tr>");
    }
    titled_table("Lists", &["List", "Rows in", "Loaded", "Rejected", "Duplicate", "Warnings"], rows)
}

fn problems_table(problems: &[ProblemKind]) -> AnyView {
    let mut rows = Markup::with_capacity(problems.len() * 200);
    for kind in problems {
        rows.raw("<tr><td>").text(&kind.list).raw("</td><td>").text(&kind.column).raw("</td><th scope=\"row\">");
        rows.text(&kind.message).raw("</th><td class=\"number\">").number(kind.count).raw("</td></tr>");
    }
    titled_table("Problems by kind", &["List", "Column", "What is wrong", "How many"], rows)
}

fn titled_table(title: &'static str, head: &[&'static str], rows: Markup) -> AnyView {
    let head = head.iter().map(|head| view! { <th scope="col">{*head}</th> }).collect_view();
    view! {
        <section class="group">
            <h3 class="group__title">{title}</h3>
            <div class="scroll" tabindex="0" role="region" aria-label=title>
                <table class="table">
                    <caption class="govuk-visually-hidden">{title}</caption>
                    <thead>
                        <tr>{head}</tr>
                    </thead>
                    <tbody inner_html=rows.into_html()></tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
