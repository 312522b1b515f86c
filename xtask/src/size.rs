//! `cargo xtask size`: what a browser has to load before a page answers to a touch.

use crate::failure::{Failure, Outcome, While};
use crate::project::Project;
use crate::setup;
use crate::site::Site;
use crate::steps::Steps;
use std::fs;
use std::path::Path;

/// What a shopper's first page may load, in bytes as brotli packs them: script, program and style.
const SHOPPER: u64 = 330_000;

/// What the dashboard may load beyond that.
const DASHBOARD: u64 = 200_000;

/// The same of a development build, neither optimised nor packed: what a change does to it shows there too, and every
/// test run has one.
const SHOPPER_IN_TESTS: u64 = 3_750_000;

/// Builds it for production, prints what is loaded when, and fails above the budget.
pub fn size(project: &Project, steps: &mut Steps) -> Option<()> {
    setup::for_serving(project, steps)?;
    size_with_packer(project, steps)
}

/// The same, where the packer is compiled already.
pub fn size_with_packer(project: &Project, steps: &mut Steps) -> Option<()> {
    let site = crate::site::built_for_browsers(project, steps)?;
    steps.run("what browsers load", || {
        let loads = Loads::of(&site, Some("br"))?;
        println!("{loads}");
        loads.check(SHOPPER, Some(DASHBOARD))
    })
}

/// The budget of a development build.
pub fn check_tested(site: &Site) -> Outcome {
    let loads = Loads::of(site, None)?;
    println!("{loads}");
    loads.check(SHOPPER_IN_TESTS, None)
}

/// The files of a build, and their bytes.
struct Loads {
    first: Vec<(String, u64)>,
    parts: Vec<(String, Vec<(String, u64)>)>,
}

impl Loads {
    /// By the list that the server reads. `packed` is the ending of packed copies.
    fn of(site: &Site, packed: Option<&str>) -> Outcome<Self> {
        let list = site.list();
        let list = fs::read_to_string(&list).while_(format_args!("read {}", list.display()))?;
        let mut lines = list.lines().filter_map(|line| line.split_once(": "));
        let (_, build) = lines
            .next()
            .ok_or_else(|| Failure::new("The list of files is empty."))?;
        let folder = site.root().join("pkg").join(build);
        let sized = |name: &str| Ok((name.to_owned(), bytes(&folder, name, packed)?));
        let first = ["shelfshare.wasm", "shelfshare.js", "parts.js", "shop.css"];
        let parts = lines
            .map(|(part, files)| {
                let style = format!("{part}.css");
                let files = files.split_whitespace().chain([style.as_str()]);
                let files = files.map(sized).collect::<Outcome<_>>()?;
                Ok((part.to_owned(), files))
            })
            .collect::<Outcome<_>>()?;
        Ok(Self {
            first: first
                .iter()
                .map(|name| sized(name))
                .collect::<Outcome<_>>()?,
            parts,
        })
    }

    fn check(&self, shopper: u64, dashboard: Option<u64>) -> Outcome {
        let first = total(&self.first);
        if first > shopper {
            return Err(Failure::new(format!(
                "A shopper's first page loads {first} bytes; {shopper} is the most."
            )));
        }
        let seller = self.parts.iter().find(|(part, _)| part == "seller");
        let seller = seller.map_or(0, |(_, files)| total(files));
        match dashboard {
            Some(most) if seller > most => Err(Failure::new(format!(
                "The dashboard loads {seller} bytes more; {most} is the most."
            ))),
            _ => Ok(()),
        }
    }
}

impl std::fmt::Display for Loads {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut told = |name: &str, files: &[(String, u64)]| {
            writeln!(f, "{:>9}  {name}", total(files))?;
            files
                .iter()
                .try_for_each(|(file, bytes)| writeln!(f, "{bytes:>9}    {file}"))
        };
        told("every page", &self.first)?;
        self.parts
            .iter()
            .try_for_each(|(part, files)| told(&format!("the {part} beside it"), files))
    }
}

fn total(files: &[(String, u64)]) -> u64 {
    files.iter().map(|(_, bytes)| bytes).sum()
}

fn bytes(folder: &Path, name: &str, packed: Option<&str>) -> Outcome<u64> {
    let file = match packed {
        Some(ending) => folder.join(format!("{name}.{ending}")),
        None => folder.join(name),
    };
    let about = fs::metadata(&file).while_(format_args!("look at {}", file.display()))?;
    Ok(about.len())
}
