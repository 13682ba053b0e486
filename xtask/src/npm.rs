//! Node packages, from their lock files alone.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::steps::{self, Done, which};
use crate::{debian, stamp, workspace};

/// The oldest Node the packages run on.
const OLDEST_NODE: u32 = 20;

/// Installs the packages of a folder as its `package-lock.json` says, unless they are there.
pub fn ensure(folder: &str) -> Result<Done> {
    let package = format!("{folder}/package.json");
    let lock = format!("{folder}/package-lock.json");
    let hash = stamp::hash_of(&[&package, &lock], &[])?;
    let name = format!("npm-{folder}");
    if workspace::root().join(folder).join("node_modules").is_dir() && stamp::is_fresh(&name, &hash) {
        return Ok(Done::UpToDate);
    }
    ensure_node()?;
    let mut install = steps::command("npm");
    install.current_dir(workspace::root().join(folder)).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").args([
        "ci",
        "--ignore-scripts",
        "--omit=optional",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]);
    steps::output(&mut install)
        .with_context(|| format!("the packages of {folder}/ could not be installed; is npm's registry reachable?"))?;
    stamp::keep(&name, &hash)?;
    Ok(Done::Made)
}

/// A program that a package brings.
pub fn program(folder: &str, name: &str) -> PathBuf {
    workspace::root().join(folder).join("node_modules/.bin").join(name)
}

fn ensure_node() -> Result<()> {
    if which("node").is_none() || which("npm").is_none() {
        debian::install(&["nodejs", "npm"], "Node.js with npm")?;
    }
    let version = steps::output(steps::command("node").arg("--version"))?;
    match major(&version) {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        _ => bail!("Node.js {OLDEST_NODE} or newer is needed, this is {}", version.trim()),
    }
}

/// 20 of "v20.20.2".
fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("nonsense"), None);
    }
}
