use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The files whose names change with their content.
const HASHED: [&str; 3] = ["js", "wasm", "css"];

/// Ten bytes are enough for files of which a browser keeps a handful.
const BYTES: usize = 10;

/// Puts a hash of each file's content into its name, `shelfshare.js` becoming `shelfshare.1f0e….js`, so that browsers may
/// keep it for ever. Gives the list as Leptos reads it: a line `js: 1f0e…` for each.
pub fn give_hashes(pkg: &Path, name: &str) -> Result<String> {
    let mut list = String::new();
    for kind in HASHED {
        let file = pkg.join(format!("{name}.{kind}"));
        let content = fs::read(&file).with_context(|| format!("read {}", file.display()))?;
        let hash = hex(&Sha256::digest(content));
        let named = pkg.join(format!("{name}.{hash}.{kind}"));
        fs::rename(&file, named).with_context(|| format!("rename {}", file.display()))?;
        writeln!(list, "{kind}: {hash}")?;
    }
    Ok(list)
}

fn hex(digest: &[u8]) -> String {
    let bytes = digest.iter().take(BYTES);
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::give_hashes;
    use std::fs;

    #[test]
    fn names_change_with_content_and_only_then() {
        let names = |script: &str| {
            let folder = tempfile::tempdir().unwrap();
            for (kind, content) in [("js", script), ("wasm", "w"), ("css", "c")] {
                fs::write(folder.path().join(format!("shop.{kind}")), content).unwrap();
            }
            let list = give_hashes(folder.path(), "shop").unwrap();
            for line in list.lines() {
                let (kind, hash) = line.split_once(": ").unwrap();
                assert!(folder.path().join(format!("shop.{hash}.{kind}")).is_file());
            }
            list
        };
        assert_eq!(names("one"), names("one"));
        let (one, two) = (names("one"), names("two"));
        let differing = one.lines().zip(two.lines()).filter(|(a, b)| a != b);
        assert_eq!(differing.count(), 1);
    }
}
