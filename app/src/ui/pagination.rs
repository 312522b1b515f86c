use super::icon::Icon;
use crate::paths;
use crate::prelude::*;
use leptos_router::hooks::use_location;

/// Links to the other pages of a list. They keep the rest of the query: filters stay.
#[component]
pub fn Pagination(
    /// This page's number, from 1.
    page: u32,
    /// How many pages there are.
    pages: u32,
) -> impl IntoView {
    let location = use_location();
    let link = move |number: u32| {
        let mut query = location.query.with_untracked(|query| {
            query
                .clone()
                .into_iter()
                .filter(|(name, value)| name != "page" && !value.is_empty())
                .map(|(name, value)| format!("{}={}", paths::escape(&name), paths::escape(&value)))
                .collect::<Vec<_>>()
        });
        if number > 1 {
            query.push(format!("page={number}"));
        }
        format!("{}?{}", location.pathname.get_untracked(), query.join("&"))
    };
    let step = |number: u32, words: &'static str, icon, possible: bool, rel: &'static str| {
        if possible {
            view! { <a class="page-step" href=link(number) rel=rel aria-label=words><Icon icon/></a> }
        } else {
            view! { <span class="page-step" aria-hidden="true"><Icon icon/></span> }
        }
    };
    let before = step(
        page.saturating_sub(1),
        "Previous page",
        icondata_lu::LuChevronLeft,
        page > 1,
        "prev",
    );
    let after = step(
        page.saturating_add(1),
        "Next page",
        icondata_lu::LuChevronRight,
        page < pages,
        "next",
    );
    let numbers = shown_numbers(page, pages)
        .into_iter()
        .map(|number| match number {
            Some(number) if number == page => {
                view! { <span class="page-number" aria-current="page">{number}</span> }
            }
            Some(number) => {
                view! { <a class="page-number" href=link(number)>{number}</a> }
            }
            None => view! { <span class="page-gap" aria-hidden="true">"…"</span> },
        })
        .collect_view();
    (pages > 1)
        .then(|| view! { <nav class="pages" aria-label="Pages" data-testid="pagination">{before}{numbers}{after}</nav> })
        .into_any()
}

/// First, last and the neighbours of this page; `None` is a gap.
fn shown_numbers(page: u32, pages: u32) -> Vec<Option<u32>> {
    let mut shown = Vec::new();
    let mut last = 0;
    for number in (1..=pages).filter(|n| *n == 1 || *n == pages || n.abs_diff(page) <= 1) {
        if number > last + 1 {
            shown.push(if number == last + 2 {
                Some(last + 1)
            } else {
                None
            });
        }
        shown.push(Some(number));
        last = number;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::shown_numbers;

    fn words(page: u32, pages: u32) -> String {
        shown_numbers(page, pages)
            .into_iter()
            .map(|n| n.map_or_else(|| "…".to_owned(), |n| n.to_string()))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn far_pages_are_left_out() {
        assert_eq!(words(1, 3), "1 2 3");
        assert_eq!(words(6, 12), "1 … 5 6 7 … 12");
        assert_eq!(words(4, 7), "1 2 3 4 5 6 7");
    }
}
