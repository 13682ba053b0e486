//! `surgery verify`: the audit's chain and the database's integrity.

use crate::cli::output::say;
use crate::db::Db;
use crate::store::audit::{self, Verdict};

pub(crate) async fn run(db: &Db) -> anyhow::Result<()> {
    if let Db::Sqlite { read, .. } = db {
        let findings: Vec<String> = sqlx::query_scalar("pragma integrity_check(10)").fetch_all(read).await?;
        if findings != ["ok"] {
            anyhow::bail!("the database file is damaged: {}. Restore the last backup", findings.join("; "));
        }
        let orphans = sqlx::query("pragma foreign_key_check").fetch_all(read).await?;
        if !orphans.is_empty() {
            anyhow::bail!("{} rows point to rows that are not there. Restore the last backup", orphans.len());
        }
    }
    match audit::verify(db).await? {
        Verdict::Whole(rows) => {
            say(&format!(
                "The database is sound, and the audit is whole: {rows} rows, each following from the one before."
            ));
            Ok(())
        }
        Verdict::Broken { row, why } => anyhow::bail!("the audit was tampered with at row {row}: {why}"),
    }
}
