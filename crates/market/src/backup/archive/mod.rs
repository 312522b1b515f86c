//! The file: a tar of
//!
//! - `manifest.json`: what made it, when, and the tables with their columns;
//! - `rows/orders/000001.jsonl.gz`: rows, each a line with a JSON array in the order of the columns;
//! - `pictures/…`: pictures as they lie in their folder;
//! - `seal.json`, last: what the rows come to, and the SHA-256 of all that stands before it. Without it a file is not
//!   whole.

mod read;
mod write;

pub(super) use read::{Archive, Unpacking};
pub(super) use write::{Names, Writer};

use super::shape::Shape;
use super::tally::Tally;
use model::Timestamp;
use serde::{Deserialize, Serialize};

const MANIFEST: &str = "manifest.json";
const ROWS: &str = "rows";
const PICTURES: &str = "pictures";
const SEAL: &str = "seal.json";

/// What the manifest says it is, and in which version of this format.
const KIND: &str = "shelfshare backup";
const FORMAT: u32 = 1;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    kind: String,
    format: u32,
    /// The version of the program.
    program: String,
    /// What the rows were in.
    engine: String,
    /// UTC milliseconds.
    pub taken_at: Timestamp,
    pub shape: Shape,
}

impl Manifest {
    pub fn new(engine: &str, taken_at: Timestamp, shape: Shape) -> Manifest {
        Manifest {
            kind: KIND.to_owned(),
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            engine: engine.to_owned(),
            taken_at,
            shape,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seal {
    /// In the order of the manifest's tables.
    pub tables: Vec<Tally>,
    /// Files of pictures.
    pub pictures: u64,
    /// Pictures that rows speak of and that were not there.
    pub missing: Vec<String>,
    sha256: String,
}
