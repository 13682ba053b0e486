//! `surgery backup`, for a SQLite database, and the check of a copy. PostgreSQL has its own (see docs/runbook.md).

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

/// A backup that opens, is sound and has a whole audit.
pub(super) async fn check(file: &Path) -> anyhow::Result<()> {
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
