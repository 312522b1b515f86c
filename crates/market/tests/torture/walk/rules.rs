//! What each step does to the books kept in memory, and the answer it should get.

use super::books::*;
use crate::world::{Card, SHIPPING};
use model::{ParcelState, limits};
use std::collections::{BTreeMap, BTreeSet};

/// The answer to a step: a word for what was done, or the name of the refusal.
pub type Answer = Result<&'static str, &'static str>;

const MINUTE: i64 = 60_000;
const HOLD: i64 = 15 * MINUTE;
const DAY: i64 = 24 * 60 * MINUTE;
/// How often the answer about the late card is lost.
const LOST: u32 = 2;

/// What the provider answers.
enum Told {
    Nothing,
    SecondStep,
    Paid,
    Declined,
}

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
}

/// Checking out.
impl Books {
    /// What comes before a new hold: an earlier attempt for the cart is given up. If that one turns out to be paid, it
    /// is the answer.
    pub fn before_a_hold(&mut self, cart: usize) -> Option<Answer> {
        let earlier = self.held_for(cart)?;
        let told = self.cancel_charge(earlier);
        self.orders[earlier].errand.done = true;
        match told {
            Told::Paid => {
                self.paid(earlier);
                Some(self.outcome(earlier))
            }
            _ => {
                self.declined(earlier);
                None
            }
        }
    }

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

    /// As many units as the open offer has left are promised the offer's rate.
    fn cover(&mut self, line: usize, product: usize) -> bool {
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

    pub fn hold_end(&self) -> i64 {
        self.now + HOLD
    }

    pub fn held_for(&self, cart: usize) -> Option<usize> {
        let is_it = |order: &OrderBook| order.cart == cart && order.state == OrderIs::Held;
        self.orders.iter().position(is_it)
    }

    pub fn outcome(&self, order: usize) -> Answer {
        Ok(match self.orders[order].payment {
            PaymentIs::Paid | PaymentIs::Late => "Paid",
            PaymentIs::Asked => "Waiting",
            PaymentIs::SecondStep => "SecondStep",
            PaymentIs::Declined => "Declined",
        })
    }

    /// Asks the provider now, unless that is done.
    pub fn ask_now(&mut self, order: usize) {
        if self.orders[order].errand.done {
            return;
        }
        let settled = !matches!(
            self.orders[order].payment,
            PaymentIs::Asked | PaymentIs::SecondStep
        );
        let done = settled || self.ask(order);
        let now = self.now;
        put_off(&mut self.orders[order].errand, now, done);
    }

    fn ask(&mut self, order: usize) -> bool {
        let told = match self.orders[order].state {
            OrderIs::Released => self.cancel_charge(order),
            OrderIs::Held | OrderIs::Paid => self.charge(order),
        };
        match told {
            Told::Nothing => false,
            Told::SecondStep => {
                self.orders[order].payment = PaymentIs::SecondStep;
                false
            }
            Told::Declined => {
                self.declined(order);
                true
            }
            Told::Paid => {
                self.paid(order);
                true
            }
        }
    }

    fn charge(&mut self, order: usize) -> Told {
        let row = &mut self.orders[order];
        row.charge = match (row.charge, row.card) {
            (ChargeIs::Unknown, Card::Pays) => ChargeIs::Paid { answers_lost: 0 },
            (ChargeIs::Unknown, Card::LateAnswer) => ChargeIs::Paid { answers_lost: LOST },
            (ChargeIs::Unknown, Card::Declined) => ChargeIs::Declined,
            (ChargeIs::Unknown, Card::SecondStep) => ChargeIs::SecondStep,
            (ChargeIs::Paid { answers_lost }, _) => ChargeIs::Paid {
                answers_lost: answers_lost.saturating_sub(1),
            },
            (known, _) => known,
        };
        match row.charge {
            ChargeIs::Paid { answers_lost: 1.. } => Told::Nothing,
            charge => told(charge),
        }
    }

    fn cancel_charge(&mut self, order: usize) -> Told {
        let row = &mut self.orders[order];
        if matches!(row.charge, ChargeIs::Unknown | ChargeIs::SecondStep) {
            row.charge = ChargeIs::Cancelled;
        }
        told(row.charge)
    }

    fn declined(&mut self, order: usize) {
        self.release(order);
        self.orders[order].payment = PaymentIs::Declined;
    }

    fn paid(&mut self, order: usize) {
        if self.orders[order].state == OrderIs::Released && !self.hold_again(order) {
            let amount = self.orders[order].total;
            self.shift("payments", "refunds", amount);
            let errand = self.new_errand();
            self.refunds.push(RefundBook {
                order,
                of: None,
                amount,
                done: false,
                errand,
            });
            self.orders[order].payment = PaymentIs::Late;
            return;
        }
        self.finish(order);
        self.orders[order].payment = PaymentIs::Paid;
    }

    fn hold_again(&mut self, order: usize) -> bool {
        if self.held_for(self.orders[order].cart).is_some() {
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

    fn finish(&mut self, order: usize) {
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
        let buyer = self.carts[self.orders[order].cart]
            .owner
            .map(|(store, _)| store);
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
        let listings: BTreeSet<usize> =
            lines.iter().map(|line| self.lines[*line].listing).collect();
        let variants: BTreeSet<usize> =
            lines.iter().map(|line| self.lines[*line].variant).collect();
        let cart = self.orders[order].cart;
        self.carts[cart]
            .lines
            .retain(|l| !(listings.contains(&l.listing) && variants.contains(&l.variant)));
    }

    fn release(&mut self, order: usize) {
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

    fn release_expired(&mut self) {
        let over: Vec<usize> = (0..self.orders.len())
            .filter(|order| self.is_expired(&self.orders[*order]))
            .collect();
        for order in over {
            self.release(order);
        }
    }

    fn units_by_variant(&self, lines: &[usize]) -> BTreeMap<usize, i64> {
        let mut units = BTreeMap::new();
        for line in lines {
            *units.entry(self.lines[*line].variant).or_default() += self.lines[*line].units;
        }
        units
    }

    /// Coverage never exceeds the units on hand (R4).
    fn trim(&mut self, product: usize) {
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

    fn end_if_used_up(&mut self, offer: usize) {
        let row = &mut self.offers[offer];
        if row.state == OfferIs::Open && row.open == 0 && row.held == 0 {
            row.state = OfferIs::Ended;
        }
    }
}

/// After the sale.
impl Books {
    pub fn tell_bank(&mut self, order: usize, yes: bool) {
        if self.orders[order].charge == ChargeIs::SecondStep {
            self.orders[order].charge = if yes {
                ChargeIs::Paid { answers_lost: 0 }
            } else {
                ChargeIs::Cancelled
            };
        }
    }

    pub fn come_back(&mut self, order: usize) -> Answer {
        if self.orders[order].state != OrderIs::Paid {
            self.ask_now(order);
        }
        self.outcome(order)
    }

    pub fn cancel(&mut self, line: usize, units: i64, restock: bool, key: &str) -> Answer {
        let row = &self.lines[line];
        if self.orders[row.order].state != OrderIs::Paid {
            return Err("NotFound");
        }
        if units > row.units - row.cancelled {
            return Err("CancelTooMany");
        }
        let (order, parcel, before) = (row.order, row.parcel, row.cancelled);
        let still_covered = |cancelled: i64| row.covered.min(row.units - cancelled);
        let goes = still_covered(before) - still_covered(before + units);
        let stays = still_covered(before + units);
        let fee_back = row.fee * (before + units) / row.units - row.fee * before / row.units;
        let mut amount = row.price * units;
        let (tokens, waits, variant) = (row.rate * goes, row.due.is_some(), row.variant);
        if restock {
            self.variants[variant].on_hand += units;
            self.lines[line].restocked += units;
        }
        self.lines[line].cancelled += units;
        amount += self.shipping_back(order, parcel);
        let payable = self.payable(self.parcels[parcel].maker);
        self.shift(&payable, "refunds", amount);
        self.shift("fees", &payable, fee_back);
        if waits {
            let (from, to) = (
                self.line_escrow(line),
                self.wallet(self.parcels[parcel].maker),
            );
            self.shift(&from, &to, tokens);
            if stays == 0 {
                self.lines[line].due = None;
            }
        }
        let errand = self.new_errand();
        let of = Some((line, units, restock, key.to_owned()));
        self.refunds.push(RefundBook {
            order,
            of,
            amount,
            done: false,
            errand,
        });
        self.refund_now(self.refunds.len() - 1);
        Ok("cancelled")
    }

    fn shipping_back(&mut self, order: usize, parcel: usize) -> i64 {
        let of_parcel = |line: &&usize| self.lines[**line].parcel == parcel;
        let gone = |line: &usize| self.lines[*line].cancelled == self.lines[*line].units;
        let empty = self.orders[order].lines.iter().filter(of_parcel).all(gone);
        let row = &mut self.parcels[parcel];
        if empty && matches!(row.state, ParcelState::New | ParcelState::Packed) {
            row.state = ParcelState::Cancelled;
            row.shipping
        } else {
            0
        }
    }

    fn refund_now(&mut self, refund: usize) {
        let now = self.now;
        let row = &mut self.refunds[refund];
        row.done = true;
        put_off(&mut row.errand, now, true);
        let amount = row.amount;
        self.shift("refunds", "payments", amount);
    }

    pub fn step_parcel(&mut self, parcel: usize, to: ParcelState) -> Answer {
        let row = &mut self.parcels[parcel];
        if self.orders[row.order].state != OrderIs::Paid {
            return Err("NotFound");
        }
        let allowed = matches!(
            (to, row.state),
            (ParcelState::Packed, ParcelState::New)
                | (ParcelState::Shipped, ParcelState::New | ParcelState::Packed)
                | (ParcelState::Delivered, ParcelState::Shipped)
        );
        if !allowed {
            return Err("ParcelPast");
        }
        row.state = to;
        Ok("done")
    }

    /// A round of the jobs.
    pub fn tick(&mut self) {
        self.release_expired();
        self.run_errands();
        for line in 0..self.lines.len() {
            if self.lines[line].due.is_some_and(|due| due <= self.now) {
                self.pay_reward(line);
            }
        }
    }

    fn run_errands(&mut self) {
        let is_due = |errand: &Errand| !errand.done && errand.due <= self.now;
        let charges = self
            .orders
            .iter()
            .enumerate()
            .map(|(number, row)| (row.errand, true, number));
        let refunds = self
            .refunds
            .iter()
            .enumerate()
            .map(|(number, row)| (row.errand, false, number));
        let mut due: Vec<_> = charges
            .chain(refunds)
            .filter(|(errand, ..)| is_due(errand))
            .collect();
        due.sort_by_key(|(errand, ..)| (errand.due, errand.number));
        for (_, is_charge, number) in due.into_iter().take(50) {
            if is_charge {
                self.ask_now(number);
            } else {
                self.refund_now(number);
            }
        }
    }

    fn pay_reward(&mut self, line: usize) {
        let row = &self.lines[line];
        let units = row.covered.min(row.units - row.cancelled);
        let (tokens, from, to) = (
            row.rate * units,
            self.line_escrow(line),
            self.wallet(row.seller),
        );
        self.shift(&from, &to, tokens);
        (self.lines[line].due, self.lines[line].rewarded) = (None, units);
    }
}

fn told(charge: ChargeIs) -> Told {
    match charge {
        ChargeIs::Paid { .. } => Told::Paid,
        ChargeIs::SecondStep => Told::SecondStep,
        ChargeIs::Declined | ChargeIs::Cancelled | ChargeIs::Unknown => Told::Declined,
    }
}

/// An attempt was made; the next is due after a pause that doubles.
fn put_off(errand: &mut Errand, now: i64, done: bool) {
    let pause = (1_000_i64 << errand.attempts.min(20)).min(15 * MINUTE);
    errand.attempts += 1;
    errand.due = now + pause;
    errand.done = done;
}
