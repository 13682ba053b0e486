//! The browser's half: WebAssembly, scripts, styles and pictures, with their content's hash in the name.

mod publish;
mod style;
mod wasm;

use std::path::PathBuf;
use std::{fs, io};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::steps::{Done, step};
use crate::wasm_std::{self, Toolchain};
use crate::{npm, stamp, workspace};
use publish::Site;

/// Everything the site is made from.
const INPUTS: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "app/Cargo.toml",
    "app/src",
    "domain/Cargo.toml",
    "domain/src",
    "domain/data",
    "frontend/Cargo.toml",
    "frontend/src",
    "style",
    "xtask/src/site",
];

/// Brotli bytes of wasm that a first visit on a slow line can bear.
const WASM_BUDGET: u64 = 200_000;

/// The size of one file of the site, in bytes.
pub struct Size {
    /// Its name in `pkg/`.
    pub name: String,
    /// As built.
    pub raw: u64,
    /// With gzip.
    pub gzip: u64,
    /// With brotli.
    pub brotli: u64,
}

/// Builds the site unless it is up to date; returns the sizes of its files.
pub fn build() -> Result<Vec<Size>> {
    let mut toolchain = Toolchain::Default;
    step("wasm32 standard library", || {
        let (found, done) = wasm_std::ensure()?;
        toolchain = found;
        Ok(done)
    })?;
    let hash = stamp::hash_of(INPUTS, &[&toolchain.version()?])?;
    if stamp::is_fresh("site", &hash) && is_whole() {
        step("site", || Ok(Done::UpToDate))?;
        return sizes();
    }
    step("packages for the site", || npm::ensure("style"))?;
    let mut bound = PathBuf::new();
    step("app to WebAssembly", || {
        let built = wasm::compile(&toolchain)?;
        bound = wasm::bind(&built)?;
        Ok(Done::Made)
    })?;
    step("wasm-opt", || wasm::optimise(&bound))?;
    let mut css = String::new();
    step("styles", || {
        css = style::compile()?;
        Ok(Done::Made)
    })?;
    step("hash, brotli and gzip", || {
        let mut site = Site::new();
        site.add_assets()?;
        site.add_style(&css)?;
        site.add_app(&bound)?;
        site.write()?;
        Ok(Done::Made)
    })?;
    stamp::keep("site", &hash)?;
    let sizes = sizes()?;
    report(&sizes);
    Ok(sizes)
}

/// Makes the folder that the server's build embeds, for builds that do not need what is in it.
pub fn ensure_folder() -> io::Result<()> {
    fs::create_dir_all(workspace::site())
}

/// True when every file of the manifest is there.
fn is_whole() -> bool {
    let Ok(manifest) = manifest() else {
        return false;
    };
    let files = ["js", "wasm", "css"].map(|key| manifest[key].as_str());
    files.into_iter().all(|file| file.is_some_and(|file| workspace::site().join(file).is_file()))
}

fn manifest() -> Result<Value> {
    let file = workspace::site().join("manifest.json");
    let text = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(serde_json::from_slice(&text)?)
}

fn sizes() -> Result<Vec<Size>> {
    let manifest = manifest()?;
    let mut sizes = Vec::new();
    for key in ["wasm", "js", "css"] {
        let name = manifest[key].as_str().with_context(|| format!("the manifest has no {key}"))?;
        let length = |ending: &str| -> Result<u64> {
            let file = workspace::site().join(format!("{name}{ending}"));
            Ok(fs::metadata(&file).with_context(|| format!("{} is missing", file.display()))?.len())
        };
        sizes.push(Size {
            name: name.trim_start_matches("pkg/").to_owned(),
            raw: length("")?,
            gzip: length(".gz")?,
            brotli: length(".br")?,
        });
    }
    Ok(sizes)
}

fn report(sizes: &[Size]) {
    println!("    {:<34} {:>9} {:>9} {:>9}", "file", "raw", "gzip", "brotli");
    for size in sizes {
        let kb = |bytes: u64| format!("{:.1} kB", bytes as f64 / 1000.0);
        println!("    {:<34} {:>9} {:>9} {:>9}", size.name, kb(size.raw), kb(size.gzip), kb(size.brotli));
    }
    if let Some(wasm) = sizes.iter().find(|size| size.name.ends_with(".wasm") && size.brotli > WASM_BUDGET) {
        println!(
            "    warning: the wasm is {} kB with brotli, over the budget of {} kB",
            wasm.brotli / 1000,
            WASM_BUDGET / 1000
        );
    }
}
