use crate::{
    Address, Checker, FieldError, Money, OrderId, OrderLineId, ParcelId, Picture, ReleaseReason,
    StoreId, Timestamp, Tokens, limits, text_enum::text_enum,
};
use serde::{Deserialize, Serialize};

text_enum! {
    /// Where an order stands.
    OrderState {
        /// Stock and reward are set aside; payment is under way.
        Held = "held",
        /// Paid and finished.
        Paid = "paid",
        /// The hold was given back; nothing was bought.
        Released = "released",
    }
}

text_enum! {
    /// Where a parcel stands (C6).
    ParcelState {
        /// Paid, not packed yet.
        New = "new",
        /// Packed.
        Packed = "packed",
        /// On its way.
        Shipped = "shipped",
        /// Arrived.
        Delivered = "delivered",
        /// Every unit in it was cancelled.
        Cancelled = "cancelled",
    }
}

impl ParcelState {
    /// The state's name for the shopper and the maker.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            ParcelState::New => "Being prepared",
            ParcelState::Packed => "Packed",
            ParcelState::Shipped => "Shipped",
            ParcelState::Delivered => "Delivered",
            ParcelState::Cancelled => "Cancelled",
        }
    }
}

text_enum! {
    /// What became of an order line's reward.
    RewardOutcome {
        /// Sold from the maker's own shelf: no tokens move (R6).
        OwnShelf = "own_shelf",
        /// Promised; the payment is under way.
        Promised = "promised",
        /// Paid to the reseller (R5).
        Paid = "paid",
        /// Covered in part: the covered units' tokens were paid (R8).
        PaidInPart = "paid_in_part",
        /// No open offer covered it when it was held (R8).
        NotCovered = "not_covered",
        /// The buyer owns the reselling store: the tokens went back to the maker (R6).
        OwnPurchase = "own_purchase",
        /// Given back to the maker: the hold ended or the units were cancelled before the reward was due.
        Returned = "returned",
    }
}

impl RewardOutcome {
    /// Why the reseller did or did not earn, in a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            RewardOutcome::OwnShelf => "Sold from the maker's own shelf.",
            RewardOutcome::Promised => "Promised, waiting for the payment.",
            RewardOutcome::Paid => "Reward paid.",
            RewardOutcome::PaidInPart => {
                "The offer covered only some of the units; those were rewarded."
            }
            RewardOutcome::NotCovered => {
                "Sold without a reward: no open offer covered it when the shopper paid."
            }
            RewardOutcome::OwnPurchase => {
                "No reward: you bought this yourself, so the tokens went back to the maker."
            }
            RewardOutcome::Returned => "No reward: the tokens went back to the maker.",
        }
    }
}

/// What a shopper is told of her money: where the order stands, and how much of what she paid came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderStanding {
    /// Nothing went back.
    As(OrderState),
    /// Some of it did.
    PartlyRefunded,
    /// All of it did.
    Refunded,
}

impl OrderStanding {
    /// Of an order in this state that came to `total` and of which so much went back.
    #[must_use]
    pub fn of(state: OrderState, total: Money, refunded: Money) -> OrderStanding {
        match state {
            OrderState::Paid if refunded >= total => OrderStanding::Refunded,
            OrderState::Paid if refunded > Money::ZERO => OrderStanding::PartlyRefunded,
            state => OrderStanding::As(state),
        }
    }

    /// Its name for the shopper.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            OrderStanding::As(OrderState::Held) => "Waiting for payment",
            OrderStanding::As(OrderState::Paid) => "Paid",
            OrderStanding::As(OrderState::Released) => "Not bought",
            OrderStanding::PartlyRefunded => "Partly refunded",
            OrderStanding::Refunded => "Refunded",
        }
    }
}

/// How a parcel travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracking {
    /// Who carries it.
    pub carrier: String,
    /// The carrier's number; may be empty.
    pub number: String,
}

/// An order as its shopper sees it, by the secret link or in the account (C7). Never speaks of tokens (R10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderView {
    /// The number people say: `SH-7K2M9Q4X`.
    pub number: String,
    /// The secret in its link.
    pub secret: String,
    /// Where it stands.
    pub state: OrderState,
    /// Why the hold was given back.
    pub released: Option<ReleaseReason>,
    /// The provider has said that no money moved.
    pub not_charged: bool,
    /// The sentence the bank's refusal came with.
    pub declined_because: Option<String>,
    /// The shopper's e-mail address.
    pub email: String,
    /// Where the parcels go.
    pub address: Address,
    /// One parcel for each maker.
    pub parcels: Vec<ParcelView>,
    /// What the goods cost.
    pub items: Money,
    /// What shipping cost.
    pub shipping: Money,
    /// What was asked for.
    pub total: Money,
    /// What came back, or is on its way back.
    pub refunded: Money,
    /// When pay was pressed.
    pub placed_at: Timestamp,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
}

/// What an order's page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPageView {
    /// The order.
    pub order: OrderView,
    /// Where the bank waits for the shopper's second step.
    pub second_step: Option<String>,
    /// It stands among the orders of whoever looks at it.
    pub mine: bool,
}

/// One maker's parcel of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelView {
    /// The parcel.
    pub id: ParcelId,
    /// The maker.
    pub maker: StoreId,
    /// The maker's part of the web address.
    pub maker_slug: String,
    /// What the maker is called in this order: the name, and the web address, too, where that could be taken for
    /// another's.
    pub maker_name: String,
    /// Where it stands.
    pub state: ParcelState,
    /// How it travels, once shipped.
    pub tracking: Option<Tracking>,
    /// What is in it.
    pub lines: Vec<LineView>,
    /// What its shipping cost.
    pub shipping: Money,
}

/// One line of an order, as the shopper sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineView {
    /// The product's title when it was bought.
    pub title: String,
    /// The variant's name when it was bought.
    pub variant_name: String,
    /// The product's picture.
    pub picture: Option<Picture>,
    /// The address of the product on the shelf it was bought from.
    pub href: String,
    /// The store it was bought from.
    pub seller: StoreId,
    /// What that store is called in this order.
    pub seller_name: String,
    /// The price when it was held.
    pub price: Money,
    /// Units bought.
    pub units: i64,
    /// Units cancelled since.
    pub cancelled: i64,
}

/// One of a shopper's orders in her account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRow {
    /// The number people say.
    pub number: String,
    /// The secret in its link.
    pub secret: String,
    /// Units over all lines, cancelled ones left out.
    pub units: i64,
    /// How many parcels.
    pub parcels: i64,
    /// What was paid.
    pub total: Money,
    /// What went back of it, or is on its way back.
    pub refunded: Money,
    /// When it was paid.
    pub paid_at: Timestamp,
    /// The first pictures, at most 4.
    pub pictures: Vec<Picture>,
}

/// One of a maker's parcels in her list of orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleRow {
    /// The parcel.
    pub parcel: ParcelId,
    /// The order's number.
    pub number: String,
    /// The receiver's name.
    pub receiver: String,
    /// Where the parcel stands.
    pub state: ParcelState,
    /// Units, cancelled ones left out.
    pub units: i64,
    /// The first line's title.
    pub title: String,
    /// The names of the other stores it was sold through; empty when sold from her own shelf.
    pub through: Vec<String>,
    /// What she is owed for it.
    pub payable: Money,
    /// When it was paid.
    pub paid_at: Timestamp,
}

/// One parcel as its maker sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleView {
    /// The parcel.
    pub parcel: ParcelId,
    /// The order it belongs to.
    pub order: OrderId,
    /// The order's number.
    pub number: String,
    /// Where the parcel stands.
    pub state: ParcelState,
    /// Where it goes.
    pub address: Address,
    /// The shopper's e-mail address, for questions about the parcel.
    pub email: String,
    /// How it travels, once shipped.
    pub tracking: Option<Tracking>,
    /// What is in it.
    pub lines: Vec<SaleLine>,
    /// What its goods cost.
    pub items: Money,
    /// What its shipping cost.
    pub shipping: Money,
    /// The market's fee.
    pub fee: Money,
    /// What went back to the shopper.
    pub refunded: Money,
    /// What the maker is owed: items + shipping − fee − refunds + fees given back (C5).
    pub payable: Money,
    /// When it was paid.
    pub paid_at: Timestamp,
}

/// A parcel, and the key of the next cancellation on its page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleFacts {
    /// The parcel.
    pub sale: SaleView,
    /// The same key sent twice cancels once (L4).
    pub key: String,
}

/// One line of a parcel as its maker sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleLine {
    /// The line.
    pub id: OrderLineId,
    /// The product's title when it was bought.
    pub title: String,
    /// The variant's name when it was bought.
    pub variant_name: String,
    /// The maker's own article number.
    pub sku: String,
    /// The product's picture.
    pub picture: Option<Picture>,
    /// The price when it was held.
    pub price: Money,
    /// Units bought.
    pub units: i64,
    /// Units cancelled since.
    pub cancelled: i64,
    /// The store it was sold through: slug and name; `None` from her own shelf.
    pub through: Option<(String, String)>,
    /// Tokens paid to that store.
    pub reward: Tokens,
    /// What became of the reward.
    pub reward_outcome: RewardOutcome,
    /// What a cancellation of it starts from, to be sent back with one.
    pub standing: String,
}

/// What a maker types when a parcel leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ShipForm {
    /// Who carries it.
    pub carrier: String,
    /// The carrier's number; may be empty.
    pub number: String,
}

impl ShipForm {
    /// Checks every field.
    ///
    /// # Errors
    /// A sentence for each field that is wrong.
    pub fn validate(&self) -> Result<Tracking, Vec<FieldError>> {
        let mut check = Checker::new();
        let carrier = check.required(
            "carrier",
            &self.carrier,
            limits::NAME,
            "Say who carries the parcel.",
        );
        let number = check.optional("number", &self.number, limits::TRACKING);
        check.finish(Tracking { carrier, number })
    }
}

/// What a maker types to cancel units of a line (C6).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CancelForm {
    /// Units to cancel, as typed.
    pub units: String,
    /// `on` when the units go back into stock (a checkbox).
    pub restock: String,
    /// Made by the page that showed the form: the same key sent twice cancels once (L4).
    pub key: String,
    /// The [`SaleLine::standing`] that the page showed.
    pub standing: String,
}

/// A checked [`CancelForm`].
#[derive(Clone, Debug)]
pub struct CancelUnits {
    /// Units to cancel.
    pub units: i64,
    /// The units go back into stock.
    pub restock: bool,
    /// The same key cancels once.
    pub key: String,
    /// What it starts from, as the page has shown it; `None`: whatever it is.
    pub standing: Option<String>,
}

impl CancelForm {
    /// Checks every field.
    ///
    /// # Errors
    /// A sentence for each field that is wrong.
    pub fn validate(&self) -> Result<CancelUnits, Vec<FieldError>> {
        let mut check = Checker::new();
        let units = check.whole("units", &self.units, 1, limits::CART_UNITS);
        let key = self.key.trim().to_owned();
        if !(16..=64).contains(&key.len()) || !key.bytes().all(|b| b.is_ascii_alphanumeric()) {
            check.refuse("form", "Reload the page and try again.");
        }
        check.finish(CancelUnits {
            units,
            restock: !self.restock.is_empty(),
            key,
            standing: Some(self.standing.clone()),
        })
    }
}
