use anyhow::{Context, Result, anyhow};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use wasm_split_cli_support::{Options, transform};

/// The script that loads the parts, which the main script asks for.
const LOADER: &str = "parts.js";

/// A module in parts.
pub struct Parts {
    /// What is loaded first.
    pub main: PathBuf,
    /// The files of each part, in `pkg`.
    pub files: BTreeMap<String, Vec<String>>,
}

/// Takes out of the module what its `#[wasm_split]` functions lead to and nothing else does. The parts and what loads them
/// go to `pkg`; the main part, which the script for it is still to be made for, beside the module.
pub fn run(wasm: &Path, name: &str, pkg: &Path) -> Result<Parts> {
    let module = fs::read(wasm).with_context(|| format!("read {}", wasm.display()))?;
    let main = wasm.with_extension("main.wasm");
    let (loader, script) = (format!("./{LOADER}"), format!("./{name}.js"));
    let mut options = Options::new(&module);
    options.output_dir = pkg;
    options.main_out_path = &main;
    options.link_name = &loader;
    options.main_module = &script;
    let split =
        transform(options).map_err(|report| anyhow!("split {}: {report:#}", wasm.display()))?;
    let named = |file: String| format!("{file}.wasm");
    let files = split
        .prefetch_map
        .into_iter()
        .map(|(part, files)| (part, files.into_iter().map(named).collect()))
        .collect();
    Ok(Parts { main, files })
}
