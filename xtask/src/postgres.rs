//! A PostgreSQL of the tests' own: in a temporary folder, on a free port, gone at the end.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::debian;
use crate::steps::{self, which};

const PATIENCE: Duration = Duration::from_secs(60);

/// A running server; dropping it stops it and removes its files.
pub struct Postgres {
    server: Child,
    port: u16,
    folder: TempDir,
}

/// PostgreSQL refuses to run as root; then it runs as the user that its package makes.
struct Runner {
    user: Option<(u32, u32)>,
}

impl Postgres {
    /// Installs PostgreSQL where it is missing, makes a cluster and starts it.
    pub fn start() -> Result<Self> {
        let bin = ensure_installed()?;
        let runner = Runner::find()?;
        let folder = tempfile::Builder::new().prefix("surgery-postgres-").tempdir()?;
        runner.give(folder.path())?;
        let data = folder.path().join("data");
        let mut init = runner.command(&bin.join("initdb"));
        init.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"])
            .arg("--pgdata")
            .arg(&data);
        steps::output(&mut init).context("the database cluster could not be made")?;

        let port = free_port()?;
        let log = fs::File::create(folder.path().join("log"))?;
        let mut serve = runner.command(&bin.join("postgres"));
        serve
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(folder.path())
            .args(["-p", &port.to_string()])
            .args(["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=300"])
            // The data is thrown away: nothing need outlive a power cut.
            .args(["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"])
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        let server = serve.spawn().context("PostgreSQL could not be started")?;
        let mut postgres = Self { server, port, folder };
        postgres.wait(&bin)?;
        Ok(postgres)
    }

    /// The address of its database `postgres`, in which tests make their own.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn wait(&mut self, bin: &Path) -> Result<()> {
        let start = Instant::now();
        let port = self.port.to_string();
        while start.elapsed() < PATIENCE {
            if let Some(status) = self.server.try_wait()? {
                let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
                bail!("PostgreSQL ended at once with {status}: {}", log.trim());
            }
            let mut ask = steps::command(bin.join("pg_isready"));
            let ready = ask.args(["--quiet", "--host=127.0.0.1", "--port", &port]);
            if TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_ok() && steps::output(ready).is_ok() {
                return Ok(());
            }
            sleep(Duration::from_millis(100));
        }
        bail!("PostgreSQL was not ready after {} s", PATIENCE.as_secs())
    }
}

impl Drop for Postgres {
    /// First the fast shutdown of SIGINT, which closes connections; then no more waiting.
    fn drop(&mut self) {
        let pid = self.server.id().to_string();
        let asked = steps::output(steps::command("kill").args(["-INT", &pid])).is_ok();
        let start = Instant::now();
        while asked && start.elapsed() < Duration::from_secs(10) {
            if !matches!(self.server.try_wait(), Ok(None)) {
                return;
            }
            sleep(Duration::from_millis(50));
        }
        self.server.kill().and_then(|()| self.server.wait()).ok();
    }
}

impl Runner {
    fn find() -> Result<Self> {
        if !debian::is_root() {
            return Ok(Self { user: None });
        }
        let id = |kind: &str| -> Result<u32> {
            let text = steps::output(steps::command("id").args([kind, "postgres"]))
                .context("PostgreSQL does not run as root, and there is no user \"postgres\" to run it as")?;
            Ok(text.trim().parse()?)
        };
        Ok(Self { user: Some((id("-u")?, id("-g")?)) })
    }

    fn give(&self, folder: &Path) -> Result<()> {
        match self.user {
            Some((user, group)) => chown(folder, Some(user), Some(group))
                .with_context(|| format!("{} cannot be given to postgres", folder.display())),
            None => Ok(()),
        }
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir("/");
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        command
    }
}

/// The folder of `initdb`, `postgres` and `pg_isready`.
fn ensure_installed() -> Result<PathBuf> {
    if let Some(bin) = find() {
        return Ok(bin);
    }
    debian::install(&["postgresql"], "PostgreSQL")?;
    find().context("postgresql was installed, but its programs are not under /usr/lib/postgresql")
}

/// Debian keeps them apart by version, newest wins; elsewhere they are on the PATH.
fn find() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").is_file() && bin.join("postgres").is_file())
        .collect();
    versions.sort();
    versions.pop().map(|(_, bin)| bin).or_else(|| Some(which("initdb")?.parent()?.to_path_buf()))
}

/// A port that nobody listens on now.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_free_ports_are_there_to_be_had() {
        assert_ne!(free_port().unwrap(), 0);
    }
}
