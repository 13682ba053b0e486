//! The database: a SQLite file by default, PostgreSQL through the same address.
//!
//! One SQL text a query, in the dialect both share. [`read!`], [`write!`](crate::db::write) and [`on_tx!`] match the
//! enum once, so a query is written once and typed for both.

mod file;

pub use file::{FileTrouble, OpenFile};
pub(crate) use file::{alone_with, is_one_file, lock_path};

use crate::private;
use crate::store::doubled::{self, Doubled};
use crate::store::migrations;
use sqlx::migrate::MigrateError;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, PgConnection, PgPool, Postgres, Sqlite, SqlitePool, Transaction};
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

/// Where the data is kept.
#[derive(Debug, Clone)]
pub enum Db {
    /// A file: readers beside one writer.
    Sqlite {
        /// Read-only connections.
        read: SqlitePool,
        /// The one connection that writes.
        write: SqlitePool,
        /// The file; `None` of one that nobody writes to, such as a copy that is checked.
        file: Option<Arc<OpenFile>>,
    },
    /// A server.
    Postgres {
        /// Reads, single statements, and the audit of what is read.
        pool: PgPool,
        /// The one connection of this process that writes more than a statement: who waits for the turn holds no connection
        /// that a reader needs.
        writer: PgPool,
    },
}

/// A database that cannot be used, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The address names neither.
    #[error("'{0}' is no database address: use sqlite://PATH or postgres://USER@HOST/NAME")]
    Address(String),
    /// The folder or the file cannot be made, or cannot be made private.
    #[error("the database file cannot be made, or is another account's: {0}")]
    Folder(std::io::Error),
    /// The server does not answer.
    #[error(
        "the PostgreSQL server {server} cannot be reached: {why}. Look whether it runs and whether the address is right"
    )]
    Unreachable {
        /// Its host and port.
        server: String,
        /// What happened.
        why: String,
    },
    /// Somebody else's change took too long.
    #[error("another change is being saved, and this one could not wait any longer: nothing was changed, try again")]
    Busy,
    /// A backup is being put in its place.
    #[error("a backup is being restored in the database's place: wait for its end, then try again")]
    Restoring,
    /// A server or a command has it open.
    #[error("the database is in use: stop the server and wait for the end of other commands, then try again")]
    InUse,
    /// The file is not where it was.
    #[error("{0}")]
    File(#[from] FileTrouble),
    /// The database answered with an error.
    #[error("the database failed: {0}")]
    Sql(#[from] sqlx::Error),
    /// A migration failed.
    #[error("the database's tables cannot be brought up to date: {0}")]
    Migrate(#[from] MigrateError),
    /// An earlier version let two changes save at once.
    #[error("{0}")]
    Doubled(Doubled),
    /// A stored record cannot be read back.
    #[error("a stored record cannot be read: {0}")]
    Stored(#[from] serde_json::Error),
    /// What is stored does not fit together.
    #[error("what is stored does not fit together: {0}")]
    Inconsistent(String),
}

impl From<std::io::Error> for DbError {
    fn from(error: std::io::Error) -> Self {
        Self::Folder(error)
    }
}

/// Runs a read with `$pool` bound to a pool of either kind.
macro_rules! read {
    ($db:expr, $pool:ident => $body:expr) => {
        match $db {
            $crate::db::Db::Sqlite { read: $pool, .. } => $body,
            $crate::db::Db::Postgres { pool: $pool, .. } => $body,
        }
    };
}

/// Runs a single writing statement with `$pool` bound to the writing pool of either kind. What it decides by stands in the
/// statement itself: whoever reads first and then writes does both in a transaction of [`Db::begin`](crate::db::Db::begin).
macro_rules! write {
    ($db:expr, $pool:ident => $body:expr) => {
        match $db {
            $crate::db::Db::Sqlite { write: $pool, .. } => $body,
            $crate::db::Db::Postgres { pool: $pool, .. } => $body,
        }
    };
}

/// Makes a struct readable from a row of either database: each field from the column of its name. What stands behind
/// `with` is read from the same row by its own columns.
macro_rules! from_row {
    ($name:ident { $($field:ident),* $(,)? } $(with { $($part:ident: $kind:ident),* $(,)? })?) => {
        $crate::db::from_row!(@ sqlx::sqlite::SqliteRow, $name { $($field),* } { $($($part: $kind),*)? });
        $crate::db::from_row!(@ sqlx::postgres::PgRow, $name { $($field),* } { $($($part: $kind),*)? });
    };
    (@ $row:ty, $name:ident { $($field:ident),* } { $($part:ident: $kind:ident),* }) => {
        impl sqlx::FromRow<'_, $row> for $name {
            fn from_row(row: &$row) -> Result<Self, sqlx::Error> {
                Ok(Self {
                    $($field: sqlx::Row::try_get(row, stringify!($field))?,)*
                    $($part: <$kind as sqlx::FromRow<'_, $row>>::from_row(row)?,)*
                })
            }
        }
    };
}

/// Runs a statement within a transaction with `$conn` bound to its connection.
macro_rules! on_tx {
    ($tx:expr, $conn:ident => $body:expr) => {
        match $tx {
            $crate::db::Tx::Sqlite(tx) => {
                let $conn = &mut **tx;
                $body
            }
            $crate::db::Tx::Postgres(tx) => {
                let $conn = &mut **tx;
                $body
            }
        }
    };
}

pub(crate) use {from_row, on_tx, read, write};

/// How long a server may take to answer the first time.
const FIRST_ANSWER: Duration = Duration::from_secs(10);

/// Connects once: a pool would try again and again, and say nothing until its time is up.
async fn answers(options: &PgConnectOptions) -> Result<(), DbError> {
    let unreachable =
        |why: String| DbError::Unreachable { server: format!("{}:{}", options.get_host(), options.get_port()), why };
    match tokio::time::timeout(FIRST_ANSWER, PgConnection::connect_with(options)).await {
        Ok(Ok(connection)) => Ok(connection.close().await?),
        Ok(Err(sqlx::Error::Io(error))) => Err(unreachable(error.to_string())),
        Ok(Err(error)) => Err(error.into()),
        Err(_) => Err(unreachable(format!("no answer in {} seconds", FIRST_ANSWER.as_secs()))),
    }
}

/// A transaction; dropping it rolls back.
#[derive(Debug)]
pub enum Tx {
    /// On the SQLite writer, begun immediately.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    /// Makes everything in it lasting.
    ///
    /// # Errors
    /// When the database cannot.
    pub async fn commit(self) -> Result<(), DbError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

/// How long a change waits for others of its own process. With [`OTHERS_WAIT`] it is less than a request may take, so that
/// whoever waited in vain is told why.
const OWN_WAIT: Duration = Duration::from_secs(15);
/// How long a change waits for those of other processes and servers; [`TAKE_THE_TURN`] says the same.
const OTHERS_WAIT: Duration = Duration::from_secs(10);
/// How often a load takes its place in the queue again: five minutes and more in all.
const PATIENCE: u32 = 30;

/// Takes the turn of the one writer until the transaction ends, whichever server asks: what SQLite's `begin immediate`
/// does. The number is "surgery" in ASCII. A server that is cut off gives its turn back after ten minutes.
const TAKE_THE_TURN: &str = "set local lock_timeout = '10s'; set local idle_in_transaction_session_timeout = '10min';
     select pg_advisory_xact_lock(32498756543148665)";

/// Waits for locks as long as a writer does.
const WAIT_FOR_LOCKS: &str = "set local lock_timeout = '10s'";

/// The error of a change that could not begin, or could not go on.
pub(crate) fn busy(error: sqlx::Error) -> DbError {
    // PostgreSQL's lock_not_available; SQLite's busy, and busy with a snapshot.
    const CODES: [&str; 3] = ["55P03", "5", "517"];
    let code = error.as_database_error().and_then(|error| error.code());
    match error {
        sqlx::Error::PoolTimedOut => DbError::Busy,
        _ if code.is_some_and(|code| CODES.contains(&&*code)) => DbError::Busy,
        other => DbError::Sql(other),
    }
}

/// A pool of connections to a file. They do not go stale, so none is asked whether it answers before each use, and none is
/// closed for its age. One whose commit or rollback failed is closed: SQLite may have ended the transaction by itself, as on a
/// full disk, and sqlx would for ever take it for open.
fn pool(file: &Arc<OpenFile>) -> SqlitePoolOptions {
    let file = Arc::clone(file);
    SqlitePoolOptions::new()
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(move |_, _| {
            let found = file.trouble().map_or(Ok(()), |trouble| Err(sqlx::Error::Io(std::io::Error::other(trouble))));
            Box::pin(async move { found })
        })
        .after_release(|connection, _| {
            Box::pin(async move {
                if connection.is_in_transaction() {
                    // What was begun and dropped is rolled back first.
                    connection.ping().await?;
                }
                Ok(!connection.is_in_transaction())
            })
        })
}

/// Begins a transaction on the writer, and asks whether it may write: one that was opened while the disk was read-only never
/// may, so it is replaced.
async fn begin_in_file(write: &SqlitePool, file: Option<&OpenFile>) -> Result<Transaction<'static, Sqlite>, DbError> {
    const ASK: &str = "update setting set value = value where name is null";
    if let Some(trouble) = file.and_then(OpenFile::trouble) {
        return Err(trouble.into());
    }
    let begun = async {
        let mut tx = write.begin_with("begin immediate").await?;
        sqlx::query(ASK).execute(&mut *tx).await?;
        Ok(tx)
    };
    begun.await.map_err(|error| {
        let error = busy(error);
        if let (DbError::Sql(_), Some(file)) = (&error, file) {
            file.doubt_the_writer();
        }
        error
    })
}

/// Why a change could not be kept, in words that may be shown to anybody; `None` where the cause is not known.
pub(crate) fn cause(error: &DbError) -> Option<&'static str> {
    let code = match error {
        DbError::Sql(error) => error.as_database_error()?.code()?,
        DbError::File(FileTrouble::Gone) => return Some("the database's file is gone"),
        DbError::File(FileTrouble::Replaced) => return Some("the database's file was replaced"),
        _ => return None,
    };
    match &*code {
        "53100" => return Some("the disk is full"),
        "25006" => return Some("the database may only be read"),
        _ => {}
    }
    // SQLite's codes carry more detail in the bits above the eighth.
    match code.parse::<u32>().ok()? & 0xff {
        8 => Some("the database may only be read"),
        10 => Some("the disk cannot be written or read"),
        13 => Some("the disk is full"),
        14 => Some("the database's file cannot be opened"),
        _ => None,
    }
}

/// How many values one statement may carry: SQLite takes 32,766, PostgreSQL 65,535.
pub const MOST_VALUES: usize = 32_000;

impl Db {
    /// Opens the database at an address (made when absent) and brings its tables up to date.
    ///
    /// # Errors
    /// When the address is wrong, or the database cannot be reached or migrated.
    pub async fn open(address: &str) -> Result<Self, DbError> {
        let db = Self::connect(address).await?;
        db.migrate().await?;
        Ok(db)
    }

    /// The file of an address; `None` of a server's.
    #[must_use]
    pub fn file_of(address: &str) -> Option<PathBuf> {
        let path = address.strip_prefix("sqlite:")?;
        Some(PathBuf::from(path.trim_start_matches("//").split('?').next().unwrap_or_default()))
    }

    /// Opens the database without touching its tables; a file is made when absent.
    ///
    /// # Errors
    /// When the address is wrong or the database cannot be reached.
    pub async fn connect(address: &str) -> Result<Self, DbError> {
        if let Some(path) = Self::file_of(address) {
            return Self::open_file(path).await;
        }
        if address.starts_with("postgres:") || address.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(address)?;
            answers(&options).await?;
            let pool = PgPoolOptions::new()
                .max_connections(16)
                .acquire_timeout(Duration::from_secs(10))
                .connect_with(options.clone())
                .await?;
            let writer = PgPoolOptions::new().max_connections(1).acquire_timeout(OWN_WAIT).connect_lazy_with(options);
            return Ok(Self::Postgres { pool, writer });
        }
        Err(DbError::Address(address.split(':').next().unwrap_or_default().to_owned()))
    }

    async fn open_file(path: PathBuf) -> Result<Self, DbError> {
        if let Some(folder) = path.parent() {
            private::make_folder(folder)?;
        }
        let file = OpenFile::claim(&path)?;
        private::make_database(&path)?;
        let file = Arc::new(file.opened()?);
        // FULL: what was answered as saved (audit, accounts, extracts) must survive a power cut. A connection of later finds
        // the file that was there, or fails: it makes no empty one.
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(false)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(15))
            .pragma("cache_size", "-32000")
            .pragma("temp_store", "memory");
        let doubted = Arc::clone(&file);
        let write = pool(&file)
            .max_connections(1)
            .acquire_timeout(OWN_WAIT)
            .before_acquire(move |_, _| {
                let is_fit = !doubted.take_doubt();
                Box::pin(async move { Ok(is_fit) })
            })
            .connect_with(options.clone().busy_timeout(OTHERS_WAIT))
            .await?;
        let read = pool(&file)
            .max_connections(8)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options.read_only(true))
            .await?;
        let file = Some(file);
        Ok(Self::Sqlite { read, write, file })
    }

    /// Brings the tables up to date.
    ///
    /// # Errors
    /// When a migration fails; the database is then as it was before that migration.
    pub async fn migrate(&self) -> Result<(), DbError> {
        let migrated = match self {
            Self::Sqlite { write, .. } => migrations::sqlite().run(write).await,
            Self::Postgres { pool, .. } => migrations::postgres().run(pool).await,
        };
        match migrated {
            Ok(()) => Ok(()),
            Err(MigrateError::ExecuteMigration(error, doubled::MIGRATION)) => match doubled::find(self).await {
                Ok(Some(doubled)) => Err(DbError::Doubled(doubled)),
                _ => Err(MigrateError::ExecuteMigration(error, doubled::MIGRATION).into()),
            },
            Err(error) => Err(error.into()),
        }
    }

    /// Begins a transaction and takes the one writer's turn: nobody else changes anything until it ends, on this server or
    /// another. Readers are not stopped. Whatever a change decides by is read inside it, or checked again inside it.
    ///
    /// # Errors
    /// [`DbError::Busy`] when the changes before it take longer than half a minute, and when no connection is to be had.
    pub async fn begin(&self) -> Result<Tx, DbError> {
        Ok(match self {
            Self::Sqlite { write, file, .. } => Tx::Sqlite(begin_in_file(write, file.as_deref()).await?),
            Self::Postgres { writer, .. } => {
                let mut tx = writer.begin().await.map_err(busy)?;
                sqlx::raw_sql(TAKE_THE_TURN).execute(&mut *tx).await.map_err(busy)?;
                Tx::Postgres(tx)
            }
        })
    }

    /// The same for what took long to work out and is not to be thrown away lightly, such as a load: waits for minutes.
    ///
    /// # Errors
    /// As [`Self::begin`].
    pub async fn begin_patiently(&self) -> Result<Tx, DbError> {
        for _ in 1..PATIENCE {
            match self.begin().await {
                Err(DbError::Busy) => tracing::info!("a change still waits for others to be saved"),
                begun => return begun,
            }
        }
        self.begin().await
    }

    /// Begins a transaction that reads, all of it as at one moment.
    ///
    /// # Errors
    /// When no connection is to be had.
    pub(crate) async fn begin_reading(&self) -> Result<Tx, DbError> {
        const AS_AT_ONE_MOMENT: &str = "begin isolation level repeatable read read only";
        Ok(match self {
            Self::Sqlite { read, .. } => Tx::Sqlite(read.begin().await?),
            Self::Postgres { pool, .. } => Tx::Postgres(pool.begin_with(AS_AT_ONE_MOMENT).await?),
        })
    }

    /// Begins a transaction that only appends to the audit. On PostgreSQL it does not wait for the writer's turn: the audit
    /// has a lock of its own, and who only reads a page is not to wait for a load. Whoever holds the turn takes that lock
    /// after it, so the two never wait for each other.
    ///
    /// # Errors
    /// As [`Self::begin`].
    pub(crate) async fn begin_append(&self) -> Result<Tx, DbError> {
        match self {
            Self::Sqlite { .. } => self.begin().await,
            Self::Postgres { pool, .. } => {
                let mut tx = pool.begin().await.map_err(busy)?;
                sqlx::raw_sql(WAIT_FOR_LOCKS).execute(&mut *tx).await?;
                Ok(Tx::Postgres(tx))
            }
        }
    }

    /// What is wrong with the database's file: what is open then is not what is there, and nobody is to be answered from it.
    #[must_use]
    pub fn file_trouble(&self) -> Option<FileTrouble> {
        match self {
            Self::Sqlite { file, .. } => file.as_ref().and_then(|file| file.trouble()),
            Self::Postgres { .. } => None,
        }
    }

    /// Whether the database answers and its tables are there.
    pub async fn is_ready(&self) -> bool {
        read!(self, pool => sqlx::query("select 1 from setting limit 1").fetch_optional(pool).await.is_ok())
    }

    /// Closes every connection.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write, .. } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres { pool, writer } => {
                pool.close().await;
                writer.close().await;
            }
        }
    }
}
