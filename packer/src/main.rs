//! `packer`: what the compiler made for browsers, made into the files that are served.
//!
//! `cargo xtask` builds and calls it. It is a program of its own because it is large and seldom changes, while
//! `xtask` is built before everything else.

mod bindgen;
mod compress;
mod names;
mod options;
mod split;

use anyhow::{Context, Result};
use options::Options;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

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
    let parts = split::run(&options.wasm, &options.name, &pkg)?;
    bindgen::run(&parts.main, &options.name, &pkg)?;
    if let Some(wasm_opt) = &options.wasm_opt {
        optimise_all(wasm_opt, &files_of_kind(&pkg, "wasm")?)?;
    }
    if let Some(minifier) = &options.minifier {
        for file in files_of_kind(&pkg, "js")? {
            minify(minifier, &file)?;
        }
    }
    copy_folder(&options.style, &pkg)?;
    if options.hashed {
        let list = names::by_content(&pkg, &parts)?;
        fs::write(making.join("build.txt"), list).context("write the list of files")?;
    }
    if options.compress {
        compress::all(&making)?;
    }
    if let Some(archive) = &options.archive {
        write_archive(&making, archive).with_context(|| format!("write {}", archive.display()))?;
    }
    remove(&options.site)?;
    fs::rename(&making, &options.site)
        .with_context(|| format!("move the site to {}", options.site.display()))
}

/// All at the same time: most of it is on one processor.
fn optimise_all(wasm_opt: &Path, files: &[PathBuf]) -> Result<()> {
    thread::scope(|scope| {
        let started = files
            .iter()
            .map(|file| scope.spawn(|| optimise(wasm_opt, file)));
        let started: Vec<_> = started.collect();
        started.into_iter().try_for_each(|one| {
            let stopped = |_| anyhow::anyhow!("optimising stopped");
            one.join().map_err(stopped)?
        })
    })
}

/// Smaller WebAssembly that does the same; the browsers it is for know both extensions.
fn optimise(wasm_opt: &Path, wasm: &Path) -> Result<()> {
    let mut program = Command::new(wasm_opt);
    program.args([
        "-Oz",
        "--enable-bulk-memory",
        "--enable-nontrapping-float-to-int",
    ]);
    run(program.arg(wasm).arg("-o").arg(wasm))
}

/// A script without what only people read.
fn minify(minifier: &Path, script: &Path) -> Result<()> {
    let mut program = Command::new(minifier);
    program.args([
        "--minify",
        "--format=esm",
        "--target=es2022",
        "--log-level=warning",
        // A module that several parts import is named once for each.
        "--log-override:duplicate-object-key=silent",
    ]);
    let mut file = OsString::from("--outfile=");
    file.push(script);
    run(program.arg(script).arg(file).arg("--allow-overwrite"))
}

/// The same site always is the same file.
fn write_archive(site: &Path, file: &Path) -> Result<()> {
    let mut archive = tar::Builder::new(File::create(file)?);
    archive.mode(tar::HeaderMode::Deterministic);
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for path in names::entries(&site.join(&folder))? {
            let name = folder.join(path.file_name().unwrap_or_default());
            if path.is_dir() {
                folders.push(name);
            } else {
                archive.append_path_with_name(path, name)?;
            }
        }
    }
    archive.into_inner()?.sync_all()?;
    Ok(())
}

fn run(program: &mut Command) -> Result<()> {
    let name = program.get_program().to_owned();
    let status = program
        .status()
        .with_context(|| format!("start {}", name.display()))?;
    anyhow::ensure!(status.success(), "{}: {status}", name.display());
    Ok(())
}

fn files_of_kind(folder: &Path, kind: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("read {}", folder.display()))?;
    let files = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    Ok(files
        .into_iter()
        .filter(|file| file.extension().is_some_and(|end| end == kind))
        .collect())
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
