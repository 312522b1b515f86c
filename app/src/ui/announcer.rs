//! The title of a page that was come to is read out, as a browser does it when it loads a page by itself.

use crate::prelude::*;
use std::time::Duration;

/// A region that says the same again is only heard if it was silent in between.
const SILENCE: Duration = Duration::from_millis(60);

/// The one voice of the document.
#[derive(Clone, Copy)]
pub struct Announcer(RwSignal<String>);

impl Announcer {
    /// Reads a sentence out as soon as the reader is silent.
    pub fn say(self, sentence: impl Into<String>) {
        let sentence = sentence.into();
        self.0.set(String::new());
        // The document may be gone by the time something is to be said.
        set_timeout(move || drop(self.0.try_set(sentence)), SILENCE);
    }
}

/// Offers the voice to everything below. Called once, by the app.
pub(super) fn provide_announcer() {
    provide_context(Announcer(RwSignal::new(String::new())));
}

/// The voice, from anywhere inside the app.
#[must_use]
pub fn use_announcer() -> Announcer {
    use_context::<Announcer>().unwrap_or_else(|| Announcer(RwSignal::new(String::new())))
}

/// Where a screen reader hears it; once in the document, and there from the start.
#[component]
pub fn AnnouncerRegion() -> impl IntoView {
    let Announcer(sentence) = use_announcer();
    view! { <p class="sr-only" role="status" aria-live="polite" data-testid="announcer">{move || sentence.get()}</p> }
}
