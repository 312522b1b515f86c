//! What comes into a cart, and what it comes to.

use super::super::books::{Books, CartBook, OrderIs, Wanted};
use super::Answer;
use model::{AccountId, CartId, limits};
use std::collections::BTreeSet;
use trial::world::SHIPPING;

impl Books {
    pub fn add(&mut self, cart: usize, listing: usize, variant: usize, units: i64) -> Answer {
        let cart = self.holding(cart);
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
        let since = (self.now, self.cart_lines);
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
            None => {
                self.cart_lines += 1;
                lines.push(Wanted {
                    listing,
                    variant,
                    units: wanted,
                    since,
                });
            }
        }
        Ok("added")
    }

    /// The cart that holds the lines of this one.
    pub fn holding(&self, cart: usize) -> usize {
        self.carts[cart].merged.map_or(cart, |(into, _)| into)
    }

    /// Somebody logs in: what a guest's cart holds, and every attempt to pay for it that is not over, is hers. `into` is
    /// the cart that the market says is hers then.
    pub fn log_in(
        &mut self,
        cart: usize,
        owner: (usize, AccountId),
        into: Option<&Option<CartId>>,
    ) -> Answer {
        let is_guests = self.carts[cart].owner.is_none() && self.carts[cart].merged.is_none();
        let mine = self
            .carts
            .iter()
            .position(|cart| cart.owner.map(|(_, account)| account) == Some(owner.1));
        let expected = mine.map(|mine| self.carts[mine].id);
        let mine = match (is_guests, mine, into) {
            (false, ..) if into == Some(&expected) => return Ok("logged in"),
            (true, Some(mine), _) if into == Some(&expected) => mine,
            (true, None, Some(Some(id))) => {
                self.carts.push(CartBook {
                    id: *id,
                    owner: Some(owner),
                    lines: Vec::new(),
                    merged: None,
                });
                self.carts.len() - 1
            }
            _ => return Err("another cart"),
        };
        for line in std::mem::take(&mut self.carts[cart].lines) {
            let lines = &mut self.carts[mine].lines;
            let same = |at: &&mut Wanted| (at.listing, at.variant) == (line.listing, line.variant);
            match lines.iter_mut().find(same) {
                Some(at) => at.units = (at.units + line.units).min(limits::CART_UNITS),
                None => lines.push(line),
            }
        }
        self.carts[mine].lines.sort_by_key(|line| line.since);
        self.carts[cart].merged = Some((mine, self.now));
        for order in &mut self.orders {
            if order.cart == cart && order.state != OrderIs::Paid {
                order.account = Some(owner.1);
            }
        }
        Ok("logged in")
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
