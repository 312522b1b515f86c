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
    is_file_name(name).then(|| folder(market).join(name))
}

/// Whether a picture's file can be called so.
pub(crate) fn is_file_name(name: &str) -> bool {
    let Some((key, size)) = name.split_once('-') else {
        return false;
    };
    let plain = key.len() == KEY
        && key
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    plain && matches!(size, "1200.jpg" | "480.jpg")
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

/// Takes both sizes away from where pages find them. They lie beside the others for a day, by the number of that day: a
/// backup reads rows first and their pictures after, and must find those that were removed in between.
pub(crate) async fn delete(market: &Market, key: &str) {
    let today = removed(market).join(day(market).to_string());
    for name in file_names(key) {
        let path = folder(market).join(&name);
        let aside = async {
            tokio::fs::create_dir_all(&today).await?;
            tokio::fs::rename(&path, today.join(&name)).await
        };
        match aside.await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                // No page leads to it any more.
                tracing::warn!(path = %path.display(), %error, "picture not deleted");
            }
            _ => {}
        }
    }
}

/// Deletes what was taken away before yesterday, and says how many days' it was.
///
/// # Errors
/// [`crate::Error::Files`] when the folder can't be read or changed.
pub fn sweep(market: &Market) -> Result<u64> {
    let mut swept = 0;
    for (number, folder) in days(market)? {
        if number < day(market) - 1 {
            fs::remove_dir_all(folder)?;
            swept += 1;
        }
    }
    Ok(swept)
}

/// What is in a picture's file, also for a day after it was removed. `None` when there is none. Blocks.
pub(crate) fn kept(market: &Market, name: &str) -> Result<Option<Vec<u8>>> {
    // Whatever is taken away meanwhile is found among what was.
    if let Some(content) = content(&folder(market).join(name))? {
        return Ok(Some(content));
    }
    for (_, folder) in days(market)? {
        if let Some(content) = content(&folder.join(name))? {
            return Ok(Some(content));
        }
    }
    Ok(None)
}

/// Puts a picture's file where it is served from, whole or not at all. Blocks.
pub(crate) fn put(market: &Market, name: &str, content: &[u8]) -> Result<()> {
    fs::create_dir_all(folder(market))?;
    Ok(write_one(&folder(market).join(name), content)?)
}

/// What the files of a picture are called.
pub(crate) fn file_names(key: &str) -> [String; 2] {
    [LARGE, SMALL].map(|side| format!("{key}-{side}.jpg"))
}

fn paths(folder: &Path, key: &str) -> [PathBuf; 2] {
    file_names(key).map(|name| folder.join(name))
}

fn removed(market: &Market) -> PathBuf {
    folder(market).join("removed")
}

fn day(market: &Market) -> i64 {
    market.now().0.div_euclid(24 * 60 * 60 * 1000)
}

/// The days on which pictures were removed that are still there.
fn days(market: &Market) -> Result<Vec<(i64, PathBuf)>> {
    let entries = match fs::read_dir(removed(market)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut days = Vec::new();
    for entry in entries {
        let entry = entry?;
        if let Some(number) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok())
        {
            days.push((number, entry.path()));
        }
    }
    Ok(days)
}

fn content(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}
