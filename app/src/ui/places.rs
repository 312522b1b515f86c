//! Back and forward lead to the place in the page that was left, not only to the page.
//!
//! Each entry of the history carries its number from the moment it is written down, and how far its page was scrolled
//! is kept by that number. The browser's own memory does not do: it scrolls before the page is there. So it is
//! switched off while the document lives, and on again before the document goes, since a page that is loaded anew is
//! at its full length at once.

use super::browser::listen;
use super::progress::{Progress, use_progress};
use crate::prelude::*;
use crate::ui::effect::effect;
use js_sys::{Function, Reflect};
use leptos::ev;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{History, ScrollRestoration, Storage};
use leptos_router::hooks::use_location;
use std::cell::Cell;
use std::rc::Rc;

/// How a script writes an entry down.
const PUSH: &str = "pushState";

/// What the places are kept under while a document is left and come back to.
const STORED: &str = "places";

/// As many as anybody goes back.
const MOST: usize = 100;

/// How many frames a page has to come to its length: ten seconds.
const PATIENCE: u32 = 600;

/// How many frames the place is held against what still moves.
const HELD: u32 = 20;

/// The number of the entry whose page is shown, and how far each one is scrolled.
#[derive(Clone, Copy)]
pub(super) struct Here {
    number: StoredValue<u32>,
    scrolled: StoredValue<Scrolled>,
}

impl Here {
    fn number(self) -> u32 {
        self.number.get_value()
    }

    fn is_at(self, number: u32) {
        self.number.set_value(number);
    }

    /// The number of the entry that is written down now. What lay ahead of it can't be gone to any more.
    fn next(self) -> u32 {
        let number = self.number().wrapping_add(1);
        self.scrolled
            .update_value(|scrolled| scrolled.forget_from(number));
        number
    }

    fn scrolled(self, number: u32) -> Option<u32> {
        self.scrolled.with_value(|scrolled| scrolled.of(number))
    }

    /// How far the history has gone from the page that is shown: below zero is back.
    pub(super) fn steps_away(self) -> i32 {
        let here = i64::from(self.number());
        let gone_to = entry().map_or(here, i64::from);
        i32::try_from(gone_to - here).unwrap_or(0)
    }
}

struct Places {
    here: Here,
    /// Which way back is being gone, and whether one is: a later one, or a hand on the wheel, ends it.
    way: Cell<u32>,
    on_the_way: Cell<bool>,
}

/// Offers it to everything below. Called once, by the app.
pub(super) fn provide_here() -> Here {
    let here = Here {
        number: StoredValue::new(0),
        scrolled: StoredValue::new(Scrolled::default()),
    };
    provide_context(here);
    here
}

/// Whoever writes an entry down gives it its number with it: somebody may go back before the next frame.
pub(super) fn number_entries_as_they_come(here: Here) {
    let Some(history) = history() else { return };
    let Ok(push) = Reflect::get(&history, &PUSH.into()).and_then(JsCast::dyn_into::<Function>)
    else {
        return;
    };
    let to = history.clone();
    let numbered = Closure::<dyn Fn(JsValue, JsValue, JsValue) -> Result<JsValue, JsValue>>::new(
        move |_, title, address| {
            let number = here.next();
            push.call3(&to, &as_state(number), &title, &address)?;
            here.is_at(number);
            Ok(JsValue::UNDEFINED)
        },
    );
    // An entry that gets no number here gets it a frame later.
    let _ = Reflect::set(&history, &PUSH.into(), numbered.as_ref());
    // It lives as long as the document.
    numbered.forget();
}

/// Remembers places for as long as the document lives. Called once, inside the router.
pub(super) fn remember_places() {
    let progress = use_progress();
    let location = use_location();
    let (path, search) = (location.pathname, location.search);
    let busy = progress.is_busy();
    let Some(here) = use_context::<Here>() else {
        return;
    };
    let mut begun = false;
    effect(move || {
        path.track();
        search.track();
        busy.track();
        if !begun {
            begin(here, progress);
            begun = true;
        }
        // The router writes a new entry down when its page is there.
        request_animation_frame(move || number_entry(here));
    });
}

fn begin(here: Here, progress: Progress) {
    here.scrolled.set_value(read_stored());
    let places = Rc::new(Places {
        here,
        way: Cell::new(0),
        on_the_way: Cell::new(false),
    });
    here.is_at(entry().unwrap_or(0));
    number_entry(here);
    keep_from(&places, progress);
    listen_to_history(&places, progress);
    // A page that was loaded anew, or come back to from elsewhere.
    if let Some(before) = here.scrolled(here.number()).filter(|before| *before > 0) {
        go_to(&places, before, progress);
    }
    restore_by(ScrollRestoration::Manual);
}

fn keep_from(places: &Rc<Places>, progress: Progress) {
    let keep = Rc::clone(places);
    listen(&window(), "scroll", move |_| {
        if keep.on_the_way.get() {
            return;
        }
        let here = keep.here;
        number_entry(here);
        // Whole pixels are near enough, and a browser has to load nothing to write and read them.
        if let Some(document) = document().document_element() {
            let scrolled = u32::try_from(document.scroll_top()).unwrap_or(0);
            here.scrolled
                .update_value(|places| places.set(here.number(), scrolled));
        }
    });
    let here = places.here;
    listen(&window(), "pagehide", move |_| {
        here.scrolled.with_value(store);
        restore_by(ScrollRestoration::Auto);
    });
    listen(&window(), "pageshow", move |_| {
        restore_by(ScrollRestoration::Manual)
    });
    for hand in ["wheel", "touchmove", "keydown", "pointerdown"] {
        let stop = Rc::clone(places);
        listen(&window(), hand, move |_| {
            // While the page before is still there, there is nothing to stop.
            if !progress.is_busy_now() {
                stop.on_the_way.set(false);
            }
        });
    }
}

fn listen_to_history(places: &Rc<Places>, progress: Progress) {
    let places = Rc::clone(places);
    let heard = window_event_listener(ev::popstate, move |_| {
        // An entry without a number was never scrolled: the browser made it, for an address within the page.
        let Some(entry) = entry() else { return };
        places.here.is_at(entry);
        let before = places.here.scrolled(entry);
        go_to(&places, before.unwrap_or(0), progress);
    });
    // It lives as long as the document.
    std::mem::forget(heard);
}

/// Gives an entry its number that has none: one that the browser wrote down itself, or the router in place of another.
fn number_entry(here: Here) {
    if let Some(number) = entry() {
        here.is_at(number);
        return;
    }
    let number = here.next();
    here.is_at(number);
    if let Some(history) = history() {
        // Without a number a page is gone back to as it always was.
        let _ = history.replace_state(&as_state(number), "");
    }
}

/// Scrolls there as soon as the page is there and long enough.
fn go_to(places: &Rc<Places>, scrolled: u32, progress: Progress) {
    let way = places.way.get().wrapping_add(1);
    places.way.set(way);
    places.on_the_way.set(true);
    step(Rc::clone(places), way, scrolled, progress, PATIENCE, HELD);
}

fn step(places: Rc<Places>, way: u32, scrolled: u32, progress: Progress, frames: u32, held: u32) {
    request_animation_frame(move || {
        if places.way.get() != way || !places.on_the_way.get() {
            return;
        }
        let there = !progress.is_busy_now() && (is_long_enough(scrolled) || frames == 0);
        if there {
            window().scroll_to_with_x_and_y(0.0, f64::from(scrolled));
        }
        match (there, held, frames) {
            (true, 0, _) | (_, _, 0) => places.on_the_way.set(false),
            (true, held, _) => step(places, way, scrolled, progress, frames, held - 1),
            (false, ..) => step(places, way, scrolled, progress, frames - 1, held),
        }
    });
}

fn is_long_enough(scrolled: u32) -> bool {
    let seen = window()
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64());
    let length = document()
        .document_element()
        .map(|html| html.scroll_height());
    match (seen, length) {
        (Some(seen), Some(length)) => f64::from(length) + 1.0 >= f64::from(scrolled) + seen,
        _ => true,
    }
}

fn history() -> Option<History> {
    window().history().ok()
}

fn as_state(number: u32) -> JsValue {
    JsValue::from_str(&number.to_string())
}

/// The number of the entry the document is on.
fn entry() -> Option<u32> {
    history()?.state().ok()?.as_string()?.parse().ok()
}

fn restore_by(mode: ScrollRestoration) {
    if let Some(history) = history() {
        // A browser that can't be told does it its own way.
        let _ = history.set_scroll_restoration(mode);
    }
}

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

fn read_stored() -> Scrolled {
    let stored = storage().and_then(|storage| storage.get_item(STORED).ok().flatten());
    Scrolled::read(&stored.unwrap_or_default())
}

fn store(scrolled: &Scrolled) {
    if let Some(storage) = storage() {
        // Where nothing may be stored, a page that is loaded anew begins at its top.
        let _ = storage.set_item(STORED, &scrolled.write());
    }
}

/// How far entries were scrolled, in pixels; the one scrolled last comes last.
#[derive(Debug, Default, PartialEq, Eq)]
struct Scrolled(Vec<(u32, u32)>);

impl Scrolled {
    fn of(&self, entry: u32) -> Option<u32> {
        let place = self.0.iter().find(|place| place.0 == entry)?;
        Some(place.1)
    }

    fn set(&mut self, entry: u32, scrolled: u32) {
        self.0.retain(|place| place.0 != entry);
        self.0.push((entry, scrolled));
    }

    fn forget_from(&mut self, entry: u32) {
        self.0.retain(|place| place.0 < entry);
    }

    fn write(&self) -> String {
        let older = self.0.len().saturating_sub(MOST);
        self.0
            .iter()
            .skip(older)
            .map(|(entry, scrolled)| format!("{entry}:{scrolled}"))
            .collect::<Vec<_>>()
            .join(",")
    }

    fn read(stored: &str) -> Scrolled {
        let place = |place: &str| {
            let (entry, scrolled) = place.split_once(':')?;
            Some((entry.parse().ok()?, scrolled.parse().ok()?))
        };
        Scrolled(stored.split(',').filter_map(place).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Scrolled};

    #[test]
    fn places_outlive_their_document() {
        let mut scrolled = Scrolled::default();
        for (entry, at) in [(1, 0), (2, 800), (7, 12), (2, 1500)] {
            scrolled.set(entry, at);
        }
        assert_eq!(scrolled.write(), "1:0,7:12,2:1500");
        assert_eq!(Scrolled::read("1:0,7:12,2:1500"), scrolled);
        assert_eq!(Scrolled::read(""), Scrolled::default());
        assert_eq!(Scrolled::read("a:1,2,3:"), Scrolled::default());
    }

    #[test]
    fn what_lay_ahead_is_forgotten() {
        let mut scrolled = Scrolled::read("1:10,2:20,3:30");
        scrolled.forget_from(2);
        assert_eq!(scrolled.of(1), Some(10));
        assert_eq!(scrolled.of(2), None);
    }

    #[test]
    fn only_the_newest_places_are_kept() {
        let many = Scrolled((0..500).map(|entry| (entry, 1)).collect());
        let kept = Scrolled::read(&many.write());
        assert_eq!(kept.0.len(), MOST);
        assert_eq!(kept.of(499), Some(1));
    }
}
