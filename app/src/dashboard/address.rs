//! What a page's address says.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::PageRequest;
use std::str::FromStr;

/// A number in the path, such as `:product`; nothing when it is none.
#[must_use]
pub fn id_in_path<T: FromStr + PartialEq + Send + Sync + 'static>(
    name: &'static str,
) -> Memo<Option<T>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get(name).and_then(|text| text.parse().ok())))
}

/// The page of a list, from `?page=`.
#[must_use]
pub fn page_in_query() -> Memo<PageRequest> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| PageRequest::parse(query.get("page").as_deref())))
}

/// A text in the query; empty when it is not there.
#[must_use]
pub fn word_in_query(name: &'static str) -> Memo<String> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get(name).unwrap_or_default()))
}
