//! What is looked for stands in the address: it can be shared, kept and gone back to.

use crate::paths;
use leptos_router::params::ParamsMap;
use model::{Category, Currency, MarketFilters, Money, PageRequest, PriceBand, RewardStep};
use std::str::FromStr;

const FREE: &str = "free";
const YES: &str = "yes";

/// Reads an address; what makes no sense in it is left out.
#[must_use]
pub fn read(query: &ParamsMap) -> MarketFilters {
    let search = query.get("search").unwrap_or_default().trim().to_owned();
    let sort = word(query, "sort");
    MarketFilters {
        category: category(query),
        price: word(query, "price"),
        ships_free: query.get_str("ships") == Some(FREE),
        offered: query.get_str("offered") == Some(YES),
        reward: word(query, "reward"),
        sort: sort.unwrap_or(MarketFilters::usual_sort(&search)),
        page: PageRequest::parse(query.get_str("page")),
        search,
    }
}

/// The category in an address.
#[must_use]
pub fn category(query: &ParamsMap) -> Option<Category> {
    word(query, "category")
}

fn word<T: FromStr>(query: &ParamsMap, name: &str) -> Option<T> {
    query.get_str(name).and_then(|word| word.parse().ok())
}

/// The address of what is looked for. What is as usual is left out, so that each list has one address.
#[must_use]
pub fn write(filters: &MarketFilters) -> String {
    let mut query = Vec::new();
    if !filters.search.is_empty() {
        query.push(format!("search={}", paths::escape(&filters.search)));
    }
    let narrowing = narrowing(filters).into_iter();
    query.extend(narrowing.map(|(name, word)| format!("{name}={word}")));
    if filters.page != PageRequest::FIRST {
        query.push(format!("page={}", filters.page.number()));
    }
    match query.is_empty() {
        true => paths::MARKET.to_owned(),
        false => format!("{}?{}", paths::MARKET, query.join("&")),
    }
}

/// What an address says of filters and order, by name.
#[must_use]
pub fn narrowing(filters: &MarketFilters) -> Vec<(&'static str, &'static str)> {
    let usual = MarketFilters::usual_sort(&filters.search);
    [
        ("category", filters.category.map(Category::as_str)),
        ("price", filters.price.map(PriceBand::as_str)),
        ("ships", filters.ships_free.then_some(FREE)),
        ("offered", filters.offered.then_some(YES)),
        ("reward", filters.reward.map(RewardStep::as_str)),
        (
            "sort",
            (filters.sort != usual).then(|| filters.sort.as_str()),
        ),
    ]
    .into_iter()
    .filter_map(|(name, word)| Some((name, word?)))
    .collect()
}

/// What a filter is called.
pub const SHIPS_FREE: &str = "Ships free";
pub const FOR_MY_SHELF: &str = "For my shelf";

/// What a range of prices is called.
#[must_use]
pub fn price_words(band: PriceBand, currency: Currency) -> String {
    let whole = |price: Money| price.show_whole(currency);
    match band.bounds(currency) {
        (None, Some(to)) => format!("Under {}", whole(to)),
        (Some(from), Some(to)) => format!("{} – {}", whole(from), whole(to)),
        (Some(from), None) => format!("{} and more", whole(from)),
        (None, None) => "Any price".to_owned(),
    }
}

/// What a list of this address is called: `Kitchen · Marketplace`, `Search: red · Marketplace`.
#[must_use]
pub fn title(filters: &MarketFilters, currency: Currency) -> String {
    let search = (!filters.search.is_empty()).then(|| format!("Search: {}", filters.search));
    let category = filters.category.map(|category| category.label().to_owned());
    let price = filters.price.map(|band| price_words(band, currency));
    let ships_free = filters.ships_free.then(|| SHIPS_FREE.to_owned());
    let offered = filters.offered.then(|| FOR_MY_SHELF.to_owned());
    let reward = filters.reward.map(|step| format!("Reward from {step}"));
    let usual = MarketFilters::usual_sort(&filters.search);
    let sort = (filters.sort != usual).then(|| filters.sort.label().to_owned());
    let place = Some("Marketplace".to_owned());
    let parts = [
        search, category, price, ships_free, offered, reward, sort, place,
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::MarketSort;
    use std::collections::BTreeSet;

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
            price: Some(PriceBand::Low),
            ships_free: true,
            offered: true,
            reward: Some(RewardStep::Five),
            sort: MarketSort::PriceUp,
            page: PageRequest::new(3),
        };
        assert_eq!(
            write(&filters),
            "/market?search=blue%20mug%20%26%20bowl&category=kitchen&price=low&ships=free&offered=yes&reward=5&sort=price&page=3"
        );
        let typed = [
            ("search", " blue mug & bowl "),
            ("category", "kitchen"),
            ("price", "low"),
            ("ships", "free"),
            ("offered", "yes"),
            ("reward", "5"),
            ("sort", "price"),
            ("page", "3"),
        ];
        assert_eq!(read(&query(&typed)), filters);
    }

    #[test]
    fn what_fits_best_comes_first_unless_the_address_says_otherwise() {
        let sort = |words: &[(&'static str, &str)]| read(&query(words)).sort;
        assert_eq!(sort(&[("search", "mug")]), MarketSort::Best);
        assert_eq!(
            sort(&[("search", "mug"), ("sort", "newest")]),
            MarketSort::Newest
        );
        assert_eq!(sort(&[]), MarketSort::Newest);
        let newest_mugs = read(&query(&[("search", "mug"), ("sort", "newest")]));
        assert_eq!(write(&newest_mugs), "/market?search=mug&sort=newest");
    }

    #[test]
    fn no_two_lists_have_the_same_title() {
        let all = MarketFilters::default();
        let of = |change: fn(&mut MarketFilters)| {
            let mut filters = all.clone();
            change(&mut filters);
            title(&filters, Currency::Usd)
        };
        assert_eq!(of(|_| {}), "Marketplace");
        let red = |sort| {
            let red = MarketFilters {
                search: "red".into(),
                sort,
                ..MarketFilters::default()
            };
            title(&red, Currency::Usd)
        };
        assert_eq!(red(MarketSort::Best), "Search: red · Marketplace");
        assert_eq!(
            red(MarketSort::Newest),
            "Search: red · Newest · Marketplace"
        );
        assert_eq!(
            of(|f| f.category = Some(Category::Kitchen)),
            format!("{} · Marketplace", Category::Kitchen.label())
        );
        let narrowed = [
            of(|_| {}),
            of(|f| f.sort = MarketSort::PriceUp),
            of(|f| f.price = Some(PriceBand::Low)),
            of(|f| f.price = Some(PriceBand::High)),
            of(|f| f.ships_free = true),
            of(|f| f.offered = true),
            of(|f| f.reward = Some(RewardStep::Two)),
        ];
        let titles: BTreeSet<_> = narrowed.iter().collect();
        assert_eq!(titles.len(), narrowed.len());
    }

    #[test]
    fn nonsense_in_an_address_is_left_out() {
        let read = read(&query(&[
            ("search", ""),
            ("category", "spaceships"),
            ("price", "10-"),
            ("ships", "never"),
            ("reward", "-5"),
            ("sort", "?"),
            ("page", "-1"),
        ]));
        assert_eq!(read, MarketFilters::default());
        assert_eq!(write(&read), "/market");
    }
}
