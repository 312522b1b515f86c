//! `cargo xtask mutants`: takes each guard away, one at a time, in a copy of the sources, and expects the test that is
//! named for it to fail. A guard that nobody misses is either useless or untested.

mod guards;

use crate::command::{Run, command};
use crate::failure::{Failure, Outcome, While};
use crate::postgres::{Postgres, TEST_DATABASE_URL};
use crate::project::Project;
use crate::setup;
use crate::steps::Steps;
use crate::system::Need;
use guards::{Guard, Target, guards};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The guards whose names contain one of `words`, or all.
pub fn asked_for(words: &[&str]) -> Outcome<Vec<&'static Guard>> {
    let named =
        |guard: &&Guard| words.is_empty() || words.iter().any(|word| guard.name.contains(word));
    let found: Vec<_> = guards().filter(named).collect();
    if found.is_empty() {
        return Err(Failure::new(format!(
            "No guard's name contains {}; docs/torture.md lists them.",
            words.join(" or ")
        )));
    }
    Ok(found)
}

/// Tries these guards.
pub fn mutants(project: &Project, steps: &mut Steps, guards: &[&Guard]) {
    if setup::from_the_system(project, steps, &[Need::Postgres]).is_none() {
        return;
    }
    let Some(copy) = steps.run("copy the sources", || Copy::make(project)) else {
        return;
    };
    let server = match std::env::var(TEST_DATABASE_URL) {
        Ok(url) => Some((url, None)),
        Err(_) => steps.run("start PostgreSQL", || {
            let postgres = Postgres::start()?;
            Ok((postgres.url().to_owned(), Some(postgres)))
        }),
    };
    let Some((url, _server)) = server else { return };
    let tests: BTreeSet<_> = guards.iter().map(|guard| guard.caught_by).collect();
    let passed = steps.run("every test passes while nothing is taken away", || {
        let targets: BTreeSet<_> = tests.iter().map(|(target, _)| *target).collect();
        targets
            .into_iter()
            .try_for_each(|target| copy.compile(project, target.arguments()))?;
        tests
            .into_iter()
            .try_for_each(|test| copy.test(project, &url, test).run_quietly())
    });
    if passed.is_none() {
        return;
    }
    for guard in guards {
        steps.run(guard.name, || {
            copy.without(guard, || copy.notices(project, &url, guard))
        });
    }
}

/// The sources a second time, with a build of their own.
struct Copy {
    tree: PathBuf,
    build: PathBuf,
}

impl Copy {
    fn make(project: &Project) -> Outcome<Copy> {
        let copy = Copy {
            tree: project.target("mutants/tree"),
            build: project.target("mutants/build"),
        };
        let files = command(project, "git")
            .args(["ls-files", "--cached", "--others", "--exclude-standard"])
            .read()
            .ok_or_else(|| Failure::new("git does not say which files are the project's."))?;
        let files: BTreeSet<_> = files
            .lines()
            .filter(|file| project.path(file).is_file())
            .collect();
        copy.forget_all_but(&files, &copy.tree)?;
        for file in files {
            let text = fs::read(project.path(file)).while_(format_args!("read {file}"))?;
            let place = copy.tree.join(file);
            // A file that stays as it is keeps its time, so that cargo builds nothing again.
            if fs::read(&place).is_ok_and(|before| before == text) {
                continue;
            }
            let folder = place.parent().unwrap_or(&copy.tree);
            fs::create_dir_all(folder).while_(format_args!("create {}", folder.display()))?;
            fs::write(&place, text).while_(format_args!("write {}", place.display()))?;
        }
        Ok(copy)
    }

    /// Removes what has gone from the project since an earlier run: a module can't be in two places.
    fn forget_all_but(&self, files: &BTreeSet<&str>, folder: &Path) -> Outcome {
        // There is none before the first run.
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = path.strip_prefix(&self.tree).ok().and_then(Path::to_str);
            if path.is_dir() {
                self.forget_all_but(files, &path)?;
            } else if name.is_none_or(|name| !files.contains(name)) {
                fs::remove_file(&path).while_(format_args!("remove {}", path.display()))?;
            }
        }
        Ok(())
    }

    fn cargo(&self, project: &Project) -> Command {
        let mut cargo = command(project, "cargo");
        cargo.current_dir(&self.tree);
        cargo.env("CARGO_TARGET_DIR", &self.build);
        cargo.args(["test", "--quiet"]);
        cargo
    }

    fn compile(&self, project: &Project, targets: &[&str]) -> Outcome {
        let mut build = self.cargo(project);
        build.args(targets).arg("--no-run").run_quietly()
    }

    /// One test, on both engines.
    fn test(&self, project: &Project, url: &str, (target, name): (Target, &str)) -> Command {
        let mut test = self.cargo(project);
        test.args(target.arguments()).args(["--", name]);
        test.env(TEST_DATABASE_URL, url);
        test
    }

    fn notices(&self, project: &Project, url: &str, guard: &Guard) -> Outcome {
        // What does not compile proves nothing.
        let (target, test) = guard.caught_by;
        self.compile(project, target.arguments())?;
        let passes = self.test(project, url, guard.caught_by).read().is_some();
        if passes {
            return Err(Failure::new(format!("{test} passes without it.")));
        }
        println!("{test} fails without it.");
        Ok(())
    }

    /// Does something while a guard is away.
    fn without(&self, guard: &Guard, work: impl FnOnce() -> Outcome) -> Outcome {
        let mut whole = Vec::new();
        let mut outcome = Ok(());
        for (file, guarded, unguarded) in guard.removal {
            let place = self.tree.join(file);
            let text = fs::read_to_string(&place).while_(format_args!("read {file}"))?;
            if text.matches(guarded).count() != 1 {
                outcome = Err(Failure::new(format!("{file} does not have it once.")));
                break;
            }
            write(&place, &text.replace(guarded, unguarded))?;
            whole.push((place, text));
        }
        let outcome = outcome.and_then(|()| work());
        for (place, text) in whole.into_iter().rev() {
            write(&place, &text)?;
        }
        outcome
    }
}

fn write(place: &Path, text: &str) -> Outcome {
    fs::write(place, text).while_(format_args!("write {}", place.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(file: &str) -> String {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
        fs::read_to_string(path).unwrap()
    }

    #[test]
    fn each_guard_stands_where_it_is_said_to() {
        for guard in guards() {
            for (file, guarded, unguarded) in guard.removal {
                let times = project(file).matches(guarded).count();
                assert_eq!(times, 1, "{}: {guarded}", guard.name);
                assert_ne!(guarded, unguarded, "{}", guard.name);
            }
        }
    }

    #[test]
    fn the_document_names_each_guard_and_its_test() {
        let document = project("docs/torture.md");
        for guard in guards() {
            let row = format!("| {} | `{}` |", guard.name, guard.caught_by.1);
            assert!(document.contains(&row), "{row}");
        }
    }
}
