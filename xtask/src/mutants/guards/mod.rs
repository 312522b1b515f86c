//! What keeps the books right, the change that takes it away, and the test that must fail then.

mod backup;
mod cart;
mod code;
mod database;
mod feed;

/// A thing without which something could go wrong.
pub struct Guard {
    /// What it is.
    pub name: &'static str,
    /// How it is taken away: a file, a text that stands in it once, and what takes its place.
    pub removal: &'static [(&'static str, &'static str, &'static str)],
    /// A test that fails without it: where it is, and its name.
    pub caught_by: (Target, &'static str),
}

/// Where a test is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// In the crate.
    Unit,
    /// `crates/market/tests/rules`.
    Rules,
    /// `crates/market/tests/screens`.
    Screens,
    /// `crates/market/tests/torture`.
    Torture,
    /// `server/tests/http`.
    Http,
}

impl Target {
    pub fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Unit => &["--package", "market", "--lib"],
            Self::Rules => &["--package", "market", "--test", "rules"],
            Self::Screens => &["--package", "market", "--test", "screens"],
            Self::Torture => &["--package", "market", "--test", "torture"],
            Self::Http => &["--package", "server", "--test", "http"],
        }
    }
}

/// All of them.
pub fn guards() -> impl Iterator<Item = &'static Guard> {
    code::CODE
        .iter()
        .chain(cart::CART)
        .chain(database::DATABASE)
        .chain(feed::CHANGES)
        .chain(backup::BACKUP)
}
