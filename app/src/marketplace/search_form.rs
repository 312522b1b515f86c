use super::address;
use crate::paths;
use crate::prelude::*;
use crate::ui::Icon;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::{MarketFilters, PageRequest};

/// Goes to what is looked for, without loading the page anew.
pub fn find_what_is_in(
    input: NodeRef<html::Input>,
    filters: MarketFilters,
) -> impl Fn(SubmitEvent) + 'static {
    let navigate = use_navigate();
    move |event| {
        if let Some(input) = input.get_untracked() {
            event.prevent_default();
            let search = input.value().trim().to_owned();
            let is_usual = filters.sort == MarketFilters::usual_sort(&filters.search);
            let wanted = MarketFilters {
                sort: match is_usual {
                    true => MarketFilters::usual_sort(&search),
                    false => filters.sort,
                },
                search,
                page: PageRequest::FIRST,
                ..filters.clone()
            };
            navigate(&address::write(&wanted), NavigateOptions::default());
        }
    }
}

/// A search box with a button. Filters and order stay as they are.
#[component]
pub fn SearchForm(
    /// What is looked for now.
    #[prop(optional)]
    filters: MarketFilters,
    /// What tests find the input by.
    test_id: &'static str,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let (search, kept) = (filters.search.clone(), address::narrowing(&filters));
    let find = find_what_is_in(input, filters);
    view! {
        <form action=paths::MARKET method="GET" class="search-form" role="search" on:submit=find>
            <Icon icon=icondata_lu::LuSearch class="search-form-icon"/>
            <input
                node_ref=input
                type="search"
                name="search"
                value=search
                aria-label="Search the marketplace"
                placeholder="Search products and makers"
                data-testid=test_id
            />
            {kept
                .into_iter()
                .map(|(name, word)| view! { <input type="hidden" name=name value=word/> })
                .collect_view()}
            <button type="submit" class="button button-primary">"Search"</button>
        </form>
    }
}
