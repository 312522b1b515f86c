//! What comes into a cart, and what it comes to.

use super::super::books::{Books, Wanted};
use super::Answer;
use crate::world::SHIPPING;
use model::limits;
use std::collections::BTreeSet;

impl Books {
    pub fn add(&mut self, cart: usize, listing: usize, variant: usize, units: i64) -> Answer {
        let (shelf, stock) = (&self.listings[listing], &self.variants[variant]);
        let left = stock.on_hand - stock.held;
        let resold = shelf.store != self.maker(shelf.product);
        let covered = self
            .open_on(shelf.product)
            .is_some_and(|offer| self.offers[offer].open > 0);
        if !shelf.standing {
            return Err("NotOnShelf");
        } else if left == 0 {
            return Err("SoldOut");
        } else if resold && !covered {
            return Err("NotOnShelf");
        }
        let lines = &mut self.carts[cart].lines;
        let present = lines
            .iter_mut()
            .find(|l| l.listing == listing && l.variant == variant);
        let wanted = units + present.as_ref().map_or(0, |line| line.units);
        if wanted > left.min(limits::CART_UNITS) {
            return Err("TooMany");
        }
        match present {
            Some(line) => line.units = wanted,
            None => lines.push(Wanted {
                listing,
                variant,
                units: wanted,
            }),
        }
        Ok("added")
    }

    /// What a cart comes to, shipping included.
    pub fn total(&self, cart: usize) -> i64 {
        let lines = &self.carts[cart].lines;
        let goods: i64 = lines
            .iter()
            .map(|l| self.variants[l.variant].price * l.units)
            .sum();
        goods + SHIPPING * i64::try_from(self.makers(cart).len()).unwrap()
    }

    pub fn makers(&self, cart: usize) -> BTreeSet<usize> {
        let lines = &self.carts[cart].lines;
        lines
            .iter()
            .map(|line| self.maker(self.variants[line.variant].product))
            .collect()
    }
}
