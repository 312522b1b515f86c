use leptos::prelude::{Effect, Get};
use leptos_router::hooks::use_location;

/// Does something in the browser as soon as the page is there, and again whenever a signal that it reads has changed.
///
/// An [`Effect`] that is compiled once for all: the library's own is compiled anew for each closure, which browsers load.
pub fn effect(what: impl FnMut() + 'static) {
    run(Box::new(what));
}

/// Does something each time the browser has come to another page; the first page of a visit is none.
pub fn on_another_page(mut what: impl FnMut() + 'static) {
    let path = use_location().pathname;
    let mut before = None;
    effect(move || {
        let now = path.get();
        let is_another = before.as_ref().is_some_and(|before| *before != now);
        before = Some(now);
        if is_another {
            what();
        }
    });
}

fn run(mut what: Box<dyn FnMut()>) {
    Effect::new(move |_| what());
}
