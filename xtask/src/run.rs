//! `cargo xtask run`: the market as a shopper would meet it.

use crate::command::{Run, command};
use crate::demo::{self, Market};
use crate::failure::Outcome;
use crate::project::Project;
use crate::site::{self, SITE_ROOT};
use crate::steps::Steps;
use std::process::ExitCode;

/// Returns only if something failed: the server takes this process's place.
pub fn run(project: &Project, mut steps: Steps, market: Market) -> Outcome<ExitCode> {
    let folder = demo::served(project);
    let ready = site::built_to_try(project, &mut steps, |server| {
        market.prepare(project, server, &folder)
    });
    let code = steps.finish();
    let Some(site) = ready else {
        return Ok(code);
    };
    println!("\nShelfshare is served at http://127.0.0.1:3000 until Ctrl-C.\n");
    Err(command(project, site.server())
        .arg("serve")
        .env(SITE_ROOT, site.root())
        .envs(demo::variables(&folder))
        .become_it())
}
