//! A program of the cluster's, in a process of its own.

use crate::Outcome;
use postgres_programs::as_account_until;
use std::ffi::OsStr;
use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Where Debian puts programs that only an administrator starts, such as the proxy.
const ADMINISTRATORS: &str = "/usr/sbin";

/// Killed when dropped.
pub struct Program(Child);

impl Program {
    /// Starts it in PostgreSQL's account. It hears `farewell` when this process ends before it.
    pub fn start<S: AsRef<OsStr>>(
        name: &str,
        arguments: impl IntoIterator<Item = S>,
        farewell: &str,
        log: &Path,
    ) -> Outcome<Program> {
        let log = File::options().create(true).append(true).open(log)?;
        let mut command = as_account_until(Path::new(name), farewell);
        let child = with_path(&mut command)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .map_err(|error| format!("`{name}` did not start: {error}"))?;
        Ok(Program(child))
    }

    pub fn is_alive(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(None))
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

/// With the administrator's programs on its path.
fn with_path(command: &mut Command) -> &mut Command {
    let path = std::env::var("PATH").unwrap_or_default();
    command.env("PATH", format!("{path}:{ADMINISTRATORS}"))
}
