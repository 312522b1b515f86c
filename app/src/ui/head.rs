use super::page_state::use_page;
use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};
use leptos_router::hooks::use_query_map;
use model::PageRequest;

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
        {picture.map(|url| view! { <Meta property="og:image" content=url/> })}
        {canonical.map(|url| view! { <Link rel="canonical" href=url/> })}
        {(!robots).then(|| view! { <Meta name="robots" content="noindex"/> })}
    }
    .into_any()
}

/// The title, and the page of the list in the address if it is not the first.
fn on_its_page(title: String) -> impl Fn() -> String + Send + Sync + Clone + 'static {
    let query = use_query_map();
    let page = Memo::new(move |_| query.with(|query| PageRequest::parse(query.get_str("page"))));
    move || match page.get().number() {
        1 => title.clone(),
        number => format!("{title}, page {number}"),
    }
}

/// Facts for search engines as JSON-LD.
#[component]
pub fn JsonLd(
    /// The facts.
    facts: serde_json::Value,
) -> impl IntoView {
    // A script's content is not escaped: without `<` no text in it can end it.
    let json = facts.to_string().replace('<', "\\u003c");
    view! { <script type="application/ld+json" inner_html=json></script> }
}
