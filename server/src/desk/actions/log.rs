//! `/actions`: what was decided, who answers for it, and is it done?

use super::lines::in_words;
use super::people::{People, may_record};
use super::query::{TABS, Tab, View, after_in_words};
use super::{Today, hand_over, totals};
use crate::desk::export::take_away;
use crate::desk::{ViewerDesk, failed, words};
use crate::notices::end_of_week;
use crate::store::actions::{self, After, Filter, Line, Order};
use crate::store::recommendations;
use app::data::{ActionSection, Link, LogFilter, LogPage, LogQuery, Pick, Tab as TabLink};
use app::desk::Answer;
use app::error::PageError;
use chrono::NaiveDate;
use domain::action::{Level, State, late_when_due_before};
use domain::ids::UserId;
use domain::measures::CORE;
use domain::scope::Role;
use futures_util::future::try_join_all;
use std::collections::BTreeSet;

/// The log's path.
pub(super) const PATH: &str = "/actions";
/// What stands in the audit.
const ACTION: &str = "read actions";
/// Lines a page.
const LINES: usize = 50;
/// Of the viewer's own, and of an export.
pub(super) const MOST: u32 = 5_000;
/// Counted no further: who has more to look through narrows the view, and need not wait for an exact number.
const COUNTED: u32 = 200;

pub(in crate::desk) async fn page(desk: &ViewerDesk, query: &LogQuery) -> Answer<LogPage> {
    if !desk.visit.viewer.scope.reads_children() {
        return desk.deny(ACTION, "actions").await;
    }
    let (people, today) = (People::of(desk).await?, Today::of(desk).await?);
    let view = View::of(query, default_tab(desk, today.date), &people, &today);
    if view.vacant && !hand_over::may(desk) {
        return desk.deny(ACTION, "without a Head of Service").await;
    }
    desk.allow(ACTION, "actions", Some(view.detail())).await?;
    let (sections, next) = sections(desk, &view, &people, &today).await?;
    let shown: usize = sections.iter().map(|section| section.lines.len()).sum();
    let tabs = tabs(desk, &view, &people, &today).await?;
    let total = match (view.tab, tabs.iter().find(|tab| tab.current)) {
        (Tab::Mine, _) | (_, None) => words::count(shown as u64, "action", "actions"),
        (_, Some(tab)) => in_all(tab.count),
    };
    let page = LogPage {
        title: if view.vacant { "Actions without a Head of Service in office" } else { title(view.tab) }.to_owned(),
        about: about(&view).to_owned(),
        tabs,
        filters: filters(desk, query, &people, &today).await?,
        kept: view.kept(),
        views: views(desk, &view),
        total,
        first: view.after.map(|_| view.href(PATH, |_| {})),
        next,
        hand_over: (view.vacant && shown > 0).then(|| hand_over::form(&people, &today)),
        add: may_record(desk).then(|| Link { text: "Add an action".to_owned(), href: "/actions/new".to_owned() }),
        totals: match query.totals {
            Some(_) => totals::tables(desk, &people, today.date).await?,
            None => Vec::new(),
        },
        exports: take_away(|ending| view.href(&format!("{PATH}.{ending}"), |_| {})),
        sections,
    };
    let council = desk.newest().await?;
    Ok(desk.framed(council.as_deref(), page))
}

/// Who acts begins with the own actions, a Director with what is late, everybody else with all.
pub(super) fn default_tab(desk: &ViewerDesk, today: NaiveDate) -> Tab {
    let held = || desk.visit.viewer.grants.iter().filter(|grant| grant.is_valid_on(today)).map(|grant| grant.role);
    if held().any(|role| matches!(role, Role::HeadOfService | Role::TeamManager)) {
        Tab::Mine
    } else if held().any(|role| role == Role::Director) {
        Tab::Late
    } else {
        Tab::All
    }
}

fn title(tab: Tab) -> &'static str {
    match tab {
        Tab::Mine => "Your actions",
        Tab::All => "All actions",
        Tab::Late => "Late actions",
        Tab::Reported => "Actions to be confirmed",
        Tab::Closed => "Closed actions",
    }
}

fn about(view: &View) -> &'static str {
    if view.vacant {
        return "The person accountable has left or is Head of Service no more. Choose the actions and hand them over.";
    }
    match view.tab {
        Tab::Mine => "What you answer for, and what you were given to do.",
        Tab::All => "Every action of your teams, the first due first.",
        Tab::Late => {
            "Open and past the due date. After 1 working day the Head of Service is told, then the Director, then it stands on the agenda: see Standards for the days."
        }
        Tab::Reported => "The Head of Service has reported what changed. A second person confirms it or sends it back.",
        Tab::Closed => "Reported and confirmed by a second person. A later extract can bring one back.",
    }
}

async fn count(desk: &ViewerDesk, filter: &Filter) -> Result<u32, PageError> {
    actions::count_up_to(&desk.state.db, &desk.reader(), filter, COUNTED).await.map_err(failed)
}

fn in_all(count: u64) -> String {
    let words = words::count(count, "action", "actions");
    if count >= u64::from(COUNTED) { format!("{words} or more") } else { words }
}

/// The filters of what is the viewer's own.
fn own(desk: &ViewerDesk, filter: &Filter) -> [Filter; 2] {
    let user = UserId(desk.visit.viewer.user_id);
    let mut open = filter.clone();
    if open.states.is_empty() {
        open.states = vec![State::Open];
    }
    let accountable = Filter { accountable: Some(user), ..open.clone() };
    [accountable, Filter { doer: Some(user), ..open }]
}

/// How many are the viewer's own, each once.
async fn count_own(desk: &ViewerDesk, filter: &Filter) -> Result<u32, PageError> {
    let [accountable, doer] = own(desk, filter);
    let both = Filter { doer: doer.doer, ..accountable.clone() };
    let (accountable, doer) = (count(desk, &accountable).await?, count(desk, &doer).await?);
    let twice = if accountable == 0 || doer == 0 { 0 } else { count(desk, &both).await? };
    Ok((accountable + doer).saturating_sub(twice).min(COUNTED))
}

/// Every line of the view, for an export; or those of a page, and where the next begins.
pub(super) async fn lines(desk: &ViewerDesk, view: &View, most: u32) -> Result<Vec<Line>, PageError> {
    let (db, reader) = (&desk.state.db, desk.reader());
    if view.tab != Tab::Mine {
        return actions::page(db, &reader, &view.filter, Order::Due, view.after, most).await.map_err(failed);
    }
    let mut lines: Vec<Line> = Vec::new();
    for filter in own(desk, &view.filter) {
        for line in actions::page(db, &reader, &filter, Order::Due, None, most).await.map_err(failed)? {
            if !lines.iter().any(|known| known.id == line.id) {
                lines.push(line);
            }
        }
    }
    Ok(lines)
}

async fn sections(
    desk: &ViewerDesk,
    view: &View,
    people: &People,
    today: &Today,
) -> Result<(Vec<ActionSection>, Option<String>), PageError> {
    if view.tab == Tab::Mine {
        return Ok((mine(desk, view, people, today).await?, None));
    }
    let mut lines = lines(desk, view, u32::try_from(LINES + 1).unwrap_or(u32::MAX)).await?;
    let more = lines.len() > LINES;
    lines.truncate(LINES);
    let next = lines.last().filter(|_| more).map(|line| {
        let after = after_in_words(After::line(line));
        view.href(PATH, |query| query.after = Some(after))
    });
    let lines = in_words(desk, &lines, people, today).await?;
    Ok((vec![ActionSection { title: String::new(), lines }], next))
}

/// The viewer's own, each once, under the first heading that fits.
async fn mine(desk: &ViewerDesk, view: &View, people: &People, today: &Today) -> Result<Vec<ActionSection>, PageError> {
    let done = Filter { confirmed: true, ..own(desk, &view.filter)[0].clone() };
    let (db, reader) = (&desk.state.db, desk.reader());
    let done = actions::page(db, &reader, &done, Order::Due, None, MOST).await.map_err(failed)?;
    let done: BTreeSet<i64> = done.iter().map(|line| line.id.0).collect();
    let sunday = end_of_week(today.date);
    let late_before = late_when_due_before(today.date, &today.calendar);
    let user = UserId(desk.visit.viewer.user_id);
    let heading = |line: &Line| {
        if line.accountable != user {
            4
        } else if done.contains(&line.id.0) {
            0
        } else if line.state == State::Open && line.due < late_before {
            1
        } else if line.due <= sunday {
            2
        } else {
            3
        }
    };
    let lines = lines(desk, view, MOST).await?;
    let mut sections = Vec::new();
    for (place, title) in [
        "Waiting for your report: the data shows that it was done",
        "Late",
        "Due this week",
        "Due later",
        "Given to you to do",
    ]
    .into_iter()
    .enumerate()
    {
        let under: Vec<Line> = lines.iter().filter(|line| heading(line) == place).cloned().collect();
        let lines = in_words(desk, &under, people, today).await?;
        sections.push(ActionSection { title: title.to_owned(), lines });
    }
    Ok(sections)
}

/// Each tab with its count, under the filter of this view; they are counted beside each other.
async fn tabs(desk: &ViewerDesk, view: &View, people: &People, today: &Today) -> Result<Vec<TabLink>, PageError> {
    let of = async |(tab, name, text): (Tab, &'static str, &'static str)| {
        let query = view.query_of(name);
        let other = View::of(&query, tab, people, today);
        let count = match tab {
            Tab::Mine => u64::from(count_own(desk, &other.filter).await?),
            _ => u64::from(count(desk, &other.filter).await?),
        };
        Ok(TabLink {
            text: text.to_owned(),
            count,
            href: view.href(PATH, |query| query.tab = Some(name.to_owned())),
            current: view.tab == tab,
            open_ended: count >= u64::from(COUNTED),
        })
    };
    try_join_all(TABS.into_iter().map(of)).await
}

fn views(desk: &ViewerDesk, view: &View) -> Vec<Link> {
    let mut views = vec![
        ("Late enough for the Director", "/actions?tab=late&late=director"),
        ("Late enough for the surgery’s agenda", "/actions?tab=late&late=agenda"),
    ];
    if hand_over::may(desk) && !view.vacant {
        views.push(("Without a Head of Service in office", "/actions?tab=all&office=vacant"));
    }
    views.push(("In numbers: by Head of Service and by team", "/actions?tab=all&totals=yes#totals"));
    views.push(("Recommendations", "/admin/recommendations"));
    views.into_iter().map(|(text, href)| Link { text: text.to_owned(), href: href.to_owned() }).collect()
}

async fn filters(
    desk: &ViewerDesk,
    query: &LogQuery,
    people: &People,
    today: &Today,
) -> Result<Vec<LogFilter>, PageError> {
    let pick = |asked: &Option<String>, value: String, text: String| Pick {
        chosen: asked.as_deref() == Some(value.as_str()),
        value,
        text,
    };
    let heads = people
        .holding(Role::HeadOfService, today.date)
        .map(|known| pick(&query.accountable, known.user.0.to_string(), known.name.clone()))
        .collect();
    let scope = &desk.visit.viewer.scope;
    let teams = today.organisation.teams().filter(|place| scope.allows_children_of(Some(&place.team)));
    let teams = teams.map(|place| pick(&query.team, place.team.clone(), place.team.clone())).collect();
    let levels = Level::ALL.map(|level| pick(&query.level, level.name().to_owned(), level.title().to_owned()));
    let states = State::ALL.map(|state| pick(&query.state, state.name().to_owned(), state.title().to_owned()));
    let late =
        [("yes", "Late"), ("director", "Late enough for the Director"), ("agenda", "Late enough for the agenda")];
    let late = late.map(|(value, text)| pick(&query.late, value.to_owned(), text.to_owned()));
    let measures = CORE.iter().map(|measure| pick(&query.measure, measure.id.to_owned(), measure.name.to_owned()));
    let known = recommendations::all(&desk.state.db).await.map_err(failed)?;
    let known = known.into_iter().map(|one| {
        let text = format!("{} {}: {}", one.source, one.reference, one.title);
        pick(&query.recommendation, one.id.0.to_string(), text)
    });
    let filter = |name: &str, label: &str, all: &str, picks: Vec<Pick>| LogFilter {
        name: name.to_owned(),
        label: label.to_owned(),
        all: all.to_owned(),
        picks,
    };
    let mut filters = vec![
        filter("accountable", "Head of Service", "Every Head of Service", heads),
        filter("team", "Team", "All teams", teams),
        filter("level", "Level", "All levels", levels.to_vec()),
        filter("state", "State", "All states", states.to_vec()),
        filter("late", "Late", "Late or not", late.to_vec()),
        filter("measure", "Measure", "All measures", measures.collect()),
        filter("recommendation", "Recommendation", "All recommendations", known.collect()),
    ];
    filters.retain(|filter| !filter.picks.is_empty());
    Ok(filters)
}

/// What stands in the audit of an export.
pub(super) const EXPORT: &str = "export actions";
