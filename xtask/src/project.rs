//! Where things are.

use crate::failure::{Failure, Outcome, While};
use std::path::{Path, PathBuf};

/// The checkout that this program was compiled in.
#[derive(Clone)]
pub struct Project {
    root: PathBuf,
    target: PathBuf,
    lints: bool,
}

impl Project {
    pub fn find() -> Outcome<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .filter(|root| root.join("Cargo.lock").is_file());
        // This program is `<target>/debug/xtask`, wherever cargo was told to put that.
        let program = std::env::current_exe().while_("find this program")?;
        match (root, program.ancestors().nth(2)) {
            (Some(root), Some(target)) => Ok(Self {
                root: root.into(),
                target: target.into(),
                lints: false,
            }),
            _ => Err(Failure::new(
                "Run this as `cargo xtask` inside the project.",
            )),
        }
    }

    /// The same, for whose code clippy has a look at whatever is compiled.
    pub fn linted(&self) -> Self {
        Self {
            lints: true,
            ..self.clone()
        }
    }

    pub fn lints(&self) -> bool {
        self.lints
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path in the checkout, absolute.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// A path among cargo's output, absolute.
    pub fn target(&self, relative: &str) -> PathBuf {
        self.target.join(relative)
    }
}
