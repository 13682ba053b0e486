//! `/notices`: what waits for the viewer, the way to the own calendar, and whether e-mail is sent. And the same in numbers,
//! for the home page.

use super::Today;
use super::lines::in_words;
use super::people::People;
use crate::desk::links::with_query;
use crate::desk::surgeries::remit_words;
use crate::desk::{ViewerDesk, failed, words};
use crate::notices::{self, Kind, Waiting};
use crate::state::{AppState, Visit};
use crate::store::actions::Line;
use crate::store::{feeds, messages, users};
use app::data::{CalendarPanel, Link, NoticeSection, NoticesPage, Page};
use app::desk::Answer;
use app::error::PageError;

/// The page's path.
const PATH: &str = "/notices";
/// What stands in the audit.
const ACTION: &str = "read notices";
/// Lines under one heading.
const LINES: usize = 50;

pub(in crate::desk) async fn page(desk: &ViewerDesk) -> Answer<NoticesPage> {
    if !desk.visit.viewer.scope.reads_children() {
        return desk.deny(ACTION, "notices").await;
    }
    let waiting = waiting(desk).await?;
    desk.allow(ACTION, "notices", Some(words::count(waiting.count(), "notice", "notices"))).await?;
    let body = NoticesPage {
        sections: sections(desk, &waiting).await?,
        total: words::count(waiting.count(), "thing waits for you", "things wait for you"),
        mail: mail(desk).await?,
        calendar: calendar(desk).await?,
    };
    let council = desk.newest().await?;
    Ok(counted(desk.framed(council.as_deref(), body), &waiting))
}

/// The page after the calendar was given an address, which stands on it this once.
///
/// # Errors
/// As the page's.
pub async fn with_address(state: &AppState, visit: &Visit, address: String) -> Answer<NoticesPage> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    let mut page = page(&desk).await?;
    page.body.calendar.address = Some(address);
    Ok(page)
}

/// The header says what the page shows.
fn counted<T>(mut page: Page<T>, waiting: &Waiting) -> Page<T> {
    page.frame.waiting = Some(waiting.count());
    page
}

async fn waiting(desk: &ViewerDesk) -> Result<Waiting, PageError> {
    let waiting = notices::waiting(&desk.state, &desk.visit).await.map_err(failed)?;
    desk.state.notices.keep(&desk.state, &desk.visit, waiting.count());
    Ok(waiting)
}

/// The kinds that hold something, each with its actions.
fn by_kind(waiting: &Waiting) -> Vec<(Kind, Vec<&Line>)> {
    let under = |kind| waiting.once().filter(|notice| notice.kind == kind).map(|notice| &notice.line).collect();
    Kind::ALL.into_iter().map(|kind| (kind, under(kind))).collect()
}

async fn sections(desk: &ViewerDesk, waiting: &Waiting) -> Result<Vec<NoticeSection>, PageError> {
    let (people, today) = (People::of(desk).await?, Today::of(desk).await?);
    let mut sections = Vec::new();
    for (kind, lines) in by_kind(waiting) {
        let shown: Vec<Line> = lines.iter().take(LINES).map(|line| (*line).clone()).collect();
        let hidden = (lines.len() - shown.len()) as u64;
        let surgeries = if kind == Kind::ToPrepare { surgeries(waiting, &people) } else { Vec::new() };
        if shown.is_empty() && surgeries.is_empty() {
            continue;
        }
        sections.push(NoticeSection {
            id: kind.name().to_owned(),
            title: kind.title().to_owned(),
            about: kind.about().to_owned(),
            number: words::thousands((lines.len() + surgeries.len()) as u64),
            lines: in_words(desk, &shown, &people, &today).await?,
            surgeries,
            more: (hidden > 0).then(|| Link {
                text: format!("And {} more, on the log", words::thousands(hidden)),
                href: on_the_log(kind),
            }),
        });
    }
    Ok(sections)
}

fn surgeries(waiting: &Waiting, people: &People) -> Vec<(Link, String)> {
    let row = |one: &notices::Coming| {
        let link = Link { text: format!("{}: {}", words::day(one.day), remit_words(&one.remit)), href: one.path() };
        (link, format!("Led by {}", people.name(one.leader)))
    };
    waiting.surgeries.iter().map(row).collect()
}

fn on_the_log(kind: Kind) -> String {
    let query: &[(&str, &str)] = match kind {
        Kind::ToConfirm => &[("tab", "reported")],
        Kind::OnAgenda => &[("tab", "late"), ("late", "agenda")],
        Kind::Escalated => &[("tab", "late"), ("late", "director")],
        _ => &[("tab", "mine")],
    };
    let query: Vec<(&'static str, String)> = query.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    with_query("/actions", &query)
}

/// Whether the viewer is written to, and when that was last.
async fn mail(desk: &ViewerDesk) -> Result<String, PageError> {
    if !desk.state.writes {
        return Ok(
            "This site sends no e-mail: what waits for you stands here and in the header of every page.".to_owned()
        );
    }
    let (db, user) = (&desk.state.db, desk.visit.viewer.user_id);
    let last = messages::last_sent(db, user).await.map_err(failed)?;
    let last = last.map_or_else(String::new, |at| format!(" You were last written to on {}.", words::time(at)));
    let own = users::somebody(db, user).await.map_err(failed)?.and_then(|somebody| somebody.email);
    let to = own.map_or_else(
        || "You are written to at the address that the organisation’s list has for you, if it has one".to_owned(),
        |address| format!("You are written to at {address}"),
    );
    Ok(format!(
        "{to}: once about each step, on working days, with numbers and links only. Your administrator sets the address.{last}"
    ))
}

async fn calendar(desk: &ViewerDesk) -> Result<CalendarPanel, PageError> {
    let feed = feeds::of_user(&desk.state.db, desk.visit.viewer.user_id).await.map_err(failed)?;
    let state = match feed {
        None => "Your calendar has no address yet.".to_owned(),
        Some(feed) => {
            let fetched = feed.fetched_at.map_or_else(
                || "It has not been fetched yet.".to_owned(),
                |at| format!("It was last fetched on {}.", words::time(at)),
            );
            format!("Your calendar has an address since {}. {fetched}", words::time(feed.made_at))
        }
    };
    Ok(CalendarPanel { has_address: feed.is_some(), state, address: None })
}

/// What waits for the viewer in numbers, and how many things that is: for the home page.
pub(in crate::desk) async fn in_short(desk: &ViewerDesk) -> Result<Vec<Link>, PageError> {
    if !desk.visit.viewer.scope.reads_children() {
        return Ok(Vec::new());
    }
    let waiting = waiting(desk).await?;
    let mut links = Vec::new();
    for (kind, lines) in by_kind(&waiting) {
        let number = if kind == Kind::ToPrepare { waiting.surgeries.len() } else { lines.len() };
        if number > 0 {
            let (one, many) = kind.words();
            let text = words::count(number as u64, one, many);
            links.push(Link { text, href: format!("{PATH}#{}", kind.name()) });
        }
    }
    Ok(links)
}
