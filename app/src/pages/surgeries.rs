//! `/surgeries`: what is coming, what was held, and the standing meetings.

use super::headlines;
use crate::components::{Place, Section, Select, empty, filter, framed};
use crate::data::{Page, PlanForm, SeriesRow, SurgeriesPage, SurgeryRow};
use crate::fragment::Fragment;
use crate::markup::{Markup, counted};
use leptos::prelude::*;

/// The filter, what is coming, what was held, the series, and the form that plans one.
pub fn surgeries(page: Page<SurgeriesPage>) -> Fragment {
    let Page { frame, body } = page;
    let selects = vec![
        Select { name: "service", label: "Service", all: "All services", choices: body.services },
        Select { name: "team", label: "Team", all: "All teams", choices: body.teams },
    ];
    let news = format!(
        "{} coming, {} held.",
        counted(body.coming.len() as u64, "surgery", "surgeries"),
        counted(body.held.len() as u64, "surgery", "surgeries")
    );
    let coming = if body.coming.is_empty() {
        let next = if body.plan.is_some() {
            "Plan a surgery below: a standing one, or a single one."
        } else {
            "A Director or a Head of Service plans surgeries; ask for a date."
        };
        empty("No surgery is coming up for what you have chosen.", view! { <p>{next}</p> }.into_any())
    } else {
        table("Surgeries to come", &body.coming)
    };
    let held = if body.held.is_empty() {
        empty(
            "No surgery was held in the last year for what you have chosen.",
            view! { <p>"Minutes stand here once a surgery is closed."</p> }.into_any(),
        )
    } else {
        table("Surgeries of the last year", &body.held)
    };
    let series = (!body.series.is_empty()).then(|| series(&body.series));
    let plan = body.plan.as_ref().map(plan);
    let view = view! {
        {super::surgery::notice(body.notice.as_deref())}
        <p class="lead">
            "Standing meetings in which the data is talked through, service by service and team by team. Every concern leaves the room as an action."
        </p>
        <p>
            <a href="/surgeries/evidence">"What surgeries found and what came of it"</a>
            ": the evidence of a period, in numbers"
        </p>
        <div class="tools">{filter("/surgeries".to_owned(), selects, Vec::new())}</div>
        <section class="group">
            <h2 class="group__title">"Coming up"</h2>
            {coming}
        </section>
        <section class="group">
            <h2 class="group__title">"Held in the last year"</h2>
            {held}
        </section>
        {series}
        {plan}
    };
    let place = Place {
        section: Section::Surgeries,
        crumbs: vec![headlines(&frame)],
        title: "Surgeries",
        caption: "Performance surgeries",
    };
    framed(&frame, place, view.into_any()).with_news(news)
}

fn table(label: &'static str, rows: &[SurgeryRow]) -> AnyView {
    let mut html = Markup::with_capacity(rows.len() * 400);
    let opens = rows.iter().any(|row| row.open.is_some());
    for row in rows {
        html.raw("<tr><th scope=\"row\">");
        match &row.href {
            Some(href) => html.link(href, &row.day),
            None => html.text(&row.day),
        };
        html.raw("</th>");
        for (label, text) in
            [("About", &row.remit), ("Level", &row.kind), ("Led by", &row.leader), ("Stage", &row.stage)]
        {
            html.raw("<td data-label=\"").raw(label).raw("\">").text(text).raw("</td>");
        }
        if opens {
            html.raw("<td data-label=\"Open\">");
        }
        if let Some(open) = &row.open {
            html.raw(
                "<form method=\"post\" action=\"/surgeries\"><input type=\"hidden\" name=\"do\" value=\"sitting\">",
            );
            html.raw("<input type=\"hidden\" name=\"series\" value=\"").text(&open.series);
            html.raw("\"><input type=\"hidden\" name=\"day\" value=\"").text(&open.day);
            html.raw(
                "\"><button class=\"govuk-button govuk-button--secondary\">Open<span class=\"govuk-visually-hidden\"> ",
            );
            html.text(&row.remit).raw(", ").text(&row.day).raw("</span></button></form>");
        }
        html.raw(if opens { "</td></tr>" } else { "</tr>" });
    }
    let open = opens.then(|| view! { <th scope="col">"Open"</th> });
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            <table class="table table--cards">
                <caption class="govuk-visually-hidden">{label}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Day"</th>
                        <th scope="col">"About"</th>
                        <th scope="col">"Level"</th>
                        <th scope="col">"Led by"</th>
                        <th scope="col">"Stage"</th>
                        {open}
                    </tr>
                </thead>
                <tbody inner_html=html.into_html()></tbody>
            </table>
        </div>
    }
    .into_any()
}

fn series(rows: &[SeriesRow]) -> AnyView {
    let mut html = Markup::with_capacity(rows.len() * 400);
    for row in rows {
        html.raw("<tr><th scope=\"row\">").text(&row.remit).raw("</th><td data-label=\"How often\">");
        html.text(&row.rhythm).raw("</td><td data-label=\"Led by\">").text(&row.leader);
        html.raw("</td><td data-label=\"End\">");
        if row.may_end {
            html.raw("<form class=\"surgery__inline\" method=\"post\" action=\"/surgeries\">");
            html.raw("<input type=\"hidden\" name=\"do\" value=\"end-series\"><input type=\"hidden\" name=\"series\" value=\"");
            html.text(&row.id).raw("\"><label class=\"govuk-label\" for=\"last-").text(&row.id);
            html.raw(
                "\">Last day</label><input class=\"govuk-input govuk-input--width-10\" type=\"date\" name=\"last\" ",
            );
            html.raw("required id=\"last-").text(&row.id);
            html.raw(
                "\"><button class=\"govuk-button govuk-button--secondary\">End<span class=\"govuk-visually-hidden\"> ",
            );
            html.text(&row.remit).raw("</span></button></form>");
        }
        html.raw("</td></tr>");
    }
    view! {
        <section class="group">
            <h2 class="group__title">"Standing meetings"</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Standing meetings">
                <table class="table table--cards">
                    <caption class="govuk-visually-hidden">"Series of surgeries"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"About"</th>
                            <th scope="col">"How often"</th>
                            <th scope="col">"Led by"</th>
                            <th scope="col">"End"</th>
                        </tr>
                    </thead>
                    <tbody inner_html=html.into_html()></tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn plan(form: &PlanForm) -> AnyView {
    let remits = super::surgery::options(&form.remits);
    let leaders = super::surgery::options(&form.leaders);
    let teams =
        form.teams.iter().map(|team| view! { <option value=team.clone()>{team.clone()}</option> }).collect_view();
    view! {
        <section class="group">
            <h2 class="group__title">"Plan a surgery"</h2>
            <form class="stack" method="post" action="/surgeries">
                <input type="hidden" name="do" value="plan" />
                <div class="govuk-form-group">
                    <label class="govuk-label" for="remit">
                        "About"
                    </label>
                    <select class="govuk-select" id="remit" name="remit" required>
                        {remits}
                    </select>
                </div>
                <div class="govuk-form-group">
                    <label class="govuk-label" for="second">
                        "Together with a second team"
                    </label>
                    <div class="govuk-hint" id="second-hint">
                        "Only for a surgery of teams."
                    </div>
                    <select class="govuk-select" id="second" name="second" aria-describedby="second-hint">
                        <option value="">"No second team"</option>
                        {teams}
                    </select>
                </div>
                <div class="govuk-form-group">
                    <label class="govuk-label" for="leader">
                        "Led by"
                    </label>
                    <select class="govuk-select" id="leader" name="leader" required>
                        {leaders}
                    </select>
                </div>
                <div class="govuk-form-group">
                    <label class="govuk-label" for="plan-day">
                        "Day, or first day"
                    </label>
                    <input
                        class="govuk-input govuk-input--width-10"
                        type="date"
                        id="plan-day"
                        name="day"
                        value=form.day.clone()
                        required
                    />
                </div>
                <div class="govuk-form-group">
                    <label class="govuk-label" for="rhythm">
                        "How often"
                    </label>
                    <select class="govuk-select" id="rhythm" name="rhythm">
                        <option value="">"Once"</option>
                        <option value="fortnightly">"Every two weeks: the rhythm of team surgeries"</option>
                        <option value="monthly">"Every month: the rhythm of service surgeries"</option>
                    </select>
                </div>
                <button class="govuk-button">"Plan"</button>
            </form>
        </section>
    }
    .into_any()
}
