//! What surrounds a page: the header, how fresh the data is, the way back up, the footer.

use super::{Crumbs, breadcrumbs};
use crate::data::{Frame, ViewerCard};
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

/// A page within its frame.
pub fn framed(frame: &Frame, section: Section, crumbs: Crumbs, page: AnyView) -> AnyView {
    let printed = format!("Performance Surgery. Printed by {}.", frame.viewer.name);
    view! {
        {header(Some((&frame.viewer, section)))}
        {frame.demo.then(demonstration)}
        <div class="wide">
            {freshness(frame)}
            {breadcrumbs(crumbs)}
            <main class="main" id="main" tabindex="-1">
                {page}
            </main>
        </div>
        {footer()}
        <p class="printed">{printed}</p>
    }
    .into_any()
}

/// A page without a viewer: signing in, and every page that has no answer.
pub fn unframed(demo: bool, page: AnyView) -> AnyView {
    view! {
        {header(None)}
        {demo.then(demonstration)}
        <div class="wide">
            <main class="main" id="main" tabindex="-1">
                {page}
            </main>
        </div>
        {footer()}
    }
    .into_any()
}

fn header(viewer: Option<(&ViewerCard, Section)>) -> AnyView {
    let signed_in = viewer.map(|(viewer, section)| {
        view! {
            <nav class="header__nav" aria-label="Main">
                <ul>
                    {nav_item("/", "Headlines", section == Section::Headlines)}
                    {nav_item("/data", "Data", section == Section::Data)}
                    {nav_item("/help", "Help", section == Section::Help)}
                </ul>
            </nav>
            <div class="header__viewer">
                <p class="header__who">
                    <strong>{viewer.name.clone()}</strong>
                    <span>{viewer.role.clone()}</span>
                </p>
                <form method="post" action="/sign-out">
                    <button class="header__out">"Sign out"</button>
                </form>
            </div>
        }
    });
    view! {
        <header class="header">
            <div class="wide header__in">
                <a class="header__name" href="/">
                    "Performance Surgery"
                </a>
                {signed_in}
            </div>
        </header>
    }
    .into_any()
}

fn nav_item(href: &'static str, text: &'static str, here: bool) -> AnyView {
    view! {
        <li>
            <a href=href aria-current=here.then_some("true")>
                {text}
            </a>
        </li>
    }
    .into_any()
}

fn freshness(frame: &Frame) -> AnyView {
    let words = match &frame.as_at {
        Some(day) => {
            let age = frame.freshness.as_ref().map(|age| view! { <span class="fresh__age">{age.clone()}</span> });
            view! {
                <span>"Data as at "<strong>{day.clone()}</strong></span>
                {age}
            }
            .into_any()
        }
        None => view! { <span>"No extract has been loaded yet"</span> }.into_any(),
    };
    view! { <p class="fresh">{words}</p> }.into_any()
}

fn demonstration() -> AnyView {
    view! {
        <p class="demo">
            <span class="wide">
                <strong>"Demonstration"</strong>
                ": a fictional county. No real child, family or worker is shown."
            </span>
        </p>
    }
    .into_any()
}

fn footer() -> AnyView {
    view! {
        <footer class="footer">
            <div class="wide">
                <p>"Every list and every child opened here is recorded, with who looked and when."</p>
                <p>
                    <a href="/help">"How the figures are counted"</a>
                </p>
            </div>
        </footer>
    }
    .into_any()
}
