//! Back and forward lead to the place in the page that was left, not only to the page.
//!
//! Each entry of the history carries its number, and how far its page was scrolled is kept by that number. The
//! browser's own memory does not do: it scrolls before the page is there. So it is switched off while the document
//! lives, and on again before the document goes, since a page that is loaded anew is at its full length at once.

use super::browser::listen;
use super::progress::{Progress, use_progress};
use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::{History, ScrollRestoration, Storage};
use leptos_router::hooks::use_location;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
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
    scrolled: RefCell<BTreeMap<u32, f64>>,
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
    Effect::new(move |places: Option<Rc<Places>>| {
        path.track();
        search.track();
        busy.track();
        let places = places.unwrap_or_else(|| begin(here, progress));
        let arrived = Rc::clone(&places);
        // The router writes a new entry down when its page is there.
        request_animation_frame(move || {
            number_entry(&arrived);
        });
        places
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
    let before = places
        .scrolled
        .borrow()
        .get(&places.here.0.get_value())
        .copied();
    if let Some(before) = before.filter(|before| *before > 0.0) {
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
        if let Ok(scrolled) = window().scroll_y() {
            keep.scrolled
                .borrow_mut()
                .insert(keep.here.0.get_value(), scrolled);
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
        let before = places.scrolled.borrow().get(&entry).copied();
        go_to(&places, before.unwrap_or(0.0), progress);
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
    places.scrolled.borrow_mut().split_off(&number);
    if let Some(history) = history() {
        // Without a number a page is gone back to as it always was.
        let _ = history.replace_state(&JsValue::from_str(&number.to_string()), "");
    }
}

/// Scrolls there as soon as the page is there and long enough.
fn go_to(places: &Rc<Places>, scrolled: f64, progress: Progress) {
    let way = places.way.get().wrapping_add(1);
    places.way.set(way);
    places.on_the_way.set(true);
    step(Rc::clone(places), way, scrolled, progress, PATIENCE, HELD);
}

fn step(places: Rc<Places>, way: u32, scrolled: f64, progress: Progress, frames: u32, held: u32) {
    request_animation_frame(move || {
        if places.way.get() != way || !places.on_the_way.get() {
            return;
        }
        let there = !progress.is_busy_now() && (is_long_enough(scrolled) || frames == 0);
        if there {
            window().scroll_to_with_x_and_y(0.0, scrolled);
        }
        match (there, held, frames) {
            (true, 0, _) | (_, _, 0) => places.on_the_way.set(false),
            (true, held, _) => step(places, way, scrolled, progress, frames, held - 1),
            (false, ..) => step(places, way, scrolled, progress, frames - 1, held),
        }
    });
}

fn is_long_enough(scrolled: f64) -> bool {
    let seen = window()
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64());
    let length = document()
        .document_element()
        .map(|html| html.scroll_height());
    match (seen, length) {
        (Some(seen), Some(length)) => f64::from(length) + 1.0 >= scrolled + seen,
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

fn read_stored() -> BTreeMap<u32, f64> {
    let stored = storage().and_then(|storage| storage.get_item(STORED).ok().flatten());
    read(&stored.unwrap_or_default())
}

fn store(scrolled: &BTreeMap<u32, f64>) {
    if let Some(storage) = storage() {
        // Where nothing may be stored, a page that is loaded anew begins at its top.
        let _ = storage.set_item(STORED, &write(scrolled));
    }
}

fn write(scrolled: &BTreeMap<u32, f64>) -> String {
    let newest = scrolled.iter().rev().take(MOST);
    newest
        .map(|(entry, scrolled)| format!("{entry}:{scrolled:.0}"))
        .collect::<Vec<_>>()
        .join(",")
}

fn read(stored: &str) -> BTreeMap<u32, f64> {
    stored
        .split(',')
        .filter_map(|place| {
            let (entry, scrolled) = place.split_once(':')?;
            Some((entry.parse().ok()?, scrolled.parse().ok()?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_outlive_their_document() {
        let scrolled = BTreeMap::from([(1, 0.0), (2, 1500.4), (7, 12.0)]);
        assert_eq!(write(&scrolled), "7:12,2:1500,1:0");
        assert_eq!(
            read("7:12,2:1500,1:0"),
            BTreeMap::from([(1, 0.0), (2, 1500.0), (7, 12.0)])
        );
        assert!(read("").is_empty());
        assert!(read("a:1,2,3:").is_empty());
    }

    #[test]
    fn only_the_newest_places_are_kept() {
        let many = (0..500).map(|entry| (entry, 1.0)).collect();
        let kept = read(&write(&many));
        assert_eq!(kept.len(), MOST);
        assert!(kept.contains_key(&499));
    }
}
