//! When a page that stands open no longer fits: the market was updated, or she who was signed in has left. The page
//! is loaded anew by itself when nothing typed is lost by that; otherwise it says so and waits for her.

use crate::error::AppError;
use crate::prelude::*;
use crate::ui::effect::effect;
use crate::ui::page_state::{PageState, use_page};
use crate::ui::toast::use_toasts;
use crate::wire::reading::build_of_page;
use browser::{Kept, build_answering, is_typed, reload};
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{PageTransitionEvent, StorageEvent};

mod browser;

/// For which build and page this tab has loaded itself anew: it tries that once.
const TRIED: Kept = Kept::ByTab("renewed-for");

/// Set from a reload to the page it brings.
const RENEWED: Kept = Kept::ByTab("renewed");

/// The number of the account that is signed in, for the other tabs.
const VIEWER: Kept = Kept::ByBrowser("viewer");

/// Whether the market was updated since the page was opened.
#[derive(Clone, Copy, Default)]
pub struct Renewal(RwSignal<bool>);

impl Renewal {
    /// Looks into an error that another build may be the reason for.
    pub fn doubt(self, error: &AppError) {
        match error {
            AppError::Outdated | AppError::NotUnderstood => self.look(true),
            AppError::Unreadable => self.look(false),
            _ => {}
        }
    }

    /// Asks which build answers. Nothing happens when none does: then it is the connection.
    fn look(self, something_is_wrong: bool) {
        spawn_local(async move {
            if let Some(build) = build_answering().await
                && (something_is_wrong || build_of_page().is_some_and(|ours| ours != build))
            {
                self.renew(&build);
            }
        });
    }

    fn renew(self, build: &str) {
        let attempt = format!("{build} {}", window().location().href().unwrap_or_default());
        if is_typed() || TRIED.read().as_ref() == Some(&attempt) {
            self.0.try_set(true);
            return;
        }
        TRIED.write(&attempt);
        RENEWED.write("yes");
        reload();
    }
}

/// Says that the market was updated, where the page could not be loaded anew by itself. Once per page.
#[component]
pub fn RenewalNotice() -> impl IntoView {
    let page = use_page();
    let Renewal(outdated) = page.renewal();
    watch_the_build(page.renewal());
    watch_the_viewer(page);
    view! {
        <div role="status">
            {move || {
                outdated
                    .get()
                    .then(|| {
                        view! {
                            <div class="renewal" data-testid="renewal">
                                <p>"The market was updated since you opened this page. Reload it to go on. Copy what you typed first: it is lost by that."</p>
                                <button
                                    type="button"
                                    class="button button-primary button-small"
                                    on:click=move |_| reload()
                                    data-testid="renewal-reload"
                                >
                                    "Reload"
                                </button>
                            </div>
                        }
                    })
            }}
        </div>
    }
}

/// Says after a reload why there was one, and looks again whenever somebody comes back to the tab.
fn watch_the_build(renewal: Renewal) {
    let toasts = use_toasts();
    effect(move || {
        if RENEWED.read().is_some() {
            RENEWED.forget();
            toasts.say("The market was updated. If your last step is not done, do it again.");
        }
        let coming_back = window_event_listener_untyped("visibilitychange", move |_| {
            if !document().hidden() {
                renewal.look(false);
            }
        });
        on_cleanup(move || coming_back.remove());
    });
}

/// What belongs to an account does not stay on the screen, in whichever tab she logs out, and does not come back
/// from the browser's memory of pages.
fn watch_the_viewer(page: PageState) {
    let viewer = page.viewer();
    let account =
        move || viewer.with(|viewer| viewer.as_ref().map(|viewer| viewer.account.to_string()));
    let compare = move |now: Option<String>| {
        let (ours, now) = (untrack(account), now.filter(|now| !now.is_empty()));
        match ours {
            _ if ours == now => {}
            // Nothing here is anybody's yet; the header will know her.
            None => page.refresh(),
            Some(_) => reload(),
        }
    };
    effect(move || VIEWER.write(&account().unwrap_or_default()));
    effect(move || {
        let others = window_event_listener_untyped("storage", move |event| {
            let event = event.unchecked_into::<StorageEvent>();
            if event.key().as_deref() == Some(VIEWER.name()) && event.new_value().is_some() {
                compare(event.new_value());
            }
        });
        let back = window_event_listener_untyped("pageshow", move |event| {
            let kept = event.unchecked_into::<PageTransitionEvent>().persisted();
            if let (true, Some(now)) = (kept, VIEWER.read()) {
                compare(Some(now));
            }
        });
        on_cleanup(move || {
            others.remove();
            back.remove();
        });
    });
}
