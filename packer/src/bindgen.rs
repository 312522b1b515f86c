use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// Writes the module and the script that loads it into `pkg`, under the names Leptos asks for; gives the module's path.
pub fn run(wasm: &Path, name: &str, pkg: &Path) -> Result<PathBuf> {
    Bindgen::new()
        .input_path(wasm)
        .out_name(name)
        .web(true)?
        .typescript(false)
        // Parts that are loaded later find by name what they need of this one.
        .keep_lld_exports(true)
        .demangle(false)
        // The page says where the module is, since its name has a hash in it.
        .omit_default_module_path(true)
        .generate(pkg)
        .with_context(|| format!("make a script for {}", wasm.display()))?;
    let made = pkg.join(format!("{name}_bg.wasm"));
    let module = pkg.join(format!("{name}.wasm"));
    fs::rename(&made, &module).with_context(|| format!("rename {}", made.display()))?;
    Ok(module)
}
