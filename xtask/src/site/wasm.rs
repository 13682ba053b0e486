//! From the crate `frontend` to a small `.wasm` and the script that starts it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use crate::steps::{self, Done};
use crate::wasm_std::Toolchain;
use crate::{npm, stamp, workspace};

/// What wasm-opt may use: what rustc writes and every current browser reads. Named one by one, because
/// `--all-features` makes a file that browsers refuse.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Compiles `frontend`; returns the `.wasm` as rustc made it.
pub fn compile(toolchain: &Toolchain) -> Result<PathBuf> {
    let target = workspace::wasm_target();
    let mut build = toolchain.cargo();
    build
        .args(["build", "--package", "frontend", "--lib", "--profile", "wasm-release"])
        .args(["--target", "wasm32-unknown-unknown", "--target-dir"])
        .arg(&target)
        .env("CARGO_ENCODED_RUSTFLAGS", plain_paths().join("\u{1f}"));
    steps::run(&mut build)?;
    Ok(target.join("wasm32-unknown-unknown/wasm-release/frontend.wasm"))
}

/// Panic messages carry the paths of the sources: keep the builder's home out of what everyone downloads, and
/// the bytes the same on every machine.
fn plain_paths() -> Vec<String> {
    let mut flags = vec![format!("--remap-path-prefix={}=.", workspace::root().display())];
    let home = std::env::var("CARGO_HOME").or_else(|_| std::env::var("HOME").map(|home| format!("{home}/.cargo")));
    if let Ok(home) = home {
        let index = Path::new(&home).join("registry/src");
        for entry in fs::read_dir(index).into_iter().flatten().flatten() {
            flags.push(format!("--remap-path-prefix={}=crates", entry.path().display()));
        }
    }
    flags
}

/// Makes `surgery.js`, `surgery_bg.wasm` and their snippets; returns their folder.
pub fn bind(built: &Path) -> Result<PathBuf> {
    let folder = workspace::work().join("bound");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let mut bindgen = Bindgen::new();
    bindgen.input_path(built).out_name("surgery").typescript(false).remove_name_section(true);
    bindgen.remove_producers_section(true);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(&folder))
        .map_err(|error| anyhow!("wasm-bindgen: {error:#}"))?;
    Ok(folder)
}

/// Shrinks `surgery_bg.wasm` in place; the result is kept by the hash of what went in.
pub fn optimise(folder: &Path) -> Result<Done> {
    let wasm = folder.join("surgery_bg.wasm");
    let bytes = fs::read(&wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let kept = workspace::work().join("optimised").join(stamp::short_hash(&bytes)).with_extension("wasm");
    let done = if kept.is_file() {
        Done::UpToDate
    } else {
        let store = workspace::work().join("optimised");
        if store.exists() {
            fs::remove_dir_all(&store)?;
        }
        fs::create_dir_all(&store)?;
        let unfinished = store.join("unfinished");
        let mut optimise = steps::command(npm::program("style", "wasm-opt"));
        optimise.arg("-Oz").args(FEATURES).arg(&wasm).arg("-o").arg(&unfinished);
        steps::output(&mut optimise)?;
        fs::rename(&unfinished, &kept)?;
        Done::Made
    };
    fs::copy(&kept, &wasm)?;
    Ok(done)
}
