//! `surgery verify`: the database's integrity, whether what is stored fits together, and the audit's chain.

use crate::cli::output::say;
use crate::db::Db;
use crate::load;
use crate::store::audit::{self, Verdict};
use crate::store::soundness;

const OTHERWISE: &str = "extracts whose counts are not those of their records";

pub(crate) async fn run(db: &Db, recount: bool) -> anyhow::Result<()> {
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
    let mut findings: Vec<String> = soundness::findings(db).await?.iter().map(ToString::to_string).collect();
    if recount {
        anyhow::ensure!(
            load::is_of_this_reading(db).await?,
            "the figures were counted by another version: run 'surgery migrate' first, which counts them anew"
        );
        let otherwise = load::counted_otherwise(db).await?;
        findings.extend(soundness::Finding::of(OTHERWISE, &otherwise).map(|finding| finding.to_string()));
    }
    let verdict = audit::verify(db).await?;
    if let Verdict::Broken { row, why } = verdict {
        findings.insert(0, format!("the audit was tampered with at row {row}: {why}"));
    }
    match verdict {
        Verdict::Whole(rows) if findings.is_empty() => {
            say(&format!(
                "The database is sound, and the audit is whole: {rows} rows, each following from the one before."
            ));
            Ok(())
        }
        _ => anyhow::bail!("the database is not sound.\n  {}\nRestore the last backup", findings.join("\n  ")),
    }
}
