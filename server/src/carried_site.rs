//! The files for browsers, where the program carries them inside: `cargo xtask build` makes it so.
//!
//! Each build lays them out in a folder of its own below the data folder, and serves them from there like any others.
//! What browsers loaded of two builds before stays: pages that stand open ask for the files of their own.

use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

#[cfg(feature = "carries-site")]
const ARCHIVE: Option<&[u8]> = Some(include_bytes!(env!("SITE_ARCHIVE")));
#[cfg(not(feature = "carries-site"))]
const ARCHIVE: Option<&[u8]> = None;

/// Says which folder in `pkg` is the build's own, and which files its parts are.
pub const LIST: &str = "build.txt";

/// What a list says of a thing: `build: 3c1d…` for the folder, and one for each part.
pub fn line<'l>(list: &'l str, name: &str) -> Option<&'l str> {
    list.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

/// Builds before this one whose files stay.
const EARLIER: usize = 2;

/// A folder that is half laid out belongs to somebody at work, but not for so long.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// Lays the files out, unless they are. `None` when this program carries none.
///
/// # Errors
/// When the folder can't be written.
pub fn lay_out(data: &Path) -> io::Result<Option<PathBuf>> {
    ARCHIVE
        .map(|archive| laid_out(archive, &data.join("site")))
        .transpose()
}

/// It appears as a whole: several processes of one build may start at once.
fn laid_out(archive: &[u8], sites: &Path) -> io::Result<PathBuf> {
    let name: String = hex::encode(Sha256::digest(archive))
        .chars()
        .take(20)
        .collect();
    let site = sites.join(&name);
    if site.exists() {
        return Ok(site);
    }
    fs::create_dir_all(sites)?;
    let making = sites.join(format!("{name}.{}", std::process::id()));
    let mut archive = tar::Archive::new(archive);
    // What was changed when is told by the day it came here.
    archive.set_preserve_mtime(false);
    archive.unpack(&making)?;
    let earlier = earlier(sites)?;
    let (kept, gone) = earlier.split_at(earlier.len().min(EARLIER));
    for old in kept {
        keep_own_files(old, &making)?;
    }
    match fs::rename(&making, &site) {
        // Another process was quicker.
        Err(_) if site.exists() => fs::remove_dir_all(&making)?,
        renamed => renamed?,
    }
    for old in gone {
        // What can't be removed does no harm.
        let _ = fs::remove_dir_all(old);
    }
    Ok(site)
}

/// What other builds have laid out, the newest first.
fn earlier(sites: &Path) -> io::Result<Vec<PathBuf>> {
    let mut earlier = Vec::new();
    for entry in fs::read_dir(sites)? {
        let entry = entry?;
        let since = entry.metadata()?.modified()?;
        if !entry.file_name().to_string_lossy().contains('.') {
            earlier.push((since, entry.path()));
        } else if SystemTime::now()
            .duration_since(since)
            .is_ok_and(|age| age > ABANDONED)
        {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    earlier.sort_by(|one, other| other.cmp(one));
    Ok(earlier.into_iter().map(|(_, site)| site).collect())
}

fn keep_own_files(old: &Path, site: &Path) -> io::Result<()> {
    let list = fs::read_to_string(old.join(LIST))?;
    let Some(build) = line(&list, "build") else {
        return Ok(());
    };
    let (from, to) = (old.join("pkg").join(build), site.join("pkg").join(build));
    if to.exists() {
        return Ok(());
    }
    fs::create_dir_all(&to)?;
    for file in fs::read_dir(from)? {
        let file = file?;
        fs::copy(file.path(), to.join(file.file_name()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{LIST, laid_out};
    use std::fs;
    use std::path::Path;

    /// What a build carries: its script, and the list that says where.
    fn archive(build: &str) -> Vec<u8> {
        let mut archive = tar::Builder::new(Vec::new());
        for (path, content) in [
            (format!("pkg/{build}/shop.js"), build.to_owned()),
            (LIST.to_owned(), format!("build: {build}\n")),
        ] {
            let mut header = tar::Header::new_gnu();
            header.set_size(content.len().try_into().unwrap());
            header.set_mode(0o644);
            archive
                .append_data(&mut header, path, content.as_bytes())
                .unwrap();
        }
        archive.into_inner().unwrap()
    }

    fn builds(site: &Path) -> usize {
        fs::read_dir(site.join("pkg")).unwrap().count()
    }

    #[test]
    fn the_files_of_two_builds_before_stay() {
        let data = tempfile::tempdir().unwrap();
        let sites = data.path().join("site");
        for number in 1..=5 {
            let build = format!("b{number}");
            let site = laid_out(&archive(&build), &sites).unwrap();
            let script = site.join("pkg").join(&build).join("shop.js");
            assert_eq!(fs::read_to_string(script).unwrap(), build);
            assert_eq!(builds(&site), number.min(3));
            assert_eq!(fs::read_dir(&sites).unwrap().count(), number.min(3));
        }
    }

    #[test]
    fn the_same_build_is_laid_out_once() {
        let data = tempfile::tempdir().unwrap();
        let site = laid_out(&archive("one"), data.path()).unwrap();
        fs::write(site.join("mark"), "").unwrap();
        assert_eq!(laid_out(&archive("one"), data.path()).unwrap(), site);
        assert!(site.join("mark").exists());
        assert_eq!(fs::read_dir(data.path()).unwrap().count(), 1);
    }
}
