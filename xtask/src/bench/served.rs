//! A server of our own under measurement: started, signed in to, asked over kept connections, ended.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

use super::http::{Connection, Response};
use super::percentile;
use crate::{demo, postgres, steps};

/// Connections that ask at the same time.
pub const CONNECTIONS: usize = 16;
const PATIENCE: Duration = Duration::from_secs(60);

/// A server of our own; dropping it ends it.
pub struct Server {
    process: Child,
    /// Where it answers.
    pub address: SocketAddr,
}

/// How long answers took.
pub struct Times {
    /// How many there were.
    pub requests: usize,
    /// The time below which half of them lie.
    pub p50: Duration,
    /// The same of 95 in a hundred.
    pub p95: Duration,
    /// The same of 99 in a hundred.
    pub p99: Duration,
}

impl Times {
    /// Of these answers.
    pub fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self {
            requests: times.len(),
            p50: percentile(&times, 0.50),
            p95: percentile(&times, 0.95),
            p99: percentile(&times, 0.99),
        }
    }
}

/// Milliseconds, for a table.
pub fn ms(span: Duration) -> f64 {
    span.as_secs_f64() * 1000.0
}

/// Every connection on a thread of its own takes the next request until all are done.
pub fn ask(
    address: SocketAddr,
    cookie: &str,
    path: &str,
    (connections, requests): (usize, usize),
) -> Result<Vec<Duration>> {
    let taken = AtomicUsize::new(0);
    let client = || -> Result<Vec<Duration>> {
        let mut connection = Connection::open(address)?;
        let mut times = Vec::new();
        while taken.fetch_add(1, Ordering::Relaxed) < requests {
            let start = Instant::now();
            get(&mut connection, path, cookie)?;
            times.push(start.elapsed());
        }
        Ok(times)
    };
    thread::scope(|scope| {
        let clients: Vec<_> = (0..connections).map(|_| scope.spawn(client)).collect();
        let mut all = Vec::with_capacity(requests);
        for client in clients {
            all.extend(client.join().map_err(|_| anyhow!("a client of the measurement stopped"))??);
        }
        Ok(all)
    })
}

/// Asks for a page, which must come.
pub fn get(connection: &mut Connection, path: &str, cookie: &str) -> Result<Response> {
    let response = connection.send("GET", path, &[("cookie", cookie)], "")?;
    if response.status != 200 {
        bail!("{path} answered {} instead of 200", response.status);
    }
    Ok(response)
}

/// As the sign-in page's form does it; returns the session's cookie.
pub fn sign_in(address: SocketAddr, persona: &str) -> Result<String> {
    let origin = format!("http://{address}");
    let headers = [("origin", origin.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    let mut connection = Connection::open(address)?;
    let response = connection.send("POST", "/sign-in", &headers, &format!("persona={persona}"))?;
    if response.status != 303 {
        bail!("signing in as {persona} answered {} instead of 303", response.status);
    }
    let cookie = response.header("set-cookie").context("signing in gave no cookie")?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}

impl Server {
    /// Starts one and waits until it answers.
    pub fn start(binary: &Path, database: &Path) -> Result<Self> {
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
