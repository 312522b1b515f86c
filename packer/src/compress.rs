use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// What is text, or packs as well as text. Pictures and fonts are packed already.
const WORTH_IT: [&str; 8] = ["css", "html", "js", "json", "svg", "txt", "wasm", "xml"];

/// Puts `name.br` and `name.gz` beside every file under `folder` that is worth it, as small as they get: it is done once,
/// and saves every visitor the waiting.
pub fn all(folder: &Path) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            all(&path)?;
        } else if path
            .extension()
            .and_then(OsStr::to_str)
            .is_some_and(|extension| WORTH_IT.contains(&extension))
        {
            one(&path).with_context(|| format!("compress {}", path.display()))?;
        }
    }
    Ok(())
}

fn one(path: &Path) -> Result<()> {
    let content = fs::read(path)?;
    let mut brotli = File::create(beside(path, "br"))?;
    let parameters = BrotliEncoderParams {
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    brotli::BrotliCompress(&mut content.as_slice(), &mut brotli, &parameters)?;
    let mut gzip = GzEncoder::new(File::create(beside(path, "gz"))?, Compression::best());
    gzip.write_all(&content)?;
    gzip.finish()?;
    Ok(())
}

fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}
