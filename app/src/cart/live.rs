//! The cart as a page shows it, kept up to date by the answers of the page's own forms, and by what happens to what is in it.

use super::api::read_cart;
use crate::prelude::*;
use crate::ui::effect::effect;
use crate::ui::live::product_now;
use crate::ui::{Form, use_page};
use leptos::task::spawn_local;
use model::{CartLineView, CartView, ProductNow};
use std::collections::BTreeSet;

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

    /// Reads it anew when a product in it is not as shown any more.
    pub fn follow_products(self) {
        let groups = self.shown.with_untracked(|cart| cart.groups.clone());
        let lines = groups.iter().flat_map(|group| &group.lines);
        let products: BTreeSet<_> = lines.map(|line| line.product).collect();
        for product in products {
            let now = product_now(product);
            effect(move || {
                let is_as_shown = |now: &ProductNow| self.is_as_shown(now);
                if now.with(|now| now.as_ref().is_some_and(|now| !is_as_shown(now))) {
                    self.read_anew();
                }
            });
        }
    }

    fn is_as_shown(self, now: &ProductNow) -> bool {
        let is_so = |line: &CartLineView| match (now.variant(line.variant), line.problem) {
            (None, problem) => problem.is_some(),
            (Some(stands), problem) => {
                let is_short = stands.left < line.units;
                stands.price == line.price && is_short == problem.is_some()
            }
        };
        let cart = self.shown.try_with_untracked(|cart| {
            let lines = cart.groups.iter().flat_map(|group| &group.lines);
            lines.filter(|line| line.product == now.product).all(is_so)
        });
        cart.unwrap_or(true)
    }

    fn read_anew(self) {
        // An answer that is awaited brings it.
        if self.awaited.try_get_untracked() != Some(false) {
            return;
        }
        let page = use_page();
        spawn_local(async move {
            if let Ok(cart) = read_cart().await
                && self.awaited.try_get_untracked() == Some(false)
            {
                page.set_cart_units(cart.units);
                self.shown.try_set(cart);
            }
        });
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
