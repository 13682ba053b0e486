//! `/services/:service`: which team?

use super::headlines;
use crate::components::{Place, Section, empty, framed};
use crate::data::{FigureText, MatrixCell, MatrixColumn, MatrixRow, Page, ServicePage, Standing};
use crate::fragment::Fragment;
use crate::markup::Markup;
use leptos::prelude::*;

/// Teams down, measures across.
pub fn service(page: Page<ServicePage>) -> Fragment {
    let Page { frame, body } = page;
    let accountable = (!body.accountable.is_empty()).then(|| {
        let names = body.accountable.iter().map(|who| view! { <li>{who.clone()}</li> }).collect_view();
        view! { <ul class="inline">{names}</ul> }
    });
    let contents = if body.rows.is_empty() {
        let next = view! { <p>"Teams come to a service by the list of the organisation, which the analyst loads with an extract."</p> };
        empty("No team of this service is in the data.", next.into_any()).into_any()
    } else {
        matrix(&body).into_any()
    };
    let view = view! {
        {accountable}
        {contents}
    };
    let place =
        Place { section: Section::Headlines, crumbs: vec![headlines(&frame)], title: &body.name, caption: "Service" };
    framed(&frame, place, view.into_any())
}

fn matrix(page: &ServicePage) -> AnyView {
    let head = head(&page.columns);
    let mut rows = Markup::with_capacity(page.rows.len() * page.columns.len() * 120);
    for row in &page.rows {
        line(&mut rows, row);
    }
    view! {
        <p class="note">
            "A cell is marked "<strong>"better"</strong>" or "<strong>"worse"</strong>
            " only where the team truly differs from the service: outside the limits that chance alone would explain. Each figure leads to its children, and the name of a measure to its teams in a drawing, with those limits."
        </p>
        <div class="scroll scroll--tall" tabindex="0" role="region" aria-label="Teams and measures, scrolls sideways">
            <table class="table matrix">
                <caption>"Each team by measure"</caption>
                <thead inner_html=head></thead>
                <tbody inner_html=rows.into_html()></tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Two lines: the groups over their measures.
fn head(columns: &[MatrixColumn]) -> String {
    let mut head = Markup::with_capacity(columns.len() * 160);
    head.raw("<tr><th scope=\"col\" rowspan=\"2\">Team</th>");
    for group in columns.chunk_by(|one, other| one.group == other.group) {
        let name = group.first().map(|column| column.group.as_str()).unwrap_or_default();
        head.raw("<th class=\"matrix__group\" scope=\"colgroup\" colspan=\"").digits(group.len()).raw("\">");
        head.text(name).raw("</th>");
    }
    head.raw("</tr><tr>");
    for column in columns {
        head.raw("<th scope=\"col\">").link(&column.href, &column.name).raw("</th>");
    }
    head.raw("</tr>");
    head.into_html()
}

fn line(rows: &mut Markup, row: &MatrixRow) {
    rows.raw(if row.whole { "<tr class=\"matrix__whole\"><th scope=\"row\">" } else { "<tr><th scope=\"row\">" });
    rows.link(&row.team.href, &row.team.text).raw("</th>");
    for cell in &row.cells {
        self::cell(rows, cell);
    }
    rows.raw("</tr>");
}

fn cell(rows: &mut Markup, cell: &MatrixCell) {
    let MatrixCell { figure, differs, href } = cell;
    let standing = differs.as_ref().map_or(Standing::Neutral, |remark| remark.standing);
    rows.raw(match standing {
        Standing::Good => "<td class=\"cell cell--good\">",
        Standing::Bad => "<td class=\"cell cell--bad\">",
        Standing::Near => "<td class=\"cell cell--near\">",
        Standing::Neutral => "<td class=\"cell\">",
    });
    value(rows, figure, href.as_deref());
    if figure.supplied {
        rows.raw("<small>").text(&figure.detail).raw("</small>");
    }
    if let Some(remark) = differs {
        rows.raw("<b>").text(&remark.text).raw("</b>");
    }
    if figure.small {
        rows.raw("<small class=\"cell__small\">small number</small>");
    }
    rows.raw("</td>");
}

fn value(rows: &mut Markup, figure: &FigureText, href: Option<&str>) {
    match href {
        Some(href) if figure.supplied => rows.link(href, &figure.value),
        _ if figure.supplied => rows.raw("<span>").text(&figure.value).raw("</span>"),
        _ => rows.raw("<span class=\"cell__missing\">").text(&figure.value).raw("</span>"),
    };
}
