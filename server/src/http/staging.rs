//! Where uploads lie until they are loaded. They go with the load; what a killed server left is swept out.

use std::path::Path;
use std::time::Duration;

/// How the names of uploads begin.
pub(crate) const PREFIX: &str = "surgery-upload-";
/// Older than any upload that another server on this machine may still be reading.
const LEFT_BEHIND: Duration = Duration::from_secs(6 * 60 * 60);

/// Removes uploads that were left behind.
pub(crate) fn sweep(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX));
        let old = ours && age(&entry).is_some_and(|age| age > LEFT_BEHIND);
        if old && let Err(error) = std::fs::remove_file(entry.path()) {
            tracing::warn!(%error, "an upload left behind could not be removed");
        }
    }
}

fn age(entry: &std::fs::DirEntry) -> Option<Duration> {
    entry.metadata().ok()?.modified().ok()?.elapsed().ok()
}
