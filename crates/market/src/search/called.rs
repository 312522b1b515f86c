//! What else is called by the words of a search.

use super::counts;
use crate::Result;
use crate::facts::{begins_a_word, words};
use crate::fresh::Fresh;
use crate::store::names_of;
use model::{Category, StoreName, fold};
use std::sync::Arc;

/// Stores that are shown beside products, at most.
const STORES: usize = 6;

/// A shorter word begins too many names.
const SHORTEST: usize = 2;

/// Open stores with something on their shelf that are called so, those with most on it first. None are known while the
/// database has to be asked for everything.
pub(super) async fn stores(fresh: Fresh<'_>, search: &str) -> Result<Vec<StoreName>> {
    let typed = fold(&counts(search));
    let words = asked(&typed);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let ids = match fresh.all() {
        Some(all) => all.stores_called(&words, STORES),
        None => return Ok(Vec::new()),
    };
    let rows = fresh.stores(ids.iter().copied()).await?;
    let mut names = names_of(rows.values().map(Arc::as_ref));
    let named = ids
        .iter()
        .filter_map(|id| rows.get(id))
        .map(|row| StoreName {
            slug: row.slug.clone(),
            name: names.remove(&row.id).unwrap_or_default(),
            accent: row.accent,
        });
    Ok(named.collect())
}

/// Categories in whose name each word begins a word.
pub(super) fn categories(search: &str) -> Vec<Category> {
    let typed = fold(&counts(search));
    let words = asked(&typed);
    let is_called_so = |category: &&Category| {
        let name = fold(category.label());
        !words.is_empty() && words.iter().all(|word| begins_a_word(&name, word))
    };
    Category::ALL.iter().filter(is_called_so).copied().collect()
}

/// The words that count.
fn asked(typed: &str) -> Vec<&str> {
    words(typed).filter(|word| word.len() >= SHORTEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_are_found_by_how_their_words_begin() {
        assert_eq!(categories("Kitch"), [Category::Kitchen]);
        assert_eq!(categories("bags cloth"), [Category::Wear]);
        assert_eq!(categories("itchen"), []);
        assert_eq!(categories("& ?"), []);
    }
}
