//! `/data/loads/:id`: one load on its way.

use super::in_path;
use crate::api::load_load;
use crate::components::{Section, answer, framed, heading, pairs};
use crate::data::{Link, LoadPage, LoadState, Page};
use crate::markup::{counted, in_address};
use leptos::prelude::*;
use std::time::Duration;

/// The page. While the load runs, the browser asks again every second.
pub fn load() -> impl IntoView {
    let id = in_path("id");
    let page = Resource::new(move || id.get(), load_load);
    let runs = StoredValue::new(false);
    Effect::new(move |_| {
        let again = move || {
            if runs.get_value() {
                page.refetch();
            }
        };
        // Without a timer the page stays readable, and its link asks again.
        if let Ok(timer) = set_interval_with_handle(again, Duration::from_secs(1)) {
            on_cleanup(move || timer.clear());
        }
    });
    answer(page, move |page: Page<LoadPage>| {
        runs.set_value(matches!(page.body.state, LoadState::Running { .. }));
        show(page)
    })
}

/// Where the load stands, and what can be done about it.
pub fn show(page: Page<LoadPage>) -> AnyView {
    let Page { frame, body } = page;
    let crumbs = vec![Link { text: "Data".to_owned(), href: "/data".to_owned() }];
    let about = vec![("Files".to_owned(), body.files), ("As at".to_owned(), body.as_at)];
    let view = view! {
        {heading("Loading an extract", &format!("Load {}", body.id), String::new())}
        {pairs(about)}
        <div class="load" role="status">
            {state(&body.id, body.state)}
        </div>
    };
    framed(&frame, Section::Data, crumbs, view.into_any())
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
                <p>{text}</p>
                <p>{report}</p>
                <p>
                    <a href="/">"See the headlines"</a>
                </p>
            }
            .into_any()
        }
        LoadState::Failed { text } => view! {
            <h2 class="load__title load__title--bad">"Not loaded"</h2>
            <p>{text}</p>
            <p>
                <a class="govuk-button" href="/data">
                    "Back to the data"
                </a>
            </p>
        }
        .into_any(),
    }
}

fn running(id: &str, step: String, rows: u64) -> AnyView {
    // Only a browser without scripts reads this; it is no element of the app's, so the app leaves it alone.
    let refresh = format!("<p><a href=\"/data/loads/{}\">See how far it is</a></p>", in_address(id));
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
        <noscript inner_html=refresh></noscript>
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
