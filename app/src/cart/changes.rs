use crate::ui::Form;
use crate::ui::form::FormFn;
use leptos::prelude::*;

/// Counts what has changed in the cart, so that the page reads it again.
#[derive(Clone, Copy)]
pub(super) struct CartChanges(RwSignal<u32>);

impl CartChanges {
    /// For everything below the cart's page.
    pub fn provide() -> CartChanges {
        let changes = CartChanges(RwSignal::new(0));
        provide_context(changes);
        changes
    }

    /// How many there were.
    pub fn count(self) -> u32 {
        self.0.get()
    }
}

/// Each time this form works, the cart has changed.
pub(super) fn changes_the_cart<S: FormFn>(form: Form<S>) {
    let Some(CartChanges(count)) = use_context::<CartChanges>() else {
        return;
    };
    let answer = form.action().value();
    Effect::new(move |_| {
        if answer.with(|answer| matches!(answer, Some(Ok(_)))) {
            count.update(|count| *count = count.wrapping_add(1));
        }
    });
}
