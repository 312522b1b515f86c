//! Installing what is missing, for each purpose.

use crate::project::Project;
use crate::steps::Steps;
use crate::system::{self, Need};
use crate::{npm, tools};

/// For building the whole site. `None` when a step failed.
pub fn for_serving(project: &Project, steps: &mut Steps) -> Option<()> {
    for_browsers(project, steps)?;
    steps.run("set up the packer", || tools::packer(project))
}

/// For building what browsers load, but for the packer.
pub fn for_browsers(project: &Project, steps: &mut Steps) -> Option<()> {
    wasm_target(project, steps)?;
    steps.run("set up npm packages for styles", || {
        npm::install(project, "style")?;
        npm::copy_fonts(project)
    })
}

/// For compiling, but not packing, what runs in a browser.
pub fn wasm_target(project: &Project, steps: &mut Steps) -> Option<()> {
    steps.run("set up Rust for browsers", || tools::wasm_target(project))
}

pub fn for_formatting(project: &Project, steps: &mut Steps) -> Option<()> {
    steps.run("set up rustfmt", || {
        tools::component(project, "fmt", "rustfmt")
    })
}

pub fn for_linting(project: &Project, steps: &mut Steps) -> Option<()> {
    steps.run("set up clippy", || {
        tools::component(project, "clippy", "clippy")
    })
}

/// For the given tests, all in one go: refreshing the package lists takes longer than most packages.
pub fn from_the_system(project: &Project, steps: &mut Steps, needs: &[Need]) -> Option<()> {
    steps.run("set up system packages", || system::provide(project, needs))
}

/// For driving the site in a browser. The packer is compiled with the tests.
pub fn for_end_to_end(project: &Project, steps: &mut Steps) -> Option<()> {
    for_browsers(project, steps)?;
    steps.run("set up npm packages for end-to-end tests", || {
        npm::install(project, "end2end")
    })
}
