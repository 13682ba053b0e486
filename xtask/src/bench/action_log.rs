//! The action log when it has grown for years: 100,000 actions, filtered and paged, for who sees all and for who sees
//! some teams.

use std::path::Path;

use anyhow::{Context, Result};

use super::http::Connection;
use super::served::{Server, Times, ask, get, ms, sign_in};
use crate::demo::{self, Demo};
use crate::steps;

const ACTIONS: u32 = 100_000;
const CHILDREN: u32 = 2_000;
/// The p95 that the log is held to, in milliseconds.
const GOAL: f64 = 15.0;
/// Requests of each view.
const REQUESTS: usize = 200;

/// Who reads: the sign-in page's button, and in words.
const READERS: [(&str, &str); 3] =
    [("director", "Director"), ("head-of-service", "Head of Service"), ("team-manager", "team manager")];

/// What is asked for: in words, and the address. `{head}` is a Head of Service, `{team}` a team, as the log's own form
/// has them.
const VIEWS: [(&str, &str); 7] = [
    ("all", "/actions?tab=all"),
    ("of a Head of Service", "/actions?tab=all&accountable={head}"),
    ("of a team", "/actions?tab=all&team={team}"),
    ("late", "/actions?tab=late"),
    ("late, of a team", "/actions?tab=late&team={team}"),
    ("closed", "/actions?tab=closed"),
    ("far behind", "/actions?tab=all&after=2026-04-01.50000"),
];

/// The log, measured.
pub struct Log {
    lines: Vec<(&'static str, &'static str, Times)>,
}

/// Fills the log of a demonstration and asks for it, view by view.
pub fn measure(binary: &Path, folder: &Path) -> Result<Log> {
    let database = folder.join("action-log.db");
    demo::load(binary, &Demo { children: CHILDREN, months: 0, weeks: 2 }, &folder.join("action-log"), &database)?;
    let mut fill = steps::command(binary);
    fill.args(["fill-actions", "--count", &ACTIONS.to_string()]).env("DATABASE_URL", demo::address(&database));
    steps::run(&mut fill)?;
    let server = Server::start(binary, &database)?;
    let mut lines = Vec::new();
    for (persona, reader) in READERS {
        let cookie = sign_in(server.address, persona)?;
        let page = get(&mut Connection::open(server.address)?, "/actions?tab=all", &cookie)?;
        let log = String::from_utf8_lossy(&page.body).into_owned();
        let head = choice(&log, "accountable").context("the log's form names no Head of Service")?;
        let team = choice(&log, "team").context("the log's form names no team")?;
        for (words, view) in VIEWS {
            let path = view.replace("{head}", &head).replace("{team}", &in_address(&team));
            get(&mut Connection::open(server.address)?, &path, &cookie)?;
            lines.push((reader, words, Times::of(ask(server.address, &cookie, &path, (1, REQUESTS))?)));
        }
    }
    Ok(Log { lines })
}

/// The first value, after that for all, of a drop-down of this name.
fn choice(page: &str, name: &str) -> Option<String> {
    let select = page.split_once(&format!("name=\"{name}\""))?.1.split_once("</select>")?.0;
    let mut values = select.split("value=\"").skip(1).filter_map(|rest| rest.split('"').next());
    values.find(|value| !value.is_empty()).map(|value| value.replace("&amp;", "&"))
}

fn in_address(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

impl Log {
    /// The figures as a table in Markdown.
    pub fn table(&self) -> String {
        let mut text = format!(
            "## The action log\n\n{ACTIONS} actions of {CHILDREN} children; 50 lines a page with the tabs' counts and \
             its audit row committed, one request after the other. The goal is a p95 of {GOAL} ms.\n\n\
             | reader | actions | requests | p50, ms | p95, ms | p99, ms |\n|---|---|---:|---:|---:|---:|\n"
        );
        for (reader, words, times) in &self.lines {
            text += &format!(
                "| {reader} | {words} | {} | {:.1} | {:.1} | {:.1} |\n",
                times.requests,
                ms(times.p50),
                ms(times.p95),
                ms(times.p99)
            );
        }
        let over = self.lines.iter().filter(|(.., times)| ms(times.p95) > GOAL).count();
        text + &match over {
            0 => "\nEvery view keeps to it.\n\n".to_owned(),
            over => format!("\n{over} of {} views do not keep to it.\n\n", self.lines.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_choice_of_a_form_is_read() {
        let page =
            "<select name=\"team\"><option value=\"\">All</option><option value=\"A &amp; B\">A</option></select>";
        assert_eq!(choice(page, "team").as_deref(), Some("A & B"));
        assert_eq!(choice(page, "accountable"), None);
        assert_eq!(in_address("A & B"), "A%20%26%20B");
    }
}
