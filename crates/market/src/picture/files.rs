use super::place::Kept;
use crate::{Market, Result};
use pixels::{Encoded, LARGE, SMALL};
use std::path::PathBuf;

/// Letters in a picture's random key.
pub(super) const KEY: usize = 24;

/// Here lie those that were removed, by the day on which they were.
const REMOVED: &str = "removed";

/// A picture's file, by the last part of its address: `{key}-1200.jpg` or `{key}-480.jpg`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lies {
    /// On this machine. Whether it is there was not looked up.
    Here(PathBuf),
    /// In a bucket.
    Elsewhere,
    /// No picture's file can be called so.
    Nowhere,
}

impl Lies {
    /// Its path, if it is on this machine.
    #[must_use]
    pub fn here(self) -> Option<PathBuf> {
        match self {
            Lies::Here(path) => Some(path),
            Lies::Elsewhere | Lies::Nowhere => None,
        }
    }
}

/// Where a picture's file lies.
#[must_use]
pub fn file(market: &Market, name: &str) -> Lies {
    if !is_file_name(name) {
        return Lies::Nowhere;
    }
    match market.pictures.on_disk(name) {
        Some(path) => Lies::Here(path),
        None => Lies::Elsewhere,
    }
}

/// What is in a picture's file; `None` when there is none.
///
/// # Errors
/// [`crate::Error::Files`] or [`crate::Error::Unavailable`] when it can't be read.
pub async fn content(market: &Market, name: &str) -> Result<Option<Kept>> {
    match is_file_name(name) {
        true => market.pictures.get(name).await,
        false => Ok(None),
    }
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

/// Writes both sizes, each whole or not at all; when one can't be written, neither stays.
pub(super) async fn write(market: &Market, key: &str, encoded: Encoded) -> Result<()> {
    let [large, small] = file_names(key);
    let written = async {
        put(market, &large, encoded.large).await?;
        put(market, &small, encoded.small).await
    };
    let written = written.await;
    if written.is_err() {
        for name in [&large, &small] {
            if let Err(error) = market.pictures.remove(name).await {
                tracing::warn!(name, %error, "half a picture stays");
            }
        }
    }
    written
}

/// Takes both sizes away from where pages find them. They lie beside the others for a day, by the number of that day: a
/// backup reads rows first and their pictures after, and must find those that were removed in between.
pub(crate) async fn delete(market: &Market, key: &str) {
    let today = day(market);
    for name in file_names(key) {
        let aside = format!("{REMOVED}/{today}/{name}");
        if let Err(error) = market.pictures.rename(&name, &aside).await {
            // No page leads to it any more.
            tracing::warn!(name, %error, "picture not deleted");
        }
    }
}

/// Deletes what was taken away before yesterday, and says how many days' it was.
///
/// # Errors
/// [`crate::Error::Files`] or [`crate::Error::Unavailable`] when that can't be looked for or changed.
pub async fn sweep(market: &Market) -> Result<u64> {
    let mut swept = 0;
    for (number, folder) in days(market).await? {
        if number < day(market) - 1 {
            market.pictures.remove_folder(&folder).await?;
            swept += 1;
        }
    }
    Ok(swept)
}

/// What is in a picture's file, also for a day after it was removed. `None` when there is none.
pub(crate) async fn kept(market: &Market, name: &str) -> Result<Option<Vec<u8>>> {
    // Whatever is taken away meanwhile is found among what was.
    if let Some(kept) = market.pictures.get(name).await? {
        return Ok(Some(kept.content));
    }
    for (_, folder) in days(market).await? {
        if let Some(kept) = market.pictures.get(&format!("{folder}/{name}")).await? {
            return Ok(Some(kept.content));
        }
    }
    Ok(None)
}

/// Puts a picture's file where it is served from, whole or not at all.
pub(crate) async fn put(market: &Market, name: &str, content: Vec<u8>) -> Result<()> {
    market.pictures.put(name, content).await
}

/// What the files of a picture are called.
pub(crate) fn file_names(key: &str) -> [String; 2] {
    [LARGE, SMALL].map(|side| format!("{key}-{side}.jpg"))
}

fn day(market: &Market) -> i64 {
    market.now().0.div_euclid(24 * 60 * 60 * 1000)
}

/// The days on which pictures were removed that are still there, and their folders.
async fn days(market: &Market) -> Result<Vec<(i64, String)>> {
    let folders = market.pictures.folders(REMOVED).await?;
    let numbered = folders
        .iter()
        .filter_map(|name| Some((name.parse().ok()?, name)));
    Ok(numbered
        .map(|(number, name)| (number, format!("{REMOVED}/{name}")))
        .collect())
}
