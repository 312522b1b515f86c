//! What the browser knows of the page and the market.

use crate::prelude::*;
use crate::wire::names::BUILD_HEADER;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{
    HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Node, RequestInit, Response, Storage,
};
use wasm_bindgen_futures::JsFuture;

/// What is asked to learn which build answers.
const ANYTHING: &str = "/health/live";

/// A word that the browser keeps under a name. Where it may not, nothing is kept.
#[derive(Clone, Copy)]
pub(super) enum Kept {
    /// As long as the tab is open, for this tab.
    ByTab(&'static str),
    /// For every tab.
    ByBrowser(&'static str),
}

impl Kept {
    pub fn name(self) -> &'static str {
        match self {
            Kept::ByTab(name) | Kept::ByBrowser(name) => name,
        }
    }

    pub fn read(self) -> Option<String> {
        self.store()?.get_item(self.name()).ok()?
    }

    pub fn write(self, word: &str) {
        if let Some(store) = self.store() {
            // A full or forbidden store costs some comfort, nothing else.
            let _ = store.set_item(self.name(), word);
        }
    }

    pub fn forget(self) {
        if let Some(store) = self.store() {
            let _ = store.remove_item(self.name());
        }
    }

    fn store(self) -> Option<Storage> {
        let store = match self {
            Kept::ByTab(_) => window().session_storage(),
            Kept::ByBrowser(_) => window().local_storage(),
        };
        store.ok()?
    }
}

/// The build that answers now; none when nobody of ours does.
pub(super) async fn build_answering() -> Option<String> {
    let request = RequestInit::new();
    request.set_method("HEAD");
    let answer = JsFuture::from(window().fetch_with_str_and_init(ANYTHING, &request));
    let answer = answer.await.ok()?.dyn_into::<Response>().ok()?;
    answer.headers().get(BUILD_HEADER).ok()?
}

/// Whether a field holds something that the page did not put there.
pub(super) fn is_typed() -> bool {
    let Ok(fields) = document().query_selector_all("input, textarea, select") else {
        return false;
    };
    (0..fields.length())
        .filter_map(|at| fields.item(at))
        .any(|field| is_changed(&field))
}

fn is_changed(field: &Node) -> bool {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        return match input.type_().as_str() {
            "hidden" | "submit" | "button" => false,
            "checkbox" | "radio" => input.checked() != input.default_checked(),
            _ => input.value() != input.default_value(),
        };
    }
    if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        return area
            .default_value()
            .is_ok_and(|first| first != area.value());
    }
    field
        .dyn_ref::<HtmlSelectElement>()
        .is_some_and(|select| select.selected_index() != first_choice(select))
}

/// Where a list stood when the page was sent.
fn first_choice(select: &HtmlSelectElement) -> i32 {
    let marked = select.query_selector("option[selected]").ok().flatten();
    marked
        .and_then(|option| option.dyn_into::<leptos::web_sys::HtmlOptionElement>().ok())
        .map_or(0, |option| option.index())
}

/// Loads the page anew.
pub(super) fn reload() {
    // A browser that can't is about to go elsewhere anyway.
    let _ = window().location().reload();
}
