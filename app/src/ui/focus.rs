//! The focus is never lost: when what has it goes away or can't be used any more, it moves to the next sensible
//! thing, and when another page has come, to that page.
//!
//! Nothing needs to be said in a page for this. While something has the focus its place is known: its parents and
//! where it stands among their children. When it goes, what stands there now comes next, then what follows, then
//! what comes before, then the same around its parent, and at last the page itself.

use super::announcer::use_announcer;
use super::browser::{
    can_be_focused, element_of, first_focusable, focus_in_place, focused, listen, main_element,
};
use super::progress::use_progress;
use crate::prelude::*;
use crate::ui::effect::{effect, on_another_page};
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Element, HtmlElement, MutationObserver, MutationObserverInit};
use leptos_router::hooks::use_location;
use std::cell::RefCell;
use std::rc::Rc;

/// What can take an element out of use without taking it out of the document.
const TAKES_AWAY: [&str; 4] = ["class", "disabled", "hidden", "open"];

/// Where something with the focus stands.
struct Place {
    element: Element,
    /// Its parents up to the page, nearest first, each with the position on the way down to it.
    around: Vec<(Element, u32)>,
}

impl Place {
    fn of(element: Element) -> Place {
        let mut around = Vec::new();
        let main = main_element();
        let inside = |parent: &Element| {
            main.as_ref()
                .is_some_and(|main| main.contains(Some(parent)))
        };
        let mut child = element.clone();
        while let Some(parent) = child.parent_element().filter(|parent| inside(parent)) {
            around.push((parent.clone(), position(&child)));
            child = parent;
        }
        Place { element, around }
    }

    fn is_lost(&self) -> bool {
        !can_be_focused(&self.element) && focused().is_none_or(|focused| focused == self.element)
    }

    fn next_sensible(&self) -> Option<HtmlElement> {
        self.around
            .iter()
            .filter(|(parent, _)| parent.is_connected())
            .find_map(|(parent, at)| {
                let children = parent.children();
                let child = |at: u32| children.item(at);
                let after = *at..children.length();
                let before = (0..(*at).min(children.length())).rev();
                after
                    .chain(before)
                    .filter_map(child)
                    .find_map(|child| first_focusable(&child))
            })
    }
}

/// How many siblings stand before it.
fn position(element: &Element) -> u32 {
    let mut before = 0;
    let mut sibling = element.previous_element_sibling();
    while let Some(element) = sibling {
        before += 1;
        sibling = element.previous_element_sibling();
    }
    before
}

/// Keeps the focus for as long as the document lives. Called once, inside the router.
pub(super) fn keep_focus() {
    let arriving = StoredValue::new(false);
    follow_pages(arriving);
    effect(move || watch(arriving));
}

/// Moves the focus to a page that was come to, and says its title. The first page of a visit is the browser's own
/// affair, and what only changes the query, such as another order of a list, leaves the focus where it is.
fn follow_pages(arriving: StoredValue<bool>) {
    let location = use_location();
    let (path, search) = (location.pathname, location.search);
    let progress = use_progress();
    let busy = progress.is_busy();
    let announcer = use_announcer();
    let title = StoredValue::new(String::new());
    on_another_page(move || arriving.set_value(true));
    let settle = move || {
        if progress.is_busy_now() {
            return;
        }
        if arriving.get_value() {
            arriving.set_value(false);
            focus_page();
        }
        let (before, now) = (title.get_value(), document().title());
        if before != now {
            title.set_value(now.clone());
            if !before.is_empty() {
                announcer.say(now);
            }
        }
    };
    effect(move || {
        path.track();
        search.track();
        if !busy.get() {
            // The title follows the page within a breath.
            request_animation_frame(move || request_animation_frame(settle));
        }
    });
}

/// Puts the focus on the page, unless it is in there already; whether there is a page.
pub fn focus_page() -> bool {
    let Some(main) = main_element() else {
        return false;
    };
    let inside = focused().is_some_and(|focused| main.contains(Some(&focused)));
    if !inside {
        focus_in_place(&main);
    }
    true
}

/// Notes what has the focus, and looks after it whenever the document changes.
fn watch(arriving: StoredValue<bool>) {
    let place = Rc::new(RefCell::new(None::<Place>));
    let noted = Rc::clone(&place);
    listen(&document(), "focusin", move |event| {
        *noted.borrow_mut() = element_of(&event).map(Place::of);
    });
    // Whoever presses elsewhere has let go of it.
    let let_go = Rc::clone(&place);
    listen(&document(), "pointerdown", move |event| {
        let pressed = element_of(&event);
        let elsewhere = let_go
            .borrow()
            .as_ref()
            .is_some_and(|place| !place.element.contains(pressed.as_ref().map(AsRef::as_ref)));
        if elsewhere {
            *let_go.borrow_mut() = None;
        }
    });
    let changed = Closure::<dyn FnMut()>::new(move || {
        let is_lost = || place.borrow().as_ref().is_some_and(Place::is_lost);
        if arriving.get_value() || !is_lost() {
            return;
        }
        let place = Rc::clone(&place);
        // What comes in its stead may be built a moment later.
        request_animation_frame(move || {
            let next = match place.borrow().as_ref() {
                Some(place) if !arriving.get_value() && place.is_lost() => place.next_sensible(),
                _ => return,
            };
            match next {
                // What went away in the meantime needs no focus.
                Some(next) => drop(next.focus()),
                None => drop(focus_page()),
            }
        });
    });
    observe(&changed);
    changed.forget();
}

fn observe(changed: &Closure<dyn FnMut()>) {
    let Ok(observer) = MutationObserver::new(changed.as_ref().unchecked_ref()) else {
        return;
    };
    let options = MutationObserverInit::new();
    options.set_child_list(true);
    options.set_subtree(true);
    let attributes: js_sys::Array = TAKES_AWAY.iter().copied().map(JsValue::from_str).collect();
    options.set_attribute_filter(&attributes);
    if let Some(body) = document().body() {
        // A document that can't be watched is as it was without us.
        let _ = observer.observe_with_options(&body, &options);
    }
}
