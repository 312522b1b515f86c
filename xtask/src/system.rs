//! Programs that come from the operating system.

use crate::command::{Run, command, find};
use crate::failure::{Failure, Outcome};
use crate::postgres;
use crate::project::Project;
use postgres_programs::{is_root, programs};
use std::path::{Path, PathBuf};

/// Set to use a particular browser.
pub const CHROMIUM_PATH: &str = "CHROMIUM_PATH";

/// Chromium without windows, which nobody sees in tests: they take a fifth less time than with the whole of it.
const SMALL_CHROMIUM: &str = "chromium-headless-shell";

/// What the tests need from the system.
pub enum Need {
    Chromium,
    /// Some PostgreSQL server to test against.
    Postgres,
    /// PostgreSQL's own programs.
    PostgresPrograms,
    Patroni,
    Etcd,
    Haproxy,
}

impl Need {
    fn is_met(&self) -> bool {
        match self {
            Self::Chromium => chromium().is_some(),
            Self::Postgres => postgres::is_available(),
            Self::PostgresPrograms => programs().is_some(),
            Self::Patroni => find("patroni").is_some(),
            Self::Etcd => find("etcd").is_some(),
            // Debian puts it where only an administrator looks.
            Self::Haproxy => find("haproxy").is_some() || Path::new("/usr/sbin/haproxy").is_file(),
        }
    }

    fn package(&self) -> &'static str {
        match self {
            Self::Chromium => SMALL_CHROMIUM,
            Self::Postgres | Self::PostgresPrograms => "postgresql",
            Self::Patroni => "patroni",
            Self::Etcd => "etcd-server",
            Self::Haproxy => "haproxy",
        }
    }

    /// What does as well.
    fn instead(&self) -> Option<&'static str> {
        match self {
            Self::Chromium => Some("CHROMIUM_PATH can name any Chrome or Chromium instead."),
            Self::Postgres => Some(
                "TEST_DATABASE_URL can be the address of any PostgreSQL role that may create databases instead.",
            ),
            Self::PostgresPrograms | Self::Patroni | Self::Etcd | Self::Haproxy => None,
        }
    }
}

/// Installs what is not there yet.
pub fn provide(project: &Project, needs: &[Need]) -> Outcome {
    let missing = |need: &&Need| !need.is_met();
    let packages: Vec<_> = needs.iter().filter(missing).map(Need::package).collect();
    if !packages.is_empty() {
        println!("missing: {}", packages.join(", "));
        for instead in needs.iter().filter(missing).filter_map(Need::instead) {
            println!("{instead}");
        }
        install(project, &packages)?;
    }
    if let Some(need) = needs.iter().find(missing) {
        return Err(Failure::new(format!(
            "`{}` was installed but can't be found.",
            need.package()
        )));
    }
    println!("all there");
    Ok(())
}

/// The browser for the end-to-end tests.
pub fn chromium() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os(CHROMIUM_PATH) {
        return Some(path.into());
    }
    [
        SMALL_CHROMIUM,
        "chromium",
        "google-chrome-stable",
        "google-chrome",
    ]
    .into_iter()
    .find_map(find)
}

/// Installs Debian packages as root; for anyone else, fails with the line to type.
pub fn install(project: &Project, packages: &[&str]) -> Outcome {
    let list = packages.join(" ");
    if find("apt-get").is_none() {
        return Err(Failure::new(format!(
            "These Debian packages, or what your system has in their place, are needed: {list}."
        )));
    }
    if !is_root() {
        return Err(Failure::new(format!(
            "Some system packages are missing. Type this, then run the same command again:\n\n  \
             sudo apt-get update && sudo apt-get install -y --no-install-recommends {list}\n"
        )));
    }
    command(project, "apt-get").arg("update").run()?;
    command(project, "apt-get")
        .args(["install", "-y", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .run()
}
