//! The command line as scripts use it: exit codes, what is said, and whose files it makes.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Runs `surgery` in a folder of its own, with the default database.
fn surgery(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_surgery"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("DATABASE_URL")
        .env("SURGERY_LOG", "off")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// A child in need in each of two teams, one more that is new each week, and where the teams belong.
fn files(folder: &Path, as_at: &str) {
    let needs = "Child Unique ID,Date of Birth,CIN Start Date,Case status,Allocated Team,Allocated Worker\n\
                 1,2015-01-01,2025-06-02,Child in need plan,Assessment North,Amy Able\n\
                 2,2015-01-01,2025-06-02,Child in need plan,Assessment South,Ben Bold\n";
    let new = format!("N{as_at},2016-01-01,{as_at},Child in need plan,Assessment North,Amy Able\n");
    std::fs::write(folder.join("list_6.csv"), format!("{needs}{new}")).unwrap();
    let organisation =
        "team,service,head_of_service\nAssessment North,Assessment,Cas Clear\nAssessment South,Assessment,Cas Clear\n";
    std::fs::write(folder.join("organisation.csv"), organisation).unwrap();
}

fn loaded(folder: &Path, as_at: &str) -> Output {
    files(folder, as_at);
    let output = surgery(folder, &["load", "list_6.csv", "organisation.csv", "--as-at", as_at]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    output
}

#[test]
fn a_command_that_needs_a_database_makes_none() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [
        &["backup", "copy.db"][..],
        &["verify"],
        &["verify", "--recount"],
        &["indicators"],
        &["list", "CPP-01"],
        &["trend", "CPP-01"],
        &["fill-actions"],
        &["user", "list"],
        &["user", "disable", "somebody"],
        &["user", "email", "somebody"],
        &["extract", "list"],
        &["extract", "remove", "2026-01-02", "--why", "Wrong"],
        &["extract", "move", "2026-01-02", "2026-01-09", "--why", "Wrong"],
        &["load", "not-there.csv", "--as-at", "2026-01-02"],
        &["restore", "not-there.db"],
    ] {
        let output = surgery(folder.path(), arguments);
        assert_eq!(code(&output), 1, "{arguments:?}: {}", said(&output));
        assert_eq!(said(&output).lines().count(), 1, "{arguments:?}: {}", said(&output));
        assert!(!folder.path().join("data").exists(), "{arguments:?}");
    }
    let output = surgery(folder.path(), &["indicators"]);
    assert!(said(&output).contains("there is no database at data/surgery.db"), "{}", said(&output));
    // Nor is one made of an empty file.
    std::fs::create_dir(folder.path().join("data")).unwrap();
    std::fs::write(folder.path().join("data/surgery.db"), "").unwrap();
    let output = surgery(folder.path(), &["indicators"]);
    assert_eq!(code(&output), 1);
    assert!(said(&output).contains("there is no database at"), "{}", said(&output));
    assert_eq!(std::fs::metadata(folder.path().join("data/surgery.db")).unwrap().len(), 0);
}

#[test]
fn a_command_that_makes_a_database_says_so_once() {
    let folder = tempfile::tempdir().unwrap();
    let output = surgery(folder.path(), &["migrate"]);
    assert!(said(&output).contains("Made a new database at data/surgery.db."), "{}", said(&output));
    let output = surgery(folder.path(), &["migrate"]);
    assert!(!said(&output).contains("Made"), "{}", said(&output));
    // Those that make one, whatever becomes of their work.
    for arguments in [
        &["serve", "--listen", "192.0.2.1:1"][..],
        &["user", "add", "jo", "--name", "Jo", "--role", "director"],
        &["demo", "--children", "40", "--weeks", "1", "--months-before", "0", "--out", "files", "--load"],
    ] {
        let folder = tempfile::tempdir().unwrap();
        let output = surgery(folder.path(), arguments);
        assert!(said(&output).contains("Made a new database at data/surgery.db."), "{arguments:?}: {}", said(&output));
    }
    let folder = tempfile::tempdir().unwrap();
    let output =
        surgery(folder.path(), &["demo", "--children", "40", "--weeks", "1", "--months-before", "0", "--out", "files"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(!folder.path().join("data").exists(), "files only");

    let folder = tempfile::tempdir().unwrap();
    assert!(said(&loaded(folder.path(), "2026-01-02")).contains("Made a new database"));
    assert!(!said(&loaded(folder.path(), "2026-01-09")).contains("Made a new database"));
    assert_eq!(code(&surgery(folder.path(), &["backup", "copy.db"])), 0);
    let elsewhere = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.db");
    let output = surgery(elsewhere.path(), &["restore", copy.to_str().unwrap()]);
    assert!(said(&output).contains("Made a new database at data/surgery.db."), "{}", said(&output));
}

#[test]
fn a_name_that_nobody_has_is_wrong_usage_and_met_by_its_like() {
    let folder = tempfile::tempdir().unwrap();
    loaded(folder.path(), "2026-01-02");
    for (arguments, means) in [
        (&["list", "CIN-1"][..], "'CIN-01'"),
        (&["indicators", "--id", "CPP-7"], "'CPP-07'"),
        (&["list", "CIN-01", "--team", "Asessment North"], "'Assessment North'"),
        (&["list", "CIN-01", "--service", "Assesment"], "'Assessment'"),
        (&["list", "CIN-01", "--worker", "Amy Abel"], "'Amy Able'"),
        (&["indicators", "--set", "dormant_day=1"], "'dormant_days'"),
        (
            &["user", "add", "x", "--name", "X", "--role", "team-manager", "--team", "Asessment Nort"],
            "'Assessment North'",
        ),
    ] {
        let output = surgery(folder.path(), arguments);
        assert_eq!(code(&output), 2, "{arguments:?}: {}", said(&output));
        assert!(said(&output).contains("id you mean") && said(&output).contains(means), "{}", said(&output));
        assert_eq!(printed(&output), "", "{arguments:?}");
    }
    // Names are one whatever their case; what has no team is asked for in brackets.
    for team in ["assessment  NORTH", "(no team)"] {
        assert_eq!(code(&surgery(folder.path(), &["list", "CIN-01", "--team", team])), 0, "{team}");
    }
}

#[test]
fn a_date_in_another_form_is_wrong_usage_and_the_form_is_said() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [
        &["indicators", "--as-at", "31/01/2024"][..],
        &["indicators", "--from", "31/01/2024"],
        &["list", "CPP-01", "--to", "31/01/2024"],
        &["extract", "remove", "31/01/2024", "--why", "x"],
        &["extract", "move", "2024-01-31", "31/01/2024", "--why", "x"],
        &["user", "add", "x", "--name", "X", "--role", "director", "--from", "31/01/2024"],
        &["demo", "--out", "x", "--last", "31/01/2024"],
    ] {
        let output = surgery(folder.path(), arguments);
        assert_eq!(code(&output), 2, "{arguments:?}: {}", said(&output));
        assert!(said(&output).contains("YYYY-MM-DD: 2024-01-31"), "{arguments:?}: {}", said(&output));
    }
}

#[test]
fn an_extract_is_listed_moved_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    loaded(folder.path(), "2026-01-02");
    let before = printed(&surgery(folder.path(), &["indicators", "--by", "team", "--format", "json"]));
    loaded(folder.path(), "2026-01-09");
    let moved =
        surgery(folder.path(), &["extract", "move", "2026-01-09", "2026-01-16", "--why", "The export ran late"]);
    assert_eq!(code(&moved), 0, "{}", said(&moved));
    let list = printed(&surgery(folder.path(), &["extract", "list"]));
    assert!(list.contains("2026-01-02") && list.contains("2026-01-16") && !list.contains("2026-01-09"), "{list}");
    let taken = surgery(folder.path(), &["extract", "move", "2026-01-16", "2026-01-02", "--why", "x"]);
    assert_eq!(code(&taken), 1, "{}", said(&taken));
    assert_eq!(code(&surgery(folder.path(), &["extract", "remove", "2026-01-16"])), 2, "without a reason");
    assert_eq!(code(&surgery(folder.path(), &["extract", "remove", "2026-01-16", "--why", " "])), 2);
    let removed = surgery(folder.path(), &["extract", "remove", "2026-01-16", "--why", "The wrong file"]);
    assert_eq!(code(&removed), 0, "{}", said(&removed));
    assert!(said(&removed).contains("The newest extract is as at 2026-01-02"), "{}", said(&removed));
    let after = printed(&surgery(folder.path(), &["indicators", "--by", "team", "--format", "json"]));
    assert_eq!(before, after);
    let json: serde_json::Value =
        serde_json::from_str(&printed(&surgery(folder.path(), &["extract", "list", "--format", "json"]))).unwrap();
    assert_eq!(json["extracts"].as_array().unwrap().len(), 1);
    assert_eq!(code(&surgery(folder.path(), &["verify"])), 0);
}

#[test]
fn a_server_that_does_not_answer_is_said_at_once_and_once() {
    let folder = tempfile::tempdir().unwrap();
    // Nothing listens on the discard port.
    let started = Instant::now();
    let output = surgery(folder.path(), &["--database-url", "postgres://nobody@127.0.0.1:9/none", "indicators"]);
    assert_eq!(code(&output), 1);
    assert_eq!(said(&output).matches("127.0.0.1:9 cannot be reached").count(), 1, "{}", said(&output));
    assert_eq!(said(&output).to_lowercase().matches("refused").count(), 1, "{}", said(&output));
    assert_eq!(said(&output).lines().count(), 1, "{}", said(&output));
    // A pool would have tried for its ten seconds.
    assert!(started.elapsed() < Duration::from_secs(8), "{:?}", started.elapsed());
}

#[test]
fn a_port_that_is_taken_is_never_said_to_answer() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = surgery(folder.path(), &["serve", "--listen", &address]);
    assert_eq!(code(&output), 1);
    assert!(
        !said(&output).contains("answers on") && said(&output).contains("cannot be listened on"),
        "{}",
        said(&output)
    );
}

#[test]
fn what_serve_says_is_true_when_it_says_it() {
    use std::io::{BufRead as _, BufReader};
    let folder = tempfile::tempdir().unwrap();
    let mut server = Command::new(env!("CARGO_BIN_EXE_surgery"))
        .args(["serve", "--listen", "127.0.0.1:0"])
        .current_dir(folder.path())
        .env_remove("DATABASE_URL")
        .env("SURGERY_LOG", "off")
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stderr.take().unwrap()).lines();
    let line = lines.by_ref().map(Result::unwrap).find(|line| line.contains("answers on")).unwrap();
    let address = line.rsplit("http://").next().unwrap().trim().to_owned();
    let mut stream = std::net::TcpStream::connect(&address).unwrap();
    stream.write_all(b"GET /readyz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    std::io::Read::read_to_string(&mut stream, &mut answer).unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[cfg(unix)]
#[test]
fn the_database_and_its_copies_are_private_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    files(folder.path(), "2026-01-02");
    let open_to_all = |command: &str| {
        let script = format!("umask 0; exec \"$0\" {command}");
        let output = Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_surgery")])
            .current_dir(folder.path())
            .env_remove("DATABASE_URL")
            .env("SURGERY_LOG", "off")
            .output()
            .unwrap();
        assert_eq!(code(&output), 0, "{command}: {}", said(&output));
    };
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    open_to_all("load list_6.csv organisation.csv --as-at 2026-01-02");
    open_to_all("backup copies/monday/copy.db");
    open_to_all("--database-url sqlite://again/surgery.db restore copies/monday/copy.db");
    let mut seen = 0;
    for name in ["data", "copies", "copies/monday", "again"] {
        let inside = folder.path().join(name);
        assert_eq!(mode(&inside), 0o700, "{name}");
        for file in std::fs::read_dir(&inside).unwrap().flatten().filter(|file| file.path().is_file()) {
            assert_eq!(mode(&file.path()), 0o600, "{}", file.path().display());
            seen += 1;
        }
    }
    assert!(seen >= 3, "{seen}");

    // While it is in use, its journals too; and a database of before is closed to others when it is next opened.
    let database = folder.path().join("data/surgery.db");
    std::fs::set_permissions(&database, std::fs::Permissions::from_mode(0o644)).unwrap();
    let mut server = Command::new("sh")
        .args(["-c", "umask 0; exec \"$0\" serve --listen 127.0.0.1:0", env!("CARGO_BIN_EXE_surgery")])
        .current_dir(folder.path())
        .env_remove("DATABASE_URL")
        .env("SURGERY_LOG", "off")
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = std::io::BufRead::lines(std::io::BufReader::new(server.stderr.take().unwrap()));
    assert!(lines.map(Result::unwrap).any(|line| line.contains("answers on")));
    let modes: Vec<u32> = ["", "-wal", "-shm"]
        .iter()
        .map(|suffix| folder.path().join(format!("data/surgery.db{suffix}")))
        .filter(|path| path.exists())
        .map(|path| mode(&path))
        .collect();
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(modes.len() >= 2 && modes.iter().all(|mode| *mode == 0o600), "{modes:?}");
}
