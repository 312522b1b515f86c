use crate::analyzer::known_to_index;
use crate::fields::Fields;
use crate::{Error, Finder, Keeper, Language, Result};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use tantivy::directory::MmapDirectory;
use tantivy::indexer::IndexWriterOptions;
use tantivy::{Index, IndexWriter, ReloadPolicy, TantivyError};

/// So many processes can keep texts in one folder, each its own copy.
const SLOTS: usize = 64;

/// The library takes no less, in bytes.
const LEAST_MEMORY: usize = 15_000_000;

/// A process's place in a folder of texts, its own for as long as this is held.
pub(crate) struct Slot {
    folder: PathBuf,
    _lock: File,
}

impl Slot {
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// Opens a folder of texts, which is made when it is not there. Each process has an index of its own in it, and finds
/// the one that an earlier process left. An index that can't be read, or was made for another language, is thrown away.
///
/// Changes that are not saved yet take up to `memory` bytes, and at least 15 MB when there are many.
///
/// # Errors
/// [`Error::Folder`] when nothing can be written there, [`Error::Taken`], [`Error::Index`].
pub fn open(folder: &Path, language: Language, memory: usize) -> Result<(Keeper, Finder)> {
    make(folder)?;
    let slot = free_slot(folder)?;
    let found = make(&slot.folder).and_then(|()| Opened::at(&slot.folder, language, memory));
    let opened = match found {
        Ok(opened) => opened,
        Err(_) => {
            let failed = |error| Error::Folder(slot.folder.clone(), error);
            fs::remove_dir_all(&slot.folder).map_err(failed)?;
            make(&slot.folder)?;
            Opened::at(&slot.folder, language, memory)?
        }
    };
    let Opened {
        writer,
        finder,
        is_whole,
    } = opened;
    let keeper = Keeper::new(writer, finder.clone(), is_whole, slot);
    Ok((keeper, finder))
}

fn make(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|error| Error::Folder(folder.to_owned(), error))
}

/// The first place that no living process holds.
fn free_slot(folder: &Path) -> Result<Slot> {
    for slot in 0..SLOTS {
        let path = folder.join(format!("{slot}.lock"));
        let failed = |error| Error::Folder(path.clone(), error);
        let lock = File::create(&path).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {
                return Ok(Slot {
                    folder: folder.join(slot.to_string()),
                    _lock: lock,
                });
            }
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
    Err(Error::Taken(folder.to_owned()))
}

struct Opened {
    writer: IndexWriter,
    finder: Finder,
    is_whole: bool,
}

impl Opened {
    fn at(folder: &Path, language: Language, memory: usize) -> Result<Opened> {
        let (schema, fields) = Fields::of(language);
        let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
        let mut index = Index::open_or_create(directory, schema)?;
        index.set_tokenizers(known_to_index(language));
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(1)
            .memory_budget_per_thread(memory.max(LEAST_MEMORY))
            .build();
        let writer = index.writer_with_options(options)?;
        let is_whole = index.load_metas()?.payload.is_some();
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(Opened {
            writer,
            finder: Finder::new(reader, fields, language),
            is_whole,
        })
    }
}
