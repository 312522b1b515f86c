//! `cargo xtask import-score`: how well the importer reads other people's pages.
//!
//! The pages are third-party data and not part of the project. They are looked for beside it, or where
//! `IMPORT_CORPUS` says.

use crate::command::{Run, command};
use crate::failure::Outcome;
use crate::project::Project;
use std::path::PathBuf;
use std::process::ExitCode;

const VARIABLE: &str = "IMPORT_CORPUS";
const BESIDE: &str = "../shared/import-corpus";

/// Prints the scores, or that there is nothing to score. Arguments go to the example `import_score`.
pub fn score(project: &Project, arguments: &[&str]) -> Outcome<ExitCode> {
    let corpus = std::env::var_os(VARIABLE).map_or_else(|| project.path(BESIDE), PathBuf::from);
    if !corpus.join("expected.json").is_file() {
        println!(
            "Skipped: there is no corpus at {}. Set {VARIABLE} to a folder with expected.json.",
            corpus.display()
        );
        return Ok(ExitCode::SUCCESS);
    }
    command(project, "cargo")
        .args([
            "run",
            "--quiet",
            "--release",
            "--package",
            "importer",
            "--example",
            "import_score",
            "--",
        ])
        .arg(corpus)
        .args(arguments)
        .run()?;
    Ok(ExitCode::SUCCESS)
}
