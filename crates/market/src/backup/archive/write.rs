use super::{MANIFEST, Manifest, PICTURES, ROWS, SEAL, Seal};
use crate::backup::cell::Row;
use crate::backup::problem::Problem;
use crate::backup::tally::{Tally, line};
use crate::{Error, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use tar::{Builder, Header};

/// Rows of so many bytes are packed together, in memory.
const CHUNK: usize = 1024 * 1024;

/// The owner alone reads it: password hashes and sessions are in it.
const MODE: u32 = 0o600;

/// Where the file is written, and what it is called when it is whole.
#[derive(Debug)]
pub(in crate::backup) struct Names {
    part: PathBuf,
    whole: PathBuf,
    replace: bool,
}

impl Names {
    pub fn of(whole: &Path, replace: bool) -> Result<Names> {
        let mut part = whole.as_os_str().to_owned();
        part.push(".part");
        let names = Names {
            part: part.into(),
            whole: whole.to_owned(),
            replace,
        };
        names.may_be_written()?;
        Ok(names)
    }

    fn may_be_written(&self) -> Result<()> {
        if !self.replace && self.whole.symlink_metadata().is_ok() {
            return Err(Problem::Exists(self.whole.clone()).into());
        }
        Ok(())
    }

    fn cant(&self) -> impl FnOnce(io::Error) -> Error {
        |error| {
            let path = self.part.clone();
            Problem::CantWrite { path, error }.into()
        }
    }

    /// What a backup that was killed left is written over. Nobody else writes to it for as long as it is open.
    fn begin(&self) -> Result<File> {
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true).mode(MODE);
        loop {
            let file = options.open(&self.part).map_err(self.cant())?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(Problem::BeingWritten(self.whole.clone()).into());
                }
                Err(TryLockError::Error(error)) => return Err(self.cant()(error)),
            }
            // Whoever had it may have given it its name in between: then it is hers, and whole.
            if !self.is_part(&file) {
                continue;
            }
            file.set_permissions(fs::Permissions::from_mode(MODE))
                .and_then(|()| file.set_len(0))
                .map_err(self.cant())?;
            return Ok(file);
        }
    }

    fn is_part(&self, file: &File) -> bool {
        let opened = file.metadata().map(|known| (known.dev(), known.ino()));
        let there = fs::metadata(&self.part).map(|known| (known.dev(), known.ino()));
        matches!((opened, there), (Ok(opened), Ok(there)) if opened == there)
    }
}

/// Writes beside its place, and puts it there when it is whole. Dropped before, it leaves nothing.
pub(in crate::backup) struct Writer {
    tar: Option<Builder<Hashed<BufWriter<File>>>>,
    names: Names,
    seconds: u64,
    table: Option<Open>,
    tables: Vec<Tally>,
    pictures: u64,
    missing: Vec<String>,
}

/// The table whose rows are written now.
struct Open {
    name: String,
    lines: Vec<u8>,
    chunks: u64,
    tally: Tally,
}

impl Writer {
    pub fn begin(names: Names, manifest: &Manifest) -> Result<Writer> {
        let file = Hashed {
            inner: BufWriter::new(names.begin()?),
            hash: Sha256::new(),
        };
        let mut writer = Writer {
            tar: Some(Builder::new(file)),
            names,
            seconds: u64::try_from(manifest.taken_at.0 / 1000).unwrap_or(0),
            table: None,
            tables: Vec::new(),
            pictures: 0,
            missing: Vec::new(),
        };
        let manifest = json(manifest)?;
        writer.add(MANIFEST, &manifest)?;
        Ok(writer)
    }

    /// The rows that follow are this table's.
    pub fn table(&mut self, name: &str) -> Result<()> {
        self.end_table()?;
        self.table = Some(Open {
            name: name.to_owned(),
            lines: Vec::new(),
            chunks: 0,
            tally: Tally::default(),
        });
        Ok(())
    }

    pub fn row(&mut self, row: &Row) -> Result<()> {
        let Some(table) = &mut self.table else {
            return Err(Error::Broken("a row without a table".into()));
        };
        let line = line(row)?;
        table.tally.count(&line);
        table.lines.extend(line);
        table.lines.push(b'\n');
        if table.lines.len() >= CHUNK {
            self.end_chunk()?;
        }
        Ok(())
    }

    fn end_chunk(&mut self) -> Result<()> {
        let Some(table) = &mut self.table else {
            return Ok(());
        };
        if table.lines.is_empty() {
            return Ok(());
        }
        table.chunks += 1;
        let name = format!("{ROWS}/{}/{:06}.jsonl.gz", table.name, table.chunks);
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        let packed = packed
            .write_all(&table.lines)
            .and_then(|()| packed.finish())
            .map_err(Error::Files)?;
        table.lines.clear();
        self.add(&name, &packed)
    }

    fn end_table(&mut self) -> Result<()> {
        self.end_chunk()?;
        if let Some(table) = self.table.take() {
            self.tables.push(table.tally);
        }
        Ok(())
    }

    /// A picture's file. All rows are written by then.
    pub fn picture(&mut self, name: &str, content: &[u8]) -> Result<()> {
        self.end_table()?;
        self.pictures += 1;
        self.add(&format!("{PICTURES}/{name}"), content)
    }

    /// A picture's file is not there.
    pub fn no_picture(&mut self, name: &str) {
        self.missing.push(name.to_owned());
    }

    /// Puts the whole file into its place, when it is on the disk.
    pub fn finish(mut self) -> Result<Seal> {
        self.end_table()?;
        let mut seal = Seal {
            tables: std::mem::take(&mut self.tables),
            pictures: self.pictures,
            missing: std::mem::take(&mut self.missing),
            sha256: String::new(),
        };
        if let Some(tar) = &self.tar {
            seal.sha256 = hex::encode(tar.get_ref().hash.clone().finalize());
        }
        self.add(SEAL, &json(&seal)?)?;
        let Some(tar) = self.tar.take() else {
            return Ok(seal);
        };
        let written = tar.into_inner().and_then(|file| {
            let file = file
                .inner
                .into_inner()
                .map_err(io::IntoInnerError::into_error)?;
            file.sync_all()?;
            Ok(file)
        });
        let settled = written.map_err(self.names.cant()).and_then(|_still_open| {
            self.names.may_be_written()?;
            put(&self.names).map_err(self.names.cant())
        });
        if settled.is_err() {
            self.remove();
        }
        settled.map(|()| seal)
    }

    fn add(&mut self, name: &str, content: &[u8]) -> Result<()> {
        let mut header = Header::new_gnu();
        header.set_mode(MODE);
        header.set_mtime(self.seconds);
        header.set_size(u64::try_from(content.len()).unwrap_or(u64::MAX));
        let Some(tar) = &mut self.tar else {
            return Ok(());
        };
        tar.append_data(&mut header, name, content)
            .map_err(self.names.cant())
    }

    fn remove(&self) {
        // Nothing that is left of it looks whole.
        let _ = fs::remove_file(&self.names.part);
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if self.tar.is_some() {
            self.remove();
        }
    }
}

/// The name is on the disk too before anybody is told.
fn put(names: &Names) -> io::Result<()> {
    fs::rename(&names.part, &names.whole)?;
    let folder = names
        .whole
        .parent()
        .filter(|folder| *folder != Path::new(""));
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

fn json(content: &impl serde::Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec_pretty(content).map_err(|error| Error::Broken(format!("no JSON: {error}")))
}

/// What was written, hashed.
struct Hashed<W> {
    inner: W,
    hash: Sha256,
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        if let Some(written) = bytes.get(..written) {
            self.hash.update(written);
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
