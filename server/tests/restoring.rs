//! `surgery restore`: alone, whole or not at all, and on record.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod support;

use server::db::Db;
use server::store::audit;
use std::path::Path;
use std::process::ExitStatus;
use std::time::{Duration, Instant};
use support::{Site, add_user, begun, code, cramped, load, said, surgery, verify};

/// A database with Ann and Ben, whose backup knows Ann alone.
fn with_a_backup(folder: &Path) {
    add_user(folder, "ann");
    assert_eq!(code(&surgery(folder, &["backup", "copy.db"])), 0);
    add_user(folder, "ben");
}

fn has_ben(folder: &Path) -> bool {
    let output = surgery(folder, &["user", "list"]);
    let list = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(list.contains("ann"), "{list}{}", said(&output));
    list.contains("ben")
}

async fn last_entry(folder: &Path) -> audit::Entry {
    let db = Db::open(&format!("sqlite://{}", folder.join("data/surgery.db").display())).await.unwrap();
    audit::entries(&db).await.unwrap().pop().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder.join("data")).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_restore_waits_for_nobody_who_has_the_database_open_and_is_on_the_audit() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    with_a_backup(folder);
    let site = Site::start(folder);
    let output = surgery(folder, &["restore", "copy.db"]);
    assert_eq!(code(&output), 1);
    assert!(said(&output).contains("the database is in use: stop the server"), "{}", said(&output));
    assert!(site.sign_in("ben").is_some() && site.sign_in("ann").is_some());
    site.stop();
    let output = surgery(folder, &["restore", "copy.db"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(!has_ben(folder));
    verify(folder);
    let last = last_entry(folder).await;
    assert_eq!((last.action.as_str(), last.detail.as_deref()), ("restore", Some("from copy.db")));
    // What was there is whole under its other name.
    let kept = names(folder).into_iter().find(|name| name.contains("before-restore")).unwrap();
    let address = format!("sqlite://data/{kept}");
    let list = surgery(folder, &["--database-url", &address, "user", "list"]);
    assert!(String::from_utf8(list.stdout).unwrap().contains("ben"));
    assert_eq!(code(&surgery(folder, &["--database-url", &address, "verify"])), 0);
}

#[tokio::test]
async fn another_program_that_has_the_database_open_stops_a_restore_too() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    with_a_backup(folder);
    // Opened as any program would, which knows nothing of our lock.
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.join("data/surgery.db"));
    let mut other = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options).await.unwrap();
    let users: i64 = sqlx::query_scalar("select count(*) from app_user").fetch_one(&mut other).await.unwrap();
    assert_eq!(users, 2);
    let output = surgery(folder, &["restore", "copy.db"]);
    assert_eq!(code(&output), 1, "{}", said(&output));
    assert!(said(&output).contains("in use"), "{}", said(&output));
    sqlx::Connection::close(other).await.unwrap();
    assert!(has_ben(folder));
}

#[test]
fn a_backup_that_is_damaged_or_none_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    with_a_backup(folder);
    let mut bytes = std::fs::read(folder.join("copy.db")).unwrap();
    bytes.truncate(bytes.len() / 2);
    std::fs::write(folder.join("half.db"), bytes).unwrap();
    std::fs::write(folder.join("words.db"), "words").unwrap();
    for backup in ["half.db", "words.db", "none.db"] {
        let output = surgery(folder, &["restore", backup]);
        assert_eq!(code(&output), 1, "{backup}");
        assert!(said(&output).contains("nothing was changed"), "{}", said(&output));
        assert!(has_ben(folder));
    }
    assert!(!names(folder).iter().any(|name| name.contains("before-restore")));
}

#[test]
fn a_restore_without_room_changes_nothing_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    with_a_backup(folder);
    let before = names(folder);
    let whole = std::fs::metadata(folder.join("copy.db")).unwrap().len() / 512;
    for blocks in [0, 1, whole / 2, whole - 1] {
        let output = cramped(folder, "restore copy.db", blocks);
        assert_eq!(code(&output), 1, "{blocks}: {}", said(&output));
        assert!(said(&output).contains("nothing was changed"), "{}", said(&output));
        assert_eq!(names(folder), before, "{blocks}");
        assert!(has_ben(folder));
        verify(folder);
    }
}

#[test]
fn a_restore_takes_the_place_of_a_damaged_database_and_of_one_that_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    with_a_backup(folder);
    let database = folder.join("data/surgery.db");
    std::fs::write(&database, "this is no database").unwrap();
    let output = surgery(folder, &["restore", "copy.db"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(!has_ben(folder));
    verify(folder);

    // Gone under a server that was then killed: its journal has nothing to do with the copy.
    let site = Site::start(folder);
    assert!(site.sign_in("ann").is_some());
    std::fs::remove_file(&database).unwrap();
    site.stop();
    assert!(folder.join("data/surgery.db-wal").exists());
    let output = surgery(folder, &["restore", "copy.db"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(!has_ben(folder));
    verify(folder);
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &name);
        } else {
            std::fs::copy(entry.path(), name).unwrap();
        }
    }
}

#[test]
fn a_restore_killed_at_any_moment_leaves_the_old_database_or_the_copy() {
    let outer = tempfile::tempdir().unwrap();
    let start = outer.path().join("start");
    std::fs::create_dir(&start).unwrap();
    assert_eq!(code(&load(&start, "2026-01-02", None)), 0);
    with_a_backup(&start);
    let whole = outer.path().join("whole");
    copy(&start, &whole);
    let began = Instant::now();
    assert_eq!(code(&surgery(&whole, &["restore", "copy.db"])), 0);
    let took = began.elapsed();
    let (mut old, mut new) = (0, 0);
    const KILLS: u32 = 24;
    for kill in 0..KILLS {
        let folder = outer.path().join(format!("kill-{kill}"));
        copy(&start, &folder);
        let mut restore = begun(&folder, &["restore", "copy.db"]);
        // Most of them in the second half, where files change places.
        std::thread::sleep(took * (KILLS / 4 + kill) / (KILLS + KILLS / 4));
        restore.kill().unwrap();
        let ended: ExitStatus = restore.wait().unwrap();
        if has_ben(&folder) {
            old += 1
        } else {
            new += 1
        }
        assert!(!ended.success() || !has_ben(&folder));
        verify(&folder);
        // And the next one is not in its way.
        let again = surgery(&folder, &["restore", "copy.db"]);
        assert_eq!(code(&again), 0, "{}", said(&again));
        assert!(!has_ben(&folder));
        verify(&folder);
        let left: Vec<_> =
            names(&folder).into_iter().filter(|name| name.contains("restoring") || name.contains("replaced")).collect();
        assert!(left.is_empty(), "{left:?}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
    assert!(old > 0, "old {old}, new {new}, {took:?}");
    assert!(took > Duration::from_millis(1));
}
