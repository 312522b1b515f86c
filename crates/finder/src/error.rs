use std::io;
use std::path::PathBuf;
use tantivy::TantivyError;

/// What can't be done with a folder of texts.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder can't be read or written.
    #[error("{0}: {1}")]
    Folder(PathBuf, io::Error),
    /// As many processes keep texts in this folder as may.
    #[error("{0}: used by too many processes")]
    Taken(PathBuf),
    /// What lies in the folder is damaged, or the disk is full.
    #[error(transparent)]
    Index(#[from] TantivyError),
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Error {
        Error::Index(error.into())
    }
}

/// What comes of work on texts.
pub type Result<T> = std::result::Result<T, Error>;
