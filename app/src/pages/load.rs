//! `/data/loads/:id`: one load on its way. While it is at work, the page is asked for again every second.

use super::to_data;
use crate::components::{Place, Section, framed, pairs};
use crate::data::{LoadPage, LoadState, Page};
use crate::fragment::Fragment;
use crate::markup::{counted, in_address};
use leptos::prelude::*;

/// Where the load stands, and what can be done about it.
pub fn load(page: Page<LoadPage>) -> Fragment {
    let Page { frame, body } = page;
    let about = vec![("Files".to_owned(), body.files), ("As at".to_owned(), body.as_at)];
    let (at_work, news) = match &body.state {
        LoadState::Running { .. } => (true, "At work"),
        LoadState::Held { .. } => (false, "Held for your answer"),
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
        LoadState::Held { changes } => held(id, changes),
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

fn held(id: &str, changes: Vec<String>) -> AnyView {
    let address = format!("/data/loads/{}", in_address(id));
    let changes = changes.into_iter().map(|change| view! { <li>{change}</li> }).collect_view();
    view! {
        <h2 class="load__title load__title--near">"Held: is this the right extract?"</h2>
        <p>"Nothing has been changed yet. This is what loading it would do:"</p>
        <ul class="bullets">{changes}</ul>
        <div class="govuk-button-group">
            <form method="post" action=format!("{address}/confirm")>
                <button class="govuk-button govuk-button--warning">"Load it all the same"</button>
            </form>
            <form method="post" action=format!("{address}/cancel")>
                <button class="govuk-button govuk-button--secondary">"Cancel this load"</button>
            </form>
        </div>
    }
    .into_any()
}
