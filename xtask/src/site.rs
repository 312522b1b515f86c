//! Building the site: the files for browsers, and the server that hands them out.

use crate::command::{Run, command};
use crate::failure::{Failure, Outcome, While};
use crate::freshness::build_if_stale;
use crate::npm;
use crate::project::Project;
use crate::setup;
use crate::steps::Steps;
use crate::tools::WASM;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

/// Where the server is told to look for the files for browsers.
pub const SITE_ROOT: &str = "SHELFSHARE_SITE_ROOT";

/// Where a server that carries its site finds it when it is compiled.
const SITE_ARCHIVE: &str = "SITE_ARCHIVE";

const SERVER: &str = "shelfshare";
const PACKER: &str = "packer";

/// The name of scripts and module.
const NAME: &str = "shelfshare";

/// The stylesheets: what every page loads, and what each part has beside that.
const STYLES: [&str; 3] = ["shop", "till", "seller"];

/// The oldest browsers that know all that style is written in; `light-dark` came last.
const BROWSERS: &str = "chrome123,firefox120,safari17.5";

/// How much trouble is taken over what browsers load.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Care {
    /// Quick to build.
    Little,
    /// As small as it gets, under names that a browser may keep for ever, with compressed copies.
    All,
}

impl Care {
    fn profile(self) -> &'static str {
        match self {
            Self::Little => "wasm-dev",
            Self::All => "wasm-release",
        }
    }
}

/// `cargo xtask build`: what is deployed.
pub fn built(project: &Project, steps: &mut Steps) -> Option<Site> {
    let site = Site::production(project);
    setup::for_serving(project, steps)?;
    steps.run("build for production", || {
        site.build_for_production(project)
    })?;
    Some(site)
}

/// `cargo xtask run`: the browsers' side as it is deployed, and a server that is quicker to build, since the tests have it
/// too. As soon as there is a server, `meanwhile` is done with it: one processor alone does most of what is left.
pub fn built_to_try(
    project: &Project,
    steps: &mut Steps,
    meanwhile: impl FnOnce(&Path) -> Outcome + Send,
) -> Option<Site> {
    let site = Site::tried(project);
    setup::for_browsers(project, steps)?;
    steps.run("build server and packer", || {
        server_build(project)
            .args(["--package", PACKER, "--bin", PACKER])
            .run()
    })?;
    steps.run("build for browsers, and prepare the demo market", || {
        thread::scope(|scope| {
            let beside = scope.spawn(|| meanwhile(&site.server));
            let built = site.build_to_try(project);
            let done = beside.join();
            built.and(
                done.unwrap_or_else(|_| Err(Failure::new("The demo market was not prepared."))),
            )
        })
    })?;
    Some(site)
}

/// Only what browsers load of what is deployed. What building it needs is there.
pub fn built_for_browsers(project: &Project, steps: &mut Steps) -> Option<Site> {
    let site = Site::production(project);
    steps.run("build for browsers, for production", || {
        site.build_for_browsers(project)
    })?;
    Some(site)
}

/// A build of both sides.
pub struct Site {
    /// The files for browsers.
    root: PathBuf,
    server: PathBuf,
    care: Care,
    hashed: bool,
}

impl Site {
    pub fn production(project: &Project) -> Self {
        Self {
            root: project.target("site"),
            server: project.target("release").join(SERVER),
            care: Care::All,
            hashed: true,
        }
    }

    fn tried(project: &Project) -> Self {
        Self {
            server: project.target("debug").join(SERVER),
            ..Self::production(project)
        }
    }

    pub fn watched(project: &Project) -> Self {
        Self {
            root: project.target("dev/site"),
            server: project.target("debug").join(SERVER),
            care: Care::Little,
            hashed: false,
        }
    }

    /// A development build in a folder of its own, so that it can be tested while another is watched.
    pub fn tested(project: &Project) -> Self {
        Self {
            root: project.target("end2end/site"),
            server: project.target("end2end").join(SERVER),
            care: Care::Little,
            hashed: true,
        }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn server(&self) -> &Path {
        &self.server
    }

    /// Both sides as they are deployed: optimised, hashed and compressed.
    fn build_for_production(&self, project: &Project) -> Outcome {
        let stamp = self.server.with_extension("built");
        let results = [self.server.clone(), self.root.join("pkg")];
        build_if_stale(project, &stamp, &results, || {
            self.build_for_browsers(project)?;
            server_build(project)
                .args(["--release", "--features", "carries-site"])
                .env(SITE_ARCHIVE, archive(project))
                .run()
        })
    }

    fn build_to_try(&self, project: &Project) -> Outcome {
        let stamp = self.root.with_extension("tried");
        build_if_stale(project, &stamp, &[self.root.join("pkg")], || {
            self.build_for_browsers(project)
        })
    }

    /// Both sides while one changes them.
    pub fn build_for_development(&self, project: &Project) -> Outcome {
        server_build(project).run()?;
        self.build_for_browsers(project)
    }

    /// The browser's side for tests, and a copy of the server.
    pub fn build_for_tests(&self, project: &Project, server: &Path) -> Outcome {
        self.build_for_browsers(project)?;
        if self.server.exists() {
            // Not written over: it may still run.
            fs::remove_file(&self.server).while_("remove the last tested server")?;
        }
        fs::copy(server, &self.server).while_(format_args!("copy {}", server.display()))?;
        Ok(())
    }

    fn build_for_browsers(&self, project: &Project) -> Outcome {
        let profile = self.care.profile();
        command(project, "cargo")
            .args(["build", "--package", "frontend", "--lib"])
            .args(["--target", WASM, "--profile", profile])
            .run()?;
        let style = self.root.with_extension("style");
        self.build_style(project, &style)?;
        self.pack(project, &style)
    }

    /// Puts the stylesheets into a folder, each with all that it imports.
    fn build_style(&self, project: &Project, folder: &Path) -> Outcome {
        let mut esbuild = command(project, npm::style_program(project, "esbuild"));
        esbuild.args(STYLES.map(|name| format!("style/{name}.css")));
        esbuild.arg("--bundle").arg(format!("--target={BROWSERS}"));
        esbuild.args(["--external:/fonts/*", "--log-level=warning"]);
        esbuild.arg(format!("--outdir={}", folder.display()));
        if self.care == Care::All {
            esbuild.arg("--minify");
        }
        esbuild.run_quietly()
    }

    fn pack(&self, project: &Project, style: &Path) -> Outcome {
        let module = format!("{WASM}/{}/frontend.wasm", self.care.profile());
        let mut packer = command(project, project.target("debug").join(PACKER));
        packer.arg("--wasm").arg(project.target(&module));
        packer.arg("--style").arg(style);
        packer.arg("--public").arg(project.path("public"));
        packer.arg("--site").arg(&self.root);
        packer.args(["--name", NAME]);
        if self.hashed {
            packer.arg("--hashed");
        }
        if self.care == Care::All {
            packer.arg("--archive").arg(archive(project));
            let wasm_opt = npm::style_program(project, "wasm-opt");
            let minifier = npm::style_program(project, "esbuild");
            packer.arg("--wasm-opt").arg(wasm_opt);
            packer.arg("--minifier").arg(minifier).arg("--compress");
        }
        packer.run()
    }

    /// The list of what browsers load.
    pub fn list(&self) -> PathBuf {
        self.root.join("build.txt")
    }
}

fn server_build(project: &Project) -> Command {
    let mut build = command(project, "cargo");
    build.args(["build", "--package", "server", "--bin", SERVER]);
    build
}

/// The whole site in one file, for a program that carries it.
fn archive(project: &Project) -> PathBuf {
    project.target("site.tar")
}
