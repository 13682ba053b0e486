//! `/attention`: which children should be talked about, and why? Five lists over the same children: those who require
//! attention, and the weekly watch.

mod file;
mod rows;
pub(super) mod time;
mod totals;
mod view;

use crate::council::{Council, OnRegister, Register};
use crate::desk::choices::Choices;
use crate::desk::export::take_away;
use crate::desk::here::Here;
use crate::desk::measure::place;
use crate::desk::shown::Shown;
use crate::desk::{ViewerDesk, failed, links, words};
use crate::reading::{self, RegisterPast, Selection};
use app::data::{Choice, RegisterPage, RegisterQuery, Tab};
use app::desk::Answer;
use app::error::PageError;
use domain::registers::rule;
pub use file::file;
use std::sync::Arc;
use view::{ORDERS, View};

/// What stands in the audit.
const ACTION: &str = "read register";
/// Lines a page.
const LINES: usize = 50;

/// Each list with its name in the address, on its tab and above the page.
const LISTS: [(Register, &str, &str, &str); 5] = [
    (Register::Attention, "attention", "Requiring attention", "Children requiring attention"),
    (Register::Unallocated, "unallocated", "Without a worker", "Children without an allocated worker"),
    (Register::Managers, "managers", "Held by managers", "Children held by managers"),
    (Register::Dormant, "dormant", "Not seen for long", "Children in need not seen for long"),
    (Register::Closing, "closing", "Ready to close?", "Cases that may be ready to close"),
];

/// The lines a viewer may read of the selection, before a reason or a page is chosen.
type Lines = Vec<Arc<OnRegister>>;

pub(super) async fn page(desk: &ViewerDesk, query: &RegisterQuery) -> Answer<RegisterPage> {
    let scope = &desk.visit.viewer.scope;
    let view = View::of(query);
    if !scope.reads_children() {
        return desk.deny(ACTION, view.name()).await;
    }
    let Some(council) = desk.council().await? else {
        let page = RegisterPage { title: view.title().to_owned(), pages: 1, page: 1, ..RegisterPage::default() };
        return Ok(desk.framed(None, page));
    };
    let shown = Shown::on(desk, &council).await?;
    let all = read(desk, &council, view.register, &view.selection).await?;
    let past = past(desk, &council, &view).await?;
    let tabs = tabs(desk, &council, &view, all.len()).await?;
    let (services, teams) = places(desk, &council, &view).await?;
    // On record before any of it is laid out.
    desk.allow(ACTION, view.name(), Some(view.detail(council.links()))).await?;
    let mut lines: Vec<&Arc<OnRegister>> = all.iter().filter(|line| view.has(line)).collect();
    view.order.sort(&mut lines, &past.stays);
    let total = lines.len();
    let pages = total.div_ceil(LINES).max(1);
    let number = view.page.clamp(1, pages);
    let rows = lines.iter().skip((number - 1) * LINES).take(LINES);
    let place = place(&view.selection, scope.reaches_everything());
    let before = past.weeks.iter().rev().nth(1);
    let earlier: Vec<_> = time::BACK.into_iter().filter_map(|days| time::back(&past.weeks, days)).collect();
    let page = RegisterPage {
        title: view.title().to_owned(),
        about: about(view.register, &council),
        tabs,
        services,
        teams,
        kept: view.kept_by_filters(council.links()),
        reasons: totals::by_reason(&council, &view, &all),
        by_team: past
            .weeks
            .last()
            .map(|now| totals::by_team(&council, &view, now, &earlier, before))
            .unwrap_or_default(),
        pace: time::pace(view.register, &past.weeks),
        trend: time::trend(view.register, &trend_title(&view, &council, &place), &past.weeks),
        trend_first: time::is_watched(view.register),
        then: earlier.iter().map(|week| words::date(week.as_at)).collect(),
        since: before.map(|week| format!("Since {}", words::date(week.as_at))),
        dated: rows::dated(view.register).map(str::to_owned),
        stay: Some(time::heading(&council, &view)),
        orders: ORDERS
            .iter()
            .map(|(order, name)| Choice { value: (*name).to_owned(), chosen: view.order == *order })
            .collect(),
        rows: rows.map(|line| rows::row(&council, line, &shown, past.stays.get(&line.child_id).copied())).collect(),
        place,
        total: total as u64,
        page: number as u64,
        pages: pages as u64,
        exports: take_away(|ending| view.export_href(council.links(), ending)),
        previous: (number > 1).then(|| view.href(council.links(), |view| view.page = number - 1)),
        next: (number < pages).then(|| view.href(council.links(), |view| view.page = number + 1)),
    };
    let here = Here::with(links::ATTENTION.to_owned(), view.everything());
    Ok(desk.framed_at(Some(&council), Some(here), page))
}

async fn read(
    desk: &ViewerDesk,
    council: &Council,
    which: Register,
    selection: &Selection,
) -> Result<Lines, PageError> {
    reading::register(&desk.state.db, council, &desk.visit.viewer.scope, which, selection).await.map_err(failed)
}

/// The same lines over time: counted with each extract and kept, so that no other extract is read for it.
async fn past(desk: &ViewerDesk, council: &Council, view: &View) -> Result<RegisterPast, PageError> {
    let cache = (&*desk.state.council, desk.visit.version);
    let (db, scope) = (&desk.state.db, &desk.visit.viewer.scope);
    let asked = (&view.selection, view.reason);
    reading::register_past(db, council, cache, scope, view.register, asked).await.map_err(failed)
}

/// "Children held by managers, North Team 1".
fn trend_title(view: &View, council: &Council, place: &str) -> String {
    let reason = view.reason.and_then(rule).map(|rule| format!(": {}", rule.name_text(&council.standards)));
    format!("{}{}, {}", view.title(), reason.unwrap_or_default(), place)
}

/// Every list with its lines; `open` are those of the one that is shown.
async fn tabs(desk: &ViewerDesk, council: &Council, view: &View, open: usize) -> Result<Vec<Tab>, PageError> {
    let mut tabs = Vec::with_capacity(LISTS.len());
    for (register, _, text, _) in LISTS {
        let lines =
            if view.register == register { open } else { read(desk, council, register, &view.selection).await?.len() };
        tabs.push(Tab {
            text: text.to_owned(),
            count: lines as u64,
            href: view.href(council.links(), |view| {
                view.register = register;
                view.reason = None;
                view.page = 1;
            }),
            current: view.register == register,
            open_ended: false,
        });
    }
    Ok(tabs)
}

/// Services and teams to choose from: those in scope, and what stands on lines the viewer may read.
async fn places(desk: &ViewerDesk, council: &Council, view: &View) -> Result<(Vec<Choice>, Vec<Choice>), PageError> {
    let lines = read(desk, council, view.register, &Selection::default()).await?;
    let mut choices = Choices::in_scope(council, &desk.visit.viewer.scope, &view.selection);
    lines.iter().for_each(|line| choices.note_team(line.team.as_ref()));
    Ok((choices.services(), choices.teams()))
}

/// What a register is, and what it is not.
fn about(register: Register, council: &Council) -> String {
    match register {
        Register::Attention => {
            "Children about whom one or more rules ask a question. The order is one for reading, and no measure of risk: \
             only who knows the child can say."
                .to_owned()
        }
        Register::Unallocated => {
            "Open children without a named worker, or under a name that is no worker’s. Who answers for each of them \
             today?"
                .to_owned()
        }
        Register::Managers => {
            "Open children whose worker is a manager, by the list of the organisation or the role in the workforce file. \
             Who takes each case over, and when?"
                .to_owned()
        }
        Register::Dormant => format!(
            "Children in need who have not been seen for more than {} days. Each line is a period of need.",
            council.standards.dormant_days
        ),
        Register::Closing => {
            "Each line is a question for the manager, and no verdict: only who knows the child can say whether the case \
             is ready to close."
                .to_owned()
        }
    }
}
