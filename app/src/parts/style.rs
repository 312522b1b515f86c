//! The stylesheet of a part. It lies beside the one that every page loads, and is there before a page of the part is shown.

use super::{Missing, Part};
use js_sys::Promise;
use leptos::prelude::document;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{CssStyleSheet, HtmlLinkElement};
use wasm_bindgen_futures::JsFuture;

/// The name of what every page loads.
pub const SHOP: &str = "shop";

/// Begins to load a part's stylesheet, unless it is there. What comes of it is told in the end.
pub(super) fn load(part: Part) -> impl Future<Output = Result<(), Missing>> {
    // The server has sent it with the page.
    let coming = match cfg!(feature = "ssr") || of(part.name()).is_some() {
        true => Ok(None),
        false => beside_the_shops(part).map(Some),
    };
    async move {
        let Some((link, came)) = coming.map_err(|_| Missing)? else {
            return Ok(());
        };
        JsFuture::from(came).await.map(drop).map_err(|_| {
            link.remove();
            Missing
        })
    }
}

/// A stylesheet that has come, by its name.
fn of(name: &str) -> Option<HtmlLinkElement> {
    let links = document()
        .query_selector_all(&format!("link[data-style={name}]"))
        .ok()?;
    (0..links.length())
        .filter_map(|at| links.item(at)?.dyn_into::<HtmlLinkElement>().ok())
        .find(has_come)
}

/// Whether there are rules. Of a stylesheet that did not come browsers show an empty one, or none that can be read.
fn has_come(link: &HtmlLinkElement) -> bool {
    let sheet = link.sheet().and_then(|sheet| sheet.dyn_into().ok());
    let rules = sheet.and_then(|sheet: CssStyleSheet| sheet.css_rules().ok());
    rules.is_some_and(|rules| rules.length() > 0)
}

/// Another link like the one that every page has, and a promise that is kept when its stylesheet has come.
fn beside_the_shops(part: Part) -> Result<(HtmlLinkElement, Promise), JsValue> {
    let shops = of(SHOP).ok_or(JsValue::NULL)?;
    let link: HtmlLinkElement = shops.clone_node()?.unchecked_into();
    let file = |name: &str| format!("/{name}.css");
    link.set_href(&shops.href().replace(&file(SHOP), &file(part.name())));
    link.set_attribute("data-style", part.name())?;
    let came = Promise::new(&mut |done, failed| {
        link.set_onload(Some(&done));
        link.set_onerror(Some(&failed));
    });
    shops.after_with_node_1(&link)?;
    Ok((link, came))
}
