//! What a page says of itself in its `<head>`. Nothing else writes there.
#![expect(
    clippy::disallowed_methods,
    reason = "this is where titles and scripts are made safe to write"
)]

use super::markup::{escaped, json_in_script};
use super::page_state::use_page;
use crate::ui::address::page_in_query;
use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};

/// Around every page's title: the market's name, and what makes any title safe to write. Once, before all pages.
#[component]
pub fn WholeTitle() -> impl IntoView {
    view! { <Title formatter=whole_title/> }
}

/// The library writes a title as it is: on the server into HTML, in the browser into `document.title`, which takes
/// any text for text.
fn whole_title(title: String) -> String {
    let whole = match title.as_str() {
        "" => "Shelfshare".to_owned(),
        title => format!("{title} · Shelfshare"),
    };
    if cfg!(feature = "ssr") {
        escaped(&whole)
    } else {
        whole
    }
}

/// A page's title and what other sites show of it. The further pages of a list say in their title which they are.
#[component]
pub fn Head(
    /// The page's name; the market's is added.
    #[prop(into)]
    title: String,
    /// One or two sentences for search results and shared links.
    #[prop(into, optional)]
    description: Option<String>,
    /// The path of a picture for shared links.
    #[prop(optional_no_strip)]
    picture: Option<String>,
    /// What kind of thing the page is about, in the words of Open Graph.
    #[prop(optional)]
    kind: Option<&'static str>,
    /// The page's one true path, where it can be reached by several.
    #[prop(into, optional)]
    canonical: Option<String>,
    /// Whether search engines may list it.
    #[prop(default = true)]
    robots: bool,
) -> impl IntoView {
    // Other sites read these: a path alone would lead nowhere.
    let market = use_page().market();
    let picture = picture.map(|path| market.address(&path));
    let canonical = canonical.map(|path| market.address(&path));
    view! {
        <Title text=on_its_page(title.clone())/>
        <Meta property="og:title" content=title/>
        {description
            .map(|text| {
                view! {
                    <Meta name="description" content=text.clone()/>
                    <Meta property="og:description" content=text/>
                }
            })}
        {kind.map(|kind| view! { <Meta property="og:type" content=kind/> })}
        {picture.map(|url| view! { <Meta property="og:image" content=url/> })}
        {canonical.map(|url| view! { <Link rel="canonical" href=url/> })}
        {(!robots).then(|| view! { <Meta name="robots" content="noindex"/> })}
    }
    .into_any()
}

/// The title, and the page of the list in the address if it is not the first.
fn on_its_page(title: String) -> impl Fn() -> String + Send + Sync + Clone + 'static {
    let page = page_in_query();
    // The library may ask again after the page has gone: it keeps the title of a page that was loaded again.
    move || match page.try_get().map_or(1, |page| page.number()) {
        1 => title.clone(),
        number => format!("{title}, page {number}"),
    }
}

/// Facts for search engines as JSON-LD. They read what the server sends: in the browser nobody is told, and what writes
/// JSON is no part of what it loads.
#[component]
pub fn JsonLd<F: FnOnce() -> serde_json::Value>(
    /// The facts.
    facts: F,
) -> impl IntoView {
    let json = match cfg!(feature = "ssr") {
        true => json_in_script(&facts()),
        false => String::new(),
    };
    view! { <script type="application/ld+json" inner_html=json></script> }
}

#[cfg(test)]
mod tests {
    use super::whole_title;

    #[test]
    fn a_title_ends_where_the_page_says() {
        assert_eq!(whole_title(String::new()), "Shelfshare");
        let title = whole_title("</title><meta>".to_owned());
        assert!(title.ends_with(" · Shelfshare"));
        assert_eq!(title.contains('<'), !cfg!(feature = "ssr"));
    }
}
