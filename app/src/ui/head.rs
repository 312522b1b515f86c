//! What a page says of itself in its `<head>`. Nothing else writes there.

#[cfg(not(feature = "ssr"))]
mod browser;
#[cfg(feature = "ssr")]
mod server;

use super::markup::json_in_script;
use super::page_state::use_page;
use crate::prelude::*;
#[cfg(not(feature = "ssr"))]
use browser::write_head;
#[cfg(feature = "ssr")]
use server::write_head;

/// A page's title and what other sites show of it. The further pages of a list say in their title which they are.
///
/// The server writes all of it. In the browser, where no other site reads, the title and the page's one true address
/// follow when one goes on.
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
    write_head(PageHead {
        title,
        description,
        picture: picture.map(|path| market.address(&path)),
        kind,
        canonical: canonical.map(|path| market.address(&path)),
        robots,
    })
}

/// What stands in the `<head>` of a page, with whole addresses.
#[cfg_attr(
    not(feature = "ssr"),
    expect(dead_code, reason = "in the browser nobody else is told")
)]
pub(crate) struct PageHead {
    pub title: String,
    pub description: Option<String>,
    pub picture: Option<String>,
    pub kind: Option<&'static str>,
    pub canonical: Option<String>,
    pub robots: bool,
}

/// The title with the market's name, and the page of the list if it is not the first.
fn whole_title(title: &str, page: u32) -> String {
    match (title, page) {
        ("", _) => "Shelfshare".to_owned(),
        (title, 1) => format!("{title} · Shelfshare"),
        (title, page) => format!("{title}, page {page} · Shelfshare"),
    }
}

/// Facts for search engines as JSON-LD. They read what the server sends: in the browser nobody is told, and what writes
/// JSON is no part of what it loads.
#[component]
#[expect(
    clippy::disallowed_methods,
    reason = "this is where scripts are made safe to write"
)]
pub fn JsonLd<F: FnOnce() -> serde_json::Value>(
    /// The facts.
    facts: F,
) -> AnyView {
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
    fn a_title_says_the_page_and_the_market() {
        assert_eq!(whole_title("", 2), "Shelfshare");
        assert_eq!(whole_title("Bowls", 1), "Bowls · Shelfshare");
        assert_eq!(whole_title("Bowls", 3), "Bowls, page 3 · Shelfshare");
    }
}
