//! The file of a SQLite database while it is in use: whether it is still the one that was opened, whether its writer can be
//! trusted, and that nobody puts another in its place meanwhile.

use crate::db::DbError;
use crate::private;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// A database's file in use. Its lock goes with the last clone of its [`Db`](crate::db::Db), or with the process.
#[derive(Debug)]
pub struct OpenFile {
    path: PathBuf,
    opened: Option<Identity>,
    is_doubtful: AtomicBool,
    _in_use: File,
}

/// What became of the file of an open database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileTrouble {
    /// Nothing has its name.
    #[error("the database's file is gone: put it back, or stop the server and restore a backup")]
    Gone,
    /// Another file has its name. What is open is not what is there.
    #[error("the database's file was replaced by another: start the server again")]
    Replaced,
}

impl OpenFile {
    /// Says that the database of a file is in use.
    ///
    /// # Errors
    /// [`DbError::Restoring`] while a backup is being put in its place.
    pub(super) fn claim(path: &Path) -> Result<Self, DbError> {
        let lock = lock_file(path)?;
        match lock.try_lock_shared() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(DbError::Restoring),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        Ok(Self { path: path.to_owned(), opened: None, is_doubtful: AtomicBool::new(false), _in_use: lock })
    }

    /// Remembers which file it is, once it is there.
    pub(super) fn opened(self) -> Result<Self, DbError> {
        let opened = Some(Identity::of(&self.path)?);
        Ok(Self { opened, ..self })
    }

    /// What is wrong with the file; asked often, and costs as much as asking for its size.
    pub(super) fn trouble(&self) -> Option<FileTrouble> {
        match Identity::of(&self.path) {
            Ok(now) if self.opened.is_none_or(|opened| opened == now) => None,
            Ok(_) => Some(FileTrouble::Replaced),
            Err(_) => Some(FileTrouble::Gone),
        }
    }

    /// Says that the writer could not write: the next change has a new one.
    pub(super) fn doubt_the_writer(&self) {
        self.is_doubtful.store(true, Ordering::SeqCst);
    }

    /// Whether the writer is in doubt; the answer takes the doubt away, for it goes with that connection.
    pub(super) fn take_doubt(&self) -> bool {
        self.is_doubtful.swap(false, Ordering::SeqCst)
    }
}

/// Nobody else has the database's file open, and nobody opens it, until this is dropped.
///
/// # Errors
/// When somebody has it open.
pub(crate) fn alone_with(path: &Path) -> Result<File, DbError> {
    let lock = lock_file(path)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(DbError::InUse),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// The file that is locked in a database's stead: the database itself may be replaced, and has SQLite's own locks.
pub(crate) fn lock_path(path: &Path) -> PathBuf {
    let mut lock = path.as_os_str().to_owned();
    lock.push("-lock");
    PathBuf::from(lock)
}

fn lock_file(path: &Path) -> Result<File, DbError> {
    let lock = lock_path(path);
    private::make_file(&lock)?;
    Ok(File::options().read(true).write(true).open(&lock)?)
}

/// Whether two names are one file's.
#[cfg(unix)]
pub(crate) fn is_one_file(one: &Path, other: &Path) -> bool {
    matches!((Identity::of(one), Identity::of(other)), (Ok(one), Ok(other)) if one == other)
}

/// Whether two names are one file's: cannot be told here.
#[cfg(not(unix))]
pub(crate) fn is_one_file(_: &Path, _: &Path) -> bool {
    false
}

/// Which file it is, whatever its name.
#[cfg(unix)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Identity {
    device: u64,
    inode: u64,
}

/// Only that it is there: elsewhere an open file cannot be replaced.
#[cfg(not(unix))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Identity;

impl Identity {
    #[cfg(unix)]
    fn of(path: &Path) -> std::io::Result<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let about = std::fs::metadata(path)?;
        Ok(Self { device: about.dev(), inode: about.ino() })
    }

    #[cfg(not(unix))]
    fn of(path: &Path) -> std::io::Result<Self> {
        std::fs::metadata(path).map(|_| Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_went_is_missed_one_that_came_back_is_known_and_another_is_not_taken_for_it() {
        let folder = tempfile::tempdir().unwrap();
        let [file, aside] = ["surgery.db", "aside.db"].map(|name| folder.path().join(name));
        std::fs::write(&file, "x").unwrap();
        let open = OpenFile::claim(&file).unwrap().opened().unwrap();
        assert_eq!(open.trouble(), None);
        std::fs::rename(&file, &aside).unwrap();
        assert_eq!(open.trouble(), Some(FileTrouble::Gone));
        #[cfg(unix)]
        {
            std::fs::write(&file, "x").unwrap();
            assert_eq!(open.trouble(), Some(FileTrouble::Replaced));
        }
        std::fs::rename(&aside, &file).unwrap();
        assert_eq!(open.trouble(), None);
    }

    #[test]
    fn many_may_use_a_database_and_who_replaces_it_is_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("surgery.db");
        let (one, two) = (OpenFile::claim(&file).unwrap(), OpenFile::claim(&file).unwrap());
        drop(one);
        assert!(matches!(alone_with(&file), Err(DbError::InUse)));
        drop(two);
        let alone = alone_with(&file).unwrap();
        assert!(matches!(OpenFile::claim(&file), Err(DbError::Restoring)));
        assert!(matches!(alone_with(&file), Err(DbError::InUse)));
        drop(alone);
        OpenFile::claim(&file).unwrap();
    }
}
