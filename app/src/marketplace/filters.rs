//! The filters of the marketplace: links, so that they work without JavaScript, and back and forward too.

use super::address;
use crate::prelude::*;
use crate::ui::use_page;
use model::{Category, MarketFilters, MarketSort, PageRequest};

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
    view! {
        <nav aria-label="Categories" data-testid="categories">
            <ul class="choice-row">
                {link(None, "Everything", all)}
                {categories
                    .into_iter()
                    .map(|(category, products)| link(Some(category), category.label(), products))
                    .collect_view()}
            </ul>
        </nav>
    }
}

/// The orders to choose from; by reward only for store owners (R10).
#[component]
pub fn SortLinks(
    /// What is looked for now.
    filters: MarketFilters,
) -> impl IntoView {
    let is_owner = use_page().store().with_untracked(Option::is_some);
    let links = MarketSort::ALL
        .iter()
        .copied()
        .filter(|sort| is_owner || *sort != MarketSort::Reward)
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
