//! The release binary, with the site inside.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::steps::{self, Done, step};
use crate::{site, workspace};

/// The site and then the server; returns the binary's path.
pub fn build_all() -> Result<PathBuf> {
    site::build()?;
    build()
}

/// Builds `surgery` in release. cargo itself knows what is up to date: the site's files are among its inputs.
pub fn build() -> Result<PathBuf> {
    let binary = workspace::target().join("release").join(format!("surgery{}", std::env::consts::EXE_SUFFIX));
    step("server, release", || {
        let before = modified(&binary);
        steps::run(steps::cargo().args(["build", "--release", "--package", "server", "--bin", "surgery"]))?;
        let after = modified(&binary);
        if after.is_none() {
            bail!("cargo built the server, but {} is not there", binary.display());
        }
        Ok(if before == after { Done::UpToDate } else { Done::Made })
    })?;
    Ok(binary)
}

fn modified(binary: &Path) -> Option<std::time::SystemTime> {
    std::fs::metadata(binary).and_then(|file| file.modified()).ok()
}
