//! `cargo xtask dev`: the market while one changes it.

use crate::command::command;
use crate::demo::{self, Market};
use crate::failure::{Outcome, While};
use crate::freshness::nothing_changed_since;
use crate::project::Project;
use crate::setup;
use crate::site::{SITE_ROOT, Site};
use crate::steps::Steps;
use std::path::Path;
use std::process::{Child, ExitCode};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

/// How often the sources are looked at.
const LOOK: Duration = Duration::from_millis(500);

/// Returns only if something failed.
pub fn dev(project: &Project, mut steps: Steps, market: Market) -> Outcome<ExitCode> {
    let site = Site::watched(project);
    let folder = demo::developed(project);
    let mut built = SystemTime::now();
    let ready = setup::for_serving(project, &mut steps)
        .and_then(|()| {
            built = SystemTime::now();
            steps.run("build", || site.build_for_development(project))
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
    let mut server = serve(project, &site, &folder)?;
    println!("\nhttp://127.0.0.1:3000 is built again whenever a file changes, until Ctrl-C.\n");
    loop {
        sleep(LOOK);
        if nothing_changed_since(project, built) {
            continue;
        }
        built = SystemTime::now();
        // What was served goes on until what has changed can be built.
        if let Err(failure) = site.build_for_development(project) {
            println!("{failure}");
            continue;
        }
        server.kill().while_("stop the server")?;
        server.wait().while_("wait for the server")?;
        server = serve(project, &site, &folder)?;
        println!("\nServed anew. Load the page again.\n");
    }
}

fn serve(project: &Project, site: &Site, folder: &Path) -> Outcome<Child> {
    command(project, site.server())
        .arg("serve")
        .env(SITE_ROOT, site.root())
        .envs(demo::variables(folder))
        .spawn()
        .while_("start the server")
}
