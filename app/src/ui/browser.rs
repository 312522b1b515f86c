//! What the kit asks of the browser itself. Everything here is called from effects and listeners only: the server
//! has no document.

use crate::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::{Element, Event, EventTarget, FocusOptions, HtmlElement};

const FOCUSABLE: &str = "a[href], button:not(:disabled), input:not(:disabled, [type=hidden]), \
    select:not(:disabled), textarea:not(:disabled), summary, [tabindex]:not([tabindex='-1'])";

/// What is folded away; the summary of a fold itself is not.
const FOLDED: &str = "details:not([open]) > :not(summary)";

/// Hears an event before anybody else does, for as long as the document lives.
pub(super) fn listen(target: &EventTarget, event: &str, hear: impl FnMut(Event) + 'static) {
    let hear = Closure::<dyn FnMut(Event)>::new(hear);
    // A browser that does not let us listen behaves as one without a script.
    let _ = target.add_event_listener_with_callback_and_bool(
        event,
        hear.as_ref().unchecked_ref(),
        true,
    );
    hear.forget();
}

/// What an event happened to.
pub(super) fn element_of(event: &Event) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}

/// The page between header and footer.
pub(super) fn main_element() -> Option<HtmlElement> {
    document()
        .get_element_by_id("content")
        .and_then(|main| main.dyn_into().ok())
}

/// What has the focus; nothing when only the document has it.
pub(super) fn focused() -> Option<Element> {
    document().active_element().filter(|element| {
        element
            .parent_element()
            .is_some_and(|parent| parent.parent_element().is_some())
    })
}

/// Whether it is on the screen, or would be if one scrolled there.
pub(super) fn is_shown(element: &Element) -> bool {
    element.is_connected()
        && element.get_client_rects().length() > 0
        && !matches!(element.closest(FOLDED), Ok(Some(_)))
}

/// Whether the focus can be there.
pub(super) fn can_be_focused(element: &Element) -> bool {
    is_shown(element) && !element.matches(":disabled").unwrap_or(false)
}

/// The first thing that can be used, `within` itself included.
pub(super) fn first_focusable(within: &Element) -> Option<HtmlElement> {
    let itself = within
        .matches(FOCUSABLE)
        .unwrap_or(false)
        .then(|| within.clone());
    let inside = within.query_selector_all(FOCUSABLE).ok()?;
    let inside = (0..inside.length())
        .filter_map(|at| inside.item(at))
        .filter_map(|node| node.dyn_into::<Element>().ok());
    itself
        .into_iter()
        .chain(inside)
        .find(can_be_focused)
        .and_then(|element| element.dyn_into().ok())
}

/// Puts the focus there and leaves the scroll as it is.
pub(super) fn focus_in_place(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // What went away in the meantime needs no focus.
    let _ = element.focus_with_options(&options);
}
