use super::encode::{Encoded, LARGE, SMALL};
use crate::{Market, Result};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Letters in a picture's random key.
pub(super) const KEY: usize = 24;

/// Where a picture's file lies, by the last part of its address: `{key}-1200.jpg` or `{key}-480.jpg`. `None` for
/// any other name; whether the file is there is not looked up.
#[must_use]
pub fn file(market: &Market, name: &str) -> Option<PathBuf> {
    let (key, size) = name.split_once('-')?;
    let plain = key.len() == KEY
        && key
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    (plain && matches!(size, "1200.jpg" | "480.jpg")).then(|| folder(market).join(name))
}

pub(super) fn folder(market: &Market) -> PathBuf {
    market.settings().data_dir.join("pictures")
}

/// Writes both sizes so that each appears whole or not at all, even when the machine stops; when one can't be
/// written, neither stays. Blocks.
pub(super) fn write(folder: &Path, key: &str, encoded: &Encoded) -> Result<()> {
    fs::create_dir_all(folder)?;
    let [large, small] = paths(folder, key);
    let written =
        write_one(&large, &encoded.large).and_then(|()| write_one(&small, &encoded.small));
    if written.is_err() {
        // The error that counts is the first one.
        for path in [&large, &small] {
            let _ = fs::remove_file(path);
        }
    }
    Ok(written?)
}

fn write_one(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = path.with_extension("part");
    let written = File::create(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&part, path)
    });
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    written
}

/// Deletes both sizes. A file that can't be deleted is logged and left: no page leads to it any more.
pub(crate) async fn delete(market: &Market, key: &str) {
    for path in paths(&folder(market), key) {
        match tokio::fs::remove_file(&path).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(path = %path.display(), %error, "picture not deleted");
            }
            _ => {}
        }
    }
}

fn paths(folder: &Path, key: &str) -> [PathBuf; 2] {
    [LARGE, SMALL].map(|side| folder.join(format!("{key}-{side}.jpg")))
}
