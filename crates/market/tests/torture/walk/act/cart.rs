//! What shoppers do with a cart.

use super::super::books::CartBook;
use super::super::rules::Answer;
use super::super::step::Pick;
use super::{Told, Walk, one_of, told};
use market::cart;

impl Walk {
    pub(super) async fn cart(&mut self, owner: Option<Pick>) -> Option<(Told, Answer)> {
        let store = match owner {
            Some(pick) => Some(one_of(pick, self.books.stores.len())?),
            None => None,
        };
        let owner = store.map(|store| (store, self.books.stores[store].account()));
        let answer = cart::new(&self.world.market, owner.map(|(_, account)| account)).await;
        if let Ok(id) = answer
            && !self.books.carts.iter().any(|cart| cart.id == id)
        {
            self.books.carts.push(CartBook {
                id,
                owner,
                lines: Vec::new(),
                merged: None,
            });
        }
        Some((told(answer, "a cart"), Ok("a cart")))
    }

    /// The owner of a store logs in where somebody has a cart.
    pub(super) async fn log_in(&mut self, cart: Pick, owner: Pick) -> Option<(Told, Answer)> {
        let cart = one_of(cart, self.books.carts.len())?;
        let store = one_of(owner, self.books.stores.len())?;
        let account = self.books.stores[store].account();
        let guest = self.books.carts[cart].id;
        let answer = cart::of_account(&self.world.market, account, Some(guest)).await;
        let expected = self
            .books
            .log_in(cart, (store, account), answer.as_ref().ok());
        Some((told(answer, "logged in"), expected))
    }

    pub(super) async fn add(
        &mut self,
        cart: Pick,
        listing: Pick,
        variant: Pick,
        units: i64,
    ) -> Option<(Told, Answer)> {
        let cart = one_of(cart, self.books.carts.len())?;
        let listing = one_of(listing, self.books.listings.len())?;
        let shelf = &self.books.listings[listing];
        let variants = &self.books.products[shelf.product].variants;
        let variant = variants[one_of(variant, variants.len())?];
        let (id, stock) = (self.books.carts[cart].id, self.books.variants[variant].id);
        let answer = cart::add(&self.world.market, id, shelf.id, stock, units).await;
        Some((
            told(answer, "added"),
            self.books.add(cart, listing, variant, units),
        ))
    }
}
