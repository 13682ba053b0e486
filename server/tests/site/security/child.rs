//! A server of its own, as it runs in earnest: real sockets, and memory that the system counts.

use crate::common::PASSWORD;
use domain::scope::{Area, Grant, Role};
use server::accounts;
use server::clock::Clock;
use server::db::Db;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A running `surgery serve`; it ends with this.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    _folder: tempfile::TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts it on an empty database with these accounts, which all have [`PASSWORD`].
    pub async fn start(accounts: &[(&str, Role)], options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}", folder.path().join("surgery.db").display());
        let db = Db::open(&database).await.unwrap();
        let clock = Clock::real();
        for (name, role) in accounts {
            let grant = Grant { role: *role, area: Area::All, valid_from: None, valid_to: None };
            accounts::add_user(&db, &clock, name, "A Person", PASSWORD, &[grant]).await.unwrap();
        }
        db.close().await;
        let mut child = Command::new(env!("CARGO_BIN_EXE_surgery"))
            .args(["--database-url", &database, "serve", "--listen", "127.0.0.1:0"])
            .args(options)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
        let line = log.by_ref().map(Result::unwrap).find(|line| line.contains("listening")).unwrap();
        let address = line.split("\"address\":\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
        // The rest of the log is read, so that nothing waits for it.
        std::thread::spawn(move || log.for_each(drop));
        Self { child, address, _folder: folder }
    }

    /// A session's cookie.
    pub async fn sign_in(&self, name: &str, password: &str) -> String {
        let form = format!("user={name}&password={}", password.replace(' ', "+"));
        let request = format!(
            "POST /sign-in HTTP/1.1\r\nHost: {}\r\nconnection: close\r\nsec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
            self.address,
            form.len()
        );
        let answer = raw(self.address, request.as_bytes(), 0).await;
        let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect(&answer);
        cookie.split(';').next().unwrap().to_owned()
    }

    /// The most memory it ever held (bytes).
    #[cfg(target_os = "linux")]
    pub fn peak_memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").trim().parse::<usize>().unwrap() * 1024
    }
}

/// Sends bytes and then so many more, as long as they are taken, and reads what comes back for as long as it comes.
pub async fn raw(address: SocketAddr, head: &[u8], more: usize) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head).await.unwrap();
    let piece = vec![b'a'; 64 * 1024];
    let mut left = more;
    while left > 0 {
        let part = left.min(piece.len());
        if stream.write_all(&piece[..part]).await.is_err() {
            break;
        }
        left -= part;
    }
    let (mut answer, mut bytes) = (Vec::new(), [0; 4096]);
    let quiet = std::time::Duration::from_secs(5);
    while let Ok(Ok(count)) = tokio::time::timeout(quiet, stream.read(&mut bytes)).await {
        if count == 0 {
            break;
        }
        answer.extend_from_slice(&bytes[..count]);
    }
    String::from_utf8_lossy(&answer).into_owned()
}
