//! An item of a surgery's agenda in full: the figure as frozen, its course, the children, the notes, the actions.

use super::action_lines::about_chosen;
use crate::components::{chart, figure};
use crate::data::{ActionOfSurgery, ChildRow, ItemView, NoteText, RecordHere, SurgeryPage};
use crate::markup::Markup;
use leptos::prelude::*;

/// A hidden field.
pub(super) fn hidden(name: &'static str, value: &str) -> AnyView {
    view! { <input type="hidden" name=name value=value.to_owned() /> }.into_any()
}

/// A field for a note. Not a view of leptos: that one leaves what stands within a `textarea` unescaped.
pub(super) fn writing(id: &str, rows: u64, hint: Option<&str>, text: &str) -> AnyView {
    let mut html = Markup::with_capacity(text.len() + 200);
    html.raw("<textarea class=\"govuk-textarea\" name=\"text\" maxlength=\"8000\" id=\"").text(id);
    html.raw("\" rows=\"").number(rows);
    if let Some(hint) = hint {
        html.raw("\" aria-describedby=\"").text(hint);
    }
    // The first line break belongs to the markup.
    html.raw("\">\n").text(text).raw("</textarea>");
    view! { <div inner_html=html.into_html()></div> }.into_any()
}

/// A form of one button.
pub(super) fn button(
    path: &str,
    command: &'static str,
    item: Option<&str>,
    words: &'static str,
    weighty: bool,
) -> AnyView {
    let class = if weighty { "govuk-button" } else { "govuk-button govuk-button--secondary" };
    view! {
        <form method="post" action=path.to_owned()>
            {hidden("do", command)} {item.map(|item| hidden("item", item))} <button class=class>{words}</button>
        </form>
    }
    .into_any()
}

/// An item; `writable` where its notes may be forms.
pub(super) fn item(body: &SurgeryPage, item: &ItemView, writable: bool) -> AnyView {
    let row = &item.row;
    let anchor = format!("item-{}", row.id);
    let about = item.figure.clone().map(|frozen| view! { <p class="note">{item.as_at.clone()}</p> {figure(frozen)} });
    let before = item.before.clone().map(|text| view! { <p>{text}</p> });
    let list = item.list.clone().map(|link| {
        view! {
            <p>
                <a href=link.href>{link.text}</a>
            </p>
        }
    });
    let steps = (writable && body.stage == "in-session" && body.may.show).then(|| {
        view! {
            <div class="surgery__steps">
                {item.previous.as_deref().map(|id| button(&body.path, "show", Some(id), "Previous item", false))}
                {item.next.as_deref().map(|id| button(&body.path, "show", Some(id), "Next item", true))}
            </div>
        }
    });
    let add = item.record.as_ref().map(record);
    let write = (writable && body.may.write_narrative, writable && body.may.write_discussion);
    let held = matches!(body.stage.as_str(), "in-session" | "closed");
    let discussion =
        held.then(|| note(body, row.id.as_str(), "discussion", "So what? What was said", &item.discussion, write.1));
    // Minutes say what was decided; in the meeting the room sees that nothing was yet.
    let now_what = (held && (body.stage != "closed" || !item.actions.is_empty())).then(|| {
        view! {
            <h3>"Now what? Actions"</h3>
            {actions(&item.actions)}
            {add}
        }
    });
    view! {
        <section class="group surgery__item" aria-labelledby=anchor.clone()>
            <p class="surgery__kind">{format!("{}. {}", row.place, row.kind)}</p>
            <h2 class="group__title" id=anchor.clone()>
                {row.title.clone()}
            </h2>
            {steps}
            {about}
            {before}
            {item.chart.as_ref().map(|drawn| chart(drawn.clone()))}
            {note(body, row.id.as_str(), "narrative", "What the data tells us", &item.narrative, write.0)}
            {discussion}
            {now_what}
            {children(item)}
            {list}
        </section>
    }
    .into_any()
}

/// The item that a room looks at: large, with its evidence side by side.
pub(super) fn on_the_screen(body: &SurgeryPage, item: &ItemView) -> AnyView {
    let row = &item.row;
    let anchor = format!("item-{}", row.id);
    let steps = body.may.show.then(|| {
        view! {
            <div class="surgery__steps">
                {item.previous.as_deref().map(|id| button(&body.path, "show", Some(id), "Previous item", false))}
                {item.next.as_deref().map(|id| button(&body.path, "show", Some(id), "Next item", true))}
            </div>
        }
    });
    let list = item.list.clone().map(|link| view! { <p><a href=link.href>{link.text}</a></p> });
    let frozen = item.figure.clone().map(|frozen| view! { {figure(frozen)} <p class="note">{item.as_at.clone()}</p> });
    let before = item.before.clone().map(|text| view! { <p>{text}</p> });
    let add = item.record.as_ref().map(record);
    let id = row.id.as_str();
    view! {
        <section class="surgery__item" aria-labelledby=anchor.clone()>
            <div class="room__head">
                <p class="surgery__kind">{format!("{} of {}. {}", row.place, body.items.len(), row.kind)}</p>
                {steps}
            </div>
            <h2 class="room__title" id=anchor.clone()>
                {row.title.clone()}
            </h2>
            <div class="room__evidence">
                <div class="room__figure">{frozen} {before} {list} {children(item)}</div>
                {item.chart.as_ref().map(|drawn| chart(drawn.clone()))}
            </div>
            <div class="room__notes">
                <div>{note(body, id, "narrative", "What the data tells us", &item.narrative, body.may.write_narrative)}</div>
                <div>{note(body, id, "discussion", "So what? What was said", &item.discussion, body.may.write_discussion)}</div>
            </div>
            <h3>"Now what? Actions"</h3>
            {actions(&item.actions)}
            {add}
        </section>
    }
    .into_any()
}

fn note(
    body: &SurgeryPage,
    item: &str,
    name: &'static str,
    label: &'static str,
    text: &NoteText,
    may_write: bool,
) -> AnyView {
    let written = text.written.clone().map(|written| view! { <p class="note">{written}</p> });
    if !may_write {
        let words = if text.text.is_empty() { "Nothing is written here.".to_owned() } else { text.text.clone() };
        return view! {
            <h3>{label}</h3>
            <p class="surgery__text">{words}</p>
            {written}
        }
        .into_any();
    }
    let id = format!("note-{item}-{name}");
    let hint = format!("{id}-hint");
    view! {
            <form method="post" action=body.path.clone()>
                {hidden("do", "write")} {hidden("item", item)} {hidden("note", name)}
                {hidden("over", &text.version.to_string())} <div class="govuk-form-group">
                    <label class="govuk-label govuk-label--s" for=id.clone()>
                        {label}
                    </label>
                    <div class="govuk-hint" id=hint.clone()>
                        "Name no child: the minutes are sent on."
                    </div>
    {writing(&id, 4, Some(&hint), &text.text)}
                    {written}
                </div> <button class="govuk-button govuk-button--secondary">"Save"</button>
            </form>
        }
    .into_any()
}

/// Actions, or that there are none.
pub(super) fn actions(rows: &[ActionOfSurgery]) -> AnyView {
    if rows.is_empty() {
        return view! { <p>"No action was recorded."</p> }.into_any();
    }
    let mut html = Markup::with_capacity(rows.len() * 400);
    for row in rows {
        html.raw("<tr><th scope=\"row\">").link(&row.href, &row.number).raw("</th>");
        for (label, text) in
            [("What", &row.what), ("Head of Service", &row.accountable), ("Due", &row.due), ("State", &row.state)]
        {
            html.raw("<td data-label=\"").raw(label).raw("\">").text(text).raw("</td>");
        }
        html.raw("</tr>");
    }
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="Actions">
            <table class="table table--cards">
                <caption class="govuk-visually-hidden">"Actions"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Number"</th>
                        <th scope="col">"What"</th>
                        <th scope="col">"Head of Service"</th>
                        <th scope="col">"Due"</th>
                        <th scope="col">"State"</th>
                    </tr>
                </thead>
                <tbody inner_html=html.into_html()></tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Recording an action: about the group, or about something else.
fn record(here: &RecordHere) -> AnyView {
    let other = here.other.clone().map(|href| {
        view! {
            <a class="govuk-button govuk-button--secondary" href=href>
                "About another team, or a hand-off"
            </a>
        }
    });
    view! {
        <p class="measure__links">
            <a class="govuk-button" href=here.group.clone()>
                "Record an action"
            </a>
            {other}
        </p>
    }
    .into_any()
}

/// The children behind an item, folded.
pub(super) fn children(item: &ItemView) -> Option<AnyView> {
    let words = item.children_words.clone()?;
    let ticking = item.record.is_some();
    let mut html = Markup::with_capacity(item.children.len() * 260);
    for ChildRow { who, href, team, reference } in &item.children {
        html.raw("<tr><th scope=\"row\" class=\"who\">").link(href, who);
        html.raw("</th><td data-label=\"Team\">").text(team).raw("</td>");
        if ticking {
            html.raw("<td data-label=\"Action\"><input type=\"checkbox\" name=\"child\" value=\"").text(reference);
            html.raw("\" aria-label=\"Choose child ").text(who).raw("\"></td>");
        }
        html.raw("</tr>");
    }
    let table = (!item.children.is_empty()).then(|| {
        view! {
            <div class="scroll" tabindex="0" role="region" aria-label="Children behind this item">
                <table class="table table--narrow list">
                    <caption class="govuk-visually-hidden">"Children as at the extract"</caption>
                    <thead>
                        <tr>
                            <th scope="col" class="who">
                                "Child"
                            </th>
                            <th scope="col">"Team"</th>
                            {ticking.then(|| view! { <th scope="col">"Action"</th> })}
                        </tr>
                    </thead>
                    <tbody inner_html=html.into_html()></tbody>
                </table>
            </div>
        }
    });
    let table = match (&item.record, item.children.is_empty()) {
        (Some(here), false) => {
            about_chosen(&here.along, table.into_any(), "Record an action about the chosen children")
        }
        _ => table.into_any(),
    };
    Some(
        view! {
            <details class="govuk-details surgery__children">
                <summary class="govuk-details__summary">
                    <span class="govuk-details__summary-text">{words}</span>
                </summary>
                <div class="govuk-details__text">{table}</div>
            </details>
        }
        .into_any(),
    )
}
