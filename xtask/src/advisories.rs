//! What is known to be wrong with the versions in Cargo.lock, looked up in a checkout of an advisory database
//! (<https://github.com/rustsec/advisory-db>) that is at hand. Nothing is fetched for it.

mod advisory;
mod version;

use crate::failure::{Failure, Outcome, While};
use crate::project::Project;
use advisory::Advisory;
use std::fs;
use std::path::{Path, PathBuf};
use version::Version;

/// Names another checkout.
const ADVISORY_DB: &str = "ADVISORY_DB";

/// What is known and lived with, and why.
const IGNORED: [(&str, &str); 1] = [(
    "RUSTSEC-2024-0436",
    "paste: a finished macro without a maintainer, used by leptos while it compiles; it never runs",
)];

/// A package as Cargo.lock has it.
#[derive(Debug, PartialEq)]
struct Package {
    name: String,
    version: String,
    /// Our own packages come from no registry, and no advisory is about them.
    from_registry: bool,
}

/// Fails if there is an advisory about anything that is locked, unless it is ignored with a reason.
pub fn look_up(project: &Project) -> Outcome {
    let Some(database) = at_hand() else {
        println!(
            "skipped: there is no advisory database. Clone https://github.com/rustsec/advisory-db \
             to ~/.cargo/advisory-db, or name a checkout by {ADVISORY_DB}."
        );
        return Ok(());
    };
    let lock = fs::read_to_string(project.path("Cargo.lock")).while_("read Cargo.lock")?;
    let found = find(&database, &locked(&lock))?;
    for (id, reason) in IGNORED {
        let stands = found.iter().any(|hit| hit.id == id);
        let used = if stands {
            "ignored"
        } else {
            "not found any more"
        };
        println!("{id} is {used}: {reason}");
    }
    let hits: Vec<String> = found
        .iter()
        .filter(|hit| IGNORED.iter().all(|(id, _)| hit.id != *id))
        .map(|hit| format!("  {} {}: {}", hit.package, hit.id, hit.title))
        .collect();
    if hits.is_empty() {
        println!("nothing is known to be wrong, by {}", database.display());
        return Ok(());
    }
    Err(Failure::new(format!(
        "There are advisories about what is locked. Update it, or write down in xtask/src/advisories.rs \
         why it is no harm here:\n{}",
        hits.join("\n")
    )))
}

/// The first checkout that there is.
fn at_hand() -> Option<PathBuf> {
    let named = std::env::var_os(ADVISORY_DB).map(PathBuf::from);
    let of_cargo = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
        .map(|cargo| cargo.join("advisory-db"));
    let of_system = ["/usr/share/advisory-db", "/usr/share/rustsec/advisory-db"].map(PathBuf::from);
    named
        .into_iter()
        .chain(of_cargo)
        .chain(of_system)
        .find(|folder| folder.join("crates").is_dir())
}

/// The advisories about these packages.
fn find(database: &Path, packages: &[Package]) -> Outcome<Vec<Advisory>> {
    let mut found = Vec::new();
    for package in packages.iter().filter(|package| package.from_registry) {
        let Ok(folder) = fs::read_dir(database.join("crates").join(&package.name)) else {
            continue;
        };
        let version = Version::parse(&package.version).ok_or_else(|| {
            Failure::new(format!(
                "{} {} is no version.",
                package.name, package.version
            ))
        })?;
        let mut files: Vec<_> = folder.flatten().map(|entry| entry.path()).collect();
        files.sort();
        for file in files.iter().filter(|file| is_advisory(file)) {
            let text = fs::read_to_string(file).while_(format_args!("read {}", file.display()))?;
            let advisory = Advisory::parse(&text)
                .ok_or_else(|| Failure::new(format!("{} can't be read.", file.display())))?;
            if advisory.is_about(&version) {
                found.push(advisory);
            }
        }
    }
    Ok(found)
}

fn is_advisory(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "md")
}

/// All packages of a Cargo.lock.
fn locked(lock: &str) -> Vec<Package> {
    let value = |package: &str, key: &str| {
        package
            .lines()
            .find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""))
            .and_then(|value| value.strip_suffix('"'))
            .map(ToOwned::to_owned)
    };
    lock.split("[[package]]")
        .filter_map(|package| {
            Some(Package {
                name: value(package, "name")?,
                version: value(package, "version")?,
                from_registry: value(package, "source").is_some(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "\
version = 4

[[package]]
name = \"model\"
version = \"0.1.0\"

[[package]]
name = \"leaky\"
version = \"1.4.2\"
source = \"registry+https://github.com/rust-lang/crates.io-index\"
dependencies = [
 \"model\",
]
";

    /// A database with one advisory about each package.
    fn database(name: &str, advisories: &[(&str, &str)]) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("advisories-{name}-{}", std::process::id()));
        for (package, versions) in advisories {
            let crates = folder.join("crates").join(package);
            fs::create_dir_all(&crates).unwrap();
            let text = format!(
                "```toml\n[advisory]\nid = \"RUSTSEC-2026-0001\"\npackage = \"{package}\"\n\n\
                 [versions]\n{versions}\n```\n\n# It leaks\n\nA lot.\n"
            );
            fs::write(crates.join("RUSTSEC-2026-0001.md"), text).unwrap();
        }
        folder
    }

    fn hits(name: &str, advisories: &[(&str, &str)]) -> Vec<String> {
        let database = database(name, advisories);
        let found = find(&database, &locked(LOCK)).unwrap();
        fs::remove_dir_all(database).unwrap();
        found
            .into_iter()
            .map(|hit| format!("{} {}", hit.package, hit.title))
            .collect()
    }

    #[test]
    fn a_locked_version_that_is_not_patched_is_found() {
        assert_eq!(
            hits("open", &[("leaky", "patched = [\">= 1.4.3\"]")]),
            ["leaky It leaks"]
        );
        assert_eq!(
            hits("none", &[("leaky", "patched = []")]),
            ["leaky It leaks"]
        );
    }

    #[test]
    fn a_patched_or_untouched_version_is_not() {
        assert!(hits("patched", &[("leaky", "patched = [\n  \"^1.4.2\",\n]")]).is_empty());
        let untouched = "patched = []\nunaffected = [\"< 1.5.0\"]";
        assert!(hits("untouched", &[("leaky", untouched)]).is_empty());
        assert!(hits("other", &[("other", "patched = []")]).is_empty());
    }

    #[test]
    fn a_package_of_our_own_is_not_its_namesake() {
        assert!(hits("own", &[("model", "patched = []")]).is_empty());
    }

    #[test]
    fn what_can_not_be_read_is_no_silent_pass() {
        let database = database("broken", &[]);
        let crates = database.join("crates/leaky");
        fs::create_dir_all(&crates).unwrap();
        fs::write(crates.join("RUSTSEC-2026-0002.md"), "not an advisory").unwrap();
        assert!(find(&database, &locked(LOCK)).is_err());
        fs::remove_dir_all(database).unwrap();
    }
}
