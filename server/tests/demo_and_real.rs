//! The demo's database, which anybody may open, and a council's never mix.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod support;

use std::path::Path;
use std::process::Output;
use support::{Site, add_user, code, load, said, surgery};

fn demo(folder: &Path, more: &[&str]) -> Output {
    let arguments = ["demo", "--children", "60", "--weeks", "2", "--months-before", "0", "--format", "csv"];
    let arguments: Vec<&str> =
        arguments.into_iter().chain(["--out", "files", "--load"]).chain(more.iter().copied()).collect();
    surgery(folder, &arguments)
}

#[test]
fn the_demo_goes_into_a_new_database_only() {
    let folder = tempfile::tempdir().unwrap();
    add_user(folder.path(), "jo");
    let refused = demo(folder.path(), &[]);
    assert_eq!(code(&refused), 1);
    assert!(said(&refused).contains("this database holds accounts"), "{}", said(&refused));
    assert!(!folder.path().join("files").exists(), "it is said before anything is written");

    let folder = tempfile::tempdir().unwrap();
    assert_eq!(code(&load(folder.path(), "2026-01-02", None)), 0);
    let refused = demo(folder.path(), &[]);
    assert_eq!(code(&refused), 1);
    assert!(said(&refused).contains("this database holds a council's extracts"), "{}", said(&refused));
    let site = Site::start(folder.path());
    assert!(site.sign_in_as("director").is_none());
}

#[test]
fn a_demo_takes_its_own_files_and_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let loaded = demo(folder, &["--keep-back", "1"]);
    assert_eq!(code(&loaded), 0, "{}", said(&loaded));
    let again = demo(folder, &[]);
    assert_eq!(code(&again), 1);
    assert!(said(&again).contains("holds a demo already"), "{}", said(&again));
    let list = || String::from_utf8(surgery(folder, &["extract", "list"]).stdout).unwrap();
    let before = list();
    for check in [false, true] {
        let mut arguments = vec!["load", "list_6.csv", "--as-at", "2026-11-06", "--confirm", "all", "--why", "x"];
        arguments.extend(check.then_some("--check"));
        load(folder, "2026-11-06", None);
        let refused = surgery(folder, &arguments);
        assert_eq!(code(&refused), 1, "{}", said(&refused));
        assert!(said(&refused).contains("this is a database of the demo"), "{}", said(&refused));
        assert_eq!(String::from_utf8(refused.stdout).unwrap(), "");
    }
    assert_eq!(list(), before);
    // What was kept back is its own.
    let mut weeks: Vec<_> = std::fs::read_dir(folder.join("files")).unwrap().map(|week| week.unwrap().path()).collect();
    weeks.sort();
    let week = weeks.pop().unwrap();
    let as_at = week.file_name().unwrap().to_str().unwrap().to_owned();
    let files: Vec<String> =
        std::fs::read_dir(&week).unwrap().map(|file| file.unwrap().path().to_str().unwrap().to_owned()).collect();
    let mut arguments: Vec<&str> = vec!["load", "--as-at", &as_at, "--confirm", "all", "--why", "x"];
    arguments.splice(1..1, files.iter().map(String::as_str));
    let kept_back = surgery(folder, &arguments);
    assert_eq!(code(&kept_back), 0, "{}", said(&kept_back));
    assert_ne!(list(), before);
}

#[test]
fn nobody_signs_in_without_a_password_over_a_network_unless_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert_eq!(code(&demo(folder, &[])), 0);
    let (local, words) = Site::start_with(folder, &["--listen", "127.0.0.1:0"]);
    assert!(local.sign_in_as("director").is_some());
    assert!(!words.contains("WARNING") && !words.contains("demo"), "{words}");
    drop(local);
    for arguments in [&["--listen", "0.0.0.0:0"][..], &["--listen", "127.0.0.1:0", "--proxies", "1"]] {
        let (open, words) = Site::start_with(folder, arguments);
        assert!(open.sign_in_as("director").is_none(), "{arguments:?}");
        assert!(words.contains("--demo-on-network lets them"), "{words}");
        assert_eq!(words.contains("in the clear"), arguments.len() == 2, "{words}");
        let (status, page) = open.get("/sign-in", "");
        assert!(status == 200 && !page.contains("name=\"persona\""), "{page}");
        drop(open);
        let (asked, _) = Site::start_with(folder, &[arguments, &["--demo-on-network"]].concat());
        assert!(asked.sign_in_as("director").is_some(), "{arguments:?}");
    }
    let (behind, words) = Site::start_with(folder, &["--listen", "0.0.0.0:0", "--behind-tls"]);
    assert!(!words.contains("in the clear"), "{words}");
    drop(behind);
}
