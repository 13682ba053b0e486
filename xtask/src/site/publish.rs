//! Names with hashes, files with their compressed forms, and the manifest that the server reads.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Map, Value, json};

use crate::{stamp, workspace};

/// Files worth compressing; pictures and fonts are compressed already.
const TEXT: &[&str] = &["js", "wasm", "css", "svg", "json", "txt"];

/// The site in memory, before it is written.
pub struct Site {
    /// Path below `target/site` to content.
    files: BTreeMap<String, Vec<u8>>,
    manifest: Map<String, Value>,
    /// Name in `style/assets` to path below `target/site`.
    assets: BTreeMap<String, String>,
}

impl Site {
    /// An empty site.
    pub fn new() -> Self {
        Self { files: BTreeMap::new(), manifest: Map::new(), assets: BTreeMap::new() }
    }

    /// Adds everything in `style/assets`.
    pub fn add_assets(&mut self) -> Result<()> {
        let folder = workspace::root().join("style/assets");
        let mut files = Vec::new();
        stamp::collect(&folder, &mut files)?;
        for file in files {
            let name = relative(&folder, &file);
            let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            let path = self.add(&name, bytes);
            self.assets.insert(name, path);
        }
        Ok(())
    }

    /// Adds the style sheet; `url(assets/NAME)` in it becomes the hashed name beside it.
    pub fn add_style(&mut self, css: &str) -> Result<()> {
        let mut css = css.to_owned();
        for (name, path) in &self.assets {
            css = css.replace(&format!("assets/{name}"), path.trim_start_matches("pkg/"));
        }
        let path = self.add("surgery.css", css.into_bytes());
        self.manifest.insert("css".into(), path.into());
        Ok(())
    }

    /// Adds what wasm-bindgen made: the wasm, the script and the scripts it imports.
    pub fn add_app(&mut self, folder: &Path) -> Result<()> {
        let wasm = fs::read(folder.join("surgery_bg.wasm"))?;
        let wasm = self.add("surgery.wasm", wasm);
        self.manifest.insert("wasm".into(), wasm.into());

        let snippets = self.add_snippets(&folder.join("snippets"))?;
        let script = fs::read_to_string(folder.join("surgery.js"))?;
        let script = import_from(&script, &snippets);
        let script = self.add("surgery.js", script.into_bytes());
        self.manifest.insert("js".into(), script.into());
        Ok(())
    }

    /// Snippets import each other by relative path, so the hash of all of them goes into their folder's name.
    fn add_snippets(&mut self, folder: &Path) -> Result<String> {
        let mut files = Vec::new();
        stamp::collect(folder, &mut files)?;
        files.sort();
        let mut snippets = Vec::new();
        let mut all = Vec::new();
        for file in files {
            let bytes = fs::read(&file)?;
            all.extend_from_slice(&bytes);
            snippets.push((relative(folder, &file), bytes));
        }
        let hashed = format!("snippets.{}", stamp::short_hash(&all));
        let paths: Vec<_> = snippets
            .into_iter()
            .map(|(name, bytes)| {
                let path = format!("pkg/{hashed}/{name}");
                self.files.insert(path.clone(), bytes);
                path
            })
            .collect();
        self.manifest.insert("snippets".into(), paths.into());
        Ok(hashed)
    }

    /// Writes what has changed and removes what is no longer part of the site.
    pub fn write(mut self) -> Result<()> {
        self.manifest.insert("assets".into(), json!(self.assets));
        let root = workspace::site();
        let mut wanted = BTreeSet::new();
        for (path, bytes) in &self.files {
            let file = root.join(path);
            let is_new = fs::read(&file).map_or(true, |there| there != *bytes);
            write_if(is_new, &file, || Ok(bytes.clone()))?;
            wanted.insert(file.clone());
            if TEXT.iter().any(|ending| path.ends_with(&format!(".{ending}"))) {
                let (gz, br) = (beside(&file, ".gz"), beside(&file, ".br"));
                write_if(is_new || !gz.is_file(), &gz, || gzip(bytes))?;
                write_if(is_new || !br.is_file(), &br, || brotli(bytes))?;
                wanted.extend([gz, br]);
            }
        }
        let manifest = root.join("manifest.json");
        let text = serde_json::to_vec_pretty(&self.manifest)?;
        let changed = fs::read(&manifest).map_or(true, |there| there != text);
        write_if(changed, &manifest, || Ok(text))?;
        wanted.insert(manifest);

        let mut there = Vec::new();
        stamp::collect(&root, &mut there)?;
        for file in there.into_iter().filter(|file| !wanted.contains(file)) {
            fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
        }
        Ok(())
    }

    /// Adds a file under `pkg/` with its hash in the name; returns the path below `target/site`.
    fn add(&mut self, name: &str, bytes: Vec<u8>) -> String {
        let path = format!("pkg/{}", hashed(name, &bytes));
        self.files.insert(path.clone(), bytes);
        path
    }
}

/// Lets a script import its snippets from the hashed folder. Only the imports: the same path is also the name by
/// which the wasm asks for them.
fn import_from(script: &str, snippets: &str) -> String {
    let quoted = |quote: char, folder: &str| format!("from {quote}./{folder}/");
    ['"', '\'']
        .iter()
        .fold(script.to_owned(), |script, &quote| script.replace(&quoted(quote, "snippets"), &quoted(quote, snippets)))
}

/// "favicon.0123456789abcdef.svg" of "favicon.svg".
fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash = stamp::short_hash(bytes);
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{hash}.{ending}"),
        None => format!("{name}.{hash}"),
    }
}

fn relative(folder: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(folder).unwrap_or(file);
    inside.to_string_lossy().replace('\\', "/")
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Untouched files keep their time, so that cargo does not embed the same site again.
fn write_if(needed: bool, file: &Path, bytes: impl FnOnce() -> Result<Vec<u8>>) -> Result<()> {
    if !needed {
        return Ok(());
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, bytes()?).with_context(|| format!("cannot write {}", file.display()))
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn the_hash_goes_before_the_ending() {
        assert_eq!(hashed("surgery.js", b""), "surgery.e3b0c44298fc1c14.js");
        assert_eq!(hashed("LICENCE", b""), "LICENCE.e3b0c44298fc1c14");
    }

    #[test]
    fn snippets_are_imported_by_their_hash_and_keep_their_name_for_the_wasm() {
        let script = r#"import * as import1 from "./snippets/a/inline0.js"
return {"./snippets/a/inline0.js": import1};"#;
        let moved = import_from(script, "snippets.00");
        assert!(moved.contains(r#"from "./snippets.00/a/inline0.js""#));
        assert!(moved.contains(r#"{"./snippets/a/inline0.js": import1}"#));
    }

    #[test]
    fn compressed_forms_open_to_the_same_bytes() {
        let bytes = b"a page, a page, a page".repeat(50);
        let mut opened = Vec::new();
        flate2::read::GzDecoder::new(&gzip(&bytes).unwrap()[..]).read_to_end(&mut opened).unwrap();
        assert_eq!(opened, bytes);
        let mut opened = Vec::new();
        brotli::BrotliDecompress(&mut &brotli(&bytes).unwrap()[..], &mut opened).unwrap();
        assert_eq!(opened, bytes);
    }

    #[test]
    fn a_style_names_its_pictures_by_their_hash() {
        let mut site = Site::new();
        site.assets.insert("tick.svg".into(), "pkg/tick.00.svg".into());
        site.add_style("a{background:url(assets/tick.svg)}").unwrap();
        let css = site.files.values().next().unwrap();
        assert_eq!(css, b"a{background:url(tick.00.svg)}");
    }
}
