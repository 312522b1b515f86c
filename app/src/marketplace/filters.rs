//! The filters of the marketplace: links, so that they work without JavaScript, and back and forward too. One that is
//! set leads to the list without it.

use super::address;
use crate::prelude::*;
use crate::ui::{Coin, use_page};
use model::{Category, Facets, MarketFilters, MarketSort, PageRequest, RewardStep};

/// All categories that hold something, with how much.
#[component]
pub fn CategoryLinks(
    /// What is looked for now.
    filters: MarketFilters,
    /// Categories and how many products each holds for this search.
    categories: Vec<(Category, i64)>,
) -> impl IntoView {
    let all: i64 = categories.iter().map(|(_, products)| products).sum();
    let link = move |category: Option<Category>, words: &'static str, products: i64| {
        let here = filters.category == category;
        let href = address::write(&MarketFilters {
            category,
            page: PageRequest::FIRST,
            ..filters.clone()
        });
        view! {
            <li>
                <a class="choice" href=href aria-current=here.then_some("true")>
                    {words}
                    <span class="choice-count">{products}</span>
                </a>
            </li>
        }
    };
    (!categories.is_empty()).then(|| {
        let links = categories
            .into_iter()
            .map(|(category, products)| link(Some(category), category.label(), products))
            .collect_view();
        view! {
            <nav aria-label="Categories" data-testid="categories">
                <ul class="choice-row">{link(None, "Everything", all)} {links}</ul>
            </nav>
        }
    })
}

/// What else the list can be narrowed by, where that leaves something; by reward only for store owners (R10).
#[component]
pub fn NarrowLinks(
    /// What is looked for now.
    filters: MarketFilters,
    /// How many products each filter would leave.
    facets: Facets,
) -> impl IntoView {
    let currency = use_page().currency();
    let Facets {
        prices,
        ships_free,
        offered,
        rewards,
        ..
    } = facets;
    let with = |change: &dyn Fn(&mut MarketFilters)| {
        let mut changed = filters.clone();
        changed.page = PageRequest::FIRST;
        change(&mut changed);
        changed
    };
    let mut links = Vec::new();
    // A single price tells nothing apart.
    if prices.len() > 1 || filters.price.is_some() {
        for (band, products) in prices {
            let is_set = filters.price == Some(band);
            let changed = with(&|filters| filters.price = (!is_set).then_some(band));
            let words = address::price_words(band, currency);
            links.push(narrow_link(&changed, is_set, words.into_any(), products));
        }
    }
    if ships_free > 0 || filters.ships_free {
        let changed = with(&|filters| filters.ships_free = !filters.ships_free);
        links.push(narrow_link(
            &changed,
            filters.ships_free,
            address::SHIPS_FREE.into_any(),
            ships_free,
        ));
    }
    // Without words all of it is.
    if filters.has_words() && (offered > 0 || filters.offered) {
        let changed = with(&|filters| filters.offered = !filters.offered);
        let words = address::FOR_MY_SHELF.into_any();
        links.push(narrow_link(&changed, filters.offered, words, offered));
    }
    for (step, products) in rewards {
        let is_set = filters.reward == Some(step);
        let changed = with(&|filters| filters.reward = (!is_set).then_some(step));
        links.push(narrow_link(
            &changed,
            is_set,
            reward_words(step).into_any(),
            products,
        ));
    }
    (!links.is_empty()).then(|| {
        view! { <nav aria-label="Narrow" data-testid="narrow"><ul class="narrow-row">{links}</ul></nav> }
    })
}

fn narrow_link(to: &MarketFilters, is_set: bool, words: AnyView, products: i64) -> AnyView {
    view! {
        <li>
            <a class="narrow" href=address::write(to) aria-current=is_set.then_some("true")>
                <span>{words}</span>
                <span class="choice-count">{products}</span>
                {is_set.then(|| view! { <span class="sr-only">", remove"</span><span aria-hidden="true">"×"</span> })}
            </a>
        </li>
    }
    .into_any()
}

fn reward_words(step: RewardStep) -> impl IntoView {
    view! { <span class="narrow-reward"><Coin/>{step.as_str()}" and more"</span> }
}

/// The orders to choose from; by reward only for store owners (R10), by how well words fit only where there are some.
#[component]
pub fn SortLinks(
    /// What is looked for now.
    filters: MarketFilters,
) -> impl IntoView {
    let is_owner = use_page().store().with_untracked(Option::is_some);
    let links = MarketSort::ALL
        .iter()
        .copied()
        .filter(|sort| match sort {
            MarketSort::Reward => is_owner,
            MarketSort::Best => filters.has_words(),
            _ => true,
        })
        .map(|sort| {
            let here = filters.sort == sort;
            let href = address::write(&MarketFilters { sort, page: PageRequest::FIRST, ..filters.clone() });
            view! { <li><a class="sort-link" href=href aria-current=here.then_some("true")>{sort.label()}</a></li> }
        })
        .collect_view();
    view! {
        <nav aria-label="Order" data-testid="sort"><ul class="sort-row">{links}</ul></nav>
    }
}
