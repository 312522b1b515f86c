//! Offers, and how the units they cover follow the stock (R4).

use super::super::books::{Books, OfferBook, OfferIs};
use super::Answer;

impl Books {
    pub fn offer_refused(&self, product: usize, rate: i64, units: i64) -> Option<&'static str> {
        if self.open_on(product).is_some() {
            return Some("OfferOpen");
        }
        self.quote_refused(product, rate * units, units)
    }

    fn quote_refused(&self, product: usize, cost: i64, units: i64) -> Option<&'static str> {
        let coverable = self.on_hand(product) - self.held_covered(product);
        let wallet = self.holds(&self.wallet(self.maker(product)));
        (units > coverable || cost > wallet).then_some("Quote")
    }

    pub fn opened(&mut self, offer: OfferBook) {
        let (wallet, cost) = (
            self.wallet(self.maker(offer.product)),
            offer.rate * offer.open,
        );
        self.offers.push(offer);
        let escrow = self.escrow(self.offers.len() - 1);
        self.shift(&wallet, &escrow, cost);
    }

    pub fn change(&mut self, offer: usize, rate: i64, units: i64) -> Answer {
        let row = &self.offers[offer];
        if row.state != OfferIs::Open {
            return Err("NoOffer");
        }
        let (product, more) = (row.product, rate * units - row.rate * row.open);
        if let Some(refused) = self.quote_refused(product, more, units) {
            return Err(refused);
        }
        let (wallet, escrow) = (self.wallet(self.maker(product)), self.escrow(offer));
        self.shift(&wallet, &escrow, more);
        (self.offers[offer].rate, self.offers[offer].open) = (rate, units);
        Ok("changed")
    }

    pub fn revoke(&mut self, offer: usize) -> Answer {
        if self.offers[offer].state != OfferIs::Open {
            return Err("NoOffer");
        }
        let (wallet, escrow) = (
            self.wallet(self.maker(self.offers[offer].product)),
            self.escrow(offer),
        );
        let back = self.holds(&escrow);
        self.shift(&escrow, &wallet, back);
        (self.offers[offer].open, self.offers[offer].state) = (0, OfferIs::Revoked);
        Ok("revoked")
    }

    /// As many units as the open offer has left are promised the offer's rate.
    pub(super) fn cover(&mut self, line: usize, product: usize) -> bool {
        let Some(offer) = self
            .open_on(product)
            .filter(|offer| self.offers[*offer].open > 0)
        else {
            return false;
        };
        let covered = self.offers[offer].open.min(self.lines[line].units);
        self.offers[offer].open -= covered;
        self.offers[offer].held += covered;
        let rate = self.offers[offer].rate;
        let row = &mut self.lines[line];
        (row.offer, row.rate, row.covered) = (Some(offer), rate, covered);
        let (from, to) = (self.escrow(offer), self.line_escrow(line));
        self.shift(&from, &to, rate * covered);
        true
    }

    /// Coverage never exceeds the units on hand (R4).
    pub(super) fn trim(&mut self, product: usize) {
        let Some(offer) = self.open_on(product) else {
            return;
        };
        let open = self.offers[offer].open;
        let excess = (open + self.held_covered(product) - self.on_hand(product)).clamp(0, open);
        self.offers[offer].open -= excess;
        let (escrow, wallet) = (self.escrow(offer), self.wallet(self.maker(product)));
        self.shift(&escrow, &wallet, excess * self.offers[offer].rate);
        self.end_if_used_up(offer);
    }

    pub(super) fn end_if_used_up(&mut self, offer: usize) {
        let row = &mut self.offers[offer];
        if row.state == OfferIs::Open && row.open == 0 && row.held == 0 {
            row.state = OfferIs::Ended;
        }
    }
}
