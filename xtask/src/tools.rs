//! The Rust side of the tool chain: targets and components by rustup, programs by cargo.

use crate::command::{Run, command, find};
use crate::failure::{Failure, Outcome, While};
use crate::project::Project;
use crate::system;
use std::fs;
use std::path::Path;

pub const WASM: &str = "wasm32-unknown-unknown";
const CARGO_LEPTOS: &str = "0.3.10";

/// Lets rustc compile for browsers.
pub fn wasm_target(project: &Project) -> Outcome {
    let libraries = command(project, "rustc")
        .args(["--print", "target-libdir", "--target", WASM])
        .read();
    if libraries.is_some_and(|folder| Path::new(&folder).is_dir()) {
        println!("{WASM} is installed");
        return Ok(());
    }
    command(project, "rustup")
        .args(["target", "add", WASM])
        .run()
}

/// `cargo fmt` or `cargo clippy`, which a minimal Rust installation comes without.
pub fn component(project: &Project, subcommand: &str, component: &str) -> Outcome {
    let version = command(project, "cargo")
        .args([subcommand, "--version"])
        .read();
    if let Some(version) = version {
        println!("{version} is installed");
        return Ok(());
    }
    command(project, "rustup")
        .args(["component", "add", component])
        .run()
}

/// Turns compiled WebAssembly into what a browser loads. It has to be of exactly the version of the
/// library that the project is locked to.
pub fn wasm_bindgen(project: &Project) -> Outcome {
    let lock = fs::read_to_string(project.path("Cargo.lock")).while_("read Cargo.lock")?;
    let version = locked_version(&lock, "wasm-bindgen")
        .ok_or_else(|| Failure::new("Cargo.lock does not say which wasm-bindgen to use."))?;
    if is_installed(project, "wasm-bindgen", version) {
        return Ok(());
    }
    // Not `--locked`: registry mirrors may lack a version its lock file asks for.
    command(project, "cargo")
        .args(["install", "wasm-bindgen-cli", "--version"])
        .arg(format!("={version}"))
        .arg("--root")
        .arg(project.tools())
        .run()
}

/// Builds server, WebAssembly and styles together.
pub fn cargo_leptos(project: &Project) -> Outcome {
    if is_installed(project, "cargo-leptos", CARGO_LEPTOS) {
        return Ok(());
    }
    if ["cc", "make", "perl"]
        .iter()
        .any(|program| find(project, program).is_none())
    {
        system::install(project, &["build-essential", "perl"])?;
    }
    // Its own release profile takes several times as long to compile and saves it nothing worth that.
    command(project, "cargo")
        .args(["install", "cargo-leptos", "--locked", "--version"])
        .arg(format!("={CARGO_LEPTOS}"))
        .args(["--features", "no_downloads", "--root"])
        .arg(project.tools())
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .run()
}

fn is_installed(project: &Project, program: &str, version: &str) -> bool {
    let wanted = format!("{program} {version}");
    let installed = command(project, program).arg("--version").read();
    if installed.as_deref() == Some(&wanted) {
        println!("{wanted} is installed");
        true
    } else {
        let other = installed.unwrap_or_else(|| "nothing".into());
        println!("{wanted} is needed, {other} was found");
        false
    }
}

/// The version of `package` in a Cargo.lock.
fn locked_version<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines
        .nth(1)?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_package_itself() {
        let lock = "\
[[package]]
name = \"wasm-bindgen-macro\"
version = \"0.1.0\"

[[package]]
name = \"wasm-bindgen\"
version = \"0.2.3\"
";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.3"));
        assert_eq!(locked_version(lock, "other"), None);
    }
}
