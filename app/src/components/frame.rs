//! What surrounds a page: the header, how fresh the data is, the way back up, the footer.

use crate::bare::{DEMONSTRATION, ON_RECORD};
use crate::data::{Frame, Link, ViewerCard};
use crate::fragment::Fragment;
use crate::markup::Markup;
use leptos::prelude::*;

/// The parts of the product in the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Headlines and all that is reached from them.
    Headlines,
    /// Extracts and data quality.
    Data,
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
    header(&mut html, &frame.viewer, place.section);
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
    Fragment { title: place.title.to_owned(), news: String::new(), again: false, html: html.into_html() }
}

fn header(html: &mut Markup, viewer: &ViewerCard, here: Section) {
    html.raw("<header class=\"header\"><div class=\"wide header__in\"><a class=\"header__name\" href=\"/\">");
    html.raw("Performance Surgery</a><nav class=\"header__nav\" aria-label=\"Main\"><ul>");
    for (section, href, text) in
        [(Section::Headlines, "/", "Headlines"), (Section::Data, "/data", "Data"), (Section::Help, "/help", "Help")]
    {
        html.raw("<li><a href=\"").raw(href).raw(if section == here { "\" aria-current=\"true\">" } else { "\">" });
        html.raw(text).raw("</a></li>");
    }
    html.raw("</ul></nav><div class=\"header__viewer\"><p class=\"header__who\"><strong>").text(&viewer.name);
    html.raw("</strong><span>").text(&viewer.role).raw("</span></p><form method=\"post\" action=\"/sign-out\">");
    html.raw("<button class=\"header__out\">Sign out</button></form></div></div></header>");
}

fn freshness(html: &mut Markup, frame: &Frame) {
    html.raw("<p class=\"fresh\">");
    match &frame.as_at {
        Some(day) => html.raw("<span>Data as at <strong>").text(day).raw("</strong></span>"),
        None => html.raw("<span>No extract has been loaded yet</span>"),
    };
    if let Some(age) = &frame.freshness {
        html.raw("<span class=\"fresh__age\">").text(age).raw("</span>");
    }
    html.raw("</p>");
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
