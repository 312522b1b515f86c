use crate::Result;
use rusqlite::{Connection, OpenFlags};
use sea_orm::DbErr;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Says whether anything was committed to an SQLite file, in a few microseconds and without reading it: SQLite counts for
/// each connection what others committed, whichever process they are in.
///
/// It has a connection of its own, which never writes. Those of a pool take many times as long, because each is asked
/// through a thread of its own.
pub(crate) struct Commits(Mutex<Option<Connection>>);

/// Another one after each commit, of one [`Commits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Count(i64);

impl Commits {
    pub(super) fn of(path: &Path) -> Result<Commits> {
        // Not read-only: whoever reads writes down beside the file that she does.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let file = Connection::open_with_flags(path, flags)
            // Nobody waits here: whoever gets no answer asks like all others.
            .and_then(|file| file.busy_timeout(Duration::ZERO).map(|()| file))
            .map_err(|error| DbErr::Custom(error.to_string()))?;
        Ok(Commits(Mutex::new(Some(file))))
    }

    /// As it was at some moment after this was called; `None` when the file does not say.
    pub fn count(&self) -> Option<Count> {
        let file = self.file();
        let mut asked = file.as_ref()?.prepare_cached("PRAGMA data_version").ok()?;
        asked.query_row([], |row| row.get(0)).ok().map(Count)
    }

    pub(super) fn close(&self) {
        // It has nothing that could be lost.
        drop(self.file().take());
    }

    fn file(&self) -> MutexGuard<'_, Option<Connection>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
