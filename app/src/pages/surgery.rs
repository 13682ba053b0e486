//! `/surgeries/:id`: one surgery at the stage it is in, from the planned date to its minutes.

use super::surgery_item::{self, actions, button, hidden, writing};
use super::surgery_room::in_session;
use crate::components::{Place, Section, empty, framed, pairs, privacy};
use crate::data::{AttendeeRow, ItemRow, ItemView, Link, NoteConflict, Page, SurgeryPage};
use crate::fragment::Fragment;
use crate::markup::Markup;
use leptos::prelude::*;

/// What was refused, what the surgery is, then what its stage needs.
pub fn surgery(page: Page<SurgeryPage>) -> Fragment {
    let Page { frame, body } = page;
    let news = format!("{}: {}.", body.title, body.stage_words);
    let live = body.live.clone();
    // The room sees the item first.
    let held = body.stage == "in-session";
    let view = view! {
        {notice(body.notice.as_deref())}
        {body.conflict.as_ref().map(|found| conflict(&body, found))}
        {(!held).then(|| pairs(body.facts.clone()))}
        {(!held).then(|| refresh(&body))}
        {match body.stage.as_str() {
            "planned" => planned(&body),
            "prepared" => prepared(&body),
            "in-session" => in_session(&body, refresh(&body)),
            "closed" => closed(&body),
            _ => view! { <p>"This surgery is not held. Its series goes on; see what else is coming."</p> }.into_any(),
        }}
    };
    let place = Place {
        section: Section::Surgeries,
        crumbs: vec![Link { text: "Surgeries".to_owned(), href: "/surgeries".to_owned() }],
        title: &body.title,
        caption: &body.stage_words,
    };
    framed(&frame, place, view.into_any()).with_news(news).live(live)
}

/// What was refused last.
pub(super) fn notice(text: Option<&str>) -> Option<AnyView> {
    text.map(|text| {
        view! {
            <div class="warning" role="alert">
                <p>
                    <strong>"Nothing was changed: "</strong>
                    {text.to_owned()}
                    "."
                </p>
            </div>
        }
        .into_any()
    })
}

/// Options of a drop-down.
pub(super) fn options(choices: &[(String, String)]) -> AnyView {
    choices
        .iter()
        .map(|(value, words)| view! { <option value=value.clone()>{words.clone()}</option> })
        .collect_view()
        .into_any()
}

fn refresh(body: &SurgeryPage) -> Option<AnyView> {
    body.live.as_ref().map(|_| {
        let here = body.open.as_ref().map_or_else(|| body.path.clone(), |item| item.row.href.clone());
        view! {
            <p class="note surgery__refresh">
                "This page follows what others do. "
                <a href=if body.stage == "in-session" { body.path.clone() } else { here } data-noscroll="">
                    "Refresh"
                </a>
            </p>
        }
        .into_any()
    })
}

/// Both texts, and the form that saves one over the other.
fn conflict(body: &SurgeryPage, found: &NoteConflict) -> AnyView {
    let NoteConflict { item, title, note, theirs, mine } = found.clone();
    view! {
            <section class="group surgery__conflict" role="alert">
                <h2 class="group__title">"Somebody else wrote here meanwhile"</h2>
                <p>"Nothing is lost: both texts stand below. Put them together and save again."</p>
                <h3>{format!("What stands there now: {title}")}</h3>
                <p class="note">{theirs.written.unwrap_or_default()}</p>
                <blockquote class="surgery__text">{theirs.text}</blockquote>
                <form method="post" action=body.path.clone()>
                    {hidden("do", "write")} {hidden("item", &item)} {hidden("note", &note)}
                    {hidden("over", &theirs.version.to_string())} <div class="govuk-form-group">
                        <label class="govuk-label" for="conflict-text">
                            "What you wrote"
                        </label>
    {writing("conflict-text", 6, None, &mine)}
                    </div> <button class="govuk-button">"Save this text"</button>
                </form>
            </section>
        }
    .into_any()
}

fn planned(body: &SurgeryPage) -> AnyView {
    let prepare = if body.may.prepare {
        view! {
            <section class="group">
                <h2 class="group__title">"Prepare"</h2>
                <p>
                    "Freezes the newest extract as the evidence of this surgery and makes its agenda from the data: actions from before, what truly changed or is off target, teams that differ, registers, and what falls due."
                </p>
                {button(&body.path, "prepare", None, "Prepare", true)}
            </section>
        }
        .into_any()
    } else {
        empty(
            "The agenda is not made yet.",
            view! { <p>"The leader or the analyst prepares it from the newest extract."</p> }.into_any(),
        )
    };
    view! {
        {prepare}
        {attendance(body)}
        {change(body)}
    }
    .into_any()
}

fn prepared(body: &SurgeryPage) -> AnyView {
    let start = body.may.start.then(|| {
        view! {
            <section class="group">
                <h2 class="group__title">"Begin"</h2>
                <p>"From then on the room looks at one item at a time."</p>
                {button(&body.path, "start", None, "Begin the surgery", true)}
            </section>
        }
    });
    view! {
        <div class="tools">{privacy()}</div>
        {agenda(body)}
        {body.open.as_ref().map(|item| surgery_item::item(body, item, true))}
        {start}
        {attendance(body)}
        {change(body)}
    }
    .into_any()
}

fn closed(body: &SurgeryPage) -> AnyView {
    let silent =
        |item: &&ItemView| item.narrative.text.is_empty() && item.discussion.text.is_empty() && item.actions.is_empty();
    let items = body.minutes.iter().filter(|item| !silent(item));
    let items = items.map(|item| surgery_item::item(body, item, false)).collect_view();
    let left: Vec<&ItemView> = body.minutes.iter().filter(silent).collect();
    let file = body.file.clone().map(|file| {
        view! {
            <p class="exports">
                <a href=file rel="external">
                    "The minutes as a file to send, without children’s ids"
                </a>
            </p>
        }
    });
    view! {
        {file}
        <div class="tools">{privacy()}</div>
        {came(&body.attendance)}
        <div class="minutes">{items}</div>
        {left_over(&left)}
        {of_the_meeting(body)}
    }
    .into_any()
}

/// What stood on the agenda and nobody spoke of: in short, with its figure and its children, so that the evidence stays whole.
fn left_over(items: &[&ItemView]) -> Option<AnyView> {
    if items.is_empty() {
        return None;
    }
    let lines = items
        .iter()
        .map(|item| {
            let figure = item.figure.as_ref().map(|figure| format!(": {}, {}", figure.value, figure.detail));
            let list = item.list.clone().map(|list| view! { " (" <a href=list.href>{list.text}</a> ")" });
            view! {
                <li>
                    {item.row.title.clone()} {figure} {list} {surgery_item::children(item)}
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="group">
                <h2 class="group__title">"Also on the agenda, and not talked about"</h2>
                <ul class="bullets">{lines}</ul>
            </section>
        }
        .into_any(),
    )
}

/// Actions of the meeting as a whole, and where one is recorded.
pub(super) fn of_the_meeting(body: &SurgeryPage) -> Option<AnyView> {
    (!body.actions.is_empty() || body.new_action.is_some()).then(|| {
        let add = body.new_action.clone().map(|href| {
            view! {
                <p>
                    <a class="govuk-button govuk-button--secondary" href=href>
                        "Record an action of the meeting as a whole"
                    </a>
                </p>
            }
        });
        view! {
            <section class="group">
                <h2 class="group__title">"Actions of the meeting as a whole"</h2>
                {actions(&body.actions)}
                {add}
            </section>
        }
        .into_any()
    })
}

/// The agenda, with the forms that order it for who may.
fn agenda(body: &SurgeryPage) -> AnyView {
    let mut html = Markup::with_capacity(body.items.len() * 700);
    for row in &body.items {
        html.raw(if row.shown {
            "<li class=\"agenda__item\" aria-current=\"true\">"
        } else {
            "<li class=\"agenda__item\">"
        });
        html.raw("<span class=\"agenda__kind\">").text(&row.kind).raw("</span> ");
        html.link_here(&row.href, &row.title);
        if row.shown {
            html.raw(" <strong class=\"tag\">On the screen</strong>");
        }
        if body.may.order_items || body.may.show {
            order(&mut html, body, row);
        }
        html.raw("</li>");
    }
    let list = if body.items.is_empty() {
        empty(
            "Nothing is on the agenda.",
            view! { <p>"The data gave no reason for an item. Add one of your own."</p> }.into_any(),
        )
    } else {
        view! { <ol class="agenda" inner_html=html.into_html()></ol> }.into_any()
    };
    let add = body.may.add_item.then(|| {
        view! {
            <form class="surgery__inline" method="post" action=body.path.clone()>
                {hidden("do", "add")} <label class="govuk-label" for="add-title">
                    "An item of your own, without a child’s name"
                </label> <input class="govuk-input" id="add-title" name="title" maxlength="300" autocomplete="off" required />
                <button class="govuk-button govuk-button--secondary">"Add"</button>
            </form>
        }
    });
    view! {
        <section class="group" aria-labelledby="agenda">
            <h2 class="group__title" id="agenda">
                "Agenda"
            </h2>
            {list}
            {add}
        </section>
    }
    .into_any()
}

/// The forms that give an item another place, or take it off.
pub(super) fn order(html: &mut Markup, body: &SurgeryPage, row: &ItemRow) {
    let last = body.items.len() as u64;
    html.raw("<span class=\"agenda__order\">");
    let mut form = |command: &'static str, to: Option<u64>, words: &'static str| {
        html.raw("<form method=\"post\" action=\"").text(&body.path);
        html.raw("\"><input type=\"hidden\" name=\"do\" value=\"").raw(command);
        html.raw("\"><input type=\"hidden\" name=\"item\" value=\"").text(&row.id).raw("\">");
        if let Some(to) = to {
            html.raw("<input type=\"hidden\" name=\"to\" value=\"").number(to).raw("\">");
        }
        html.raw("<button class=\"agenda__button\">").raw(words);
        html.raw("<span class=\"govuk-visually-hidden\"> ").text(&row.title).raw("</span></button></form>");
    };
    if body.may.show && !row.shown {
        form("show", None, "Show");
    }
    if body.may.order_items && row.place > 1 {
        form("place", Some(row.place - 2), "Up");
    }
    if body.may.order_items && row.place < last {
        form("place", Some(row.place), "Down");
    }
    if body.may.order_items {
        form("remove", None, "Take off");
    }
    html.raw("</span>");
}

fn words_of(presence: &str) -> &'static str {
    match presence {
        "present" => "Present",
        "apologies" => "Apologies",
        _ => "Absent",
    }
}

fn came(rows: &[AttendeeRow]) -> AnyView {
    let mut html = Markup::default();
    for row in rows {
        html.raw("<li>").text(&row.name).raw(": ").raw(words_of(&row.presence)).raw("</li>");
    }
    let list = if rows.is_empty() {
        view! { <p>"Nobody was noted."</p> }.into_any()
    } else {
        view! { <ul class="govuk-list" inner_html=html.into_html()></ul> }.into_any()
    };
    view! {
        <section class="group">
            <h2 class="group__title">"Attendance"</h2>
            {list}
        </section>
    }
    .into_any()
}

/// Who came, with the forms that note it for who may.
pub(super) fn attendance(body: &SurgeryPage) -> AnyView {
    let form = body.may.note_attendance.then(|| {
        view! {
            <form class="stack" method="post" action=body.path.clone()>
                {hidden("do", "attend")} <div class="govuk-form-group">
                    <label class="govuk-label" for="who">
                        "Who"
                    </label>
                    <select class="govuk-select" id="who" name="who">
                        <option value="">"Somebody else, named below"</option>
                        {options(&body.people)}
                    </select>
                </div> <div class="govuk-form-group">
                    <label class="govuk-label" for="guest">
                        "Name and office of somebody without an account"
                    </label>
                    <input class="govuk-input govuk-input--width-20" id="guest" name="guest" maxlength="100" autocomplete="off" />
                </div> <div class="govuk-form-group">
                    <label class="govuk-label" for="presence">
                        "Came"
                    </label>
                    <select class="govuk-select" id="presence" name="presence">
                        <option value="present">"Present"</option>
                        <option value="apologies">"Apologies"</option>
                        <option value="absent">"Absent"</option>
                    </select>
                </div> <button class="govuk-button govuk-button--secondary">"Note"</button>
            </form>
        }
    });
    view! {
        {came(&body.attendance)}
        {form}
    }
    .into_any()
}

/// Another day, another leader, or not at all.
fn change(body: &SurgeryPage) -> Option<AnyView> {
    let may = body.may;
    if !(may.move_date || may.change_leader || may.cancel) {
        return None;
    }
    let reason = |id: &'static str| {
        view! {
            <div class="govuk-form-group">
                <label class="govuk-label" for=id>
                    "Reason"
                </label>
                <input class="govuk-input" id=id name="reason" maxlength="300" autocomplete="off" required />
            </div>
        }
    };
    let view = view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">"Move, hand over or cancel"</span>
            </summary>
            <div class="govuk-details__text">
                <form method="post" action=body.path.clone()>
                    {hidden("do", "move")} <div class="govuk-form-group">
                        <label class="govuk-label" for="move-day">
                            "Hold it on"
                        </label>
                        <input
                            class="govuk-input govuk-input--width-10"
                            type="date"
                            id="move-day"
                            name="day"
                            value=body.day.clone()
                            required
                        />
                    </div> {reason("move-reason")} <button class="govuk-button govuk-button--secondary">"Move"</button>
                </form>
                <form method="post" action=body.path.clone()>
                    {hidden("do", "leader")} <div class="govuk-form-group">
                        <label class="govuk-label" for="new-leader">
                            "Let it be led by"
                        </label>
                        <select class="govuk-select" id="new-leader" name="leader">
                            {options(&body.leaders)}
                        </select>
                    </div> {reason("leader-reason")} <button class="govuk-button govuk-button--secondary">"Hand over"</button>
                </form>
                <form method="post" action=body.path.clone()>
                    {hidden("do", "cancel")} {reason("cancel-reason")}
                    <button class="govuk-button govuk-button--warning">"Cancel this surgery"</button>
                </form>
            </div>
        </details>
    };
    Some(view.into_any())
}
