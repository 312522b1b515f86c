//! What the check says beside each field: where its value was found, and whether to look twice.

use crate::ui::{Remark, Remarks};
use model::{FoundField, ImportCheck};

/// The remarks on the form's fields. Several variants would drown in them: theirs stand beside the form, unless
/// there is something to look at.
pub fn remarks(check: &ImportCheck) -> Remarks {
    let several = check.form.variants.len() > 1;
    let asked = check.other_currency.is_some();
    let worth_it = |found: &&FoundField| {
        !several
            || found.doubtful
            || found.field.of_variant().is_none()
            || asked && found.field.is_price()
    };
    check
        .found
        .iter()
        .filter(worth_it)
        .map(|found| (found.field.to_string(), remark(found, asked)))
        .collect()
}

fn remark(found: &FoundField, asked: bool) -> Remark {
    let sentence = if asked && found.field.is_price() {
        format!("The shop asks {}.", found.value)
    } else {
        source(found)
    };
    Remark {
        sentence,
        doubtful: found.doubtful,
    }
}

/// `seen on the page` → `Seen on the page.`
fn source(found: &FoundField) -> String {
    let mut letters = found.source.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).chain(['.']).collect(),
        None => String::new(),
    }
}
