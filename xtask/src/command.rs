//! Starting other programs.

use crate::failure::{Failure, Outcome, While};
use crate::project::Project;
use std::ffi::{OsStr, OsString};
use std::io::{ErrorKind, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Prepares `program` to run in the project's root.
pub fn command(project: &Project, program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(project.root());
    for variable in inherited_from_cargo_run() {
        command.env_remove(variable);
    }
    if project.lints() {
        command.envs(CLIPPY);
    }
    command
}

/// What makes cargo compile the project's own code by clippy, which is the compiler and looks at it too: as `cargo clippy`
/// sets it, but for builds. `cargo clippy` itself would go through every library once more.
const CLIPPY: [(&str, &str); 2] = [
    ("RUSTC_WORKSPACE_WRAPPER", "clippy-driver"),
    (
        "CLIPPY_ARGS",
        "--deny__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__",
    ),
];

/// Where `program` is on `PATH`.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|candidate| is_executable(candidate))
}

fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata()
        .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

/// `cargo run` describes this package in the environment. Build scripts further down that watch such
/// variables would run again, and with them everything that depends on them, whenever a build is
/// started from here after one that was not.
fn inherited_from_cargo_run() -> impl Iterator<Item = OsString> {
    const PREFIXES: [&str; 4] = [
        "CARGO_PKG_",
        "CARGO_MANIFEST_",
        "CARGO_BIN_",
        "CARGO_CRATE_",
    ];
    std::env::vars_os().map(|(name, _)| name).filter(|name| {
        let name = name.to_string_lossy();
        PREFIXES.iter().any(|prefix| name.starts_with(prefix))
    })
}

/// The ways a prepared command is used here.
pub trait Run {
    /// Shows the command and its output as it comes; anything but success is a failure.
    fn run(&mut self) -> Outcome;
    /// What the command prints, without showing it. `None` when it is missing or fails.
    fn read(&mut self) -> Option<String>;
    /// Like [`Run::run`], but the output is shown only if the command fails.
    fn run_quietly(&mut self) -> Outcome;
    /// Becomes the command; returns only if that is not possible.
    fn become_it(&mut self) -> Failure;
}

impl Run for Command {
    fn run(&mut self) -> Outcome {
        println!("$ {}", line(self));
        let status = self.status().map_err(|error| not_started(self, &error))?;
        if status.success() {
            Ok(())
        } else {
            Err(Failure::new(format!("`{}`: {status}", line(self))))
        }
    }

    fn read(&mut self) -> Option<String> {
        let output = self.stdin(Stdio::null()).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim().to_owned())
    }

    fn run_quietly(&mut self) -> Outcome {
        let output = self
            .stdin(Stdio::null())
            .output()
            .map_err(|error| not_started(self, &error))?;
        if output.status.success() {
            return Ok(());
        }
        let mut screen = std::io::stdout();
        for part in [&output.stdout, &output.stderr] {
            screen.write_all(part).while_("show the output")?;
        }
        Err(Failure::new(format!("`{}`: {}", line(self), output.status)))
    }

    fn become_it(&mut self) -> Failure {
        println!("$ {}", line(self));
        let error = self.exec();
        not_started(self, &error)
    }
}

fn not_started(command: &Command, error: &std::io::Error) -> Failure {
    let program = command.get_program().to_string_lossy();
    if error.kind() == ErrorKind::NotFound {
        Failure::new(format!("`{program}` is needed, but it is not installed."))
    } else {
        Failure::new(format!("`{program}` did not start: {error}"))
    }
}

/// The command as one would type it.
fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}
