//! What a paid order moves: units, money, rewards.

use super::super::books::{Books, OrderIs};
use super::MINUTE;
use std::collections::BTreeSet;

const DAY: i64 = 24 * 60 * MINUTE;

impl Books {
    pub(super) fn finish(&mut self, order: usize) {
        let lines = self.orders[order].lines.clone();
        for (variant, units) in self.units_by_variant(&lines) {
            self.variants[variant].on_hand -= units;
            self.variants[variant].held -= units;
        }
        for line in &lines {
            if let Some(offer) = self.lines[*line].offer {
                self.offers[offer].held -= self.lines[*line].covered;
                self.end_if_used_up(offer);
            }
        }
        let products: BTreeSet<usize> = lines
            .iter()
            .map(|line| self.variants[self.lines[*line].variant].product)
            .collect();
        for product in products {
            self.trim(product);
        }
        for parcel in self.orders[order].parcels.clone() {
            let own = lines
                .iter()
                .filter(|line| self.lines[**line].parcel == parcel);
            let (goods, fee) = own.fold((0, 0), |(goods, fee), line| {
                let line = &self.lines[*line];
                (goods + line.price * line.units, fee + line.fee)
            });
            let payable = self.payable(self.parcels[parcel].maker);
            let owed = goods + self.parcels[parcel].shipping;
            self.shift("payments", &payable, owed);
            self.shift(&payable, "fees", fee);
        }
        let account = self.orders[order].account;
        let buyer = account.and_then(|account| {
            self.stores
                .iter()
                .position(|store| store.account() == account)
        });
        for line in &lines {
            self.reward(*line, buyer);
        }
        self.take_out_of_cart(order, &lines);
        self.orders[order].state = OrderIs::Paid;
    }

    fn reward(&mut self, line: usize, buyer: Option<usize>) {
        let row = &self.lines[line];
        let (tokens, seller, from) = (row.rate * row.covered, row.seller, self.line_escrow(line));
        if row.covered == 0 {
            return;
        }
        if buyer == Some(seller) {
            let maker = self.wallet(self.maker(self.variants[row.variant].product));
            self.shift(&from, &maker, tokens);
        } else if self.reward_pending_days > 0 {
            self.lines[line].due = Some(self.now + self.reward_pending_days * DAY);
        } else {
            let reseller = self.wallet(seller);
            self.shift(&from, &reseller, tokens);
            self.lines[line].rewarded = self.lines[line].covered;
        }
    }

    fn take_out_of_cart(&mut self, order: usize, lines: &[usize]) {
        let cart = self.holding(self.orders[order].cart);
        for line in lines {
            let bought = &self.lines[*line];
            for wanted in &mut self.carts[cart].lines {
                if (wanted.listing, wanted.variant) == (bought.listing, bought.variant) {
                    wanted.units -= bought.units;
                }
            }
        }
        self.carts[cart].lines.retain(|line| line.units > 0);
    }
}
