//! A page as at a past extract beside the same page as at the newest, over 52 weeks.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};

use super::http::Connection;
use super::served::{CONNECTIONS, Server, Times, ask, get, ms, sign_in};
use crate::demo::{self, Demo};

const CHILDREN: u32 = 2_000;
const WEEKS: u32 = 52;
/// Past extracts asked for, spread over all of them.
const PAST: usize = 8;
/// Requests of a page as at one extract.
const REQUESTS: usize = 200;
/// How many times as long a page of the past may take.
const GOAL: f64 = 2.0;

/// One page, measured.
struct Line {
    page: &'static str,
    newest: Times,
    past: Times,
    /// The first time that a past extract is asked for, when it is read from its records.
    first: Duration,
}

/// Every page, measured.
pub struct Past {
    lines: Vec<Line>,
}

/// Starts a server with a year of extracts and asks for each page as at the newest and at past ones.
pub fn measure(binary: &Path, folder: &Path) -> Result<Past> {
    let database = folder.join("past.db");
    demo::load(binary, &Demo { children: CHILDREN, months: 0, weeks: WEEKS }, &folder.join("past"), &database)?;
    let server = Server::start(binary, &database)?;
    let cookie = sign_in(server.address, "director")?;
    let mut connection = Connection::open(server.address)?;
    let mut text = |path: &str| -> Result<String> {
        Ok(String::from_utf8_lossy(&get(&mut connection, path, &cookie)?.body).into_owned())
    };
    let home = text("/")?;
    let dates = dates(&home);
    let service = link(&home, "/services/").context("the headlines lead to no service")?;
    let team = link(&text(&service)?, "/teams/").context("the service leads to no team")?;
    let list = "/measures/CPP-01/children".to_owned();
    let child = link(&text(&list)?, "/children/").context("the list leads to no child")?;
    let pages = [
        ("headlines", "/".to_owned()),
        ("a service", service),
        ("a team", team),
        ("a measure", "/measures/CPP-01".to_owned()),
        ("a list", list),
        ("a child", child),
    ];
    let mut lines = Vec::new();
    for (page, path) in pages {
        get(&mut Connection::open(server.address)?, &path, &cookie)?;
        let newest = Times::of(ask(server.address, &cookie, &path, (CONNECTIONS, REQUESTS))?);
        let (mut past, mut first) = (Vec::new(), Duration::ZERO);
        for date in dates.iter().step_by((dates.len() / PAST).max(1)) {
            let path = format!("{path}?as_at={date}");
            let start = std::time::Instant::now();
            // A child that was not known then has no page then.
            if Connection::open(server.address)?.send("GET", &path, &[("cookie", &cookie)], "")?.status != 200 {
                continue;
            }
            first = first.max(start.elapsed());
            past.extend(ask(server.address, &cookie, &path, (CONNECTIONS, REQUESTS))?);
        }
        lines.push(Line { page, newest, past: Times::of(past), first });
    }
    Ok(Past { lines })
}

/// The dates of the form in the headlines' frame, the newest apart.
fn dates(home: &str) -> Vec<String> {
    let Some((_, select)) = home.split_once("name=\"as_at\"") else { return Vec::new() };
    let select = select.split("</select>").next().unwrap_or_default();
    let values = select.split("value=\"").skip(1).filter_map(|rest| rest.split('"').next());
    values.filter(|value| value.len() == 10).map(str::to_owned).collect()
}

/// The first address on a page that begins so, without its query.
fn link(page: &str, begins: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("href=\"{begins}"))?;
    let end = rest.split(['"', '?', '#']).next()?;
    Some(format!("{begins}{}", end.replace("&amp;", "&")))
}

impl Past {
    /// The figures as a table in Markdown.
    pub fn table(&self) -> String {
        let mut text = format!(
            "## Pages of the past\n\nAs at {PAST} past extracts of {WEEKS}, beside the newest, as the Director; the goal \
             is {GOAL} times the newest's p95. “First” is the slowest answer when a past extract was asked for the \
             first time by anyone on that page.\n\n\
             | page | newest p95, ms | past p95, ms | times | first, ms |\n|---|---:|---:|---:|---:|\n"
        );
        for line in &self.lines {
            text += &format!(
                "| {} | {:.1} | {:.1} | {:.2} | {:.0} |\n",
                line.page,
                ms(line.newest.p95),
                ms(line.past.p95),
                line.past.p95.as_secs_f64() / line.newest.p95.as_secs_f64().max(1e-6),
                ms(line.first)
            );
        }
        text + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_links_are_read_off_a_page() {
        let page = "<select name=\"as_at\"><option value=\"\">Newest</option><option value=\"2026-10-23\"></option>\
                    </select><a href=\"/teams/A%20B?as_at=2026-10-23\">";
        assert_eq!(dates(page), ["2026-10-23"]);
        assert_eq!(link(page, "/teams/").as_deref(), Some("/teams/A%20B"));
        assert_eq!(link(page, "/children/"), None);
    }
}
