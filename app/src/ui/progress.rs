//! Whether the next page is on its way. The page before it stays until it is there, so that nothing flashes and
//! nothing jumps; a line at the top says that something is happening when it takes a moment.

use crate::prelude::*;

/// What is being waited for.
#[derive(Clone, Copy)]
pub struct Progress {
    routing: RwSignal<bool>,
    loads: RwSignal<u32>,
}

impl Progress {
    /// Whether anything is being waited for.
    #[must_use]
    pub fn is_busy(self) -> Signal<bool> {
        Signal::derive(move || self.routing.get() || self.loads.get() > 0)
    }

    /// The same, not followed.
    #[must_use]
    pub fn is_busy_now(self) -> bool {
        self.routing.get_untracked() || self.loads.get_untracked() > 0
    }

    /// What the router tells when it begins and ends.
    #[must_use]
    pub fn of_router(self) -> SignalSetter<bool> {
        self.routing.write_only().into()
    }

    /// What a part of a page tells when it begins and ends to load. Nobody is told on the server, which sends a page
    /// when all of it is there: several threads render it, and telling would read what another of them just writes,
    /// for which the library panics.
    #[must_use]
    pub(super) fn of_part(self) -> Option<SignalSetter<bool>> {
        if cfg!(feature = "ssr") {
            return None;
        }
        let loads = self.loads;
        let counted = StoredValue::new(false);
        let count = move |loading: bool| {
            if counted.try_get_value() == Some(loading) {
                return;
            }
            counted.try_set_value(loading);
            loads.try_update(|loads| {
                *loads = if loading {
                    loads.saturating_add(1)
                } else {
                    loads.saturating_sub(1)
                };
            });
        };
        // A part that goes while it loads is not waited for any more.
        on_cleanup(move || {
            if counted.try_get_value().unwrap_or(false) {
                loads.try_update(|loads| *loads = loads.saturating_sub(1));
            }
        });
        Some(SignalSetter::map(count))
    }
}

/// Offers it to everything below. Called once, by the app.
pub(super) fn provide_progress() {
    provide_context(Progress {
        routing: RwSignal::new(false),
        loads: RwSignal::new(0),
    });
}

/// What is being waited for, from anywhere inside the app.
#[must_use]
pub fn use_progress() -> Progress {
    use_context::<Progress>().unwrap_or_else(|| Progress {
        routing: RwSignal::new(false),
        loads: RwSignal::new(0),
    })
}

/// The line at the top; it only shows when something takes a moment.
#[component]
pub fn ProgressLine() -> impl IntoView {
    let busy = use_progress().is_busy();
    view! { <div class="progress-line" class:is-busy=busy aria-hidden="true"></div> }
}

#[cfg(test)]
mod tests {
    use super::use_progress;
    use leptos::prelude::Owner;

    #[test]
    fn nobody_is_told_on_the_server() {
        let told = Owner::new().with(|| use_progress().of_part());
        assert_eq!(told.is_none(), cfg!(feature = "ssr"));
    }
}
