//! Short sentences that something worked or did not. They stand between the header and the page and move the page
//! down instead of lying on it: nothing of it is ever covered. They are read out politely.

use crate::prelude::*;
use crate::ui::each::{Each, Row};
use crate::ui::effect::effect;
use crate::ui::icon::Icon;
use crate::wire::flash::Said;
use std::time::Duration;

const SHOWN_FOR: Duration = Duration::from_secs(10);

/// How much longer, while somebody is about to press what would move.
const A_MOMENT: Duration = Duration::from_secs(1);

/// More than this would push the page off the screen; the newest stay.
const MOST_SHOWN: usize = 3;

/// What the page would move away from under a pointer, and a toast that is being read or has the focus.
const IN_USE: &str = "main :is(a, button, input, select, textarea, summary, label):hover, \
    .toast-note:is(:hover, :focus-within)";

#[derive(Clone, PartialEq, Eq)]
struct Toast {
    number: u32,
    said: Said,
}

/// The sentences on the screen now.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    count: StoredValue<u32>,
}

impl Toasts {
    /// Says for a few seconds that something worked.
    pub fn say(self, sentence: impl Into<String>) {
        self.show(Said::done(sentence.into()));
    }

    /// Says for a few seconds that something did not work.
    pub fn complain(self, sentence: impl Into<String>) {
        self.show(Said::failed(sentence.into()));
    }

    fn show(self, said: Said) {
        self.count
            .update_value(|count| *count = count.wrapping_add(1));
        let number = self.count.get_value();
        self.shown.update(|shown| {
            shown.push(Toast { number, said });
            let too_many = shown.len().saturating_sub(MOST_SHOWN);
            shown.drain(..too_many);
        });
        self.hide_later(number);
    }

    /// Hides the newest; whether there was one.
    pub(super) fn hide_newest(self) -> bool {
        let newest = self
            .shown
            .with_untracked(|shown| shown.last().map(|toast| toast.number));
        newest.map(|number| self.hide(number)).is_some()
    }

    fn hide(self, number: u32) {
        self.shown
            .try_update(|shown| shown.retain(|toast| toast.number != number));
    }

    fn hide_later(self, number: u32) {
        set_timeout(move || self.hide_when_idle(number), SHOWN_FOR);
    }

    fn hide_when_idle(self, number: u32) {
        if matches!(document().query_selector(IN_USE), Ok(Some(_))) {
            set_timeout(move || self.hide_when_idle(number), A_MOMENT);
        } else {
            self.hide(number);
        }
    }
}

/// The toasts, from anywhere inside the app.
#[must_use]
pub fn use_toasts() -> Toasts {
    use_context::<Toasts>().unwrap_or_else(|| Toasts {
        shown: RwSignal::new(Vec::new()),
        count: StoredValue::new(0),
    })
}

/// Starts with the sentence the last page left, if any.
pub(super) fn provide_toasts(first: Option<Said>) {
    let shown = first
        .map(|said| Toast { number: 0, said })
        .into_iter()
        .collect();
    let toasts = Toasts {
        shown: RwSignal::new(shown),
        count: StoredValue::new(0),
    };
    provide_context(toasts);
    // Without JavaScript the sentence simply stays until the next page.
    effect(move || toasts.hide_later(0));
}

/// Where toasts stand and are heard; once in the document, right below the header, and there from the start.
#[component]
pub fn Toaster() -> impl IntoView {
    let toasts = use_toasts();
    let row = |toast: Toast| Row::new(toast.number, move || view! { <ToastNote toast/> });
    let rows = move || toasts.shown.get().into_iter().map(row).collect();
    view! {
        <div class="toaster" role="status" aria-live="polite" aria-atomic="false" data-testid="toasts">
            <Each rows/>
        </div>
    }
}

#[component]
fn ToastNote(toast: Toast) -> impl IntoView {
    let toasts = use_toasts();
    let Toast { number, said } = toast;
    let icon = if said.worked {
        view! { <Icon icon=icondata_lu::LuCircleCheck/> }
    } else {
        view! { <Icon icon=icondata_lu::LuCircleAlert/> }
    };
    view! {
        <div class="toast-note" class:is-bad=!said.worked data-testid="toast">
            {icon}
            <p>{said.sentence}</p>
            <button type="button" class="toast-close needs-script" aria-label="Dismiss" data-testid="toast-close" on:click=move |_| toasts.hide(number)>
                <Icon icon=icondata_lu::LuX/>
            </button>
        </div>
    }
}
