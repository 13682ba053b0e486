//! `/help`: every measure and every page explained.

use super::measure::in_pairs;
use crate::components::{Place, Section, framed, pairs};
use crate::data::{HelpPage, MeasureHelp, Page};
use crate::fragment::Fragment;
use leptos::prelude::*;

/// How to read the pages, then every measure, then words.
pub fn help(page: Page<HelpPage>) -> Fragment {
    let Page { frame, body } = page;
    let view = view! {
        <p>
            <a href="/help/tour">"A short tour for your role"</a>
            " shows in a few steps what to look at, and where."
        </p>
        <nav class="jump" aria-label="On this page">
            <ul>
                <li>
                    <a href="#card" rel="external">
                        "How to read a card"
                    </a>
                </li>
                <li>
                    <a href="#pages" rel="external">
                        "The pages"
                    </a>
                </li>
                <li>
                    <a href="#attention" rel="external">
                        "The register"
                    </a>
                </li>
                <li>
                    <a href="#ahead" rel="external">
                        "Looking ahead"
                    </a>
                </li>
                <li>
                    <a href="#measures" rel="external">
                        "The measures"
                    </a>
                </li>
                <li>
                    <a href="#roles" rel="external">
                        "Who sees what"
                    </a>
                </li>
                <li>
                    <a href="#words" rel="external">
                        "Words"
                    </a>
                </li>
            </ul>
        </nav>
        {part("card", "How to read a card", &CARD)}
        {part("pages", "The pages", &PAGES)}
        {part("attention", "The register of children requiring attention", &REGISTER)}
        {part("ahead", "Looking ahead", &AHEAD)}
        <section class="group">
            <h2 class="group__title" id="measures">
                "The measures"
            </h2>
            {measures(body.measures)}
        </section>
        {part("roles", "Who sees what", &ROLES)}
        {part("words", "Words", &WORDS)}
    };
    let place = Place { section: Section::Help, crumbs: Vec::new(), title: "Help", caption: "" };
    framed(&frame, place, view.into_any())
}

fn part(id: &'static str, title: &'static str, lines: &[(&str, &str)]) -> AnyView {
    let lines = lines.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    view! {
        <section class="group">
            <h2 class="group__title" id=id>
                {title}
            </h2>
            {pairs(lines)}
        </section>
    }
    .into_any()
}

fn measures(measures: Vec<MeasureHelp>) -> AnyView {
    let mut group = String::new();
    let mut views = Vec::with_capacity(measures.len() + 12);
    for measure in measures {
        if measure.group != group {
            group.clone_from(&measure.group);
            views.push(view! { <h3 class="help__group">{measure.group.clone()}</h3> }.into_any());
        }
        views.push(one_measure(measure));
    }
    views.into_any()
}

fn one_measure(measure: MeasureHelp) -> AnyView {
    let mut lines = vec![("Counted".to_owned(), measure.counted)];
    lines.extend(in_pairs(&measure.guidance));
    lines.push(("Source".to_owned(), measure.source));
    lines.extend(measure.england.map(|england| ("England".to_owned(), england)));
    lines.retain(|(_, text)| !text.is_empty());
    let id = measure.id.clone();
    let links: Vec<_> = measure.page.into_iter().chain(measure.guidance.children).collect();
    let links = (!links.is_empty()).then(|| {
        let links = links.into_iter().map(|link| view! { <li><a href=link.href>{link.text}</a></li> }).collect_view();
        view! { <ul class="inline">{links}</ul> }
    });
    view! {
        <article class="help__measure" id=id>
            <h4 class="help__name">
                {measure.name}" "<span class="help__id">{measure.id}</span>
            </h4>
            <p>{measure.meaning}</p>
            {pairs(lines)}
            {links}
        </article>
    }
    .into_any()
}

const CARD: [(&str, &str); 9] = [
    (
        "The figure",
        "The value at the as-at date, with what it is a part of: 105 of 120. Follow the name to the measure.",
    ),
    (
        "Target",
        "The standard in force and how the figure stands to it: on target; on target, but not reliably (by chance alone it would miss it in some months); 5.2 short; not yet at this pace (by chance alone it would not reach it).",
    ),
    (
        "Change",
        "The difference from the last extract of the month before, in plain numbers. Most changes from month to month are chance; the verdict says which are not.",
    ),
    (
        "Getting better, getting worse, no real change",
        "The one verdict on the figure, from its chart by calendar month: each month’s own events, or the value in the month’s last extract. A change is more than chance explains and still held within the last three months; it says since which month. The measure’s page says what shows it. Where most children of one month are still there in the next (plans open for two years, children per worker), the figure moves slowly by itself: there the moves from month to month are judged, and the chart has no limits. With fewer than 13 months, or a typical month of fewer than 10 children, it is too few to tell.",
    ),
    (
        "October: 85.9%",
        "The last month of the small chart. It is that month alone and not the figure above it, which counts its own period or date.",
    ),
    ("England", "The newest published figure for England, and between which values the middle half of councils lies."),
    (
        "Small number",
        "Fewer than ten in the denominator: one child moves the figure by ten points or more. Read the list instead.",
    ),
    ("Not supplied", "The extract does not hold what the measure needs. It is not a zero: nothing is known."),
    ("12 late", "The children to act on. The list has exactly as many lines as the link says."),
];

const PAGES: [(&str, &str); 7] = [
    ("Headlines", "How the whole does, in groups of measures, and the way to each service."),
    ("Service", "Its teams against each other. Only what chance cannot explain is marked."),
    ("Team", "The team’s measures and what each worker holds."),
    (
        "Measure",
        "What it means, how it is counted, its course over time, its teams as a funnel, what moves it and what to ask.",
    ),
    ("List", "The children behind a figure, by due date. The privacy screen hides who they are, for projecting."),
    (
        "Attention",
        "Children to talk about, with every reason, and the weekly watch: without a worker, held by managers, not seen for long, perhaps ready to close.",
    ),
    ("Child", "All that happened in order, the clocks that run now, and who has looked."),
];

const REGISTER: [(&str, &str); 5] = [
    (
        "Who is on it",
        "Every child about whom a rule asks a question: several referrals, a second plan, a long plan, no visit, no worker and more. The thresholds are standards of the council.",
    ),
    ("What it is not", "A verdict, or a measure of risk. The order puts the weightier reasons first, for reading."),
    ("A reason since", "The first day on which it was so, as far as the records of the extract show."),
    ("New", "Not on the register of the extract before. The change by team is against that extract too."),
    (
        "Ready to close?",
        "A child in need seen lately, with nothing new and nothing else open. It is a question for the manager.",
    ),
];

const AHEAD: [(&str, &str); 3] = [
    (
        "If nobody acts",
        "The figure in each of the coming four weeks from what is known now: no visit is added, nothing begins, and ends already recorded take place.",
    ),
    ("Falling due", "The last day on which the visit or review is in time. From the next day on it is late."),
    (
        "What would reach the target",
        "The fewest that must be put right, and who has waited longest. Act because the child needs it; the figure follows.",
    ),
];

const ROLES: [(&str, &str); 7] = [
    ("Director", "A service area or all of it, down to the child."),
    ("Head of Service", "The services and teams held, down to the child."),
    ("Team manager", "The manager’s own teams, down to the child."),
    ("Performance analyst", "Everything, and loads the extracts."),
    ("Quality lead", "Everything, to read."),
    ("Member of the council", "Figures only, never a child; counts from 1 to 5 are shown as c."),
    ("Administrator", "People and settings; no figure of a child and no child."),
];

const WORDS: [(&str, &str); 12] = [
    ("As-at date", "The day on which the case system was read. Every figure is as at that day."),
    ("Assessment", "Of a child’s needs under section 17; due within 45 working days of the referral."),
    ("CIN", "Child in need: receives services under section 17 of the Children Act 1989."),
    ("CLA", "Child looked after by the council."),
    ("CP plan", "Child protection plan, made by a child protection conference."),
    ("Extract", "The lists that the case system gives out for a date."),
    ("ICPC, RCPC", "Initial and review child protection conference."),
    ("Section 47", "Enquiry into whether a child is suffering or likely to suffer significant harm."),
    (
        "Funnel",
        "Teams by size and figure. The limits are wide for small teams, whose figures move more by chance; outside 2 standard deviations a team differs, outside 3 clearly. A team of fewer than 10 is drawn and not judged.",
    ),
    ("Truly differs", "Outside the limits within which 99.8% of teams would fall by chance if all were alike."),
    ("Unallocated", "Open without a named worker, or under a name that is no worker’s."),
    ("Working day", "Monday to Friday without bank holidays in England."),
];
