//! What a page has to say about single fields of its form, such as where a value comes from.

use leptos::prelude::*;
use std::collections::BTreeMap;
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
#[derive(Clone, Debug, Default)]
pub struct Remarks(Arc<BTreeMap<String, Remark>>);

impl FromIterator<(String, Remark)> for Remarks {
    fn from_iter<I: IntoIterator<Item = (String, Remark)>>(remarks: I) -> Remarks {
        Remarks(Arc::new(remarks.into_iter().collect()))
    }
}

/// What is said about the field of this name.
pub(super) fn remark_on(field: &str) -> Option<Remark> {
    use_context::<Remarks>()?.0.get(field).cloned()
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
    .into_any()
}
