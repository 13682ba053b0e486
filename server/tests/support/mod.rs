//! `surgery` as a program: run in a folder, served, cut short.
#![allow(dead_code, reason = "each test file takes what it needs")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

pub const PASSWORD: &str = "plum-otter-walks-home-4";

fn command(folder: &Path, program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env_remove("DATABASE_URL").env("SURGERY_LOG", "off").stdin(Stdio::null());
    command
}

/// Runs `surgery` in a folder, with the default database.
pub fn surgery(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, env!("CARGO_BIN_EXE_surgery")).args(arguments).output().unwrap()
}

/// Begins `surgery` and does not wait for it.
pub fn begun(folder: &Path, arguments: &[&str]) -> Child {
    let mut command = command(folder, env!("CARGO_BIN_EXE_surgery"));
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

pub fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub fn verify(folder: &Path) {
    let output = surgery(folder, &["verify"]);
    assert_eq!(code(&output), 0, "{}{}", String::from_utf8_lossy(&output.stdout), said(&output));
}

/// Adds a director with [`PASSWORD`].
pub fn add_user(folder: &Path, name: &str) {
    let mut command = command(folder, env!("CARGO_BIN_EXE_surgery"));
    command.args(["user", "add", name, "--name", "A Person", "--role", "director"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    writeln!(child.stdin.take().unwrap(), "{PASSWORD}").unwrap();
    assert!(child.wait().unwrap().success());
}

/// Loads some children in need, where `blocks` is set with no file allowed to grow beyond so many half kilobytes.
pub fn load(folder: &Path, as_at: &str, blocks: Option<u32>) -> Output {
    let mut list =
        "Child Unique ID,Date of Birth,CIN Start Date,Case status,Allocated Team,Allocated Worker\n".to_owned();
    for child in 0..40 {
        list.push_str(&format!("{child},2015-01-01,2025-06-02,Child in need plan,North,Amy Able\n"));
    }
    list.push_str(&format!("N{as_at},2016-01-01,{as_at},Child in need plan,North,Amy Able\n"));
    std::fs::write(folder.join("list_6.csv"), list).unwrap();
    let limit = blocks.map(|blocks| format!("ulimit -f {blocks};")).unwrap_or_default();
    let script = format!("trap '' XFSZ; {limit} exec \"$0\" load list_6.csv --as-at {as_at}");
    command(folder, "sh").args(["-c", &script, env!("CARGO_BIN_EXE_surgery")]).output().unwrap()
}

/// Runs `surgery` while no file may grow beyond so many half kilobytes.
pub fn cramped(folder: &Path, arguments: &str, blocks: u64) -> Output {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" {arguments}");
    command(folder, "sh").args(["-c", &script, env!("CARGO_BIN_EXE_surgery")]).output().unwrap()
}

/// A server with the default database of a folder.
pub struct Site {
    child: Child,
    address: String,
}

impl Site {
    pub fn start(folder: &Path) -> Self {
        Self::start_with(folder, &["--listen", "127.0.0.1:0"]).0
    }

    /// And what it said until it answered.
    pub fn start_with(folder: &Path, arguments: &[&str]) -> (Self, String) {
        // A write beyond the limit is to fail, not to end the server: a full disk ends none.
        let script = "trap '' XFSZ; exec \"$0\" serve \"$@\"";
        let mut command = command(folder, "sh");
        command.args(["-c", script, env!("CARGO_BIN_EXE_surgery")]).args(arguments);
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut words = String::new();
        let line = loop {
            let Some(line) = lines.next() else { panic!("it ended: {words}") };
            let line = line.unwrap();
            words.push_str(&line);
            words.push('\n');
            if line.contains("answers on") {
                break line;
            }
        };
        std::thread::spawn(move || lines.for_each(drop));
        let address = line.rsplit("http://").next().unwrap().trim().replace("0.0.0.0", "127.0.0.1");
        (Self { child, address }, words)
    }

    /// How large the server's files may become (bytes).
    #[cfg(target_os = "linux")]
    pub fn limit_files(&self, most: Option<u64>) {
        use rustix::process::{Pid, Resource, Rlimit, getrlimit, prlimit};
        let maximum = getrlimit(Resource::Fsize).maximum;
        let limit = Rlimit { current: most.or(maximum), maximum };
        prlimit(Some(Pid::from_child(&self.child)), Resource::Fsize, limit).unwrap();
    }

    /// Status and body.
    pub fn get(&self, path: &str, cookie: &str) -> (u16, String) {
        let (status, _, body) = self.ask(&format!("GET {path} HTTP/1.1\r\ncookie: {cookie}\r\n"), "");
        (status, body)
    }

    /// The session's cookie; `None` where nobody was let in.
    pub fn sign_in(&self, name: &str) -> Option<String> {
        self.post_sign_in(&format!("user={name}&password={PASSWORD}"))
    }

    /// Signs in as one of the demo's people.
    pub fn sign_in_as(&self, persona: &str) -> Option<String> {
        self.post_sign_in(&format!("persona={persona}"))
    }

    fn post_sign_in(&self, form: &str) -> Option<String> {
        let head = format!(
            "POST /sign-in HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n",
            form.len()
        );
        let (status, head, _) = self.ask(&head, form);
        let cookie = head.lines().find_map(|line| line.strip_prefix("set-cookie: "))?;
        assert_eq!(status, 303, "{head}");
        Some(cookie.split(';').next()?.to_owned())
    }

    fn ask(&self, head: &str, body: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "{head}host: localhost\r\nconnection: close\r\n\r\n{body}").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, head.to_owned(), body.to_owned())
    }

    pub fn stop(self) {}
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
