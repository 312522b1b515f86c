//! What a page's address says.
//!
//! A page's title and what it asks for may be read once more after the page has gone. These answer then as for an
//! empty address, where the router's own maps would panic.

use crate::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use model::PageRequest;
use std::str::FromStr;

/// What `read` makes of the path's named parts.
#[must_use]
pub fn from_path<T: PartialEq + Send + Sync + 'static>(
    read: impl Fn(&ParamsMap) -> T + Send + Sync + 'static,
) -> Memo<T> {
    of_map(use_params_map(), read)
}

/// What `read` makes of the query.
#[must_use]
pub fn from_query<T: PartialEq + Send + Sync + 'static>(
    read: impl Fn(&ParamsMap) -> T + Send + Sync + 'static,
) -> Memo<T> {
    of_map(use_query_map(), read)
}

fn of_map<T: PartialEq + Send + Sync + 'static>(
    map: Memo<ParamsMap>,
    read: impl Fn(&ParamsMap) -> T + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new(move |_| {
        map.try_with(&read)
            .unwrap_or_else(|| read(&ParamsMap::new()))
    })
}

/// A number in the path, such as `:product`; nothing when it is none.
#[must_use]
pub fn id_in_path<T: FromStr + PartialEq + Send + Sync + 'static>(
    name: &'static str,
) -> Memo<Option<T>> {
    from_path(move |path| path.get_str(name).and_then(|text| text.parse().ok()))
}

/// A text in the path; empty when it is not there.
#[must_use]
pub fn word_in_path(name: &'static str) -> Memo<String> {
    from_path(move |path| path.get(name).unwrap_or_default())
}

/// A text in the query; empty when it is not there.
#[must_use]
pub fn word_in_query(name: &'static str) -> Memo<String> {
    from_query(move |query| query.get(name).unwrap_or_default())
}

/// The page of a list, from `?page=`.
#[must_use]
pub fn page_in_query() -> Memo<PageRequest> {
    from_query(|query| PageRequest::parse(query.get_str("page")))
}
