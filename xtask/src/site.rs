//! Building the site: the files for browsers, and the server that hands them out.

use crate::command::{Run, command};
use crate::failure::{Outcome, While};
use crate::freshness::build_if_stale;
use crate::project::Project;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the server is told to look for the files for browsers.
pub const SITE_ROOT: &str = "SHELFSHARE_SITE_ROOT";

const SERVER: &str = "shelfshare";

/// A build of both sides. Each use has its own, because building empties the folder first.
pub struct Site {
    /// The files for browsers.
    root: PathBuf,
    /// Where cargo-leptos puts the list of hashes in file names, seen from where it builds the server.
    /// The server looks for it in its own folder; when there is none, the names have no hashes.
    hashes: Option<&'static str>,
    server: PathBuf,
}

impl Site {
    pub fn production(project: &Project) -> Self {
        Self {
            root: project.target("site"),
            hashes: Some("hash.txt"),
            server: project.target("release").join(SERVER),
        }
    }

    /// Without hashes: cargo-leptos adds them in its first build only, not in rebuilds.
    pub fn watched(project: &Project) -> Self {
        Self {
            root: project.target("dev/site"),
            hashes: None,
            server: project.target("debug").join(SERVER),
        }
    }

    /// A development build in a folder of its own, so that it can be tested while another is watched.
    pub fn tested(project: &Project) -> Self {
        Self {
            root: project.target("end2end/site"),
            hashes: Some("../end2end/hash.txt"),
            server: project.target("end2end").join(SERVER),
        }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn server(&self) -> &Path {
        &self.server
    }

    /// Both sides as they are deployed: optimised, hashed and compressed.
    pub fn build_for_production(&self, project: &Project) -> Outcome {
        let stamp = self.server.with_extension("built");
        let results = [self.server.clone(), self.root.join("pkg")];
        build_if_stale(project, &stamp, &results, || {
            self.cargo_leptos(project)
                .args(["build", "--release", "--precompress"])
                .run()
        })
    }

    /// The browser's side for tests, and the server next to its list of hashes.
    pub fn build_for_tests(&self, project: &Project, server: &Path) -> Outcome {
        self.cargo_leptos(project)
            .args(["build", "--frontend-only"])
            .run()?;
        if self.server.exists() {
            // Not written over: it may still run.
            fs::remove_file(&self.server).while_("remove the last tested server")?;
        }
        fs::copy(server, &self.server).while_(format_args!("copy {}", server.display()))?;
        Ok(())
    }

    /// Removes the list of hashes that a plain `cargo leptos build` may have left beside the server.
    pub fn forget_hashes(&self) -> Outcome {
        let list = self.server.with_file_name("hash.txt");
        if list.exists() {
            fs::remove_file(&list).while_(format_args!("remove {}", list.display()))?;
        }
        Ok(())
    }

    pub fn cargo_leptos(&self, project: &Project) -> Command {
        let mut cargo_leptos = command(project, "cargo-leptos");
        cargo_leptos.env("LEPTOS_SITE_ROOT", &self.root);
        cargo_leptos.env("LEPTOS_HASH_FILES", self.hashes.is_some().to_string());
        if let Some(file) = self.hashes {
            cargo_leptos.env("LEPTOS_HASH_FILE_NAME", file);
        }
        cargo_leptos
    }
}
