//! What was built from what: a hash of the inputs, kept beside the outputs.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::workspace;

/// The first 16 hexadecimal digits of a SHA-256: enough for a name.
pub fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A hash of the names and contents of files; folders are walked, `node_modules` and `target` left out.
pub fn hash_of(paths: &[&str], also: &[&str]) -> Result<String> {
    let root = workspace::root();
    let mut files = Vec::new();
    for path in paths {
        collect(&root.join(path), &mut files)?;
    }
    files.sort();
    let mut all = Sha256::new();
    for text in also {
        all.update(text.as_bytes());
        all.update([0]);
    }
    for file in files {
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let name = file.strip_prefix(&root).unwrap_or(&file);
        all.update(name.to_string_lossy().as_bytes());
        all.update([0]);
        all.update(Sha256::digest(&bytes));
    }
    Ok(all.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Every file at or under a path; a path that is not there adds nothing.
pub fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_path_buf());
    } else if path.is_dir() {
        for entry in fs::read_dir(path).with_context(|| format!("cannot list {}", path.display()))? {
            let entry = entry?;
            if !matches!(entry.file_name().to_str(), Some("node_modules" | "target")) {
                collect(&entry.path(), files)?;
            }
        }
    }
    Ok(())
}

/// True when the stamp of this name holds this hash.
pub fn is_fresh(name: &str, hash: &str) -> bool {
    fs::read_to_string(file(name)).is_ok_and(|kept| kept == hash)
}

/// Keeps the hash for the next run.
pub fn keep(name: &str, hash: &str) -> Result<()> {
    let file = file(name);
    fs::create_dir_all(workspace::work().join("stamps"))?;
    fs::write(&file, hash).with_context(|| format!("cannot write {}", file.display()))
}

fn file(name: &str) -> PathBuf {
    workspace::work().join("stamps").join(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_in_a_name_follows_the_content() {
        assert_eq!(short_hash(b"surgery").len(), 16);
        assert_ne!(short_hash(b"surgery"), short_hash(b"Surgery"));
    }

    #[test]
    fn what_else_matters_is_part_of_the_hash() {
        let one = hash_of(&["xtask/Cargo.toml"], &["rustc 1"]).unwrap();
        let two = hash_of(&["xtask/Cargo.toml"], &["rustc 2"]).unwrap();
        assert_ne!(one, two);
    }
}
