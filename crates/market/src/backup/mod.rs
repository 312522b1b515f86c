//! A market in a file, and out of it again: [`take`], [`restore`], and [`to_postgres`], which is both without the file.
//!
//! Rows go over as they are, past the rules that made them: the tables are made as they were when the rows were written,
//! filled while what guards them is set aside, read again and compared with what was read at first, and only then brought
//! up to date. All of it is one transaction: what does not end well leaves nothing.
//!
//! The database is read first, at one moment, and its pictures after it. A picture's files are there before its row is
//! committed, and stay for a day after the row is gone (`picture/files.rs`): so all that the moment speaks of are found.
//! Pictures first would miss those that are added meanwhile.

mod archive;
mod cell;
mod fill;
mod pictures;
mod problem;
mod progress;
mod reading;
mod restore;
mod shape;
mod take;
mod tally;
#[cfg(test)]
mod tests;
mod to_postgres;

pub use problem::Problem;
pub use progress::{Progress, Told};
pub use restore::{Restored, restore};
pub use take::{Taken, take};
pub use to_postgres::{Moved, to_postgres};
