//! The cart as a page shows it, kept up to date by the answers of the page's own forms.

use crate::prelude::*;
use crate::ui::effect::effect;
use crate::ui::{Form, use_page};
use model::CartView;

/// What is shown of the cart, and whether an answer that may change it is awaited.
#[derive(Clone, Copy)]
pub(super) struct LiveCart {
    shown: RwSignal<CartView>,
    awaited: RwSignal<bool>,
}

impl LiveCart {
    pub fn new(cart: CartView) -> LiveCart {
        LiveCart {
            shown: RwSignal::new(cart),
            awaited: RwSignal::new(false),
        }
    }

    /// The cart; tracked.
    pub fn get(self) -> CartView {
        self.shown.get()
    }

    /// What is shown may not be so any more: an answer is awaited.
    pub fn is_unsure(self) -> Signal<bool> {
        self.awaited.into()
    }

    /// Shows what a form's answers bring, and is unsure until they come.
    pub fn follow(self, form: Form) {
        let page = use_page();
        let (pending, answer) = (form.pending(), form.answer());
        effect(move || _ = self.awaited.try_set(pending.get()));
        effect(move || {
            if let Some(Ok(done)) = answer.get()
                && let Some(Ok(cart)) = done.cart.map(|cart| cart.read())
            {
                // First of all: the line with this form goes when the cart is shown anew.
                self.awaited.try_set(false);
                page.set_cart_units(cart.units);
                self.shown.try_set(cart);
            }
        });
    }
}
