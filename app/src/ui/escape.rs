//! Escape closes what lies open: the fold or menu one is in, else a menu, else the newest toast. The focus goes back
//! to what opened it. A menu also closes when the focus leaves it, since it lies over the page.

use super::browser::{focused, listen};
use super::toast::use_toasts;
use crate::prelude::*;
use crate::ui::effect::effect;
use leptos::ev;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, Node};

const OPEN_MENUS: &str = "details.menu-drop[open]";

/// Listens for as long as the document lives. Called once, by the app.
pub(super) fn close_by_escape() {
    let toasts = use_toasts();
    effect(move || {
        let heard = window_event_listener(ev::keydown, move |event| {
            // An open dialog closes by itself.
            let taken = event.default_prevented()
                || matches!(document().query_selector("dialog[open]"), Ok(Some(_)));
            if event.key() == "Escape" && !taken && (close_fold() || toasts.hide_newest()) {
                event.prevent_default();
            }
        });
        // It lives as long as the document.
        std::mem::forget(heard);
        listen(&document(), "focusin", move |event| {
            let now = event
                .target()
                .and_then(|target| target.dyn_into::<Node>().ok());
            for menu in open_menus() {
                if !menu.contains(now.as_ref()) {
                    close(&menu);
                }
            }
        });
    });
}

/// Closes all menus, as when something was chosen from one.
pub(super) fn close_menus() {
    open_menus().iter().for_each(close);
}

fn close_fold() -> bool {
    let around = focused().and_then(|focused| focused.closest("details[open]").ok().flatten());
    let Some(fold) = around.or_else(|| open_menus().into_iter().next()) else {
        return false;
    };
    close(&fold);
    focus_opener(&fold);
    true
}

fn open_menus() -> Vec<Element> {
    let Ok(open) = document().query_selector_all(OPEN_MENUS) else {
        return Vec::new();
    };
    (0..open.length())
        .filter_map(|at| open.item(at)?.dyn_into().ok())
        .collect()
}

fn close(fold: &Element) {
    // A fold that does not close is only in the way.
    let _ = fold.remove_attribute("open");
}

fn focus_opener(fold: &Element) {
    let summary = fold
        .query_selector("summary")
        .ok()
        .flatten()
        .and_then(|summary| summary.dyn_into::<HtmlElement>().ok());
    if let Some(summary) = summary {
        // What went away in the meantime needs no focus.
        let _ = summary.focus();
    }
}
