//! The heaviest page that people open all day, a list of 200 children, asked for over kept connections.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

use super::http::{Connection, Response};
use super::percentile;
use crate::demo::{self, Demo};
use crate::{postgres, steps};

const PAGE: &str = "/measures/ALL-01/children?size=200";
const CONNECTIONS: usize = 16;
const CHILDREN: u32 = 2_000;
const WEEKS: u32 = 4;
const PATIENCE: Duration = Duration::from_secs(60);

/// What the load came to.
pub struct Served {
    requests: usize,
    page_kb: f64,
    p50: Duration,
    p95: Duration,
    p99: Duration,
    a_second: f64,
}

/// A server of our own; dropping it ends it.
struct Server {
    process: Child,
    address: SocketAddr,
}

/// Starts a server with a demonstration, signs in as its Director and asks for the page again and again.
pub fn measure(binary: &Path, folder: &Path, requests: usize) -> Result<Served> {
    let database = folder.join("pages.db");
    demo::load(binary, &Demo { children: CHILDREN, weeks: WEEKS }, &folder.join("pages"), &database)?;
    let server = Server::start(binary, &database)?;
    let cookie = sign_in(server.address)?;
    // Warm: caches filled, and a page that does not come says so before the clock runs.
    let page = get(&mut Connection::open(server.address)?, &cookie)?;

    let start = Instant::now();
    let mut times = ask(server.address, &cookie, requests)?;
    let took = start.elapsed();
    times.sort_unstable();
    Ok(Served {
        requests: times.len(),
        page_kb: page.body.len() as f64 / 1000.0,
        p50: percentile(&times, 0.50),
        p95: percentile(&times, 0.95),
        p99: percentile(&times, 0.99),
        a_second: times.len() as f64 / took.as_secs_f64(),
    })
}

impl Served {
    /// The figures as a table in Markdown.
    pub fn table(&self) -> String {
        let ms = |span: Duration| span.as_secs_f64() * 1000.0;
        format!(
            "## The list page under load\n\n`{PAGE}` of {CHILDREN} children and {WEEKS} weekly extracts, signed in as \
             the Director, {CONNECTIONS} kept connections, client and server on the same cores.\n\n\
             | requests | page, kB | p50, ms | p95, ms | p99, ms | requests a second |\n\
             |---:|---:|---:|---:|---:|---:|\n| {} | {:.0} | {:.1} | {:.1} | {:.1} | {:.0} |\n\n",
            self.requests,
            self.page_kb,
            ms(self.p50),
            ms(self.p95),
            ms(self.p99),
            self.a_second
        )
    }
}

/// Every connection on a thread of its own takes the next request until all are done.
fn ask(address: SocketAddr, cookie: &str, requests: usize) -> Result<Vec<Duration>> {
    let taken = AtomicUsize::new(0);
    let client = || -> Result<Vec<Duration>> {
        let mut connection = Connection::open(address)?;
        let mut times = Vec::new();
        while taken.fetch_add(1, Ordering::Relaxed) < requests {
            let start = Instant::now();
            get(&mut connection, cookie)?;
            times.push(start.elapsed());
        }
        Ok(times)
    };
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(client)).collect();
        let mut all = Vec::with_capacity(requests);
        for client in clients {
            all.extend(client.join().map_err(|_| anyhow!("a client of the measurement stopped"))??);
        }
        Ok(all)
    })
}

fn get(connection: &mut Connection, cookie: &str) -> Result<Response> {
    let response = connection.send("GET", PAGE, &[("cookie", cookie)], "")?;
    if response.status != 200 {
        bail!("{PAGE} answered {} instead of 200", response.status);
    }
    Ok(response)
}

/// As the sign-in page's form does it; returns the session's cookie.
fn sign_in(address: SocketAddr) -> Result<String> {
    let origin = format!("http://{address}");
    let headers = [("origin", origin.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    let mut connection = Connection::open(address)?;
    let response = connection.send("POST", "/sign-in", &headers, "persona=director")?;
    if response.status != 303 {
        bail!("signing in as the Director answered {} instead of 303", response.status);
    }
    let cookie = response.header("set-cookie").context("signing in gave no cookie")?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}

impl Server {
    fn start(binary: &Path, database: &Path) -> Result<Self> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, postgres::free_port()?));
        let mut serve = steps::command(binary);
        serve
            .args(["serve", "--listen", &address.to_string()])
            .env("DATABASE_URL", demo::address(database))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut server = Self { process: serve.spawn().context("surgery could not be started")?, address };
        server.wait()?;
        Ok(server)
    }

    fn wait(&mut self) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(status) = self.process.try_wait()? {
                bail!("surgery ended at once with {status}");
            }
            let asked = Connection::open(self.address);
            let answer = asked.and_then(|mut connection| connection.send("GET", "/healthz", &[], ""));
            if answer.is_ok_and(|answer| answer.status == 200) {
                return Ok(());
            }
            sleep(Duration::from_millis(50));
        }
        bail!("surgery did not answer /healthz within {} s", PATIENCE.as_secs())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().and_then(|()| self.process.wait()).ok();
    }
}
