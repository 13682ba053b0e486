//! `surgery restore`, for a SQLite database: alone, and with one rename as the moment from which the copy counts. Killed before
//! it, the old database is there as it was; killed after it, the copy is.

use crate::cli::backup::check;
use crate::cli::output::say;
use crate::clock::Clock;
use crate::db::{Db, DbError, alone_with, is_one_file, lock_path};
use crate::private;
use crate::store::audit::{self, Decision, Entry};
use crate::store::{feeds, messages, users};
use anyhow::Context as _;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub(crate) async fn restore(address: &str, clock: &Clock, file: &Path) -> anyhow::Result<()> {
    let Some(target) = Db::file_of(address) else {
        anyhow::bail!(
            "restore is for a SQLite database; restore a PostgreSQL one with pg_restore (docs/runbook.md says how)"
        );
    };
    check(file).await.context("the backup is not usable, nothing was changed")?;
    if let Some(folder) = target.parent() {
        private::make_folder(folder).context("the database's folder cannot be made")?;
    }
    let alone = alone_with(&target).context("nothing was changed")?;
    let staged = target.with_extension("restoring");
    if let Err(error) = stage(file, &staged, clock).await {
        // On a full disk it would only take what room there is.
        let _ = remove_staged(&staged);
        return Err(error).context("the backup cannot be prepared, nothing was changed");
    }
    let old = target.with_extension("replaced");
    name_left_over(&target, &old)?;
    let is_kept = keep_old(&target, &old).await?;
    std::fs::rename(&staged, &target).context("the backup cannot be put in place, nothing was changed")?;
    let kept = if is_kept { Some(give_name(&target, &old)?) } else { None };
    sync_folder(&target)?;
    drop(alone);
    match kept {
        Some(kept) => say(&format!("The database that was there is kept as {}.", kept.display())),
        None => say(&format!("Made a new database at {}.", target.display())),
    }
    say("Restored. Everyone has to sign in again, and to make the own calendar a new address.");
    Ok(())
}

/// Makes the copy ready beside the database: up to date, without what must not come back, with the restore on its audit, and
/// on the disk.
async fn stage(file: &Path, staged: &Path, clock: &Clock) -> anyhow::Result<()> {
    // What a restore that was killed has left.
    remove_staged(staged)?;
    private::make_file(staged)?;
    let mut copy = File::options().write(true).truncate(true).open(staged)?;
    io::copy(&mut File::open(file)?, &mut copy)?;
    copy.sync_all()?;
    drop(copy);
    let name = staged.to_str().context("the database's name is not readable text")?;
    {
        let db = Db::open(&format!("sqlite://{name}")).await?;
        // Sessions and calendars' addresses that have ended since are not to come back, and what waited to be sent then may
        // have been sent.
        users::sweep_sessions(&db, i64::MAX, i64::MAX).await?;
        feeds::end_all(&db).await?;
        messages::drop_waiting(&db).await?;
        audit::append(&db, &[entry(file, clock)]).await?;
        if let Db::Sqlite { write, .. } = &db {
            sqlx::query("pragma wal_checkpoint(truncate)").execute(write).await?;
        }
        db.close().await;
    }
    let [journal, _] = private::journals(staged);
    anyhow::ensure!(!journal.metadata().is_ok_and(|about| about.len() > 0), "its journal could not be written back");
    remove_if_there(&lock_path(staged))?;
    File::open(staged)?.sync_all()?;
    Ok(())
}

fn remove_staged(staged: &Path) -> io::Result<()> {
    remove_if_there(staged)?;
    remove_if_there(&lock_path(staged))?;
    private::journals(staged).iter().try_for_each(|journal| remove_if_there(journal))
}

fn entry(file: &Path, clock: &Clock) -> Entry {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    Entry {
        at: clock.now_ms(),
        actor: "command line".to_owned(),
        action: "restore".to_owned(),
        subject: None,
        detail: name.map(|name| format!("from {name}")),
        decision: Decision::Allow,
        request_id: "command line".to_owned(),
    }
}

/// Gives the database that is there a second name; its own it has until the rename. Whether there was one. A damaged one is kept
/// as it is, with its journal.
async fn keep_old(target: &Path, old: &Path) -> anyhow::Result<bool> {
    const NOT_KEPT: &str = "the present database cannot be kept, nothing was changed";
    let [journal, index] = private::journals(target);
    let [old_journal, _] = private::journals(old);
    if target.exists() {
        write_back(target).await?;
        link(target, old).context(NOT_KEPT)?;
    }
    if journal.exists() {
        link(&journal, &old_journal).context(NOT_KEPT)?;
    }
    // SQLite would take an old journal for the copy's own.
    remove_if_there(&journal)?;
    remove_if_there(&index)?;
    sync_folder(target)?;
    Ok(old.exists() || old_journal.exists())
}

/// What a restore left that was killed: a second name of the database that is still there goes, for nobody is to open a
/// database by two names; a database that was replaced gets its lasting name.
fn name_left_over(target: &Path, old: &Path) -> anyhow::Result<()> {
    let [old_journal, _] = private::journals(old);
    if is_one_file(target, old) {
        remove_if_there(old)?;
        remove_if_there(&old_journal)?;
    } else if old.exists() || old_journal.exists() {
        say(&format!(
            "An earlier restore was cut off; what it replaced is kept as {}.",
            give_name(target, old)?.display()
        ));
    }
    Ok(())
}

/// Gives what was replaced its lasting name.
fn give_name(target: &Path, old: &Path) -> io::Result<PathBuf> {
    let kept = free_name(target);
    let ([old_journal, _], [kept_journal, _]) = (private::journals(old), private::journals(&kept));
    for (from, to) in [(old, kept.as_path()), (&old_journal, &kept_journal)] {
        if from.exists() {
            std::fs::rename(from, to)?;
        }
    }
    Ok(kept)
}

/// Brings what the journal holds into the file. That needs the file for oneself: another program that has it open shows.
async fn write_back(target: &Path) -> anyhow::Result<()> {
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(target)
        .create_if_missing(false)
        .busy_timeout(Duration::from_secs(2));
    let brought = async {
        let mut connection = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options).await?;
        let mode: String = sqlx::query_scalar("pragma journal_mode = delete").fetch_one(&mut connection).await?;
        sqlx::Connection::close(connection).await?;
        Ok::<_, sqlx::Error>(mode)
    };
    match brought.await.map_err(crate::db::busy) {
        Ok(mode) if mode == "wal" => Err(DbError::InUse).context("nothing was changed"),
        Ok(_) => Ok(()),
        Err(DbError::Busy) => Err(DbError::InUse).context("nothing was changed"),
        Err(error) => {
            // It is what the backup is for.
            say(&format!("The database that was there is damaged ({error})."));
            Ok(())
        }
    }
}

/// A name beside the database that nothing has.
fn free_name(target: &Path) -> PathBuf {
    let mut number = std::process::id();
    loop {
        let name = target.with_extension(format!("before-restore-{number}.db"));
        if !name.exists() {
            return name;
        }
        number = number.wrapping_add(1);
    }
}

/// A second name for a file, or where a disk knows none, a copy.
fn link(file: &Path, name: &Path) -> io::Result<()> {
    if std::fs::hard_link(file, name).is_ok() {
        return Ok(());
    }
    private::make_file(name)?;
    let mut copy = File::options().write(true).truncate(true).open(name)?;
    io::copy(&mut File::open(file)?, &mut copy)?;
    copy.sync_all()
}

fn remove_if_there(file: &Path) -> io::Result<()> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// A name is on the disk when its folder is.
fn sync_folder(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
