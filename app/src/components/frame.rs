//! What surrounds a page: the header, how fresh the data is, the way back up, the footer.

use crate::bare::{DEMONSTRATION, ON_RECORD};
use crate::data::{Dates, Frame, Link};
use crate::fragment::Fragment;
use crate::markup::{Markup, in_address};
use leptos::prelude::*;

/// The parts of the product in the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Headlines and all that is reached from them.
    Headlines,
    /// The registers.
    Attention,
    /// Caseloads.
    Caseloads,
    /// The action log.
    Actions,
    /// What waits for the viewer.
    Notices,
    /// Surgeries.
    Surgeries,
    /// Extracts and data quality.
    Data,
    /// The council's standards.
    Standards,
    /// Help.
    Help,
}

/// Where a page stands and what it is called.
pub struct Place<'a> {
    /// The part of the product.
    pub section: Section,
    /// The pages above it, from the headlines down. Empty at the top.
    pub crumbs: Vec<Link>,
    /// The heading, and the document's title.
    pub title: &'a str,
    /// What stands above the heading; may be empty.
    pub caption: &'a str,
}

/// A page within its frame, ready to travel.
pub fn framed(frame: &Frame, place: Place<'_>, page: AnyView) -> Fragment {
    let page = page.to_html();
    let mut html = Markup::with_capacity(page.len() + 2000);
    header(&mut html, frame, place.section);
    if frame.demo {
        html.raw(DEMONSTRATION);
    }
    html.raw("<div class=\"wide page\">");
    freshness(&mut html, frame);
    breadcrumbs(&mut html, &place.crumbs);
    html.raw("<main class=\"main\" id=\"main\" tabindex=\"-1\">");
    heading(&mut html, place.title, place.caption);
    html.markup(&page).raw("</main></div>");
    html.raw("<footer class=\"footer\"><div class=\"wide\"><p>").raw(ON_RECORD);
    html.raw("</p><p><a href=\"/help\">How the figures are counted</a></p></div></footer>");
    html.raw("<p class=\"printed\">Performance Surgery. Printed by ").text(&frame.viewer.name).raw(".</p>");
    Fragment { title: place.title.to_owned(), news: String::new(), again: false, live: None, html: html.into_html() }
}

fn header(html: &mut Markup, frame: &Frame, here: Section) {
    let viewer = &frame.viewer;
    let home = if frame.home.is_empty() { "/" } else { &frame.home };
    html.raw("<header class=\"header\"><div class=\"wide header__in\"><a class=\"header__name\" href=\"/\">");
    html.raw("Performance Surgery</a><div class=\"header__viewer\"><p class=\"header__who\"><strong>")
        .text(&viewer.name);
    html.raw("</strong><span>").text(&viewer.role).raw("</span></p><form method=\"post\" action=\"/sign-out\">");
    html.raw("<button class=\"header__out\">Sign out</button></form></div>");
    html.raw("<nav class=\"header__nav\" aria-label=\"Main\"><ul>");
    let attention = frame.attention.as_deref().map(|href| (Section::Attention, href, "Attention"));
    let caseloads = frame.caseloads.as_deref().map(|href| (Section::Caseloads, href, "Caseloads"));
    let actions = frame.viewer.reads_children.then_some((Section::Actions, "/actions", "Actions"));
    let parts = [
        (Section::Data, "/data", "Data"),
        (Section::Standards, "/admin/standards", "Standards"),
        (Section::Help, "/help", "Help"),
    ];
    let surgeries = viewer.reads_children.then_some((Section::Surgeries, "/surgeries", "Surgeries"));
    let first = [(Section::Headlines, home, "Headlines")].into_iter().chain(attention).chain(caseloads);
    let notices = frame.waiting.map(|_| (Section::Notices, "/notices", "Notices"));
    for (section, href, text) in first.chain(surgeries).chain(actions).chain(notices).chain(parts) {
        html.raw("<li><a href=\"").text(href).raw(if section == here { "\" aria-current=\"true\">" } else { "\">" });
        html.raw(text);
        if let Some(waiting) = frame.waiting.filter(|waiting| section == Section::Notices && *waiting > 0) {
            html.raw(" <strong class=\"header__count\">").number(waiting);
            html.raw("</strong><span class=\"govuk-visually-hidden\"> waiting for you</span>");
        }
        html.raw("</a></li>");
    }
    html.raw("</ul></nav></div></header>");
}

fn freshness(html: &mut Markup, frame: &Frame) {
    let past = frame.dates.as_ref().is_some_and(|dates| dates.past);
    html.raw(if past {
        "<div class=\"fresh fresh--past\"><p class=\"fresh__text\">"
    } else {
        "<div class=\"fresh\"><p class=\"fresh__text\">"
    });
    match &frame.as_at {
        Some(day) => html.raw("<span>Data as at <strong>").text(day).raw("</strong></span>"),
        None => html.raw("<span>No extract has been loaded yet</span>"),
    };
    if let Some(age) = &frame.freshness {
        html.raw("<span class=\"fresh__age\">").text(age).raw("</span>");
    }
    html.raw("</p>");
    if let Some(dates) = &frame.dates {
        other_dates(html, dates);
    }
    html.raw("</div>");
}

/// The date control: a plain GET form of this very page.
fn other_dates(html: &mut Markup, dates: &Dates) {
    html.raw("<form class=\"dates\" method=\"get\" action=\"").text(&dates.action);
    html.raw("\" aria-label=\"Show this page as at another date\">");
    for (name, value) in &dates.kept {
        html.raw("<input type=\"hidden\" name=\"").text(name).raw("\" value=\"").text(value).raw("\">");
    }
    html.raw("<label class=\"dates__label\" for=\"as-at\">As at</label>");
    html.raw("<select class=\"govuk-select dates__select\" id=\"as-at\" name=\"as_at\">");
    for choice in &dates.choices {
        html.raw("<option value=\"").text(&choice.value).raw(if choice.chosen { "\" selected>" } else { "\">" });
        html.text(&choice.text).raw(if choice.value.is_empty() { " (newest)</option>" } else { "</option>" });
    }
    html.raw("</select><button class=\"govuk-button govuk-button--secondary dates__button\">Show</button>");
    if dates.past {
        html.raw("<a class=\"dates__newest\" href=\"").text(&newest(dates)).raw("\">Back to the newest</a>");
    }
    html.raw("</form>");
}

/// The address of this page as at the newest extract.
fn newest(dates: &Dates) -> String {
    let query: Vec<_> = dates.kept.iter().map(|(name, value)| format!("{name}={}", in_address(value))).collect();
    if query.is_empty() { dates.action.clone() } else { format!("{}?{}", dates.action, query.join("&")) }
}

fn breadcrumbs(html: &mut Markup, crumbs: &[Link]) {
    if crumbs.is_empty() {
        return;
    }
    html.raw("<nav class=\"govuk-breadcrumbs\" aria-label=\"Breadcrumb\"><ol class=\"govuk-breadcrumbs__list\">");
    for crumb in crumbs {
        html.raw("<li class=\"govuk-breadcrumbs__list-item\">").link(&crumb.href, &crumb.text).raw("</li>");
    }
    html.raw("</ol></nav>");
}

/// The one heading. It can take the focus, so that a reader begins there when the page is new.
pub fn heading(html: &mut Markup, title: &str, caption: &str) {
    html.raw("<div class=\"heading\">");
    if !caption.is_empty() {
        html.raw("<p class=\"heading__caption\">").text(caption).raw("</p>");
    }
    html.raw("<h1 class=\"heading__title\" tabindex=\"-1\">").text(title).raw("</h1></div>");
}
