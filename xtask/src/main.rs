//! `cargo xtask`: sets up, builds, runs and tests Shelfshare with one command each.
//!
//! Whatever is missing is installed on the way, next to the project where that is possible
//! (`target`, `node_modules`), so that a second run starts at once.

#![allow(
    clippy::print_stdout,
    reason = "what it does is shown to whoever typed the command"
)]

mod advisories;
mod bench;
mod command;
mod demo;
mod dev;
mod drill;
mod failure;
mod freshness;
mod import;
mod import_score;
mod mutants;
mod npm;
mod postgres;
mod project;
mod run;
mod setup;
mod site;
mod size;
mod steps;
mod system;
mod test;
mod tools;
mod torture;

use failure::{Failure, Outcome};
use project::Project;
use std::process::ExitCode;
use steps::Steps;

const USAGE: &str = "\
Usage: cargo xtask <command>

  setup              installs what building and running needs
  build              builds for production: target/release/shelfshare, with all that browsers load inside
  size               builds for production what browsers load and says how much it is; fails above
                     the budget
  run [--fresh]      builds and serves the demo market
  dev [--fresh]      serves a development build, rebuilt whenever a file changes
  test [PART]... [-- ARGUMENT...]
                     runs all checks and tests, or only the named parts:
                     fmt, clippy, advisories, unit, e2e, size
                     arguments after -- go to `cargo test` (unit) or Playwright (e2e)
  import-score [-v]  scores the importer on the pages beside the project or at $IMPORT_CORPUS;
                     -v lists what it missed
  import-fuzz [--minutes 30]
                     feeds the importer damaged pages
  import-bench       measures how long the importer takes for real pages, beside extruct
  torture [--long]   tries hard what must never happen and prints a table; with --long as
                     often as docs/torture.md promises, and writes the table there
  drill              moves and kills the primary of a replicated PostgreSQL while shoppers buy, and
                     prints how long nobody could; fails when anything acknowledged is lost
  mutants [WORD]...  takes the guards of the books away one by one (those whose names have one
                     of the words) and expects the test named for each to fail
  bench [PART]...    measures production builds against a floor, over HTTP and with a million
                     past orders, or only the named parts: checkouts, purchases, growth, pages, searches,
                     quick

  --fresh            starts with a new demo market instead of the last one
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[&str]) -> Outcome<ExitCode> {
    let project = Project::find()?;
    let mut steps = Steps::default();
    match arguments {
        ["setup"] => {
            // A failure is in the summary that `finish` prints.
            let _ = setup::for_serving(&project, &mut steps);
            Ok(steps.finish())
        }
        ["build"] => {
            // A failure is in the summary that `finish` prints.
            let _ = site::built(&project, &mut steps);
            Ok(steps.finish())
        }
        ["size"] => {
            // A failure is in the summary that `finish` prints.
            let _ = size::size(&project, &mut steps);
            Ok(steps.finish())
        }
        ["run", options @ ..] => run::run(&project, steps, demo::Market::asked_for(options)?),
        ["dev", options @ ..] => dev::dev(&project, steps, demo::Market::asked_for(options)?),
        ["test", selection @ ..] => {
            let selection = test::Selection::parse(selection)?;
            test::test(&project, &mut steps, &selection);
            Ok(steps.finish())
        }
        ["import-score", arguments @ ..] => import_score::score(&project, arguments),
        ["import-fuzz"] => import::fuzz(&project, "30"),
        ["import-fuzz", "--minutes", minutes] => import::fuzz(&project, minutes),
        ["import-bench"] => import::bench(&project),
        ["mutants", words @ ..] => {
            mutants::mutants(&project, &mut steps, &mutants::asked_for(words)?);
            Ok(steps.finish())
        }
        ["torture", options @ ..] => {
            let form = torture::Form::asked_for(options)?;
            torture::torture(&project, &mut steps, form);
            Ok(steps.finish())
        }
        ["drill"] => {
            // A failure is in the summary that `finish` prints.
            let _ = drill::drill(&project, &mut steps);
            Ok(steps.finish())
        }
        ["bench", parts @ ..] => {
            // A failure is in the summary that `finish` prints.
            let _ = bench::bench(&project, &mut steps, parts);
            Ok(steps.finish())
        }
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        [] => Err(Failure::new(USAGE)),
        [unknown, ..] => Err(Failure::new(format!(
            "There is no command `{unknown}`, or it does not take these arguments.\n\n{USAGE}"
        ))),
    }
}
