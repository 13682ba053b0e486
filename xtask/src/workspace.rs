//! Where things are.

use std::env;
use std::path::{Path, PathBuf};

/// The root of the repository: the folder that holds `xtask/`.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Cargo's target directory for the server and the tests.
pub fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// Where the site is written, and where the server embeds it from, whatever `CARGO_TARGET_DIR` says.
pub fn site() -> PathBuf {
    root().join("target/site")
}

/// The wasm crate has a target directory of its own: it may be built by another rustc.
pub fn wasm_target() -> PathBuf {
    root().join("target/wasm")
}

/// Intermediate files of this tool: stamps, optimised wasm, the carrier of the standard library.
pub fn work() -> PathBuf {
    root().join("target/xtask")
}

/// True where a part that cannot run must count as a failure.
pub fn in_ci() -> bool {
    env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"))
}
