//! What comes if nobody acts: a measure's coming weeks, what would reach its target, and a team's calendar.

use super::privacy;
use crate::data::{DueCalendar, DueRow, LookAhead, WayRow, WayToTarget, WeekRow};
use crate::markup::{Markup, counted};
use leptos::prelude::*;

/// "If nobody acts" and "What would reach the target".
pub fn look_ahead(ahead: &LookAhead) -> AnyView {
    let weeks = (!ahead.weeks.is_empty()).then(|| weeks(&ahead.weeks, ahead.has_due_days));
    let caution = ahead.caution.clone().map(|caution| view! { <p class="warning">{caution}</p> });
    let target = ahead.target.as_ref().map(way_to_target);
    view! {
        <section class="group" aria-labelledby="ahead">
            <h2 class="group__title" id="ahead">
                "If nobody acts"
            </h2>
            <p class="note">{ahead.note.clone()}</p>
            {weeks}
            {caution}
        </section>
        {target}
    }
    .into_any()
}

fn weeks(weeks: &[WeekRow], has_due_days: bool) -> AnyView {
    let mut rows = Markup::with_capacity(weeks.len() * 220);
    for week in weeks {
        rows.raw("<tr><th scope=\"row\">").text(&week.day).raw("</th><td><strong>").text(&week.figure.value);
        rows.raw("</strong><small>").text(&week.figure.detail).raw("</small></td>");
        if has_due_days {
            rows.raw("<td class=\"number\">");
            if let Some(due) = week.due {
                rows.number(due);
            }
            rows.raw("</td>");
        }
        rows.raw("</tr>");
    }
    let due = has_due_days.then(|| {
        view! {
            <th scope="col" class="number">
                "Fall due in the week before"
            </th>
        }
    });
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="The coming weeks">
            <table class="table table--narrow">
                <caption class="govuk-visually-hidden">"The figure in the coming weeks if nobody acts"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Day"</th>
                        <th scope="col">"Figure"</th>
                        {due}
                    </tr>
                </thead>
                <tbody inner_html=rows.into_html()></tbody>
            </table>
        </div>
    }
    .into_any()
}

fn way_to_target(way: &WayToTarget) -> AnyView {
    let act = way.act.clone().map(|act| view! { <p class="note">{act}</p> });
    let children = (!way.children.is_empty()).then(|| shortest(&way.children));
    let more = way.more.clone().map(|more| view! { <p class="note">{more}</p> });
    let all = way.all.clone().map(|link| {
        view! {
            <p>
                <a href=link.href>{link.text}</a>
            </p>
        }
    });
    view! {
        <section class="group" aria-labelledby="target">
            <h2 class="group__title" id="target">
                "What would reach the target"
            </h2>
            <p>{way.text.clone()}</p>
            {act}
            {children}
            {more}
            {all}
        </section>
    }
    .into_any()
}

fn shortest(children: &[WayRow]) -> AnyView {
    let mut rows = Markup::with_capacity(children.len() * 260);
    for row in children {
        rows.raw("<tr><th scope=\"row\" class=\"who\">").link(row.href.as_deref().unwrap_or_default(), &row.who);
        rows.raw("</th><td data-label=\"Team\">").text(&row.team).raw("</td><td data-label=\"Worker\">");
        rows.text(&row.worker).raw("</td><td data-label=\"Due\">").text(&row.due).raw("</td></tr>");
    }
    let list = list("The children of the shortest list", &["Child", "Team", "Worker", "Due"], rows);
    view! {
        {privacy()}
        {list}
    }
    .into_any()
}

/// "Falling due in the next 28 days".
pub fn due_calendar(calendar: &DueCalendar) -> AnyView {
    let shown = calendar.rows.len() as u64;
    let text = match calendar.total {
        0 => "Nothing falls due in these days. What is late already is not here: see the measures above.".to_owned(),
        total if total > shown => {
            let all = counted(total, "line", "lines");
            format!("The first {shown} of {all}, by the last day in time. What is late already is not here.")
        }
        total => {
            let all = counted(total, "line", "lines");
            format!("{all}, by the last day in time. What is late already is not here.")
        }
    };
    let table = (shown > 0).then(|| {
        let mut rows = Markup::with_capacity(calendar.rows.len() * 320);
        for row in &calendar.rows {
            due_row(&mut rows, row);
        }
        let list = list("What falls due, by day", &["Child", "Day", "Measure", "Worker"], rows);
        view! {
            {privacy()}
            {list}
        }
    });
    view! {
        <section class="group" aria-labelledby="due">
            <h2 class="group__title" id="due">
                "Falling due in the next 28 days"
            </h2>
            <p class="note">
                {calendar.days.clone()} ". " {text}
            </p>
            {table}
        </section>
    }
    .into_any()
}

fn due_row(rows: &mut Markup, row: &DueRow) {
    rows.raw("<tr><th scope=\"row\" class=\"who\">").link(row.href.as_deref().unwrap_or_default(), &row.who);
    rows.raw("</th><td data-label=\"Day\">").text(&row.day);
    if !row.working_day {
        rows.raw(" <small>not a working day</small>");
    }
    rows.raw("</td><td data-label=\"Measure\">").link(&row.measure.href, &row.measure.text);
    rows.raw("</td><td data-label=\"Worker\">").text(&row.worker).raw("</td></tr>");
}

/// A list whose first column says who: the privacy screen hides it.
fn list(caption: &'static str, columns: &[&'static str], rows: Markup) -> AnyView {
    let mut head = Markup::with_capacity(columns.len() * 50);
    for (at, column) in columns.iter().enumerate() {
        head.raw(if at == 0 { "<th scope=\"col\" class=\"who\">" } else { "<th scope=\"col\">" });
        head.raw(column).raw("</th>");
    }
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=caption>
            <table class="table list">
                <caption class="govuk-visually-hidden">{caption}</caption>
                <thead>
                    <tr inner_html=head.into_html()></tr>
                </thead>
                <tbody inner_html=rows.into_html()></tbody>
            </table>
        </div>
    }
    .into_any()
}
