//! The heaviest page that people open all day, a list of 200 children, asked for over kept connections.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;

use super::http::Connection;
use super::served::{CONNECTIONS, Server, Times, ask, get, ms, sign_in};
use crate::demo::{self, Demo};

const PAGE: &str = "/measures/ALL-01/children?size=200";
const CHILDREN: u32 = 2_000;
const WEEKS: u32 = 4;

/// What the load came to.
pub struct Served {
    page_kb: f64,
    times: Times,
    a_second: f64,
}

/// Starts a server with a demonstration, signs in as its Director and asks for the page again and again.
pub fn measure(binary: &Path, folder: &Path, requests: usize) -> Result<Served> {
    let database = folder.join("pages.db");
    demo::load(binary, &Demo { children: CHILDREN, months: 0, weeks: WEEKS }, &folder.join("pages"), &database)?;
    let server = Server::start(binary, &database)?;
    let cookie = sign_in(server.address, "director")?;
    // Warm: caches filled, and a page that does not come says so before the clock runs.
    let page = get(&mut Connection::open(server.address)?, PAGE, &cookie)?;

    let start = Instant::now();
    let times = ask(server.address, &cookie, PAGE, (CONNECTIONS, requests))?;
    let a_second = times.len() as f64 / start.elapsed().as_secs_f64();
    Ok(Served { page_kb: page.body.len() as f64 / 1000.0, times: Times::of(times), a_second })
}

impl Served {
    /// The figures as a table in Markdown.
    pub fn table(&self) -> String {
        format!(
            "## The list page under load\n\n`{PAGE}` of {CHILDREN} children and {WEEKS} weekly extracts, signed in as \
             the Director, {CONNECTIONS} kept connections, client and server on the same cores.\n\n\
             | requests | page, kB | p50, ms | p95, ms | p99, ms | requests a second |\n\
             |---:|---:|---:|---:|---:|---:|\n| {} | {:.0} | {:.1} | {:.1} | {:.1} | {:.0} |\n\n",
            self.times.requests,
            self.page_kb,
            ms(self.times.p50),
            ms(self.times.p95),
            ms(self.times.p99),
            self.a_second
        )
    }
}
