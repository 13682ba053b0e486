//! Faults of the disk and of people at the disk: what fails is said, nothing is half saved, and all is well again as soon as
//! the fault is gone.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod support;

use server::db::{Db, DbError, FileTrouble};
use server::store::audit::{self, Decision, Entry};
use server::store::settings;
use std::path::Path;
use support::{Site, add_user, code, load, said, surgery, verify};

fn entry(detail: String) -> Entry {
    Entry {
        at: 0,
        actor: "somebody".to_owned(),
        action: "test".to_owned(),
        subject: None,
        detail: Some(detail),
        decision: Decision::Allow,
        request_id: "1".to_owned(),
    }
}

async fn opened(folder: &Path) -> Db {
    Db::open(&format!("sqlite://{}", folder.join("data/surgery.db").display())).await.unwrap()
}

async fn pragma(db: &Db, pragma: &'static str) {
    let Db::Sqlite { write, .. } = db else { panic!("SQLite only") };
    sqlx::query(pragma).execute(write).await.unwrap();
}

#[tokio::test]
async fn after_a_change_that_found_no_room_the_next_one_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let db = opened(folder.path()).await;
    audit::append(&db, &[entry("before".to_owned())]).await.unwrap();
    for size in [1_000, 100_000, 10_000_000] {
        // No page more than there are: SQLite ends the transaction by itself.
        pragma(&db, "pragma max_page_count = 1").await;
        let refused = audit::append(&db, &[entry("x".repeat(100_000)), entry("y".repeat(size))]).await;
        assert!(matches!(refused, Err(DbError::Sql(_))), "{refused:?}");
        audit::append(&db, &[entry("after".to_owned())]).await.unwrap();
    }
    let kept: Vec<_> = audit::entries(&db).await.unwrap().into_iter().map(|entry| entry.detail.unwrap()).collect();
    assert_eq!(kept, ["before", "after", "after", "after"]);
    assert_eq!(audit::verify(&db).await.unwrap(), audit::Verdict::Whole(4));
}

#[tokio::test]
async fn a_writer_that_may_only_read_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let db = opened(folder.path()).await;
    pragma(&db, "pragma query_only = on").await;
    assert!(matches!(db.begin().await, Err(DbError::Sql(_))));
    audit::append(&db, &[entry("after".to_owned())]).await.unwrap();
}

#[tokio::test]
async fn nothing_is_changed_in_a_file_that_is_gone_and_none_is_made_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let db = opened(folder.path()).await;
    let (file, aside) = (folder.path().join("data/surgery.db"), folder.path().join("aside.db"));
    std::fs::rename(&file, &aside).unwrap();
    assert!(matches!(db.begin().await, Err(DbError::File(FileTrouble::Gone))));
    assert!(!file.exists());
    std::fs::copy(&aside, &file).unwrap();
    assert!(matches!(db.begin().await, Err(DbError::File(FileTrouble::Replaced))));
    std::fs::rename(&aside, &file).unwrap();
    settings::set(&db, "name", "value").await.unwrap();
    assert_eq!(audit::verify(&db).await.unwrap(), audit::Verdict::Whole(0));
}

#[cfg(target_os = "linux")]
#[test]
fn while_the_disk_is_full_nobody_is_let_in_or_shown_a_child_and_when_it_is_not_all_go_on() {
    let folder = tempfile::tempdir().unwrap();
    add_user(folder.path(), "jo");
    let site = Site::start(folder.path());
    let cookie = site.sign_in("jo").unwrap();
    let child = "/children/0123456789abcdef";
    assert_eq!(site.get(child, &cookie).0, 404);
    assert_eq!(site.get("/readyz", ""), (200, "ready\n".to_owned()));
    let journal = folder.path().join("data/surgery.db-wal");
    for round in 0..12_u64 {
        // Room for a part of a page, wherever it is written; or for some pages, until the journal begins anew.
        let is_full = round % 2 == 0;
        let room = if is_full { round * 300 } else { journal.metadata().unwrap().len() + round * 700 };
        site.limit_files(Some(room));
        if is_full {
            assert_eq!(site.get(child, &cookie).0, 500, "what cannot be put on record is not answered");
        }
        let refused = (0..20).filter(|_| site.sign_in("jo").is_none()).count();
        if is_full {
            assert_eq!(refused, 20, "round {round}");
            let (status, why) = site.get("/readyz", "");
            assert_eq!(status, 503, "{why}");
            assert!(why.contains("the audit cannot be written") && why.contains("the disk"), "{why}");
        }
        site.limit_files(None);
        let again = site.sign_in("jo").unwrap();
        assert_eq!(site.get(child, &again).0, 404);
        assert_eq!(site.get(child, &cookie).0, 404, "sessions of before go on");
        assert_eq!(site.get("/readyz", ""), (200, "ready\n".to_owned()));
    }
    verify(folder.path());
    site.stop();
    verify(folder.path());
}

#[cfg(target_os = "linux")]
#[test]
fn a_load_for_which_there_is_no_room_changes_nothing_and_loads_when_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let first = load(folder.path(), "2026-01-02", None);
    assert_eq!(code(&first), 0, "{}", said(&first));
    let list = || String::from_utf8(surgery(folder.path(), &["extract", "list"]).stdout).unwrap();
    let before = list();
    let mut failed = 0;
    for blocks in [0, 1, 8, 40, 80, 120, 160, 200, 240] {
        let ended = load(folder.path(), "2026-01-09", Some(blocks));
        verify(folder.path());
        if code(&ended) == 0 {
            break;
        }
        failed += 1;
        assert_eq!(code(&ended), 1, "{}", said(&ended));
        assert_eq!(list(), before, "{blocks} blocks");
    }
    assert!(failed >= 4, "{failed}");
    assert_eq!(code(&load(folder.path(), "2026-01-09", None)), 0);
    assert_ne!(list(), before);
    verify(folder.path());
}

#[test]
fn a_server_whose_database_was_moved_away_says_so_and_goes_on_when_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    add_user(folder.path(), "jo");
    let site = Site::start(folder.path());
    let cookie = site.sign_in("jo").unwrap();
    let (file, aside) = (folder.path().join("data/surgery.db"), folder.path().join("aside.db"));
    let is_refused = |why: &str| {
        assert_eq!(site.get("/", &cookie).0, 503);
        assert_eq!(site.get("/children/0123456789abcdef", &cookie).0, 503);
        assert!(site.sign_in("jo").is_none());
        let (status, text) = site.get("/readyz", "");
        assert!(status == 503 && text.contains(why), "{text}");
        assert_eq!(site.get("/healthz", "").0, 200);
    };
    std::fs::rename(&file, &aside).unwrap();
    is_refused("the database's file is gone");
    assert!(!file.exists());
    // Its journal waits for it: no command makes a new one beside that.
    for arguments in [&["migrate"][..], &["serve", "--listen", "127.0.0.1:0"], &["verify"]] {
        let output = surgery(folder.path(), arguments);
        assert_eq!(code(&output), 1, "{}", said(&output));
        assert!(!file.exists(), "{arguments:?}");
    }
    std::fs::copy(&aside, &file).unwrap();
    is_refused("replaced by another");
    std::fs::rename(&aside, &file).unwrap();
    assert_eq!(site.get("/", &cookie).0, 200);
    assert!(site.sign_in("jo").is_some());
    assert_eq!(site.get("/readyz", ""), (200, "ready\n".to_owned()));
    verify(folder.path());
}
