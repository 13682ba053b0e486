//! The tables of each version, in the words of each database: `migrations/`.
//!
//! Listed by hand and not read by sqlx's macro, which would compile both databases' drivers a second time for the
//! compiler's own machine.

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr as _};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A migration of this file, in both databases' words.
macro_rules! listed {
    ($number:literal, $name:literal, $file:literal) => {
        (
            $number,
            $name,
            include_str!(concat!("../../../migrations/sqlite/", $file)),
            include_str!(concat!("../../../migrations/postgres/", $file)),
        )
    };
}

/// Number and name of each migration, and its text for SQLite and for PostgreSQL.
const ALL: &[Listed] = &[
    listed!(1, "foundation", "0001_foundation.sql"),
    listed!(2, "standards", "0002_standards.sql"),
    listed!(3, "rebase", "0003_rebase.sql"),
    listed!(4, "answers", "0004_answers.sql"),
    listed!(5, "surgeries", "0005_surgeries.sql"),
    listed!(6, "workforce_and_targets", "0006_workforce_and_targets.sql"),
    listed!(7, "register_history", "0007_register_history.sql"),
    listed!(8, "messages", "0008_messages.sql"),
    listed!(9, "calendar_feeds", "0009_calendar_feeds.sql"),
    listed!(10, "tours", "0010_tours.sql"),
    listed!(11, "action_log_indexes", "0011_action_log_indexes.sql"),
    listed!(12, "holds", "0012_holds.sql"),
    listed!(13, "extract_changes", "0013_extract_changes.sql"),
    listed!(14, "kinds_and_events", "0014_kinds_and_events.sql"),
    listed!(15, "extract_windows", "0015_extract_windows.sql"),
    listed!(16, "month_tally", "0016_month_tally.sql"),
    listed!(17, "mapping", "0017_mapping.sql"),
    listed!(18, "once", "0018_once.sql"),
    listed!(19, "load_owners", "0019_load_owners.sql"),
    listed!(21, "passwords_and_sessions", "0021_passwords_and_sessions.sql"),
    listed!(22, "sign_in_tries", "0022_sign_in_tries.sql"),
];

/// SQLite's migrations.
pub(crate) fn sqlite() -> Migrator {
    migrator(|(number, name, sqlite, _)| (number, name, sqlite))
}

/// PostgreSQL's migrations.
pub(crate) fn postgres() -> Migrator {
    migrator(|(number, name, _, postgres)| (number, name, postgres))
}

/// Names of the triggers and unique indexes that migrations make and leave.
pub(crate) fn guards(migrator: &Migrator) -> BTreeSet<String> {
    let mut guards = BTreeSet::new();
    for migration in migrator.iter() {
        for line in migration.sql.as_str().lines() {
            let mut words = line.split_whitespace();
            let name = |word: Option<&str>| word.unwrap_or_default().trim_end_matches(';').to_owned();
            match (words.next(), words.next()) {
                (Some("create"), Some("trigger")) => {
                    guards.insert(name(words.next()));
                }
                (Some("create"), Some("unique")) => {
                    guards.insert(name(words.nth(1)));
                }
                (Some("drop"), Some("trigger" | "index")) => {
                    guards.remove(&name(words.next()));
                }
                _ => {}
            }
        }
    }
    guards
}

type Listed = (i64, &'static str, &'static str, &'static str);

fn migrator(text: impl Fn(Listed) -> (i64, &'static str, &'static str)) -> Migrator {
    let migration = |listed| {
        let (number, name, sql) = text(listed);
        let sql = AssertSqlSafe(sql).into_sql_str();
        Migration::new(number, Cow::Borrowed(name), MigrationType::Simple, sql, false)
    };
    Migrator::with_migrations(ALL.iter().copied().map(migration).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_file_of_both_databases_is_listed() {
        for database in ["sqlite", "postgres"] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations").join(database);
            let mut files: Vec<String> = std::fs::read_dir(folder)
                .unwrap()
                .map(|file| file.unwrap().file_name().into_string().unwrap())
                .collect();
            files.sort();
            let listed: Vec<String> = ALL.iter().map(|(number, name, ..)| format!("{number:04}_{name}.sql")).collect();
            assert_eq!(files, listed, "{database}");
        }
    }
}
