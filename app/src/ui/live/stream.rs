//! The one stream of this tab, which tells of all that is watched on it. A tab that nobody looks at has none.

use crate::paths;
use crate::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::{EventSource, MessageEvent};
use model::{ProductId, ProductNow, limits};
use std::cell::RefCell;
use std::time::Duration;

/// What a page watches is known by then, and the page has loaded what is more urgent.
const SOON: Duration = Duration::from_millis(1_000);

thread_local! {
    static STREAM: RefCell<Stream> = RefCell::default();
}

#[derive(Default)]
struct Stream {
    watched: Vec<(ProductId, RwSignal<Option<ProductNow>>)>,
    open: Option<(String, EventSource)>,
    /// What is watched will be looked through soon.
    is_due: bool,
    knows_when_seen: bool,
}

/// Says into `now` how a product stands, for as long as that is there.
pub(super) fn watch(product: ProductId, now: RwSignal<Option<ProductNow>>) {
    let is_new = STREAM.with_borrow_mut(|stream| {
        stream.watched.push((product, now));
        !std::mem::replace(&mut stream.knows_when_seen, true)
    });
    if is_new {
        // For as long as the tab is open.
        let seen = Closure::<dyn Fn()>::new(renew).into_js_value();
        let listening =
            document().add_event_listener_with_callback("visibilitychange", seen.unchecked_ref());
        debug_assert!(listening.is_ok());
    }
    let is_due = STREAM.with_borrow_mut(|stream| std::mem::replace(&mut stream.is_due, true));
    if !is_due {
        set_timeout(renew, SOON);
    }
}

/// Opens the stream that is needed now, and closes any other.
fn renew() {
    STREAM.with_borrow_mut(|stream| {
        stream.is_due = false;
        stream.watched.retain(|(_, now)| !now.is_disposed());
        let wanted = stream.wanted();
        let is_open = |(address, source): &(String, EventSource)| {
            wanted.as_ref() == Some(address) && source.ready_state() != EventSource::CLOSED
        };
        if stream.open.as_ref().is_some_and(is_open) {
            return;
        }
        if let Some((_, source)) = stream.open.take() {
            source.close();
        }
        stream.open = wanted.and_then(|address| {
            let source = EventSource::new(&address).ok()?;
            source.set_onmessage(Some(&listener()));
            Some((address, source))
        });
    });
}

impl Stream {
    /// The address of all that is watched; none while nobody looks.
    fn wanted(&self) -> Option<String> {
        if document().hidden() {
            return None;
        }
        let mut products: Vec<i64> = self.watched.iter().map(|(product, _)| product.0).collect();
        products.sort_unstable();
        products.dedup();
        products.truncate(limits::WATCHED);
        let list = products
            .iter()
            .map(i64::to_string)
            .collect::<Vec<_>>()
            .join(",");
        (!list.is_empty()).then(|| format!("{}?products={list}", paths::LIVE))
    }
}

fn listener() -> leptos::web_sys::js_sys::Function {
    let listener = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        if let Some(lines) = event.data().as_string() {
            lines
                .lines()
                .filter_map(|line| line.parse().ok())
                .for_each(tell);
        }
    });
    listener.into_js_value().unchecked_into()
}

fn tell(told: ProductNow) {
    let watching: Vec<_> = STREAM.with_borrow(|stream| {
        let watching = stream
            .watched
            .iter()
            .filter(|(product, _)| *product == told.product);
        watching.map(|(_, now)| *now).collect()
    });
    for now in watching {
        let is_news = now.try_with_untracked(|now| now.as_ref() != Some(&told));
        if is_news == Some(true) {
            now.try_set(Some(told.clone()));
        }
    }
}
