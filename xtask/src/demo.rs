//! The demonstration authority: invented children, in a database of its own.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::steps::{self, Done, step};
use crate::workspace;

/// Children known to the demonstration authority, unless asked otherwise.
pub const CHILDREN: u32 = 2_000;
const WEEKS: u32 = 52;
/// Monthly extracts before the weekly ones: a chart needs 13 months.
const MONTHS: u32 = 14;

/// What a demonstration is made of.
pub struct Demo {
    /// Children in the first week.
    pub children: u32,
    /// Monthly extracts before the weekly ones.
    pub months: u32,
    /// Weekly extracts.
    pub weeks: u32,
}

/// Makes `data/surgery.db` unless it is there; returns its address.
pub fn ensure(binary: &Path, children: u32, fresh: bool) -> Result<String> {
    let folder = workspace::root().join("data");
    fs::create_dir_all(&folder)?;
    let database = folder.join("surgery.db");
    step("demonstration authority", || {
        if database.exists() && !fresh {
            return Ok(Done::UpToDate);
        }
        // Filled under another name, so that a database with the right name is always a whole one.
        let unfinished = folder.join("surgery-unfinished.db");
        remove(&unfinished)?;
        let (demo, out) = (Demo { children, months: MONTHS, weeks: WEEKS }, folder.join("demo"));
        load_with(binary, &demo, &out, &unfinished, &["--last", "friday"])?;
        remove(&database)?;
        rename(&unfinished, &database)?;
        Ok(Done::Made)
    })?;
    Ok(address(&database))
}

/// Writes a demonstration's files to a folder and loads them all into a new SQLite database.
pub fn load(binary: &Path, demo: &Demo, out: &Path, database: &Path) -> Result<()> {
    load_with(binary, demo, out, database, &[])
}

fn load_with(binary: &Path, demo: &Demo, out: &Path, database: &Path, more: &[&str]) -> Result<()> {
    if out.exists() {
        fs::remove_dir_all(out).with_context(|| format!("cannot remove {}", out.display()))?;
    }
    steps::run(generate(binary, demo, out).arg("--load").args(more).env("DATABASE_URL", address(database)))
}

/// The command that writes a demonstration's files.
pub fn generate(binary: &Path, demo: &Demo, out: &Path) -> std::process::Command {
    let mut command = steps::command(binary);
    command
        .args(["demo", "--children", &demo.children.to_string(), "--weeks", &demo.weeks.to_string()])
        .args(["--months-before", &demo.months.to_string()])
        .args(["--seed", "1", "--out"])
        .arg(out);
    command
}

/// The address of a SQLite file, as `DATABASE_URL` takes it.
pub fn address(database: &Path) -> String {
    let path = database.strip_prefix(workspace::root()).unwrap_or(database);
    format!("sqlite://{}", path.display())
}

/// A SQLite database is up to three files, and one beside them says that it is in use.
fn parts(database: &Path) -> [PathBuf; 4] {
    ["", "-wal", "-shm", "-lock"].map(|ending| {
        let mut name = database.as_os_str().to_owned();
        name.push(ending);
        name.into()
    })
}

fn remove(database: &Path) -> Result<()> {
    for file in parts(database).iter().filter(|file| file.exists()) {
        fs::remove_file(file).with_context(|| format!("cannot remove {}", file.display()))?;
    }
    Ok(())
}

fn rename(from: &Path, to: &Path) -> Result<()> {
    for (from, to) in parts(from).iter().zip(parts(to)).filter(|(from, _)| from.exists()) {
        fs::rename(from, &to).with_context(|| format!("cannot write {}", to.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_inside_the_repository_is_relative() {
        assert_eq!(address(&workspace::root().join("data/surgery.db")), "sqlite://data/surgery.db");
    }
}
