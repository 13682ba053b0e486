//! `/data/mapping`: how the council's own headers, codes, teams and workers are read.

use crate::components::{Place, Section, framed};
use crate::data::{Link, MappingChangeRow, MappingForm, MappingPage, MappingRow, Page};
use crate::fragment::Fragment;
use crate::markup::Markup;
use leptos::prelude::*;

/// The lines in force, the form for those who load data, and every change.
pub fn mapping(page: Page<MappingPage>) -> Fragment {
    let Page { frame, body } = page;
    let form = body.form.map(form);
    let view = view! {
        <p class="lead">
            "What the council’s own words in its files are meant to be. A line applies to loads as at its date or later. Extracts that are loaded already stay as they were read: load one again to have it read anew."
        </p>
        <section class="group">
            <h2 class="group__title">"In force now"</h2>
            {lines(&body.lines)}
        </section>
        {form}
        <section class="group">
            <h2 class="group__title">"What was set"</h2>
            {changes(&body.changes)}
        </section>
    };
    let place = Place {
        section: Section::Data,
        crumbs: vec![Link { text: "Data".to_owned(), href: "/data".to_owned() }],
        title: "Mapping",
        caption: "How the council’s files are read",
    };
    framed(&frame, place, view.into_any())
}

fn lines(lines: &[MappingRow]) -> AnyView {
    if lines.is_empty() {
        let text = "Nothing is mapped: files are read by the official names and their known variants.";
        return view! { <p>{text}</p> }.into_any();
    }
    let mut html = Markup::with_capacity(lines.len() * 300);
    for row in lines {
        html.raw("<tr><th scope=\"row\">").text(&row.written).raw("</th>");
        cells(
            &mut html,
            &[
                ("Read as", &row.meant),
                ("Kind", &row.kind),
                ("Where", &row.place),
                ("Since", &row.since),
                ("Used", &row.used),
            ],
        );
        html.raw("</tr>");
    }
    table("Mapping in force", &["Written", "Read as", "Kind", "Where", "Since", "Used"], html)
}

fn changes(changes: &[MappingChangeRow]) -> AnyView {
    if changes.is_empty() {
        return view! { <p>"No line was set yet."</p> }.into_any();
    }
    let mut html = Markup::with_capacity(changes.len() * 300);
    for change in changes {
        html.raw("<tr><th scope=\"row\">").text(&change.written).raw("</th>");
        cells(
            &mut html,
            &[
                ("Read as", &change.meant),
                ("Where", &change.place),
                ("Applies from", &change.applies_from),
                ("Reason", &change.reason),
                ("Set", &change.set),
            ],
        );
        html.raw("</tr>");
    }
    table("Changes of the mapping", &["Written", "Read as", "Where", "Applies from", "Reason", "Set"], html)
}

fn cells(html: &mut Markup, cells: &[(&'static str, &String)]) {
    for (label, text) in cells {
        html.raw("<td data-label=\"").raw(label).raw("\">").text(text).raw("</td>");
    }
}

fn table(label: &'static str, headers: &[&'static str], rows: Markup) -> AnyView {
    let headers = headers.iter().map(|header| view! { <th scope="col">{*header}</th> }).collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            <table class="table">
                <thead>
                    <tr>{headers}</tr>
                </thead>
                <tbody inner_html=rows.into_html()></tbody>
            </table>
        </div>
    }
    .into_any()
}

fn form(form: MappingForm) -> AnyView {
    let lists = form.lists.into_iter().map(|(number, name)| {
        let text = format!("List {number}: {name}");
        view! { <option value=number.to_string()>{text}</option> }
    });
    let columns = form.columns.into_iter().map(|column| {
        let value = column.clone();
        view! { <option value=value>{column}</option> }
    });
    view! {
        <section class="group">
            <h2 class="group__title">"Map a word"</h2>
            <form class="stack" method="post" action="/data/mapping">
                <div class="govuk-form-group">
                    <label class="govuk-label" for="kind">
                        "What it is"
                    </label>
                    <select class="govuk-select" id="kind" name="kind" required>
                        <option value="code">"A value of a coded column"</option>
                        <option value="header">"A column’s header"</option>
                        <option value="team">"A team’s name"</option>
                        <option value="worker">"A worker’s name"</option>
                    </select>
                </div>
                <div class="govuk-form-group">
                    <label class="govuk-label" for="list">
                        "List"
                    </label>
                    <div class="govuk-hint" id="list-hint">
                        "For headers and codes; teams and workers are the same in every list."
                    </div>
                    <select class="govuk-select" id="list" name="list" aria-describedby="list-hint">
                        <option value="">"Every list"</option>
                        {lists.collect_view()}
                    </select>
                </div>
                <div class="govuk-form-group">
                    <label class="govuk-label" for="column">
                        "Column of the value"
                    </label>
                    <div class="govuk-hint" id="column-hint">
                        "For a value of a coded column only."
                    </div>
                    <select class="govuk-select" id="column" name="column" aria-describedby="column-hint">
                        <option value="">"None"</option>
                        {columns.collect_view()}
                    </select>
                </div>
                <div class="govuk-form-group">
                    <label class="govuk-label" for="written">
                        "Written in the file"
                    </label>
                    <input class="govuk-input" id="written" name="written" maxlength="300" autocomplete="off" required />
                </div>
                <div class="govuk-form-group">
                    <label class="govuk-label" for="meant">
                        "Read as"
                    </label>
                    <div class="govuk-hint" id="meant-hint">
                        "The official header, an Annex A code or its text, or the right name. Leave it empty to take the line back."
                    </div>
                    <input class="govuk-input" id="meant" name="meant" maxlength="300" autocomplete="off" aria-describedby="meant-hint" />
                </div>
                <div class="govuk-form-group">
                    <label class="govuk-label" for="applies-from">
                        "Applies from"
                    </label>
                    <div class="govuk-hint" id="applies-from-hint">
                        "Extracts as at this date and later are read so when they are loaded."
                    </div>
                    <input
                        class="govuk-input govuk-input--width-10"
                        type="date"
                        id="applies-from"
                        name="applies_from"
                        value=form.from
                        aria-describedby="applies-from-hint"
                        required
                    />
                </div>
                <div class="govuk-form-group">
                    <label class="govuk-label" for="reason">
                        "Reason"
                    </label>
                    <div class="govuk-hint" id="reason-hint">
                        "Kept with the line. Name no child."
                    </div>
                    <input class="govuk-input" id="reason" name="reason" maxlength="300" autocomplete="off" aria-describedby="reason-hint" required />
                </div>
                <button class="govuk-button">"Set the line"</button>
            </form>
        </section>
    }
    .into_any()
}
