//! The Chromium that the browser tests drive.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::debian;
use crate::steps::which;

const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// Finds Chromium, or installs Debian's. `CHROMIUM` in the environment names another.
pub fn ensure() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Ok(named.into());
    }
    if let Some(found) = find() {
        return Ok(found);
    }
    debian::install(&["chromium"], "Chromium")?;
    find().context("chromium was installed, but is not on the PATH")
}

fn find() -> Option<PathBuf> {
    NAMES.iter().find_map(|name| which(name))
}
