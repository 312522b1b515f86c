//! `cargo xtask drill`: what a failing database does to a market with several servers, seen by its shoppers.

use crate::command::{Run, command};
use crate::project::Project;
use crate::setup;
use crate::steps::Steps;
use crate::system::Need;
use std::path::PathBuf;

/// Set to drill a server that is built already.
const SERVER: &str = "DRILL_SERVER";

/// Starts a PostgreSQL of three nodes and two servers on it, and lets the primary fail while shoppers buy. How long
/// nobody can buy is a matter of the database: a development build does.
pub fn drill(project: &Project, steps: &mut Steps) -> Option<()> {
    let needs = [
        Need::PostgresPrograms,
        Need::Patroni,
        Need::Etcd,
        Need::Haproxy,
    ];
    setup::from_the_system(project, steps, &needs)?;
    let built = std::env::var_os(SERVER).map(PathBuf::from);
    let packages: &[&str] = match built {
        Some(_) => &["bench"],
        None => &["bench", "server"],
    };
    steps.run("compile", || {
        let packages = packages.iter().flat_map(|package| ["--package", package]);
        command(project, "cargo").arg("build").args(packages).run()
    })?;
    let server = built.unwrap_or_else(|| project.target("debug/shelfshare"));
    steps.run("drill", || {
        command(project, project.target("debug/bench"))
            .arg("drill")
            .arg(project.target("drill"))
            .env("BENCH_SERVER", server)
            .run()
    })
}
