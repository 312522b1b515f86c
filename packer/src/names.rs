use crate::split::Parts;
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Ten bytes are enough for files of which a browser keeps a handful.
const BYTES: usize = 10;

/// Moves the files of a build into a folder that is named by a hash of them all: browsers may keep them for ever, and the
/// files name each other as before. Gives the list that the server reads: a line `build: 1f0e…`, and one for each part.
pub fn by_content(pkg: &Path, parts: &Parts) -> Result<String> {
    let mut hash = Sha256::new();
    let files = entries(pkg)?;
    for file in &files {
        let content = fs::read(file).with_context(|| format!("read {}", file.display()))?;
        hash.update(file.file_name().unwrap_or_default().as_encoded_bytes());
        hash.update(content.len().to_le_bytes());
        hash.update(content);
    }
    let build = hex(&hash.finalize());
    let folder = pkg.join(&build);
    fs::create_dir(&folder).with_context(|| format!("create {}", folder.display()))?;
    for file in files {
        let target = folder.join(file.file_name().unwrap_or_default());
        fs::rename(&file, target).with_context(|| format!("move {}", file.display()))?;
    }
    let mut list = format!("build: {build}\n");
    for (part, files) in &parts.files {
        writeln!(list, "{part}: {}", files.join(" "))?;
    }
    Ok(list)
}

/// What is in a folder, in order.
pub fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("read {}", folder.display()))?;
    let mut entries: Vec<_> = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()?;
    entries.sort();
    Ok(entries)
}

fn hex(digest: &[u8]) -> String {
    let bytes = digest.iter().take(BYTES);
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::by_content;
    use crate::split::Parts;
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::{Path, PathBuf};

    /// A folder for one test. The library for such folders would have half of the packer compiled a second time, with the
    /// features that it asks for.
    struct Folder(PathBuf);

    impl Folder {
        fn new(test: &str) -> Self {
            let name = format!("packer-{test}-{}", std::process::id());
            let folder = std::env::temp_dir().join(name);
            fs::create_dir(&folder).unwrap();
            Folder(folder)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    fn parts() -> Parts {
        let files = vec!["chunk.wasm".to_owned(), "till.wasm".to_owned()];
        Parts {
            main: PathBuf::new(),
            files: BTreeMap::from([("till".to_owned(), files)]),
        }
    }

    fn build(pkg: &Path, script: &str) -> String {
        fs::create_dir_all(pkg).unwrap();
        for (name, content) in [("shop.js", script), ("till.wasm", "w")] {
            fs::write(pkg.join(name), content).unwrap();
        }
        by_content(pkg, &parts()).unwrap()
    }

    #[test]
    fn the_folder_changes_with_the_content_and_only_then() {
        let made = |script: &str| {
            let site = Folder::new("content");
            let list = build(&site.0, script);
            let (first, rest) = list.split_once('\n').unwrap();
            let folder = site.0.join(first.strip_prefix("build: ").unwrap());
            assert!(folder.join("shop.js").is_file());
            assert!(folder.join("till.wasm").is_file());
            assert_eq!(rest, "till: chunk.wasm till.wasm\n");
            list
        };
        assert_eq!(made("one"), made("one"));
        assert_ne!(made("one"), made("two"));
    }
}
