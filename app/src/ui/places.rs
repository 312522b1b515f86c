//! Back and forward lead to the place in the page that was left, not only to the page.
//!
//! Each entry of the history carries its number, and how far its page was scrolled is kept by that number. The
//! browser's own memory does not do: it scrolls before the page is there. So it is switched off while the document
//! lives, and on again before the document goes, since a page that is loaded anew is at its full length at once.

use super::browser::listen;
use super::progress::{Progress, use_progress};
use crate::prelude::*;
use crate::ui::effect::effect;
use leptos::ev;
use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::{History, ScrollRestoration, Storage};
use leptos_router::hooks::use_location;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// What the places are kept under while a document is left and come back to.
const STORED: &str = "places";

/// As many as anybody goes back.
const MOST: usize = 100;

/// How many frames a page has to come to its length: ten seconds.
const PATIENCE: u32 = 600;

/// How many frames the place is held against what still moves.
const HELD: u32 = 20;

/// The number of the entry whose page is shown.
#[derive(Clone, Copy)]
pub(super) struct Here(StoredValue<u32>);

impl Here {
    /// How far the history has gone from the page that is shown: below zero is back.
    pub(super) fn steps_away(self) -> i32 {
        let here = i64::from(self.0.get_value());
        let gone_to = entry().map_or(here, i64::from);
        i32::try_from(gone_to - here).unwrap_or(0)
    }
}

struct Places {
    scrolled: RefCell<Scrolled>,
    here: Here,
    /// Which way back is being gone, and whether one is: a later one, or a hand on the wheel, ends it.
    way: Cell<u32>,
    on_the_way: Cell<bool>,
}

/// Offers it to everything below. Called once, by the app.
pub(super) fn provide_here() -> Here {
    let here = Here(StoredValue::new(0));
    provide_context(here);
    here
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
    let mut places = None;
    effect(move || {
        path.track();
        search.track();
        busy.track();
        let places = places.get_or_insert_with(|| begin(here, progress));
        let arrived = Rc::clone(places);
        // The router writes a new entry down when its page is there.
        request_animation_frame(move || {
            number_entry(&arrived);
        });
    });
}

fn begin(here: Here, progress: Progress) -> Rc<Places> {
    let places = Rc::new(Places {
        scrolled: RefCell::new(read_stored()),
        here,
        way: Cell::new(0),
        on_the_way: Cell::new(false),
    });
    places.here.0.set_value(entry().unwrap_or(0));
    number_entry(&places);
    keep_from(&places, progress);
    listen_to_history(&places, progress);
    // A page that was loaded anew, or come back to from elsewhere.
    let before = places.scrolled.borrow().of(places.here.0.get_value());
    if let Some(before) = before.filter(|before| *before > 0) {
        go_to(&places, before, progress);
    }
    restore_by(ScrollRestoration::Manual);
    places
}

fn keep_from(places: &Rc<Places>, progress: Progress) {
    let keep = Rc::clone(places);
    listen(&window(), "scroll", move |_| {
        if keep.on_the_way.get() {
            return;
        }
        number_entry(&keep);
        // Whole pixels are near enough, and a browser has to load nothing to write and read them.
        if let Some(document) = document().document_element() {
            let scrolled = u32::try_from(document.scroll_top()).unwrap_or(0);
            keep.scrolled
                .borrow_mut()
                .set(keep.here.0.get_value(), scrolled);
        }
    });
    let leave = Rc::clone(places);
    listen(&window(), "pagehide", move |_| {
        store(&leave.scrolled.borrow());
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
        places.here.0.set_value(entry);
        let before = places.scrolled.borrow().of(entry);
        go_to(&places, before.unwrap_or(0), progress);
    });
    // It lives as long as the document.
    std::mem::forget(heard);
}

/// Gives a new entry its number. What lay ahead of it can't be gone to any more.
fn number_entry(places: &Places) {
    if let Some(entry) = entry() {
        places.here.0.set_value(entry);
        return;
    }
    let number = places.here.0.get_value().wrapping_add(1);
    places.here.0.set_value(number);
    places.scrolled.borrow_mut().forget_from(number);
    if let Some(history) = history() {
        // Without a number a page is gone back to as it always was.
        let _ = history.replace_state(&JsValue::from_str(&number.to_string()), "");
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
