//! What comes from npm: style tools, fonts, and the end-to-end test runner.

use crate::command::{Run, command};
use crate::failure::{Failure, Outcome, While};
use crate::project::Project;
use std::fs;
use std::path::PathBuf;

const OLDEST_NODE: u32 = 20;

/// The fonts of the design: the file in the package, and what it is served as.
const FONTS: [(&str, &str); 4] = [
    (
        "bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2",
        "bricolage-grotesque.woff2",
    ),
    (
        "bricolage-grotesque/files/bricolage-grotesque-latin-ext-wght-normal.woff2",
        "bricolage-grotesque-ext.woff2",
    ),
    (
        "figtree/files/figtree-latin-wght-normal.woff2",
        "figtree.woff2",
    ),
    (
        "figtree/files/figtree-latin-ext-wght-normal.woff2",
        "figtree-ext.woff2",
    ),
];

/// Installs exactly the packages in `folder`'s lock file, unless that was done before.
pub fn install(project: &Project, folder: &str) -> Outcome {
    check_node(project)?;
    let lock = project.path(folder).join("package-lock.json");
    let lock = fs::read(&lock).while_(format_args!("read {}", lock.display()))?;
    // Contents rather than times: switching branches makes every file look new.
    let installed = project
        .path(folder)
        .join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|installed| installed == lock) {
        println!("the packages in {folder}/package-lock.json are installed");
        return Ok(());
    }
    command(project, "npm")
        .args(["ci", "--no-audit", "--no-fund"])
        .current_dir(project.path(folder))
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .run()?;
    fs::write(&installed, lock).while_(format_args!("write {}", installed.display()))
}

/// Puts the fonts among the files that are served as they are.
pub fn copy_fonts(project: &Project) -> Outcome {
    let served = project.path("public/fonts");
    fs::create_dir_all(&served).while_(format_args!("create {}", served.display()))?;
    for (source, name) in FONTS {
        let source = project
            .path("style/node_modules/@fontsource-variable")
            .join(source);
        let font = fs::read(&source).while_(format_args!("read {}", source.display()))?;
        let target = served.join(name);
        if fs::read(&target).is_ok_and(|present| present == font) {
            continue;
        }
        fs::write(&target, font).while_(format_args!("write {}", target.display()))?;
        println!("public/fonts/{name}");
    }
    Ok(())
}

/// A program that came with the packages for styles.
pub fn style_program(project: &Project, name: &str) -> PathBuf {
    project.path("style/node_modules/.bin").join(name)
}

fn check_node(project: &Project) -> Outcome {
    let advice =
        format!("Node.js {OLDEST_NODE} or newer, with npm, is needed: https://nodejs.org/");
    let version = command(project, "node").arg("--version").read();
    match version.as_deref().and_then(major) {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        Some(_) => Err(Failure::new(format!(
            "{advice} ({} was found)",
            version.unwrap_or_default()
        ))),
        None => Err(Failure::new(advice)),
    }
}

/// 20 for `v20.1.2`.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_number_counts() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("nonsense"), None);
    }
}
