//! The table of a list. Its lines are one piece of markup: up to 200 of them are made for every click of a meeting.

use super::answer::cell;
use crate::components::tag_class;
use crate::data::{Column, ListRow};
use crate::markup::Markup;

/// The column headings, each a link that sorts by it.
pub fn head(columns: &[Column], choosing: bool) -> String {
    let mut head = Markup::with_capacity(columns.len() * 160);
    head.raw("<tr>");
    for (at, column) in columns.iter().enumerate() {
        head.raw(if at == 0 { "<th scope=\"col\" class=\"who\"" } else { "<th scope=\"col\"" });
        head.raw(match column.sorted.as_str() {
            "ascending" => " aria-sort=\"ascending\">",
            "descending" => " aria-sort=\"descending\">",
            _ => ">",
        });
        head.link_here(&column.href, &column.text).raw("</th>");
    }
    if choosing {
        head.raw("<th scope=\"col\">Action</th>");
    }
    head.raw("</tr>");
    head.into_html()
}

/// The lines, with as many cells as there are columns. On a small screen each cell names its column.
pub fn body(rows: &[ListRow], columns: &[Column], choosing: bool) -> String {
    let labels: Vec<_> = columns.iter().skip(1).map(|column| cell_named(&column.text)).collect();
    let mut html = Markup::with_capacity(rows.len() * 480);
    for row in rows {
        html.raw("<tr><th scope=\"row\" class=\"who\">");
        html.link(row.href.as_deref().unwrap_or_default(), &row.who).raw("</th>");
        let mut labels = labels.iter();
        let cells = row.event.iter().chain([&row.team, &row.worker, &row.start, &row.due, &row.days]);
        // The cells come first: a column is taken for each cell, and none beyond the last.
        for (text, label) in cells.zip(labels.by_ref()) {
            html.markup(label).text(text).raw("</td>");
        }
        if let Some(label) = labels.next() {
            html.markup(label).raw("<strong class=\"").raw(tag_class(row.standing)).raw("\">");
            html.text(&row.state).raw("</strong></td>");
        }
        if let Some(label) = labels.next() {
            html.markup(label);
            if let Some(answer) = &row.answer {
                cell(&mut html, answer, &row.who);
            }
            html.raw("</td>");
        }
        if choosing {
            choice(&mut html, row);
        }
        html.raw("</tr>");
    }
    html.into_html()
}

/// The beginning of a cell that names its column.
fn cell_named(column: &str) -> String {
    let mut cell = Markup::with_capacity(column.len() + 24);
    cell.cell_of(column);
    cell.into_html()
}

/// A box to choose the line by, and a button that begins an action about this line alone.
fn choice(html: &mut Markup, row: &ListRow) {
    html.raw("<td data-label=\"Action\">");
    if let Some(reference) = &row.reference {
        html.raw("<input type=\"checkbox\" name=\"child\" value=\"").text(reference);
        html.raw("\" aria-label=\"Choose this line\"> <button class=\"line-button\" name=\"child\" value=\"");
        html.text(reference).raw("\">Add action</button>");
    }
    html.raw("</td>");
}
