use std::io;
use std::path::PathBuf;

/// Why a market was not copied, for whoever runs it.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The file to write is there.
    #[error("{} is there already. Name another file, or say `--force` to replace it.", .0.display())]
    Exists(PathBuf),
    /// Another process is at it.
    #[error("Another backup is being written to {}.", .0.display())]
    BeingWritten(PathBuf),
    /// The disk is full, say.
    #[error("{} can't be written, and no backup was made: {error}", path.display())]
    CantWrite {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// No such file, say.
    #[error("{} can't be read: {error}", path.display())]
    CantRead {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// Something else.
    #[error("{} is no backup of a market.", .0.display())]
    Foreign(PathBuf),
    /// Cut off, or changed.
    #[error("{} is damaged or cut off ({why}). Nothing of it was restored.", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What shows it.
        why: String,
    },
    /// A newer program made it.
    #[error(
        "This backup was made by a newer version: its tables have `{0}`, which this one does not know. Nothing was \
         restored. Use the version that made it, or a newer one."
    )]
    Newer(String),
    /// There are tables.
    #[error(
        "There is a market in that database already, if an empty one. Nothing was changed. Name a database with nothing \
         in it: a file that is not there, or a new database of PostgreSQL."
    )]
    NotEmpty,
    /// A market moves from SQLite to PostgreSQL only.
    #[error(
        "A market moves from SQLite to PostgreSQL. For any other way, take a backup and restore it there."
    )]
    OtherWay,
    /// The rows found are not those that were written.
    #[error(
        "What was written to the table `{table}` is not what was read ({written} and {read}). Nothing was kept of it."
    )]
    Differs {
        /// Its name.
        table: String,
        /// Rows and their sum.
        read: String,
        /// Rows and their sum.
        written: String,
    },
    /// The database refuses rows.
    #[error("The table `{table}` does not take its rows, and nothing was kept: {error}")]
    Refused {
        /// Its name.
        table: String,
        /// What the database says.
        error: sea_orm::DbErr,
    },
}
