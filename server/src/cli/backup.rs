//! `surgery backup` and `surgery restore`, for a SQLite database. PostgreSQL has its own (see docs/runbook.md).

use crate::cli::output::say;
use crate::db::Db;
use crate::private;
use crate::store::audit::{self, Verdict};
use anyhow::Context as _;
use std::path::Path;

pub(crate) async fn backup(db: &Db, file: &Path) -> anyhow::Result<()> {
    let Db::Sqlite { write, .. } = db else {
        anyhow::bail!("this database is on a PostgreSQL server: back it up with pg_dump (docs/runbook.md says how)");
    };
    if file.exists() {
        anyhow::bail!("{} exists already: name a file that does not", file.display());
    }
    let name = file.to_str().context("the file's name is not readable text")?;
    if let Some(folder) = file.parent() {
        private::make_folder(folder).context("the backup's folder cannot be made")?;
    }
    // An empty file that only its owner may read, which SQLite fills.
    private::make_file(file).context("the backup cannot be written")?;
    if let Err(error) = sqlx::query("vacuum into $1").bind(name).execute(write).await {
        let _ = std::fs::remove_file(file);
        return Err(error).context("the backup cannot be written");
    }
    check(file).await?;
    say(&format!("Backed up to {}; its audit is whole.", file.display()));
    Ok(())
}

pub(crate) async fn restore(address: &str, file: &Path) -> anyhow::Result<()> {
    let Some(target) = Db::file_of(address) else {
        anyhow::bail!(
            "restore is for a SQLite database; restore a PostgreSQL one with pg_restore (docs/runbook.md says how)"
        );
    };
    check(file).await.context("the backup is not usable, nothing was changed")?;
    let moved_aside = target.exists();
    if moved_aside {
        let kept = target.with_extension(format!("before-restore-{}.db", std::process::id()));
        // What was there is moved aside whole, journal and all, and never overwritten.
        let db = Db::connect(address).await?;
        if let Db::Sqlite { write, .. } = &db {
            sqlx::query("pragma wal_checkpoint(truncate)").execute(write).await?;
        }
        db.close().await;
        std::fs::rename(&target, &kept).context("the present database cannot be moved aside: stop the server first")?;
        for journal in private::journals(&target) {
            match std::fs::remove_file(&journal) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        say(&format!("The database that was there is kept as {}.", kept.display()));
    } else if let Some(folder) = target.parent() {
        private::make_folder(folder)?;
    }
    let is_new = !moved_aside;
    let staged = target.with_extension("restoring");
    private::make_file(&staged)?;
    let mut copy = std::fs::OpenOptions::new().write(true).truncate(true).open(&staged)?;
    std::io::copy(&mut std::fs::File::open(file)?, &mut copy).context("the backup cannot be copied")?;
    copy.sync_all()?;
    std::fs::rename(&staged, &target)?;
    // Sessions and calendars' addresses that have ended since are not to come back, and what waited to be sent then may
    // have been sent.
    let db = Db::open(address).await?;
    crate::store::users::sweep_sessions(&db, i64::MAX, i64::MAX).await?;
    crate::store::feeds::end_all(&db).await?;
    crate::store::messages::drop_waiting(&db).await?;
    db.close().await;
    if is_new {
        say(&format!("Made a new database at {}.", target.display()));
    }
    say("Restored. Everyone has to sign in again, and to make the own calendar a new address.");
    Ok(())
}

/// A backup that opens, is sound and has a whole audit.
async fn check(file: &Path) -> anyhow::Result<()> {
    anyhow::ensure!(file.exists(), "{} is not there", file.display());
    let name = file.to_str().context("the file's name is not readable text")?;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(name).read_only(true).immutable(true);
    let pool = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    let findings: Vec<String> = sqlx::query_scalar("pragma integrity_check(10)").fetch_all(&pool).await?;
    anyhow::ensure!(findings == ["ok"], "it is damaged: {}", findings.join("; "));
    let db = Db::Sqlite { read: pool.clone(), write: pool, file: None };
    let verdict = audit::verify(&db).await?;
    db.close().await;
    match verdict {
        Verdict::Whole(_) => Ok(()),
        Verdict::Broken { row, why } => anyhow::bail!("its audit was tampered with at row {row}: {why}"),
    }
}
