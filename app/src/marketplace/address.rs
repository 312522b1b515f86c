//! What is looked for stands in the address: it can be shared, kept and gone back to.

use crate::paths;
use leptos_router::params::ParamsMap;
use model::{Category, MarketFilters, MarketSort, PageRequest};

/// Reads an address; what makes no sense in it is left out.
#[must_use]
pub fn read(query: &ParamsMap) -> MarketFilters {
    MarketFilters {
        search: query.get("search").unwrap_or_default().trim().to_owned(),
        category: category(query),
        sort: query
            .get_str("sort")
            .and_then(|word| word.parse().ok())
            .unwrap_or(MarketSort::Newest),
        page: PageRequest::parse(query.get_str("page")),
    }
}

/// The category in an address.
#[must_use]
pub fn category(query: &ParamsMap) -> Option<Category> {
    query.get_str("category").and_then(|word| word.parse().ok())
}

/// The address of what is looked for. What is as usual is left out, so that each list has one address.
#[must_use]
pub fn write(filters: &MarketFilters) -> String {
    let mut query = Vec::new();
    if !filters.search.is_empty() {
        query.push(format!("search={}", paths::escape(&filters.search)));
    }
    if let Some(category) = filters.category {
        query.push(format!("category={category}"));
    }
    if filters.sort != MarketSort::Newest {
        query.push(format!("sort={}", filters.sort));
    }
    if filters.page != PageRequest::FIRST {
        query.push(format!("page={}", filters.page.number()));
    }
    match query.is_empty() {
        true => paths::MARKET.to_owned(),
        false => format!("{}?{}", paths::MARKET, query.join("&")),
    }
}

/// What a list of this address is called: `Kitchen · Marketplace`, `Search: red · Marketplace`.
#[must_use]
pub fn title(filters: &MarketFilters) -> String {
    let search = (!filters.search.is_empty()).then(|| format!("Search: {}", filters.search));
    let category = filters.category.map(|category| category.label().to_owned());
    let sort = (filters.sort != MarketSort::Newest).then(|| filters.sort.label().to_owned());
    let parts = [search, category, sort, Some("Marketplace".to_owned())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&'static str, &str)]) -> ParamsMap {
        pairs
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect()
    }

    #[test]
    fn an_address_says_what_is_looked_for() {
        let filters = MarketFilters {
            search: "blue mug & bowl".into(),
            category: Some(Category::Kitchen),
            sort: MarketSort::PriceUp,
            page: PageRequest::new(3),
        };
        assert_eq!(
            write(&filters),
            "/market?search=blue%20mug%20%26%20bowl&category=kitchen&sort=price&page=3"
        );
        let typed = [
            ("search", " blue mug & bowl "),
            ("category", "kitchen"),
            ("sort", "price"),
            ("page", "3"),
        ];
        assert_eq!(read(&query(&typed)), filters);
    }

    #[test]
    fn no_two_lists_have_the_same_title() {
        let all = MarketFilters::default();
        let of = |change: fn(&mut MarketFilters)| {
            let mut filters = all.clone();
            change(&mut filters);
            title(&filters)
        };
        assert_eq!(title(&all), "Marketplace");
        assert_eq!(of(|f| f.search = "red".into()), "Search: red · Marketplace");
        assert_eq!(
            of(|f| f.category = Some(Category::Kitchen)),
            format!("{} · Marketplace", Category::Kitchen.label())
        );
        assert_ne!(of(|f| f.sort = MarketSort::PriceUp), title(&all));
    }

    #[test]
    fn nonsense_in_an_address_is_left_out() {
        let read = read(&query(&[
            ("search", ""),
            ("category", "spaceships"),
            ("sort", "?"),
            ("page", "-1"),
        ]));
        assert_eq!(read, MarketFilters::default());
        assert_eq!(write(&read), "/market");
    }
}
