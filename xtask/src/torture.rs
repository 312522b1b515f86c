//! `cargo xtask torture`: what must never happen, tried hard, with a table of what came of it.
//!
//! The same tests run in their short form with all others. This runs nothing else, and with `--long` gives them the
//! figures that `docs/torture.md` promises and writes the table there. The long form tries a production build: it is
//! what people use, and it is sooner done with a million steps.

use crate::command::{Run, command};
use crate::failure::{Failure, Outcome, While};
use crate::postgres::{self, Postgres, TEST_DATABASE_URL};
use crate::project::Project;
use crate::setup;
use crate::steps::Steps;
use crate::system::Need;
use std::fs;
use std::path::Path;
use std::process::Command;

const DOCUMENT: &str = "docs/torture.md";
const BEGIN: &str = "<!-- results: written by `cargo xtask torture --long` -->";
const END: &str = "<!-- end of results -->";

/// Every target named `torture`: the rules' own and the server's.
const TESTS: [&str; 5] = ["--workspace", "--exclude", "frontend", "--test", "torture"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Short,
    Long,
}

impl Form {
    pub fn asked_for(options: &[&str]) -> Outcome<Self> {
        match options {
            [] => Ok(Self::Short),
            ["--long"] => Ok(Self::Long),
            _ => Err(Failure::new(
                "`cargo xtask torture` takes `--long` or nothing.",
            )),
        }
    }
}

/// Runs the tests and shows what they report, failed ones included.
pub fn torture(project: &Project, steps: &mut Steps, form: Form) {
    if setup::from_the_system(project, steps, &[Need::Postgres]).is_none() {
        return;
    }
    let compiled = steps.run("compile server and tests", || {
        tests(project, form).arg("--no-run").run()
    });
    if compiled.is_none() {
        return;
    }
    let report = project.target("torture.jsonl");
    steps.run("torture", || run(project, form, &report));
    steps.run("results", || show(project, form, &report));
}

fn tests(project: &Project, form: Form) -> Command {
    let mut tests = command(project, "cargo");
    tests.arg("test").args(TESTS);
    if form == Form::Long {
        tests.arg("--release");
    }
    tests
}

fn run(project: &Project, form: Form, report: &Path) -> Outcome {
    fs::write(report, "").while_("empty the report")?;
    let mut tests = tests(project, form);
    tests.arg("--no-fail-fast").env("TORTURE_REPORT", report);
    match form {
        Form::Short => tests.env_remove("TORTURE"),
        Form::Long => tests.env("TORTURE", "long"),
    };
    if std::env::var_os(TEST_DATABASE_URL).is_some() {
        return tests.run();
    }
    let postgres = Postgres::start()?;
    tests.env(TEST_DATABASE_URL, postgres.url()).run()
}

fn show(project: &Project, form: Form, report: &Path) -> Outcome {
    let lines = fs::read_to_string(report).while_("read the report")?;
    let table = table(&lines);
    println!("\n{table}");
    if form == Form::Long {
        let text = format!(
            "`cargo xtask torture --long` on {}:\n\n{table}",
            machine(project)
        );
        record(&project.path(DOCUMENT), &text)?;
        println!("written to {DOCUMENT}");
    }
    Ok(())
}

/// A markdown table of what the tests reported.
fn table(lines: &str) -> String {
    let mut rows: Vec<_> = lines.lines().map(row).collect();
    rows.sort();
    let head = "| test | engine | operations | faults | lost | wrong | seconds |\n\
                |---|---|---:|---:|---:|---:|---:|\n";
    head.to_owned() + &rows.concat()
}

fn row(line: &str) -> String {
    const COLUMNS: [&str; 7] = [
        "test",
        "engine",
        "operations",
        "faults",
        "lost",
        "wrong",
        "seconds",
    ];
    let cells = COLUMNS.map(|name| value(line, name).unwrap_or("?"));
    format!("| {} |\n", cells.join(" | "))
}

/// A value of a flat JSON object whose texts have nothing to escape.
fn value<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = line.split_once(&format!("\"{name}\":"))?;
    match rest.strip_prefix('"') {
        Some(text) => text.split('"').next(),
        None => rest.split([',', '}']).next(),
    }
}

/// Replaces what stands between the marks.
fn record(document: &Path, text: &str) -> Outcome {
    let written = fs::read_to_string(document).while_("read the document")?;
    let parts = written
        .split_once(BEGIN)
        .and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let (before, after) =
        parts.ok_or_else(|| Failure::new(format!("{DOCUMENT} has no place for results.")))?;
    fs::write(document, format!("{before}{BEGIN}\n{text}{END}{after}")).while_("write the results")
}

/// What the figures were got on.
fn machine(project: &Project) -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = fs::read_to_string("/proc/meminfo")
        .ok()
        .and_then(|text| {
            let kibibytes = text.strip_prefix("MemTotal:")?.split_whitespace().next()?;
            kibibytes.parse::<u64>().ok()
        })
        .map_or(0, |kibibytes| kibibytes.div_ceil(1024 * 1024));
    let system = fs::read_to_string("/etc/os-release")
        .ok()
        .and_then(|text| {
            let name = text
                .lines()
                .find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
            Some(name.trim_matches('"').to_owned())
        })
        .unwrap_or_else(|| std::env::consts::OS.to_owned());
    let lock = fs::read_to_string(project.path("Cargo.lock")).unwrap_or_default();
    let sqlite = lock
        .split_once("name = \"libsqlite3-sys\"\nversion = \"")
        .and_then(|(_, rest)| rest.split('"').next())
        .unwrap_or("?");
    let postgres = postgres::version().unwrap_or_else(|| "PostgreSQL".to_owned());
    format!(
        "{cores} cores, {memory} GiB, {system}; SQLite of libsqlite3-sys {sqlite}, {postgres}; development build"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_row_for_each_line_that_was_reported() {
        let lines = "{\"test\":\"b: x\",\"engine\":\"SQLite\",\"operations\":7,\"faults\":1,\"lost\":0,\"wrong\":2}\n\
                     {\"engine\":\"PostgreSQL\",\"test\":\"a\",\"operations\":3,\"faults\":0,\"lost\":0,\"wrong\":0,\"seconds\":4}\n";
        let table = table(lines);
        let rows: Vec<_> = table.lines().skip(2).collect();
        assert_eq!(
            rows,
            [
                "| a | PostgreSQL | 3 | 0 | 0 | 0 | 4 |",
                "| b: x | SQLite | 7 | 1 | 0 | 2 | ? |"
            ]
        );
    }

    #[test]
    fn the_document_has_a_place_for_results() {
        let document = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("..")
            .join(DOCUMENT);
        let text = fs::read_to_string(document).unwrap();
        assert_eq!(
            (text.matches(BEGIN).count(), text.matches(END).count()),
            (1, 1)
        );
    }

    #[test]
    fn a_misspelt_option_is_refused() {
        assert_eq!(Form::asked_for(&["--long"]).unwrap(), Form::Long);
        assert!(Form::asked_for(&["long"]).is_err());
    }
}
