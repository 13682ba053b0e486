//! `/teams/:team`: the team's profile.

use super::action_lines::here;
use super::headlines;
use crate::components::{Place, Section, due_calendar, facts, framed, groups, link_list};
use crate::data::{Page, RecordQuality, TeamPage, WorkerRow};
use crate::fragment::Fragment;
use crate::markup::Markup;
use leptos::prelude::*;

/// Who the team is, how it does, who holds what.
pub fn team(page: Page<TeamPage>) -> Fragment {
    let Page { frame, body } = page;
    let mut crumbs = vec![headlines(&frame)];
    crumbs.extend(body.service);
    let unmapped = (!body.mapped).then(|| {
        view! {
            <p class="warning">
                "This team stands in the extract but not in the list of the organisation, so it belongs to no service. Ask the analyst to add it."
            </p>
        }
    });
    let unallocated = body.unallocated.map(|link| {
        view! {
            <p class="warning">
                <a href=link.href>{link.text}</a>
            </p>
        }
    });
    let about = (!body.facts.is_empty())
        .then(|| facts(body.facts.into_iter().map(|(name, value)| (name, value.into_any())).collect()));
    let workers = (!body.workers.is_empty()).then(|| caseload(&body.workers));
    let caseloads = body.caseloads.map(|link| {
        view! {
            <p>
                <a href=link.href>{link.text}</a>
            </p>
        }
    });
    let due = body.due.as_ref().map(due_calendar);
    let actions = body.actions.as_ref().map(|actions| here(actions, "No action about this team is open."));
    let quality = body.quality.map(record_quality);
    let view = view! {
        {unmapped}
        {about}
        {unallocated}
        {actions}
        {groups(body.groups)}
        {due}
        {workers}
        {caseloads}
        {quality}
    };
    let place = Place { section: Section::Headlines, crumbs, title: &body.name, caption: "Team" };
    framed(&frame, place, view.into_any())
}

/// What is wrong in the records, and the way to the worklist.
fn record_quality(quality: RecordQuality) -> AnyView {
    let all = quality.all.map(|link| {
        view! {
            <p>
                <a href=link.href>{link.text}</a>
            </p>
        }
    });
    view! {
        <section class="group">
            <h2 class="group__title" id="quality">
                "Record quality"
            </h2>
            <p>{quality.text}</p>
            {link_list(quality.kinds)}
            {all}
        </section>
    }
    .into_any()
}

fn caseload(workers: &[WorkerRow]) -> AnyView {
    let mut rows = Markup::with_capacity(workers.len() * 120);
    for row in workers {
        rows.raw("<tr><th scope=\"row\">").link(row.href.as_deref().unwrap_or_default(), &row.worker);
        rows.raw("</th><td class=\"number\">").number(row.children).raw("</td><td>");
        if let Some(above) = &row.above {
            rows.raw("<strong class=\"tag tag--bad\">").text(above).raw("</strong>");
        }
        rows.raw("</td></tr>");
    }
    view! {
        <section class="group">
            <h2 class="group__title" id="caseload">
                "Caseload by worker"
            </h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Caseload by worker">
                <table class="table table--narrow">
                    <caption class="govuk-visually-hidden">"Children held by each worker"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Worker"</th>
                            <th scope="col" class="number">
                                "Children"
                            </th>
                            <th scope="col">"Against the limit"</th>
                        </tr>
                    </thead>
                    <tbody inner_html=rows.into_html()></tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
