//! `surgery user` as an operator uses it: exit codes, what is said, what goes on record, and that no secret is printed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use serde_json::Value;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const FIRST: &str = "a long walk by the sea";
const SECOND: &str = "twelve otters mend kettles";

/// Runs `surgery` in a folder of its own, with a text for its stdin.
fn run(folder: &Path, arguments: &[&str], stdin: &str, environment: &[(&str, &str)]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_surgery"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("DATABASE_URL")
        .env("SURGERY_LOG", "debug")
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that asks for nothing may be gone already.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    child.wait_with_output().unwrap()
}

/// A `surgery user` command without secrets in the log.
fn user(folder: &Path, arguments: &[&str], stdin: &str) -> (i32, String, String) {
    let arguments: Vec<&str> = ["user"].iter().chain(arguments).copied().collect();
    let output = run(folder, &arguments, stdin, &[("SURGERY_LOG", "off")]);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

/// A council with two teams, and Jo who manages one.
fn council() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let needs = "Child Unique ID,Date of Birth,CIN Start Date,Case status,Allocated Team,Allocated Worker\n\
                 1,2015-01-01,2025-06-02,Child in need plan,Assessment North,Amy Able\n\
                 2,2015-01-01,2025-06-02,Child in need plan,Assessment South,Ben Bold\n";
    std::fs::write(folder.path().join("list_6.csv"), needs).unwrap();
    let organisation =
        "team,service,head_of_service\nAssessment North,Assessment,Cas Clear\nAssessment South,Assessment,Cas Clear\n";
    std::fs::write(folder.path().join("organisation.csv"), organisation).unwrap();
    let load = ["load", "list_6.csv", "organisation.csv", "--as-at", "2026-01-02"];
    assert_eq!(run(folder.path(), &load, "", &[]).status.code(), Some(0));
    let jo = ["add", "jo", "--name", "Jo Smith", "--role", "team-manager", "--team", "assessment  north"];
    let (code, _, said) = user(folder.path(), &jo, &format!("{FIRST}\n"));
    assert_eq!(code, 0, "{said}");
    folder
}

fn roles(folder: &Path) -> Vec<Value> {
    let (code, printed, said) = user(folder, &["list", "--format", "json"], "");
    assert_eq!(code, 0, "{said}");
    let list: Value = serde_json::from_str(&printed).unwrap();
    list["users"][0]["roles"].as_array().unwrap().clone()
}

#[test]
fn a_role_is_granted_listed_and_revoked_by_role_area_or_number() {
    let folder = council();
    let folder = folder.path();
    let (code, printed, said) =
        user(folder, &["grant", "Jo", "--role", "analyst", "--service", "assessment", "--to", "2020-12-31"], "");
    assert_eq!((code, printed.as_str()), (0, ""), "{said}");
    assert!(said.contains("analyst over service 'Assessment', to 2020-12-31") && said.contains("does not count today"));
    let held = roles(folder);
    assert_eq!(held[0]["team"], "Assessment North", "in the spelling of the council's files");
    assert_eq!((&held[0]["in_force"], &held[1]["in_force"]), (&Value::Bool(true), &Value::Bool(false)));
    assert_eq!(
        (&held[1]["role"], &held[1]["service"], &held[1]["to"]),
        (&"analyst".into(), &"Assessment".into(), &"2020-12-31".into())
    );
    let (_, table, _) = user(folder, &["list"], "");
    assert!(table.contains("analyst over service 'Assessment', to 2020-12-31 (not in force)"), "{table}");

    // Other dates take the place of the old ones.
    assert_eq!(user(folder, &["grant", "jo", "--role", "analyst", "--service", "Assessment"], "").0, 0);
    assert_eq!(roles(folder).len(), 2);
    assert_eq!(user(folder, &["grant", "jo", "--role", "analyst", "--service", "Assessment"], "").0, 1, "held already");

    let number = roles(folder)[1]["number"].to_string();
    let (code, _, said) = user(folder, &["revoke", "jo", "--number", &number], "");
    assert_eq!(code, 0, "{said}");
    let (code, _, said) = user(folder, &["revoke", "jo", "--role", "team-manager", "--team", "Assessment North"], "");
    assert!(code == 0 && said.contains("No role is left"), "{said}");
    assert!(roles(folder).is_empty());
    assert_eq!(run(folder, &["verify"], "", &[]).status.code(), Some(0), "the audit's chain holds");
}

#[test]
fn an_unknown_role_team_service_or_person_is_wrong_usage_and_met_by_its_like() {
    let folder = council();
    let folder = folder.path();
    for (arguments, means) in [
        (&["grant", "jo", "--role", "anlyst"][..], "'analyst'"),
        (&["grant", "jo", "--role", "team-manager", "--team", "Asessment North"], "'Assessment North'"),
        (&["grant", "jo", "--role", "analyst", "--service", "Assesment"], "'Assessment'"),
        (&["grant", "joe", "--role", "analyst"], "'jo'"),
        (&["revoke", "joe", "--role", "analyst"], "'jo'"),
        (&["revoke", "jo", "--role", "team-manager", "--team", "Asessment North"], "'Assessment North'"),
        (&["password", "joe"], "'jo'"),
        (&["sessions", "joe"], "'jo'"),
        (&["sessions", "joe", "--end"], "'jo'"),
        (&["disable", "joe"], "'jo'"),
        (&["email", "joe"], "'jo'"),
    ] {
        let (code, printed, said) = user(folder, arguments, &format!("{SECOND}\n"));
        assert_eq!((code, printed.as_str()), (2, ""), "{arguments:?}: {said}");
        assert!(said.contains("id you mean") && said.contains(means), "{arguments:?}: {said}");
    }
    for (arguments, says) in [
        (&["grant", "jo", "--role", "analyst", "--from", "31/01/2024"][..], "YYYY-MM-DD: 2024-01-31"),
        (&["grant", "jo", "--role", "analyst", "--from", "2024-02-01", "--to", "2024-01-31"], "before its first"),
        (&["grant", "jo", "--role", "team-manager"], "needs --team"),
        (&["grant", "jo", "--role", "analyst", "--team", "(no team)"], "no team '(no team)'"),
        (&["revoke", "jo", "--role", "director"], "The roles are: team-manager over team 'Assessment North'"),
        (&["revoke", "jo", "--number", "99"], "no such role"),
        (&["revoke", "jo"], "--role"),
    ] {
        let (code, _, said) = user(folder, arguments, "");
        assert_eq!(code, 2, "{arguments:?}: {said}");
        assert!(said.contains(says), "{arguments:?}: {said}");
    }
    assert_eq!(roles(folder).len(), 1, "nothing was changed");
}

#[test]
fn a_password_is_read_from_stdin_and_a_common_one_is_refused() {
    let folder = council();
    let folder = folder.path();
    let add = ["add", "ali", "--name", "Ali Able", "--role", "director"];
    for common in ["Password1234!", "!!Liverpool99", "1q2w3e4r5t6y", "AliAble2026!!", "too short"] {
        for arguments in [&add[..], &["password", "jo"]] {
            let (code, _, said) = user(folder, arguments, &format!("{common}\n"));
            assert_eq!(code, 1, "{common}: {said}");
            assert!(said.contains("password") && !said.contains(common), "{said}");
            if common == "AliAble2026!!" {
                break;
            }
        }
    }
    let (code, printed, said) = user(folder, &["password", "JO"], &format!("{SECOND}\r\n"));
    assert_eq!((code, printed.as_str()), (0, ""), "{said}");
    assert!(said.contains("jo has another password"), "{said}");
    let (code, _, said) = user(folder, &["sessions", "jo"], "");
    assert!(code == 0 && said.contains("no open session"), "{said}");
    let (_, printed, _) = user(folder, &["sessions", "jo", "--format", "json"], "");
    assert_eq!(printed.trim(), r#"{"user":"jo","sessions":[]}"#);
    assert_eq!(user(folder, &["sessions", "jo", "--end"], "").0, 0);
}

/// Part 9 of security: no password, token or key stands in what any command says, prints or logs.
#[test]
fn no_command_prints_a_secret() {
    const SECRETS: [&str; 5] = ["hunter2hunter2", "smtp-secret", "token-secret", "database-secret", "$argon2"];
    let folder = council();
    let folder = folder.path();
    let server = ["serve", "--listen", "127.0.0.1:0"];
    let with = |more: &[&'static str]| -> Vec<&'static str> { server.iter().chain(more).copied().collect() };
    let (typed, also) = ("hunter2hunter2", "--password=hunter2hunter2");
    let on_postgres = "postgres://surgery:database-secret@127.0.0.1:9/none";
    let commands: Vec<(Vec<&str>, i32)> = vec![
        (vec!["user", "add", "kim", "--name", "Kim", "--role", "director"], 1),
        (vec!["user", "add", "kim", typed, "--name", "Kim", "--role", "director"], 2),
        (vec!["user", "add", "kim", also, "--name", "Kim", "--role", "director"], 2),
        (vec!["user", "password", "jo"], 1),
        (vec!["user", "password", "jo", typed], 2),
        (vec!["user", "password", "jo", "--password", typed], 2),
        (vec!["user", "password", "jo", also], 2),
        (vec!["user", "list"], 0),
        (vec!["user", "list", "--format", "json"], 0),
        (vec!["user", "sessions", "jo"], 0),
        (vec!["user", "grant", "jo", "--role", "director"], 0),
        (vec!["user", "revoke", "jo", "--role", "director"], 0),
        (vec!["user", "sessions", "jo", "--end"], 0),
        (vec!["user", "email", "jo", "jo@example.gov.uk"], 0),
        (vec!["verify"], 0),
        (vec!["--help"], 0),
        (vec!["serve", "--help"], 0),
        (with(&["--smtp-url", "mail.example/smtp-secret"]), 2),
        (with(&["--metrics-token", "token-secret"]), 2),
        (vec!["--database-url", on_postgres, "user", "list"], 1),
        (vec!["--database-url", "postgres://surgery:database-secret@[::1/none", "user", "list"], 1),
        (vec!["--database-url", "mysql://surgery:database-secret@127.0.0.1/none", "user", "list"], 1),
        (vec!["--database-url", on_postgres, "backup", "copy.db"], 1),
    ];
    let environment = [
        ("SURGERY_SMTP_URL", "smtp://surgery:smtp-secret@mail.example"),
        ("SURGERY_METRICS_TOKEN", "token-secret-of-32-characters-or-more"),
    ];
    for (arguments, expected) in commands {
        // Too common to be taken, and still not to be repeated.
        let output = run(folder, &arguments, "hunter2hunter2\n", &environment);
        let all = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(expected), "{arguments:?}: {all}");
        for secret in SECRETS {
            assert!(!all.contains(secret), "{arguments:?}: {all}");
        }
    }
    let output = run(folder, &["--help"], "", &[("DATABASE_URL", on_postgres)]);
    assert!(!String::from_utf8_lossy(&output.stdout).contains("database-secret"));
}
