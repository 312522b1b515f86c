use crate::payment::Forged;
use model::{FieldError, Money, QuoteProblem, Shortage};

/// What a rule or the machinery answers when it can't do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Some fields are wrong.
    #[error("{} fields are wrong", .0.len())]
    Invalid(Vec<FieldError>),
    /// There is no such thing, or it belongs to somebody else: the answer is the same.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// A rule says no.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The cart wants more than there is (C2).
    #[error("{} variants are short", .0.len())]
    Short(Vec<Shortage>),
    /// A ledger account would go below zero (L2). Rules check before; this is the last guard.
    #[error("{account} holds too little")]
    Overdrawn {
        /// The account's code.
        account: String,
    },
    /// The same key came with different content (L4).
    #[error("key {0} was used for something else")]
    KeyReused(String),
    /// The database said no or nothing.
    #[error(transparent)]
    Database(#[from] sea_orm::DbErr),
    /// Files can't be read or written.
    #[error("files: {0}")]
    Files(#[source] std::io::Error),
    /// The payment provider gave no answer that can be used.
    #[error("payment provider: {0}")]
    Provider(String),
    /// A message that claims to be the payment provider's is not.
    #[error(transparent)]
    Forged(#[from] Forged),
    /// Too many wait for the same, or it took too long: an attempt in a moment may go well.
    #[error("busy")]
    Busy,
    /// A task ended without an answer.
    #[error("a task stopped: {0}")]
    Stopped(String),
    /// The rows contradict each other: a fault of ours.
    #[error("broken books: {0}")]
    Broken(String),
}

/// This crate's results.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a rule says no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// E-mail address and password do not go together.
    WrongLogIn,
    /// Too many passwords were tried.
    TooManyTries {
        /// Until the next may be tried.
        seconds: u32,
    },
    /// Somebody has an account under this e-mail address.
    EmailTaken,
    /// The operator suspended the account.
    Suspended,
    /// An account has one store.
    HasStore,
    /// The account has no store yet.
    NoStore,
    /// Another store has this web address.
    SlugTaken,
    /// A product needs at least one picture-free field set right before it is published.
    NotReady(&'static str),
    /// A variant with units on hold keeps at least those in stock.
    StockOnHold {
        /// Units on hold.
        held: i64,
    },
    /// A variant that is on hold can't be taken away.
    VariantOnHold,
    /// The product already has an open offer (R1).
    OfferOpen,
    /// The product has no open offer.
    NoOffer,
    /// Only published products are offered.
    NotPublished,
    /// The wallet is short, or more units than are on hand (R1).
    Quote(QuoteProblem),
    /// A maker's own product already stands on her shelf.
    OwnProduct,
    /// No unit is left (R7).
    SoldOut,
    /// It is not for sale from that shelf now (R3, R8).
    NotOnShelf,
    /// A cart takes so many lines.
    CartFull,
    /// The cart wants more of a line than is left or allowed.
    TooMany {
        /// Units that can be had.
        most: i64,
    },
    /// Nothing is in the cart.
    CartEmpty,
    /// Prices or shipping changed since the shopper looked.
    TotalChanged {
        /// The total now.
        now: Money,
    },
    /// The bank has not answered about an earlier attempt to pay for this cart.
    PaymentOpen,
    /// So much is set aside for her that she has not paid for.
    HoldsFull {
        /// Units that may still be set aside.
        most: i64,
    },
    /// The provider does not take this card at all.
    CardRefused(String),
    /// The parcel is past that step.
    ParcelPast(&'static str),
    /// More units than are left of the line.
    CancelTooMany {
        /// Units not cancelled yet.
        left: i64,
    },
    /// The picture is not one, or too large.
    Picture(String),
    /// A product has so many pictures at most.
    PicturesFull,
    /// This machine can't read other shops' pages at all.
    NoReader,
    /// A store has so many links read in an hour.
    ImportsPerHour {
        /// How many.
        most: u64,
    },
    /// A store has so many shops listed in an hour.
    ShopsPerHour,
    /// A store makes so many products in an hour.
    ProductsPerHour {
        /// How many.
        most: u64,
    },
    /// A store has so many products.
    ProductsFull {
        /// How many.
        most: u64,
    },
    /// A store opens so many offers in an hour.
    OffersPerHour {
        /// How many.
        most: u64,
    },
    /// A product had so many variants, those taken away among them.
    VariantsFull,
    /// A store imports one shop at a time.
    ShopImportOpen,
    /// The import is past that step, or not yet there.
    ImportPast(&'static str),
}

impl Refusal {
    /// What the person reads: what happened and what to do. `token` is the token's symbol.
    #[must_use]
    pub fn sentence(&self, token: &str) -> String {
        match self {
            Refusal::WrongLogIn => "That e-mail address and password do not go together.".into(),
            Refusal::TooManyTries { .. } => "Too many passwords were tried. Try again in a few minutes.".into(),
            Refusal::EmailTaken => "Somebody already signed up with this e-mail address. Log in instead.".into(),
            Refusal::Suspended => "This account is suspended. Write to the market's operator.".into(),
            Refusal::HasStore => "You already have a store.".into(),
            Refusal::NoStore => "Open a store first.".into(),
            Refusal::SlugTaken => "Another store has this web address. Choose another.".into(),
            Refusal::NotReady(what) => format!("Before you publish it, {what}."),
            Refusal::StockOnHold { held } => {
                format!("{held} are set aside for shoppers who are paying now. Enter {held} or more.")
            }
            Refusal::VariantOnHold => "A shopper is paying for this variant now. Try again in a few minutes.".into(),
            Refusal::OfferOpen => "This product already has an open offer. Change that one instead.".into(),
            Refusal::NoOffer => "This offer is no longer open.".into(),
            Refusal::NotPublished => "Publish the product first.".into(),
            Refusal::Quote(problem) => problem.sentence(token),
            Refusal::OwnProduct => "This is your own product: it already stands on your shelf.".into(),
            Refusal::SoldOut => "This is sold out.".into(),
            Refusal::NotOnShelf => "This store does not sell it at the moment.".into(),
            Refusal::CartFull => "Your cart is full. Check out, or remove something first.".into(),
            Refusal::TooMany { most: 1 } => "Only 1 can be had.".into(),
            Refusal::TooMany { most } => format!("Only {most} can be had."),
            Refusal::CartEmpty => "Your cart is empty.".into(),
            Refusal::TotalChanged { .. } => {
                "A price or the shipping changed while you were here. Look at the new total, then pay.".into()
            }
            Refusal::PaymentOpen => {
                "We are still waiting for the bank's answer to your last attempt. Try again in a minute.".into()
            }
            Refusal::HoldsFull { most: 0 } => {
                "Enough is set aside from here that is not paid for yet. Finish that payment, or try again in a few minutes.".into()
            }
            Refusal::HoldsFull { most: 1 } => {
                "Only 1 unit can be set aside from here before it is paid for. Buy that first, and the rest after it.".into()
            }
            Refusal::HoldsFull { most } => {
                format!("Up to {most} units can be set aside from here before they are paid for. Buy that many first, and the rest after them.")
            }
            Refusal::CardRefused(reason) => reason.clone(),
            Refusal::ParcelPast(now) => format!("This parcel is already {now}."),
            Refusal::CancelTooMany { left: 0 } => "Every unit of this line is already cancelled.".into(),
            Refusal::CancelTooMany { left } => format!("Only {left} are left to cancel."),
            Refusal::Picture(reason) => reason.clone(),
            Refusal::PicturesFull => {
                format!("A product can have up to {} pictures. Remove one first.", model::limits::PICTURES)
            }
            Refusal::NoReader => "Links can't be read at the moment. Fill in the product by hand, or try again later.".into(),
            Refusal::ImportsPerHour { most } => {
                format!("A store can have {most} links read in an hour. Try again later, or import a whole shop at once.")
            }
            Refusal::ShopsPerHour => "You have had many shops listed in the last hour. Try again later.".into(),
            Refusal::ProductsPerHour { most } => {
                format!("A store can make {most} products in an hour. Go on a little later.")
            }
            Refusal::ProductsFull { most } => format!("A store can have {most} products. Write to the market's operator if you need more."),
            Refusal::OffersPerHour { most } => {
                format!("A store can open {most} offers in an hour. Go on a little later.")
            }
            Refusal::VariantsFull => "This product has had too many variants. Make a new product of it.".into(),
            Refusal::ShopImportOpen => "You are importing a shop already. Let it finish, or cancel it first.".into(),
            Refusal::ImportPast(now) => format!("This import {now}."),
        }
    }

    /// The form field the sentence belongs to, if it belongs to one.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Refusal::EmailTaken => Some("email"),
            Refusal::SlugTaken => Some("slug"),
            Refusal::Quote(problem) => Some(problem.field()),
            Refusal::CardRefused(_) => Some("card_number"),
            Refusal::NoReader
            | Refusal::ImportsPerHour { .. }
            | Refusal::ShopsPerHour
            | Refusal::ShopImportOpen => Some("link"),
            Refusal::CancelTooMany { .. } | Refusal::TooMany { .. } => Some("units"),
            _ => None,
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Refused(refusal)
    }
}

impl From<Vec<FieldError>> for Error {
    fn from(errors: Vec<FieldError>) -> Error {
        Error::Invalid(errors)
    }
}
