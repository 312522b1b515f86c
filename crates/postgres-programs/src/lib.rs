//! PostgreSQL's programs as Debian installs them, and the account they run with.

use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The account Debian's package makes: PostgreSQL refuses to run as root.
const ACCOUNT: &str = "postgres";

/// The folder of the newest installed version's programs.
pub fn programs() -> Option<PathBuf> {
    fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let version: u32 = entry.file_name().to_str()?.parse().ok()?;
            let programs = entry.path().join("bin");
            programs
                .join("initdb")
                .is_file()
                .then_some((version, programs))
        })
        .max()
        .map(|(_, programs)| programs)
}

/// Runs a program with the right account; it stops at once when this process is gone.
pub fn as_account(program: &Path) -> Command {
    as_account_until(program, "QUIT")
}

/// The same, told by that signal that this process is gone.
pub fn as_account_until(program: &Path, farewell: &str) -> Command {
    let mut command = Command::new("setpriv");
    if is_root() {
        command.args(["--reuid", ACCOUNT, "--regid", ACCOUNT, "--init-groups"]);
    }
    command.args(["--pdeathsig", farewell]).arg(program);
    // The account may not be allowed into the folder this was started in.
    command.current_dir("/");
    command
}

/// Makes a folder the account's own.
///
/// # Errors
/// When the operating system refuses.
pub fn hand_over(folder: &Path) -> io::Result<()> {
    if !is_root() {
        return Ok(());
    }
    let id = |option| {
        let id = Command::new("id").args([option, ACCOUNT]).output().ok()?;
        String::from_utf8(id.stdout).ok()?.trim().parse().ok()
    };
    chown(folder, id("-u"), id("-g"))
}

/// Whether this process may do anything.
pub fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}
