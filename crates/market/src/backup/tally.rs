use super::cell::Row;
use crate::{Error, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

/// Rows counted, and the sum of what is in them, which is the same in whatever order they come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tally {
    pub rows: u64,
    /// Of the first halves of the rows' hashes, as hexadecimal digits.
    #[serde(with = "hexadecimal")]
    sum: u128,
}

impl Tally {
    /// Counts a row, given as its line.
    pub fn count(&mut self, line: &[u8]) {
        let hash = Sha256::digest(line);
        let mut half = [0; 16];
        for (to, from) in half.iter_mut().zip(hash.iter()) {
            *to = *from;
        }
        self.rows = self.rows.saturating_add(1);
        self.sum = self.sum.wrapping_add(u128::from_be_bytes(half));
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} rows, {:032x}", self.rows, self.sum)
    }
}

/// A row as it stands in a file, without the line's end.
pub(super) fn line(row: &Row) -> Result<Vec<u8>> {
    serde_json::to_vec(row).map_err(|error| Error::Broken(format!("a row is no JSON: {error}")))
}

mod hexadecimal {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(sum: &u128, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&format!("{sum:032x}"))
    }

    pub fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<u128, D::Error> {
        let digits = String::deserialize(from)?;
        u128::from_str_radix(&digits, 16).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_rows_does_not_matter_and_everything_else_does() {
        let tally = |lines: &[&str]| {
            let mut tally = Tally::default();
            lines.iter().for_each(|line| tally.count(line.as_bytes()));
            tally
        };
        assert_eq!(tally(&["[1]", "[2]"]), tally(&["[2]", "[1]"]));
        for other in [vec!["[1]"], vec!["[1]", "[3]"], vec!["[1]", "[2]", "[2]"]] {
            assert_ne!(tally(&["[1]", "[2]"]), tally(&other));
        }
        let kept = serde_json::to_string(&tally(&["[1]"])).unwrap();
        assert_eq!(
            serde_json::from_str::<Tally>(&kept).unwrap(),
            tally(&["[1]"])
        );
    }
}
