//! The market kept in memory, by hand: the rules told a second time, as plainly as possible, to be compared with.

use model::{
    AccountId, CartId, CheckoutRequest, ListingId, OfferId, OrderId, OrderLineId, ParcelId,
    ParcelState, VariantId,
};
use std::collections::BTreeMap;
use trial::world::{Card, Product, Store};

/// Everything that is so.
#[derive(Default)]
pub struct Books {
    /// UTC milliseconds.
    pub now: i64,
    pub fee_basis_points: i64,
    pub reward_pending_days: i64,
    pub stores: Vec<Store>,
    pub products: Vec<ProductBook>,
    pub variants: Vec<VariantBook>,
    pub listings: Vec<ListingBook>,
    pub offers: Vec<OfferBook>,
    pub carts: Vec<CartBook>,
    pub orders: Vec<OrderBook>,
    pub lines: Vec<LineBook>,
    pub parcels: Vec<ParcelBook>,
    pub refunds: Vec<RefundBook>,
    /// What each account holds, by its code; the market's own accounts too.
    pub accounts: BTreeMap<String, i64>,
    /// Errands written down so far: the order in which they came.
    pub errands: u64,
    /// Lines put into carts so far: the order in which they came.
    pub cart_lines: u64,
}

pub struct ProductBook {
    pub maker: usize,
    pub product: Product,
    pub variants: Vec<usize>,
}

pub struct VariantBook {
    pub id: VariantId,
    pub product: usize,
    pub price: i64,
    pub received: i64,
    pub on_hand: i64,
    pub held: i64,
}

pub struct ListingBook {
    pub id: ListingId,
    pub store: usize,
    pub product: usize,
    pub standing: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferIs {
    Open,
    Revoked,
    Ended,
}

pub struct OfferBook {
    pub id: OfferId,
    pub product: usize,
    pub rate: i64,
    pub open: i64,
    pub held: i64,
    pub state: OfferIs,
}

pub struct CartBook {
    pub id: CartId,
    pub owner: Option<(usize, AccountId)>,
    pub lines: Vec<Wanted>,
    /// The cart its lines have moved into, and when.
    pub merged: Option<(usize, i64)>,
}

/// A cart's line.
#[derive(Clone, Copy)]
pub struct Wanted {
    pub listing: usize,
    pub variant: usize,
    pub units: i64,
    /// Since when, and its place among all lines ever put into a cart.
    pub since: (i64, u64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderIs {
    Held,
    Paid,
    Released,
}

/// What we know of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentIs {
    Asked,
    SecondStep,
    Paid,
    Declined,
    Late,
}

/// What the provider knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChargeIs {
    Unknown,
    SecondStep,
    Paid { answers_lost: u32 },
    Declined,
    Cancelled,
}

/// A call to make.
#[derive(Clone, Copy, Debug)]
pub struct Errand {
    pub number: u64,
    pub attempts: u32,
    pub due: i64,
    pub done: bool,
}

pub struct OrderBook {
    pub id: OrderId,
    pub secret: String,
    pub request: CheckoutRequest,
    pub cart: usize,
    pub account: Option<AccountId>,
    pub begun: i64,
    pub card: Card,
    pub state: OrderIs,
    pub expires: i64,
    pub total: i64,
    pub payment: PaymentIs,
    pub charge: ChargeIs,
    pub errand: Errand,
    pub lines: Vec<usize>,
    pub parcels: Vec<usize>,
}

pub struct LineBook {
    pub id: OrderLineId,
    pub order: usize,
    pub parcel: usize,
    pub listing: usize,
    pub variant: usize,
    pub seller: usize,
    pub price: i64,
    pub units: i64,
    pub fee: i64,
    pub offer: Option<usize>,
    pub rate: i64,
    pub covered: i64,
    pub rewarded: i64,
    pub due: Option<i64>,
    pub cancelled: i64,
    pub restocked: i64,
}

impl LineBook {
    /// A line whose terms are still to be taken.
    pub fn new(id: OrderLineId, order: usize, parcel: usize, wanted: &Wanted) -> LineBook {
        LineBook {
            id,
            order,
            parcel,
            listing: wanted.listing,
            variant: wanted.variant,
            seller: 0,
            price: 0,
            units: wanted.units,
            fee: 0,
            offer: None,
            rate: 0,
            covered: 0,
            rewarded: 0,
            due: None,
            cancelled: 0,
            restocked: 0,
        }
    }
}

pub struct ParcelBook {
    pub id: ParcelId,
    pub order: usize,
    pub maker: usize,
    pub state: ParcelState,
    pub shipping: i64,
}

pub struct RefundBook {
    pub order: usize,
    /// The line and the units, unless a whole payment goes back.
    pub of: Option<(usize, i64, bool, String)>,
    pub amount: i64,
    pub done: bool,
    pub errand: Errand,
}

impl Books {
    /// Moves tokens or money.
    pub fn shift(&mut self, from: &str, to: &str, amount: i64) {
        *self.accounts.entry(from.into()).or_default() -= amount;
        *self.accounts.entry(to.into()).or_default() += amount;
    }

    pub fn holds(&self, account: &str) -> i64 {
        self.accounts.get(account).copied().unwrap_or(0)
    }

    pub fn wallet(&self, store: usize) -> String {
        format!("wallet:{}", self.stores[store].id())
    }

    pub fn payable(&self, store: usize) -> String {
        format!("payable:{}", self.stores[store].id())
    }

    pub fn escrow(&self, offer: usize) -> String {
        format!("offer:{}", self.offers[offer].id)
    }

    pub fn line_escrow(&self, line: usize) -> String {
        format!("line:{}", self.lines[line].id)
    }

    pub fn maker(&self, product: usize) -> usize {
        self.products[product].maker
    }

    pub fn new_errand(&mut self) -> Errand {
        self.errands += 1;
        Errand {
            number: self.errands,
            attempts: 0,
            due: self.now,
            done: false,
        }
    }

    /// The open offer on a product.
    pub fn open_on(&self, product: usize) -> Option<usize> {
        let is_it = |offer: &OfferBook| offer.product == product && offer.state == OfferIs::Open;
        self.offers.iter().position(is_it)
    }

    pub fn on_hand(&self, product: usize) -> i64 {
        self.products[product]
            .variants
            .iter()
            .map(|v| self.variants[*v].on_hand)
            .sum()
    }

    /// Covered units on hold of a product, under whichever offer.
    pub fn held_covered(&self, product: usize) -> i64 {
        let of_product = self.offers.iter().filter(|offer| offer.product == product);
        of_product.map(|offer| offer.held).sum()
    }

    pub fn in_stock(&self, product: usize) -> bool {
        let left = |v: &usize| self.variants[*v].on_hand > self.variants[*v].held;
        self.products[product].variants.iter().any(left)
    }

    /// L3, L5 and R4 hold in these books themselves.
    pub fn keep_the_rules(&self) -> Result<(), String> {
        let tokens = |code: &str| {
            ["wallet", "offer", "line", "issuance"]
                .iter()
                .any(|k| code.starts_with(k))
        };
        let all: i64 = self
            .accounts
            .iter()
            .filter(|(code, _)| tokens(code))
            .map(|(_, held)| held)
            .sum();
        let money: i64 = self
            .accounts
            .iter()
            .filter(|(code, _)| !tokens(code))
            .map(|(_, held)| held)
            .sum();
        if (all, money) != (0, 0) {
            return Err(format!("L3: tokens come to {all}, money to {money}"));
        }
        for (number, offer) in self.offers.iter().enumerate() {
            let escrow = self.holds(&self.escrow(number));
            if escrow != offer.rate * offer.open {
                return Err(format!("L5: offer {} has {escrow} in escrow", offer.id));
            }
        }
        for (number, product) in self.products.iter().enumerate() {
            let open = self
                .open_on(number)
                .map_or(0, |offer| self.offers[offer].open);
            if open + self.held_covered(number) > self.on_hand(number) {
                return Err(format!(
                    "R4: product {} is covered beyond its stock",
                    product.product.id
                ));
            }
        }
        Ok(())
    }
}
