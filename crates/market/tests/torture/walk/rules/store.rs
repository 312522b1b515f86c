//! What a store has and carries: its tokens, its stock, and its shelf.

use super::super::books::{Books, ListingBook};
use super::Answer;

impl Books {
    pub fn issue(&mut self, store: usize, amount: i64) -> Answer {
        let wallet = self.wallet(store);
        if self.holds(&wallet) + amount < 0 {
            return Err("Overdrawn");
        }
        self.shift("issuance", &wallet, amount);
        Ok("issued")
    }

    pub fn correct(&mut self, variant: usize, by: i64) -> Answer {
        let at = &mut self.variants[variant];
        if at.on_hand + by < at.held {
            return Err("StockOnHold");
        }
        at.on_hand += by;
        at.received += by;
        let product = at.product;
        self.trim(product);
        Ok("saved")
    }

    pub fn shelve_refused(&self, store: usize, product: usize) -> Option<&'static str> {
        let stands = |l: &ListingBook| l.store == store && l.product == product && l.standing;
        if self.maker(product) == store {
            Some("OwnProduct")
        } else if self.listings.iter().any(stands) {
            None
        } else if !self.in_stock(product) {
            Some("SoldOut")
        } else if self
            .open_on(product)
            .is_none_or(|offer| self.offers[offer].open == 0)
        {
            Some("NotOnShelf")
        } else {
            None
        }
    }
}
