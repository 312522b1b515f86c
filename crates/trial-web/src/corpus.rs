//! The public cases: pages of real shops that are not part of the project.

use serde_json::Value;
use std::io::Read;
use std::path::{Path, PathBuf};
use url::Url;

/// Where they are kept: `$IMPORT_CORPUS`, or `../shared/import-corpus` beside the project.
pub fn folder() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/import-corpus");
    let folder = std::env::var_os("IMPORT_CORPUS").map_or_else(beside, PathBuf::from);
    folder.join("expected.json").is_file().then_some(folder)
}

/// Full pages of shops with their names and addresses, in the order of their names. `None` where the
/// cases are not at hand.
pub fn pages() -> Option<Vec<(String, Url, Vec<u8>)>> {
    let folder = folder()?;
    let expected = std::fs::read(folder.join("expected.json")).ok()?;
    let expected: Value = serde_json::from_slice(&expected).ok()?;
    let mut pages: Vec<(String, Url, Vec<u8>)> = files(&folder.join("pages"))
        .into_iter()
        .map(|(name, bytes)| {
            let id = name.split('.').next().unwrap_or_default().to_owned();
            let url = expected[&id]["url"]
                .as_str()
                .and_then(|url| Url::parse(url).ok());
            (id, url.unwrap_or_else(somewhere), bytes)
        })
        .collect();
    pages.sort_by(|a, b| a.0.cmp(&b.0));
    Some(pages)
}

/// The files of a folder by name, decompressed.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<(String, Vec<u8>)> = entries
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let mut bytes = std::fs::read(entry.path()).ok()?;
            if name.ends_with(".gz") {
                let mut plain = Vec::new();
                flate2::read::GzDecoder::new(&bytes[..])
                    .read_to_end(&mut plain)
                    .ok()?;
                bytes = plain;
            }
            Some((name, bytes))
        })
        .collect();
    files.sort();
    files
}

/// An address for pages that don't come with one.
pub fn somewhere() -> Url {
    Url::parse("https://shop.example/products/blue-mug").unwrap()
}
