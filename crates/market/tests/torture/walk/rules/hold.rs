//! Checking out: what a hold takes, and what it gives back.

use super::super::books::{Books, LineBook, OfferIs, OrderBook, OrderIs, Wanted};
use super::MINUTE;
use std::collections::BTreeMap;

const HOLD: i64 = 15 * MINUTE;

impl Books {
    pub fn hold_refused(&self, cart: usize) -> Option<&'static str> {
        let mut wanted: BTreeMap<usize, i64> = BTreeMap::new();
        for line in &self.carts[cart].lines {
            *wanted.entry(line.variant).or_default() += line.units;
        }
        let short = |(variant, units): (&usize, &i64)| {
            *units > self.variants[*variant].on_hand - self.variants[*variant].held
        };
        if wanted.is_empty() {
            Some("CartEmpty")
        } else {
            wanted.iter().any(short).then_some("Short")
        }
    }

    /// A line's terms at the hold, its units and coverage taken.
    pub fn take(&mut self, wanted: Wanted, mut line: LineBook) -> usize {
        let (product, price) = (
            self.variants[wanted.variant].product,
            self.variants[wanted.variant].price,
        );
        self.variants[wanted.variant].held += wanted.units;
        (line.price, line.units) = (price, wanted.units);
        line.fee = price * wanted.units * self.fee_basis_points / 10_000;
        line.seller = self.listings[wanted.listing].store;
        let resold = line.seller != self.maker(product);
        self.lines.push(line);
        let number = self.lines.len() - 1;
        if resold {
            self.cover(number, product);
        }
        number
    }

    pub fn hold_end(&self) -> i64 {
        self.now + HOLD
    }

    /// The attempts under way to pay for a cart, or for one that was put into it.
    pub fn held_for(&self, cart: usize) -> Vec<usize> {
        let is_it = |number: &usize| {
            let order = &self.orders[*number];
            let within = order.cart == cart
                || self.carts[order.cart]
                    .merged
                    .is_some_and(|(into, _)| into == cart);
            within && order.state == OrderIs::Held
        };
        (0..self.orders.len()).filter(is_it).collect()
    }

    /// A later attempt to pay for the same lines is under way or went through.
    fn is_paid_anew(&self, number: usize) -> bool {
        let (cart, later) = (self.orders[number].cart, &self.orders[number + 1..]);
        later.iter().any(|order| {
            let same = order.cart == cart
                || self.carts[cart]
                    .merged
                    .is_some_and(|(into, at)| into == order.cart && order.begun >= at);
            same && order.state != OrderIs::Released
        })
    }

    pub(super) fn hold_again(&mut self, order: usize) -> bool {
        if self.is_paid_anew(order) {
            return false;
        }
        let lines = self.orders[order].lines.clone();
        let wanted = self.units_by_variant(&lines);
        let enough = |(variant, units): (&usize, &i64)| {
            self.variants[*variant].on_hand - self.variants[*variant].held >= *units
        };
        if !wanted.iter().all(enough) {
            return false;
        }
        for (variant, units) in wanted {
            self.variants[variant].held += units;
        }
        for line in lines {
            let product = self.variants[self.lines[line].variant].product;
            if self.lines[line].seller == self.maker(product) {
                continue;
            }
            // A line that was never covered stays so.
            let covered = self.lines[line].offer.is_some() && self.cover(line, product);
            if !covered {
                self.lines[line].covered = 0;
            }
        }
        self.orders[order].state = OrderIs::Held;
        self.orders[order].expires = self.hold_end();
        true
    }

    pub(super) fn release(&mut self, order: usize) {
        if self.orders[order].state != OrderIs::Held {
            return;
        }
        self.orders[order].state = OrderIs::Released;
        let lines = self.orders[order].lines.clone();
        for (variant, units) in self.units_by_variant(&lines) {
            self.variants[variant].held -= units;
        }
        for line in lines {
            let Some(offer) = self.lines[line].offer else {
                continue;
            };
            let (rate, covered) = (self.lines[line].rate, self.lines[line].covered);
            let row = &mut self.offers[offer];
            row.held -= covered;
            let opens = row.state == OfferIs::Open && row.rate == rate;
            if opens {
                row.open += covered;
            }
            let product = row.product;
            let from = self.line_escrow(line);
            let to = if opens {
                self.escrow(offer)
            } else {
                self.wallet(self.maker(product))
            };
            self.shift(&from, &to, rate * covered);
            self.end_if_used_up(offer);
        }
    }

    fn is_expired(&self, order: &OrderBook) -> bool {
        order.state == OrderIs::Held && order.expires <= self.now
    }

    pub fn has_expired(&self) -> bool {
        self.orders.iter().any(|order| self.is_expired(order))
    }

    pub(super) fn release_expired(&mut self) {
        let over: Vec<usize> = (0..self.orders.len())
            .filter(|order| self.is_expired(&self.orders[*order]))
            .collect();
        for order in over {
            self.release(order);
        }
    }

    pub(super) fn units_by_variant(&self, lines: &[usize]) -> BTreeMap<usize, i64> {
        let mut units = BTreeMap::new();
        for line in lines {
            *units.entry(self.lines[*line].variant).or_default() += self.lines[*line].units;
        }
        units
    }
}
