//! What a page has to say about single fields of its form, such as where a value comes from.

use crate::prelude::*;
use std::sync::Arc;

/// What is said about one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// A sentence.
    pub sentence: String,
    /// Look twice at this field.
    pub doubtful: bool,
}

/// The remarks on the fields below, by the fields' names. Fields find them by context.
#[derive(Clone, Debug)]
pub struct Remarks(Arc<[(String, Remark)]>);

impl FromIterator<(String, Remark)> for Remarks {
    fn from_iter<I: IntoIterator<Item = (String, Remark)>>(remarks: I) -> Remarks {
        Remarks(remarks.into_iter().collect())
    }
}

/// What is said about the field of this name.
pub(super) fn remark_on(field: &str) -> Option<Remark> {
    let remarks = use_context::<Remarks>()?;
    let (_, remark) = remarks.0.iter().find(|(name, _)| name == field)?;
    Some(remark.clone())
}

/// A remark below its field.
#[component]
pub(super) fn RemarkLine(id: String, remark: Remark) -> impl IntoView {
    view! {
        <p class="field-remark" id=id>
            {remark.doubtful.then(|| view! { <strong data-testid="look-twice">"Look twice. "</strong> })}
            {remark.sentence}
        </p>
    }
}
