//! `packer`: what the compiler made for browsers, made into the files that are served.
//!
//! `cargo xtask` builds and calls it. It is a program of its own because it is large and seldom changes, while
//! `xtask` is built before everything else.

mod bindgen;
mod compress;
mod names;
mod options;

use anyhow::{Context, Result};
use options::Options;
use std::fs;
use std::path::Path;
use std::process::Command;

fn main() -> Result<()> {
    pack(&Options::from_arguments()?)
}

/// Makes the site in a folder beside its place and then moves it there: a server at work never sees half of one.
fn pack(options: &Options) -> Result<()> {
    let making = options.site.with_extension("making");
    remove(&making)?;
    copy_folder(&options.public, &making)?;
    let pkg = making.join("pkg");
    fs::create_dir_all(&pkg)?;
    let wasm = bindgen::run(&options.wasm, &options.name, &pkg)?;
    if let Some(wasm_opt) = &options.wasm_opt {
        optimise(wasm_opt, &wasm)?;
    }
    let style = pkg.join(format!("{}.css", options.name));
    fs::copy(&options.style, style).with_context(|| format!("copy {}", options.style.display()))?;
    if let Some(list) = &options.hashes {
        let hashes = names::give_hashes(&pkg, &options.name)?;
        fs::write(list, hashes).with_context(|| format!("write {}", list.display()))?;
    }
    if options.compress {
        compress::all(&making)?;
    }
    remove(&options.site)?;
    fs::rename(&making, &options.site)
        .with_context(|| format!("move the site to {}", options.site.display()))
}

/// Smaller WebAssembly that does the same; the browsers it is for know both extensions.
fn optimise(wasm_opt: &Path, wasm: &Path) -> Result<()> {
    let status = Command::new(wasm_opt)
        .args([
            "-Oz",
            "--enable-bulk-memory",
            "--enable-nontrapping-float-to-int",
        ])
        .arg(wasm)
        .arg("-o")
        .arg(wasm)
        .status()
        .with_context(|| format!("start {}", wasm_opt.display()))?;
    anyhow::ensure!(status.success(), "{}: {status}", wasm_opt.display());
    Ok(())
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("remove {}", folder.display()))?;
    }
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("create {}", to.display()))?;
    let entries = fs::read_dir(from).with_context(|| format!("read {}", from.display()))?;
    for entry in entries {
        let (path, target) = {
            let entry = entry?;
            (entry.path(), to.join(entry.file_name()))
        };
        if path.is_dir() {
            copy_folder(&path, &target)?;
        } else {
            fs::copy(&path, &target).with_context(|| format!("copy {}", path.display()))?;
        }
    }
    Ok(())
}
