use crate::fields::fingerprint;
use crate::open::Slot;
use crate::{Error, Finder, Result, Text};
use std::collections::HashMap;
use std::fs;
use tantivy::IndexWriter;

/// What is noted with a commit after which nothing was missing.
const WHOLE: &str = "whole";

/// Puts texts in and takes them out. Whatever it does waits for the disk.
pub struct Keeper {
    writer: IndexWriter,
    finder: Finder,
    is_whole: bool,
    /// What is not saved: by number, what the text is now.
    changes: HashMap<i64, Option<u64>>,
    slot: Slot,
}

impl Keeper {
    pub(crate) fn new(writer: IndexWriter, finder: Finder, is_whole: bool, slot: Slot) -> Keeper {
        Keeper {
            writer,
            finder,
            is_whole,
            changes: HashMap::new(),
            slot,
        }
    }

    /// Whether all texts have been put in once: what is found may be of old, but is not a part.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// How much would be lost if the process ended now.
    #[must_use]
    pub fn changes(&self) -> usize {
        self.changes.len()
    }

    /// Puts a text in, in place of the one that had its number. Nothing is done when it is the same.
    ///
    /// # Errors
    /// [`crate::Error::Index`].
    pub fn put(&mut self, number: i64, text: &Text<'_>) -> Result<()> {
        let now = Some(fingerprint(text));
        if self.fingerprint_of(number)? == now {
            return Ok(());
        }
        let fields = self.finder.fields();
        self.writer.delete_term(fields.by_number(number));
        self.writer.add_document(fields.document(number, text))?;
        self.changes.insert(number, now);
        Ok(())
    }

    /// Takes a text out.
    ///
    /// # Errors
    /// [`crate::Error::Index`].
    pub fn remove(&mut self, number: i64) -> Result<()> {
        if self.fingerprint_of(number)?.is_some() {
            let fields = self.finder.fields();
            self.writer.delete_term(fields.by_number(number));
            self.changes.insert(number, None);
        }
        Ok(())
    }

    fn fingerprint_of(&self, number: i64) -> Result<Option<u64>> {
        match self.changes.get(&number) {
            Some(changed) => Ok(*changed),
            None => self.finder.fingerprint_of(number),
        }
    }

    /// Saves what was changed, and lets it be found.
    ///
    /// # Errors
    /// [`crate::Error::Index`].
    pub fn save(&mut self) -> Result<()> {
        if !self.changes.is_empty() {
            self.commit()?;
        }
        Ok(())
    }

    /// Saves, and notes that all texts have been put in.
    ///
    /// # Errors
    /// [`crate::Error::Index`].
    pub fn save_whole(&mut self) -> Result<()> {
        if self.is_whole {
            return self.save();
        }
        self.is_whole = true;
        self.commit()
    }

    /// Throws all texts away.
    ///
    /// # Errors
    /// [`crate::Error::Folder`].
    pub fn discard(self) -> Result<()> {
        let Keeper { writer, slot, .. } = self;
        drop(writer);
        let folder = slot.folder();
        fs::remove_dir_all(folder).map_err(|error| Error::Folder(folder.to_owned(), error))
    }

    fn commit(&mut self) -> Result<()> {
        let mut commit = self.writer.prepare_commit()?;
        if self.is_whole {
            commit.set_payload(WHOLE);
        }
        commit.commit()?;
        self.changes.clear();
        self.finder.look_again()
    }
}
