//! The Rust side of the tool chain: targets and components by rustup, and a program of our own.

use crate::command::{Run, command};
use crate::failure::Outcome;
use crate::project::Project;
use std::path::Path;

pub const WASM: &str = "wasm32-unknown-unknown";

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

/// The program that packs what browsers load. Optimised, it would take minutes longer to compile and pack seconds faster.
pub fn packer(project: &Project) -> Outcome {
    command(project, "cargo")
        .args(["build", "--package", "packer"])
        .run()
}
