//! `cargo xtask test`: everything that must hold before a change is merged.
//!
//! The end-to-end tests use development builds. A release build of both sides takes longer than all
//! other steps together on a small machine, while the development server is already there: it is what
//! the unit and integration tests have compiled. Debug assertions also make Leptos report every
//! difference between the HTML it sent and the page it attaches to, about which a release build is
//! silent. What runs in the browser is compiled with some optimisation (profile `wasm-dev`), because
//! an unoptimised file is so large that the tests would mostly wait for it to load.

mod selection;

use crate::advisories;
use crate::command::{Run, command};
use crate::failure::{Failure, Outcome};
use crate::postgres::{Postgres, TEST_DATABASE_URL};
use crate::project::Project;
use crate::setup;
use crate::site::{SITE_ROOT, Site};
use crate::size;
use crate::steps::Steps;
use crate::system::{self, CHROMIUM_PATH, Need};
use crate::tools::WASM;
use selection::Part;
pub use selection::Selection;
use std::thread;

/// Tells the end-to-end tests which program to start. (It does not begin with `SHELFSHARE_`: the server
/// refuses to start when such a variable is none of its settings.)
const E2E_SERVER: &str = "E2E_SERVER";

/// How many tests of a program run at the same time, as Rust's test harness reads it.
const TEST_THREADS: &str = "RUST_TEST_THREADS";

/// All that is compiled for the machine itself. The frontend is only ever compiled for browsers: both
/// sides of the app in one build would switch on features that exclude each other.
const NATIVE: [&str; 3] = ["--workspace", "--exclude", "frontend"];

/// Runs the selected parts. One that fails does not keep the others from running.
pub fn test(project: &Project, steps: &mut Steps, selection: &Selection) {
    if set_up(project, steps, selection).is_none() {
        return;
    }
    if selection.has(Part::Fmt) {
        steps.run("fmt", || {
            command(project, "cargo")
                .args(["fmt", "--all", "--check"])
                .run()
        });
    }
    // What is compiled anyway is linted on the way.
    if selection.has(Part::Clippy) && !selection.compiles() {
        steps.run("clippy: server", || {
            clippy(project, &[&NATIVE[..], &["--all-targets"]].concat())
        });
    }
    if selection.has(Part::Clippy) && !selection.has(Part::EndToEnd) {
        steps.run("clippy: browser", || {
            clippy(project, &["--package", "frontend", "--target", WASM])
        });
    }
    if selection.has(Part::Advisories) {
        steps.run("advisories", || advisories::look_up(project));
    }
    let compiled = compile_and_test(project, steps, selection);
    if selection.has(Part::Size) {
        // A failure is in the summary.
        let _ = match compiled {
            Some(Compiled) if selection.has(Part::EndToEnd) => {
                size::size_with_packer(project, steps)
            }
            _ => size::size(project, steps),
        };
    }
}

/// All programs and tests are there.
struct Compiled;

/// Unit and end-to-end tests, and what they need compiled.
fn compile_and_test(
    project: &Project,
    steps: &mut Steps,
    selection: &Selection,
) -> Option<Compiled> {
    if !selection.compiles() {
        return None;
    }
    let lints = selection.has(Part::Clippy);
    let compiled = linted(project, steps, lints, "compile programs and tests", compile)?;
    if selection.has(Part::Unit) {
        steps.run("unit and integration tests", || unit(&compiled, selection));
    }
    if selection.has(Part::EndToEnd) {
        let site = Site::tested(project);
        let built = linted(project, steps, lints, "build for browsers", |project| {
            site.build_for_tests(project, &project.target("debug/shelfshare"))
        });
        if built.is_some() {
            steps.run("what browsers load", || size::check_tested(&site));
            steps.run("end-to-end tests", || end_to_end(project, &site, selection));
        }
    }
    Some(Compiled)
}

/// Does something that compiles, with clippy looking on if it `lints`. What clippy finds keeps nothing from being tested.
/// Gives the project as it was compiled.
fn linted(
    project: &Project,
    steps: &mut Steps,
    lints: bool,
    name: &str,
    work: impl Fn(&Project) -> Outcome,
) -> Option<Project> {
    if lints {
        let linted = project.linted();
        let done = steps.run(&format!("{name}, with clippy"), || work(&linted));
        if done.is_some() {
            return Some(linted);
        }
    }
    steps.run(name, || work(project))?;
    Some(project.clone())
}

/// Server, packer and tests in one build, so that they agree on the features of what they share.
fn compile(project: &Project) -> Outcome {
    command(project, "cargo")
        .arg("build")
        .args(NATIVE)
        .arg("--all-targets")
        .run()
}

/// Only what the selected parts need.
fn set_up(project: &Project, steps: &mut Steps, selection: &Selection) -> Option<()> {
    let mut needs = Vec::new();
    if selection.has(Part::Unit) {
        needs.push(Need::Postgres);
    }
    if selection.has(Part::EndToEnd) {
        needs.push(Need::Chromium);
    }
    if !needs.is_empty() {
        setup::from_the_system(project, steps, &needs)?;
    }
    if selection.has(Part::Fmt) {
        setup::for_formatting(project, steps)?;
    }
    if selection.has(Part::Clippy) {
        setup::for_linting(project, steps)?;
    }
    if selection.has(Part::EndToEnd) {
        setup::for_end_to_end(project, steps)?;
    } else if selection.has(Part::Clippy) {
        setup::wasm_target(project, steps)?;
    }
    Some(())
}

fn clippy(project: &Project, what: &[&str]) -> Outcome {
    command(project, "cargo")
        .arg("clippy")
        .args(what)
        .args(["--", "--deny", "warnings"])
        .run()
}

fn unit(project: &Project, selection: &Selection) -> Outcome {
    let mut tests = command(project, "cargo");
    tests.args(["test", "--no-fail-fast"]).args(NATIVE);
    tests.args(selection.arguments());
    if std::env::var_os(TEST_THREADS).is_none() {
        // Many wait most of the time: for disks, for processes that start, for clients who hang up.
        let cores = thread::available_parallelism().map_or(1, usize::from);
        tests.env(TEST_THREADS, (2 * cores).to_string());
    }
    if std::env::var_os(TEST_DATABASE_URL).is_some() {
        println!("{TEST_DATABASE_URL} is set: tests use that PostgreSQL server");
        return tests.run();
    }
    let postgres = Postgres::start()?;
    tests.env(TEST_DATABASE_URL, postgres.url()).run()
}

fn end_to_end(project: &Project, site: &Site, selection: &Selection) -> Outcome {
    let chromium =
        system::chromium().ok_or_else(|| Failure::new("There is no Chromium to test with."))?;
    let tools = project.path("end2end/node_modules/.bin");
    let tool = |name: &str| {
        let mut tool = command(project, tools.join(name));
        tool.current_dir(project.path("end2end"));
        tool
    };
    // Playwright runs TypeScript without looking at its types.
    tool("tsc").run()?;
    tool("playwright")
        .arg("test")
        .args(selection.arguments())
        .env(CHROMIUM_PATH, chromium)
        .env(E2E_SERVER, site.server())
        .env(SITE_ROOT, site.root())
        .run()
}
