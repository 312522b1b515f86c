use super::Commits;
use crate::error::Unavailable;
use crate::{Error, Result};
use std::fs::{self, OpenOptions};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// The file that an SQLite database was opened in. Whoever removes or replaces it does not close it: what is written
/// then goes to a file that nobody will find again.
#[derive(Debug)]
pub(super) struct DatabaseFile {
    path: PathBuf,
    /// The device and the number of the file on it.
    opened: (u64, u64),
    /// Beside it lies what was committed last.
    log: PathBuf,
    log_seen: AtomicBool,
}

impl DatabaseFile {
    /// Makes the file, empty, unless there is one or `make` forbids it. Nothing that opens it later makes one.
    pub fn find(path: &Path, make: bool) -> Result<DatabaseFile> {
        if make {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            OpenOptions::new().create(true).append(true).open(path)?;
        }
        let Some(opened) = identity(path) else {
            return Err(Error::NoMarket(path.display().to_string()));
        };
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        Ok(DatabaseFile {
            path: path.to_owned(),
            opened,
            log: log.into(),
            log_seen: AtomicBool::new(false),
        })
    }

    pub fn commits(&self) -> Result<Commits> {
        Commits::of(&self.path)
    }

    /// Nothing is written unless the file is where it was.
    pub fn is_in_its_place(&self) -> Result<()> {
        if identity(&self.path) == Some(self.opened) {
            Ok(())
        } else {
            Err(moved(&self.path))
        }
    }

    /// Nothing that was just committed is believed unless it will be found again: in the file, or in the log beside it.
    /// (SQLite itself removes the log when nobody has the file open any more, which is no loss.)
    pub fn has_what_was_committed(&self) -> Result<()> {
        self.is_in_its_place()?;
        let has_log = identity(&self.log).is_some();
        if self.log_seen.fetch_or(has_log, Ordering::Relaxed) && !has_log {
            return Err(moved(&self.log));
        }
        Ok(())
    }
}

fn moved(path: &Path) -> Error {
    Error::Unavailable(Unavailable::Moved(path.display().to_string()))
}

fn identity(path: &Path) -> Option<(u64, u64)> {
    let known = fs::metadata(path).ok()?;
    Some((known.dev(), known.ino()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_gone_or_another_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("of its own/market.db");
        assert!(matches!(
            DatabaseFile::find(&path, false),
            Err(Error::NoMarket(_))
        ));
        assert!(!path.exists());

        let file = DatabaseFile::find(&path, true).unwrap();
        file.is_in_its_place().unwrap();
        let aside = folder.path().join("aside");
        fs::rename(&path, &aside).unwrap();
        file.is_in_its_place().unwrap_err();
        fs::write(&path, "another").unwrap();
        file.is_in_its_place().unwrap_err();
        fs::rename(&aside, &path).unwrap();
        file.is_in_its_place().unwrap();

        let log = path.with_extension("db-wal");
        fs::write(&log, "").unwrap();
        file.has_what_was_committed().unwrap();
        fs::remove_file(&log).unwrap();
        file.is_in_its_place().unwrap();
        file.has_what_was_committed().unwrap_err();
    }
}
