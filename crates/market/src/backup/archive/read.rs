use super::{FORMAT, KIND, MANIFEST, Manifest, PICTURES, ROWS, SEAL, Seal};
use crate::backup::cell::Row;
use crate::backup::problem::Problem;
use crate::backup::progress::{Progress, Told};
use crate::backup::reading::Rows;
use crate::picture;
use crate::{Error, Result};
use flate2::read::GzDecoder;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The most that a part of the file may hold when it is unpacked. The longest row is far below.
const LARGEST: u64 = 256 * 1024 * 1024;

/// Bytes that are hashed at a time.
const STRETCH: usize = 1024 * 1024;

/// A file that is whole, and where everything is in it.
pub(in crate::backup) struct Archive {
    path: PathBuf,
    file: File,
    pub manifest: Manifest,
    pub seal: Seal,
    /// The place of the table, and where some of its rows are.
    chunks: Vec<(usize, Span)>,
    /// Names, and where they are.
    pub pictures: Vec<(String, Span)>,
}

#[derive(Clone, Copy, Debug)]
pub(in crate::backup) struct Span {
    from: u64,
    bytes: u64,
}

impl Archive {
    /// Looks through the whole file. What this gives is as it was written.
    pub fn open(path: &Path, told: &Told) -> Result<Archive> {
        let file = File::open(path).map_err(|error| Problem::CantRead {
            path: path.to_owned(),
            error,
        })?;
        let mut walk = tar::Archive::new(BufReader::new(&file));
        let mut entries = walk
            .entries_with_seek()
            .map_err(|_| Problem::Foreign(path.to_owned()))?;
        let first = entries.next();
        let Some(manifest) = manifest(path, &file, first)? else {
            return Err(Problem::Foreign(path.to_owned()).into());
        };
        let mut found = Found::default();
        for entry in entries {
            let entry = entry.map_err(|error| damaged(path, &error))?;
            found.note(path, &manifest, &entry)?;
        }
        let Some((header, span)) = found.seal else {
            return Err(damaged(path, &"its end is missing"));
        };
        let seal: Seal = part(path, &file, span)?;
        let archive = Archive {
            path: path.to_owned(),
            manifest,
            seal,
            chunks: found.chunks,
            pictures: found.pictures,
            file,
        };
        archive.check(header, told)?;
        Ok(archive)
    }

    /// All before the seal is what was sealed.
    fn check(&self, end: u64, told: &Told) -> Result<()> {
        let mut file = &self.file;
        let cant = |error| self.cant_read(error);
        file.seek(SeekFrom::Start(0)).map_err(cant)?;
        let mut sealed = file.take(end);
        let (mut hash, mut stretch) = (Sha256::new(), vec![0; STRETCH]);
        let mut done = 0;
        loop {
            let read = sealed.read(&mut stretch).map_err(cant)?;
            let Some(bytes) = stretch.get(..read).filter(|bytes| !bytes.is_empty()) else {
                break;
            };
            hash.update(bytes);
            done += u64::try_from(read).unwrap_or(0);
            told(Progress::Checked { done, of: end });
        }
        let pictures = u64::try_from(self.pictures.len()).unwrap_or(u64::MAX);
        if hex::encode(hash.finalize()) != self.seal.sha256
            || pictures != self.seal.pictures
            || self.manifest.shape.tables.len() != self.seal.tables.len()
        {
            return Err(damaged(&self.path, &"it is not what was sealed"));
        }
        Ok(())
    }

    pub fn picture(&self, span: Span) -> Result<Vec<u8>> {
        bytes(&self.file, span).map_err(|error| self.cant_read(error))
    }

    /// It is not what it seemed to be.
    pub fn damaged(&self, why: &str) -> Error {
        damaged(&self.path, &why)
    }

    fn cant_read(&self, error: io::Error) -> Error {
        Problem::CantRead {
            path: self.path.clone(),
            error,
        }
        .into()
    }

    fn rows(&self, span: Span) -> Result<Vec<Row>> {
        let packed = bytes(&self.file, span).map_err(|error| self.cant_read(error))?;
        let mut lines = Vec::new();
        GzDecoder::new(packed.as_slice())
            .take(LARGEST)
            .read_to_end(&mut lines)
            .map_err(|error| damaged(&self.path, &error))?;
        lines
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).map_err(|error| damaged(&self.path, &error)))
            .collect()
    }
}

/// The rows of a file, from its beginning.
pub(in crate::backup) struct Unpacking {
    archive: Arc<Archive>,
    next: usize,
}

impl Unpacking {
    pub fn of(archive: Arc<Archive>) -> Unpacking {
        Unpacking { archive, next: 0 }
    }
}

impl Rows for Unpacking {
    async fn next(&mut self) -> Result<Option<(usize, Vec<Row>)>> {
        let Some((table, span)) = self.archive.chunks.get(self.next).copied() else {
            return Ok(None);
        };
        self.next += 1;
        Ok(Some((table, self.archive.rows(span)?)))
    }
}

type Entry<'e, 'f> = tar::Entry<'e, BufReader<&'f File>>;

/// What this is: `None` when it is no backup.
fn manifest(
    path: &Path,
    file: &File,
    first: Option<io::Result<Entry<'_, '_>>>,
) -> Result<Option<Manifest>> {
    let Some(Ok(entry)) = first else {
        return Ok(None);
    };
    if entry.path_bytes().as_ref() != MANIFEST.as_bytes() {
        return Ok(None);
    }
    let content = bytes(file, Span::of(&entry)).map_err(|error| damaged(path, &error))?;
    let known: serde_json::Value = serde_json::from_slice(&content).unwrap_or_default();
    if known.get("kind").and_then(serde_json::Value::as_str) != Some(KIND) {
        return Ok(None);
    }
    if known.get("format") != Some(&FORMAT.into()) {
        let format = known.get("format").map(ToString::to_string);
        let format = format!("format {}", format.unwrap_or_default());
        return Err(Problem::Newer(format).into());
    }
    part(path, file, Span::of(&entry)).map(Some)
}

#[derive(Default)]
struct Found {
    chunks: Vec<(usize, Span)>,
    pictures: Vec<(String, Span)>,
    /// Where its header begins, and where it is.
    seal: Option<(u64, Span)>,
}

impl Found {
    fn note(&mut self, path: &Path, manifest: &Manifest, entry: &Entry<'_, '_>) -> Result<()> {
        let name = entry.path_bytes();
        let name = String::from_utf8_lossy(&name);
        let unknown = || damaged(path, &format!("`{name}` is in it"));
        let span = Span::of(entry);
        if self.seal.is_some() {
            return Err(unknown());
        }
        match name.split('/').collect::<Vec<_>>().as_slice() {
            [ROWS, table, _] => {
                let mut tables = manifest.shape.tables.iter();
                let place = tables.position(|known| known.name == *table);
                self.chunks.push((place.ok_or_else(unknown)?, span));
            }
            // No other name leads to a file.
            [PICTURES, picture] if picture::is_file_name(picture) => {
                self.pictures.push(((*picture).to_owned(), span));
            }
            [SEAL] => self.seal = Some((entry.raw_header_position(), span)),
            _ => return Err(unknown()),
        }
        Ok(())
    }
}

impl Span {
    fn of(entry: &Entry<'_, '_>) -> Span {
        Span {
            from: entry.raw_file_position(),
            bytes: entry.size(),
        }
    }
}

fn part<T: DeserializeOwned>(path: &Path, file: &File, span: Span) -> Result<T> {
    let content = bytes(file, span).map_err(|error| damaged(path, &error))?;
    serde_json::from_slice(&content).map_err(|error| damaged(path, &error))
}

fn bytes(file: &File, span: Span) -> io::Result<Vec<u8>> {
    let length = usize::try_from(span.bytes.min(LARGEST)).unwrap_or(0);
    // A length that lies takes no memory.
    if span.from.saturating_add(span.bytes) > file.metadata()?.len() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let mut content = vec![0; length];
    file.read_exact_at(&mut content, span.from)?;
    Ok(content)
}

fn damaged(path: &Path, why: &dyn std::fmt::Display) -> Error {
    Problem::Damaged {
        path: path.to_owned(),
        why: why.to_string(),
    }
    .into()
}
