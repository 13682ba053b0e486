//! Opening the database of a command: only some commands make one where there is none, and they say so.

use crate::cli::output::say;
use crate::db::Db;
use crate::private;
use anyhow::Context as _;

/// Whether a command makes a database where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Makes {
    /// It does, and says so.
    Database,
    /// It has nothing to do without one.
    Nothing,
}

/// Opens the database at an address and brings its tables up to date.
///
/// # Errors
/// When there is none and the command makes none, or it cannot be opened.
pub(crate) async fn open(address: &str, makes: Makes) -> anyhow::Result<Db> {
    let Some(path) = Db::file_of(address) else { return open_on_a_server(address, makes).await };
    let is_there = path.metadata().is_ok_and(|about| about.len() > 0);
    if !is_there {
        anyhow::ensure!(
            makes == Makes::Database,
            "there is no database at {}. 'surgery load' makes one; to use another, name it with --database-url",
            path.display()
        );
        // A new file would throw away what the journal of the missing one still holds.
        let [journal, _] = private::journals(&path);
        if journal.metadata().is_ok_and(|about| about.len() > 0) {
            anyhow::bail!(
                "{} is gone, but its journal {} is there: put the database's file back, or restore a backup with 'surgery restore'",
                path.display(),
                journal.display()
            );
        }
    }
    let db = Db::connect(address).await.context("the database cannot be opened")?;
    let is_ours = !is_there || db.is_ready().await;
    if !is_ours && makes == Makes::Nothing {
        db.close().await;
        anyhow::bail!(
            "{} holds nothing of Performance Surgery. To use another database, name it with --database-url",
            path.display()
        );
    }
    db.migrate().await.context("the database cannot be opened")?;
    if !is_there || !is_ours {
        say(&format!("Made a new database at {}.", path.display()));
    }
    Ok(db)
}

async fn open_on_a_server(address: &str, makes: Makes) -> anyhow::Result<Db> {
    let db = Db::connect(address).await.context("the database cannot be opened")?;
    let is_new = !db.is_ready().await;
    if is_new && makes == Makes::Nothing {
        db.close().await;
        anyhow::bail!(
            "this PostgreSQL database holds nothing of Performance Surgery. 'surgery load' makes its tables; to use another, name it with --database-url"
        );
    }
    db.migrate().await.context("the database cannot be opened")?;
    if is_new {
        say("Made a new database: its tables are in place on the PostgreSQL server.");
    }
    Ok(db)
}
