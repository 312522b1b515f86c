//! Sums of units and amounts: one that no number can hold is an error of the books, and never a panic.

use crate::{Error, Result};

/// `a + b`.
pub(crate) fn plus(a: i64, b: i64) -> Result<i64> {
    a.checked_add(b).ok_or_else(beyond)
}

/// `a - b`.
pub(crate) fn less(a: i64, b: i64) -> Result<i64> {
    a.checked_sub(b).ok_or_else(beyond)
}

/// All of them together, to be shown: a page about broken books still shows.
pub(crate) fn shown(numbers: impl IntoIterator<Item = i64>) -> i64 {
    numbers.into_iter().fold(0, i64::saturating_add)
}

fn beyond() -> Error {
    Error::Broken("a sum is beyond all bounds".to_owned())
}

/// What no number can hold is an error.
pub(crate) trait InBounds<T> {
    /// The value, if there is one.
    fn in_bounds(self) -> Result<T>;
}

impl<T> InBounds<T> for Option<T> {
    fn in_bounds(self) -> Result<T> {
        self.ok_or_else(beyond)
    }
}
