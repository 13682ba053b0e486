//! `/data`: what was loaded, what is wrong in it, and the next load.

use super::extract::by_kind;
use crate::components::{Place, Section, empty, framed, link_list};
use crate::data::{DataPage, ExtractRow, Link, LoadRow, Page, ProblemGroup};
use crate::fragment::Fragment;
use crate::markup::{Markup, counted};
use leptos::prelude::*;

/// Loads on their way, the form for the next one, extracts, problems.
pub fn data(page: Page<DataPage>) -> Fragment {
    let Page { frame, body } = page;
    let loads = (!body.loads.is_empty()).then(|| loads(body.loads));
    let upload = body.can_load.then(upload);
    let extracts = if body.extracts.is_empty() {
        let next = view! { <p>"An extract is the set of lists that the case system gives out for a date: an Annex A workbook, or one CSV file a list."</p> };
        empty("No extract has been loaded yet.", next.into_any())
    } else {
        extracts(&body.extracts)
    };
    let more = (!body.more.is_empty()).then(|| more(body.more));
    let problems = (!body.problems.is_empty()).then(|| problems(&body.problems));
    let view = view! {
        {loads}
        {upload}
        {extracts}
        {more}
        {problems}
    };
    let place =
        Place { section: Section::Data, crumbs: Vec::new(), title: "Data", caption: "Extracts and their quality" };
    framed(&frame, place, view.into_any())
}

fn more(links: Vec<Link>) -> AnyView {
    view! {
        <section class="group">
            <h2 class="group__title">"What extracts tell beside each other"</h2>
            {link_list(links)}
        </section>
    }
    .into_any()
}

fn loads(loads: Vec<LoadRow>) -> AnyView {
    let loads = loads
        .into_iter()
        .map(|load| {
            view! {
                <li>
                    <a href=load.link.href>{load.link.text}</a>
                    ": "
                    {load.state}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="attention attention--calm" aria-labelledby="loads">
            <h2 class="attention__title" id="loads">
                "Loads on their way"
            </h2>
            <ul>{loads}</ul>
        </section>
    }
    .into_any()
}

/// How many extracts are shown at once; older ones are a click away.
const RECENT: usize = 8;

fn extracts(extracts: &[ExtractRow]) -> AnyView {
    let (recent, older) = extracts.split_at(extracts.len().min(RECENT));
    let older = (!older.is_empty()).then(|| {
        view! {
            <details class="govuk-details">
                <summary class="govuk-details__summary">
                    <span class="govuk-details__summary-text">{counted(older.len() as u64, "older extract", "older extracts")}</span>
                </summary>
                {extracts_table("Older extracts", older)}
            </details>
        }
    });
    view! {
        <section class="group">
            <h2 class="group__title">"Extracts"</h2>
            {extracts_table("Extracts, newest first", recent)}
            <p class="note">"Every row in is loaded, rejected or a duplicate: the three add up to the rows in."</p>
            {older}
        </section>
    }
    .into_any()
}

fn extracts_table(caption: &'static str, extracts: &[ExtractRow]) -> AnyView {
    let mut rows = Markup::with_capacity(extracts.len() * 260);
    for row in extracts {
        rows.raw("<tr><th scope=\"row\">").link(&row.as_at.href, &row.as_at.text);
        if row.current {
            rows.raw(" <strong class=\"tag\">shown now</strong>");
        }
        rows.raw("</th><td>").text(&row.loaded).raw("</td>");
        for count in row.rows {
            rows.raw("<td class=\"number\">").number(count).raw("</td>");
        }
        rows.raw("<td class=\"number\">").number(row.problems).raw("</td></tr>");
    }
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=caption>
            <table class="table">
                <caption class="govuk-visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"As at"</th>
                        <th scope="col">"Loaded"</th>
                        <th scope="col" class="number">
                            "Rows in"
                        </th>
                        <th scope="col" class="number">
                            "Loaded"
                        </th>
                        <th scope="col" class="number">
                            "Rejected"
                        </th>
                        <th scope="col" class="number">
                            "Duplicate"
                        </th>
                        <th scope="col" class="number">
                            "Problems"
                        </th>
                    </tr>
                </thead>
                <tbody inner_html=rows.into_html()></tbody>
            </table>
        </div>
    }
    .into_any()
}

fn problems(problems: &[ProblemGroup]) -> AnyView {
    view! {
        <section class="group">
            <h2 class="group__title">"Problems in the newest extract, by kind"</h2>
            {by_kind(problems, "Problems by kind")}
        </section>
    }
    .into_any()
}

fn upload() -> AnyView {
    view! {
        <section class="group upload">
            <h2 class="group__title" id="load">
                "Load an extract"
            </h2>
            <form method="post" action="/data/load" enctype="multipart/form-data">
                <div class="govuk-form-group">
                    <label class="govuk-label" for="files">
                        "Files"
                    </label>
                    <div class="govuk-hint" id="files-hint">
                        "One workbook (.xlsx or .xls) with all its lists, or one CSV file for each list. The workforce and the list of the organisation may be among them."
                    </div>
                    <input
                        class="govuk-file-upload"
                        type="file"
                        id="files"
                        name="files"
                        multiple=true
                        required=true
                        accept=".xlsx,.xls,.csv"
                        aria-describedby="files-hint"
                    />
                </div>
                <div class="govuk-form-group">
                    <label class="govuk-label" for="as_at">
                        "As-at date"
                    </label>
                    <div class="govuk-hint" id="as-at-hint">
                        "The day the case system was read, not the day you load. It is never guessed from a file’s name."
                    </div>
                    <input
                        class="govuk-input govuk-input--width-10"
                        type="date"
                        id="as_at"
                        name="as_at"
                        required=true
                        aria-describedby="as-at-hint"
                    />
                </div>
                <div class="govuk-button-group">
                    <button class="govuk-button">"Load"</button>
                    <button class="govuk-button govuk-button--secondary" name="check" value="yes">
                        "Check"
                    </button>
                </div>
                <p class="note">
                    "Check says what would happen, with every figure before and after, and changes nothing. A load that looks wrong (rows or ids missing, dates that do not fit) is held and you are asked."
                </p>
            </form>
        </section>
    }
    .into_any()
}
