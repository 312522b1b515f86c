//! Whether a build has to be repeated. Packing the browser's files takes a minute even if nothing has changed.

use crate::failure::{Outcome, While};
use crate::project::Project;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// All that the site is built from.
const SOURCES: [&str; 10] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "app",
    "crates",
    "frontend",
    "packer",
    "public",
    "server",
    "style",
];

/// Does `build`, unless it was done since any source has changed and its `results` are still there.
/// The time of the build is kept in the file `stamp`.
pub fn build_if_stale(
    project: &Project,
    stamp: &Path,
    results: &[PathBuf],
    build: impl FnOnce() -> Outcome,
) -> Outcome {
    let built = fs::metadata(stamp).and_then(|stamp| stamp.modified()).ok();
    let current = built.is_some_and(|built| nothing_changed_since(project, built));
    if current && results.iter().all(|result| result.exists()) {
        println!("nothing has changed since the last build");
        return Ok(());
    }
    let started = SystemTime::now();
    build()?;
    File::create(stamp)
        .and_then(|file| file.set_modified(started))
        .while_(format_args!("write {}", stamp.display()))
}

/// Whether all that the site is built from is as it was at `time`.
pub fn nothing_changed_since(project: &Project, time: SystemTime) -> bool {
    let sources = SOURCES.map(|source| project.path(source));
    sources.iter().all(|source| is_older(source, time))
}

/// Whether nothing at or under `path` changed after `time`. A folder changes with what is added to it
/// and removed from it.
fn is_older(path: &Path, time: SystemTime) -> bool {
    let changed = path.metadata().and_then(|metadata| metadata.modified());
    if changed.map_or(true, |changed| changed >= time) {
        return false;
    }
    let Ok(entries) = fs::read_dir(path) else {
        return true;
    };
    entries
        .flatten()
        .filter(|entry| entry.file_name() != "node_modules")
        .all(|entry| is_older(&entry.path(), time))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn one_new_file_deep_down_is_noticed() {
        let folder = std::env::temp_dir().join(format!("shelfshare-xtask-{}", std::process::id()));
        let deep = folder.join("a/b");
        let ignored = folder.join("node_modules");
        fs::create_dir_all(&deep).unwrap();
        fs::create_dir_all(&ignored).unwrap();
        fs::write(deep.join("source"), "").unwrap();

        let later = SystemTime::now() + Duration::from_secs(60);
        assert!(is_older(&folder, later));
        let touch = |path: &Path| {
            fs::write(path, "").unwrap();
            let file = File::options().write(true).open(path).unwrap();
            file.set_modified(later + Duration::from_secs(60)).unwrap();
        };
        touch(&ignored.join("package"));
        assert!(is_older(&folder, later));
        touch(&deep.join("source"));
        assert!(!is_older(&folder, later));

        fs::remove_dir_all(&folder).unwrap();
    }
}
