//! Files that only their owner may read, whatever the umask: the database, its copies, and what is uploaded.

use std::io;
use std::path::{Path, PathBuf};

/// Makes a folder, and those above it, each for its owner alone. A folder that is there stays as it is: others may have
/// their things in it.
///
/// # Errors
/// When it cannot be made.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    let missing: Vec<&Path> =
        folder.ancestors().take_while(|above| !above.as_os_str().is_empty() && !above.is_dir()).collect();
    for folder in missing.into_iter().rev() {
        match builder().create(folder) {
            // Somebody was faster, and it is theirs to say who may read it.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => {}
            made => {
                made?;
                set_mode(folder, 0o700)?;
            }
        }
    }
    Ok(())
}

/// Makes a file for its owner alone; one that is there becomes so.
///
/// # Errors
/// When it cannot be made or is another's.
pub(crate) fn make_file(file: &Path) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => set_mode(file, 0o600),
    }
}

/// Makes a database's file and, where they are there, its journals private.
///
/// # Errors
/// When it cannot be made or is another's.
pub(crate) fn make_database(file: &Path) -> io::Result<()> {
    make_file(file)?;
    // New journals take the rights of the file.
    for journal in journals(file) {
        match set_mode(&journal, 0o600) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// The journals beside a database.
pub(crate) fn journals(file: &Path) -> [PathBuf; 2] {
    ["-wal", "-shm"].map(|suffix| {
        let mut journal = file.as_os_str().to_owned();
        journal.push(suffix);
        PathBuf::from(journal)
    })
}

fn builder() -> std::fs::DirBuilder {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "there are no modes to set"))]
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let now = std::fs::metadata(path)?.permissions();
    if now.mode() & 0o777 == mode {
        return Ok(());
    }
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(path: &Path, _: u32) -> io::Result<()> {
    std::fs::metadata(path).map(drop)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn folders_that_are_made_are_private_and_those_that_were_there_stay() {
        let outer = tempfile::tempdir().unwrap();
        let shared = outer.path().join("shared");
        std::fs::create_dir(&shared).unwrap();
        std::fs::set_permissions(&shared, std::fs::Permissions::from_mode(0o755)).unwrap();
        let made = shared.join("data/deeper");
        make_folder(&made).unwrap();
        make_folder(&made).unwrap();
        assert_eq!([&shared, &shared.join("data"), &made].map(|path| mode(path)), [0o755, 0o700, 0o700]);
    }

    #[test]
    fn a_database_that_others_could_read_is_closed_to_them() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("surgery.db");
        for path in [file.clone(), folder.path().join("surgery.db-wal")] {
            std::fs::write(&path, "x").unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        }
        make_database(&file).unwrap();
        assert_eq!(mode(&file), 0o600);
        assert_eq!(mode(&folder.path().join("surgery.db-wal")), 0o600);
        assert_eq!(std::fs::read(&file).unwrap(), b"x", "what is in it stays");
    }
}
