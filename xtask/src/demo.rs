//! The demo market: an SQLite database and pictures that the server fills by itself.

use crate::command::{Run, command};
use crate::failure::{Failure, Outcome, While};
use crate::project::Project;
use std::fs;
use std::path::{Path, PathBuf};

const DATABASE_URL: &str = "SHELFSHARE_DATABASE_URL";

/// How the demo market is wanted.
pub struct Market {
    fresh: bool,
}

impl Market {
    pub fn asked_for(options: &[&str]) -> Outcome<Self> {
        match options {
            [] => Ok(Self { fresh: false }),
            ["--fresh"] => Ok(Self { fresh: true }),
            _ => Err(Failure::new("The only option here is `--fresh`.")),
        }
    }

    /// Makes the market in `folder` ready for `server`. One that an earlier attempt did not complete is
    /// made again from the start.
    pub fn prepare(&self, project: &Project, server: &Path, folder: &Path) -> Outcome {
        let tell_server = |what: &str| {
            command(project, server)
                .arg(what)
                .envs(variables(folder))
                .run()
        };
        if std::env::var_os(DATABASE_URL).is_some() {
            println!("{DATABASE_URL} is set: that database is used, without demo content");
            return tell_server("migrate");
        }
        let complete = folder.join("complete");
        let keep = complete.is_file() && !self.fresh;
        if !keep && folder.exists() {
            fs::remove_dir_all(folder).while_(format_args!("empty {}", folder.display()))?;
        }
        fs::create_dir_all(folder).while_(format_args!("create {}", folder.display()))?;
        tell_server("migrate")?;
        if keep {
            println!("the demo market is there; `--fresh` makes a new one");
            return Ok(());
        }
        tell_server("demo")?;
        fs::write(&complete, "").while_(format_args!("write {}", complete.display()))
    }
}

/// Environment variables that make the server use the market in `folder`; those the user has set stay.
pub fn variables(folder: &Path) -> impl Iterator<Item = (&'static str, String)> {
    let all = [
        ("SHELFSHARE_MODE", "demo".to_owned()),
        (
            DATABASE_URL,
            format!("sqlite://{}", folder.join("shelfshare.db").display()),
        ),
        (
            "SHELFSHARE_DATA_DIR",
            folder.join("data").display().to_string(),
        ),
    ];
    all.into_iter()
        .filter(|(name, _)| std::env::var_os(name).is_none())
}

/// Where the market that `cargo xtask run` serves is kept.
pub fn served(project: &Project) -> PathBuf {
    project.target("run")
}

/// Where the market that `cargo xtask dev` serves is kept.
pub fn developed(project: &Project) -> PathBuf {
    project.target("dev/market")
}
