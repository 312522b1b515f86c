//! `cargo xtask dev`: the market while one changes it.

use crate::command::{Run, command};
use crate::demo::{self, Market};
use crate::failure::Outcome;
use crate::project::Project;
use crate::setup;
use crate::site::{SITE_ROOT, Site};
use crate::steps::Steps;
use std::process::ExitCode;

/// Returns only if something failed: cargo-leptos takes this process's place.
pub fn dev(project: &Project, mut steps: Steps, market: Market) -> Outcome<ExitCode> {
    let site = Site::watched(project);
    let folder = demo::developed(project);
    let ready = setup::for_serving(project, &mut steps)
        .and_then(|()| {
            steps.run("build the server", || {
                site.forget_hashes()?;
                command(project, "cargo")
                    .args(["build", "--package", "server", "--bin", "shelfshare"])
                    .run()
            })
        })
        .and_then(|()| {
            steps.run("prepare the demo market", || {
                market.prepare(project, site.server(), &folder)
            })
        });
    let code = steps.finish();
    if ready.is_none() {
        return Ok(code);
    }
    Err(site
        .cargo_leptos(project)
        .args(["watch", "--", "serve"])
        .env(SITE_ROOT, site.root())
        // Leptos compiles differently when this variable is set, which only its experimental hot
        // reloading needs. Without it the server shares its build with tests and plain cargo.
        .env("LEPTOS_BIN_CARGO_COMMAND", "env -u LEPTOS_WATCH cargo")
        .envs(demo::variables(&folder))
        .become_it())
}
