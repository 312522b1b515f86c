//! `cargo xtask bench`: how fast is right, measured.

use crate::command::{Run, command};
use crate::postgres::Postgres;
use crate::project::Project;
use crate::setup;
use crate::steps::Steps;
use crate::system::Need;

/// Builds server and benchmark for production and runs them against an SQLite file and a PostgreSQL of their own.
/// `parts` are the benchmark's; without any it measures everything, which takes a while.
pub fn bench(project: &Project, steps: &mut Steps, parts: &[&str]) -> Option<()> {
    setup::from_the_system(project, steps, &[Need::Postgres])?;
    steps.run("build for production", || {
        command(project, "cargo")
            .args([
                "build",
                "--release",
                "--package",
                "server",
                "--package",
                "bench",
            ])
            .run()
    })?;
    steps.run("measure", || {
        let postgres = Postgres::start_durable()?;
        command(project, project.target("release/bench"))
            .args(parts)
            .env("BENCH_DATABASE_URL", postgres.url())
            .env("BENCH_SERVER", project.target("release/shelfshare"))
            .run()
    })
}
