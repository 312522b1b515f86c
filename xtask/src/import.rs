//! `cargo xtask import-…`: what takes too long, or needs too much, for every test run.

use crate::command::{Run, command};
use crate::failure::{Failure, Outcome};
use crate::project::Project;
use std::process::ExitCode;

/// Tells the fuzzer how long to go on.
const FUZZ_MINUTES: &str = "IMPORT_FUZZ_MINUTES";
/// Tells the bench which Python has the library to compare with.
const EXTRUCT_PYTHON: &str = "EXTRUCT_PYTHON";
const EXTRUCT: &str = "extruct==0.18.0";

/// Feeds the importer damaged pages, and fails if one breaks it.
pub fn fuzz(project: &Project, minutes: &str) -> Outcome<ExitCode> {
    if minutes.parse::<u32>().is_err() {
        return Err(Failure::new(format!(
            "`{minutes}` is no number of minutes."
        )));
    }
    command(project, "cargo")
        .args(["test", "--release", "--package", "importer"])
        .args(["--test", "fuzz", "--", "--nocapture"])
        .env(FUZZ_MINUTES, minutes)
        .run()?;
    Ok(ExitCode::SUCCESS)
}

/// Measures how long the importer takes for real pages, and extruct for the same ones.
pub fn bench(project: &Project) -> Outcome<ExitCode> {
    let python = project.target("extruct/bin/python");
    if !python.is_file() {
        let environment = project.target("extruct");
        command(project, "python3")
            .args(["-m", "venv"])
            .arg(environment)
            .run()?;
        command(project, &python)
            .args(["-m", "pip", "install", "--quiet", EXTRUCT])
            .run()?;
    }
    command(project, "cargo")
        .args(["bench", "--package", "importer", "--bench", "pages"])
        .env(EXTRUCT_PYTHON, python)
        .run()?;
    Ok(ExitCode::SUCCESS)
}
