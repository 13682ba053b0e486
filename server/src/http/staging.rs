//! Where uploads lie until they are loaded. They go with the load; what a killed server left is swept out.

use std::path::Path;
use std::time::Duration;
use tempfile::NamedTempFile;

/// How the names of uploads begin.
const PREFIX: &str = "surgery-upload-";
/// Older than an upload that another server on this machine has made and not yet locked.
const JUST_MADE: Duration = Duration::from_secs(60);

/// Makes the file of an upload. It stays locked for as long as its server has it open: the lock of a killed one is gone.
pub(crate) fn make(folder: &Path) -> std::io::Result<NamedTempFile> {
    let file = tempfile::Builder::new().prefix(PREFIX).tempfile_in(folder)?;
    file.as_file().lock()?;
    Ok(file)
}

/// Removes uploads that were left behind.
pub(crate) fn sweep(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX));
        let left = ours && age(&entry).is_some_and(|age| age > JUST_MADE) && !is_in_use(&entry.path());
        if left && let Err(error) = std::fs::remove_file(entry.path()) {
            tracing::warn!(%error, "an upload left behind could not be removed");
        }
    }
}

/// Whether a server has it open. One that cannot be opened is another account's, and is left alone.
fn is_in_use(file: &Path) -> bool {
    std::fs::File::open(file).map_or(true, |file| file.try_lock().is_err())
}

fn age(entry: &std::fs::DirEntry) -> Option<Duration> {
    entry.metadata().ok()?.modified().ok()?.elapsed().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upload_of_a_killed_server_goes_and_one_in_use_stays() {
        let folder = tempfile::tempdir().unwrap();
        let in_use = make(folder.path()).unwrap();
        // As a server leaves it that is killed: nobody has it open, and nobody has removed it.
        let (_, killed) = make(folder.path()).unwrap().keep().unwrap();
        let (_, just_made) = make(folder.path()).unwrap().keep().unwrap();
        let other = folder.path().join("other");
        std::fs::write(&other, "another's").unwrap();
        let an_hour_ago = std::fs::metadata(&other).unwrap().modified().unwrap() - Duration::from_secs(3_600);
        for path in [in_use.path(), &killed, &other] {
            std::fs::File::options().append(true).open(path).unwrap().set_modified(an_hour_ago).unwrap();
        }
        sweep(folder.path());
        assert!(in_use.path().exists() && just_made.exists() && other.exists());
        assert!(!killed.exists());
    }
}
