use crate::backup::Problem;
use crate::payment::Forged;
use model::{
    CartChange, Clash, FieldError, Money, OfferTerms, QuoteProblem, Shortage, are, counted, limits,
};

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
    /// Somebody else changed the same fields since the form was shown. Nothing was changed by it.
    #[error("{} fields were changed by two", .0.len())]
    Clash(Vec<Clash>),
    /// The cart wants more than there is (C2).
    #[error("{} variants are short", .0.len())]
    Short(Vec<Shortage>),
    /// What is in the cart, or what it costs, is not what the shopper saw.
    #[error("{} things changed since they were seen", .0.len())]
    Changed(Vec<CartChange>),
    /// A ledger account would go below zero (L2). Rules check before; this is the last guard.
    #[error("{account} holds too little")]
    Overdrawn {
        /// The account's code.
        account: String,
    },
    /// The same key came with different content (L4).
    #[error("key {0} was used for something else")]
    KeyReused(String),
    /// The database said no.
    #[error(transparent)]
    Database(sea_orm::DbErr),
    /// The database can't be used at the moment, whatever was asked.
    #[error(transparent)]
    Unavailable(Unavailable),
    /// There is no database, or nothing in it, and none was to be made.
    #[error("there is no market at {0}")]
    NoMarket(String),
    /// The SQLite that is built in is of a version that can damage its file.
    #[error(
        "SQLite {0} can damage a database that two connections write to. Build with 3.51.3 or newer (or 3.50.7, 3.44.6)."
    )]
    UnsoundSqlite(String),
    /// The tables could not be brought up to date; nothing was changed.
    #[error(
        "The tables can't be brought up to date, and nothing was changed: {0}. If an older version was stopped while it \
         did this, they are half made: go back to a backup, or, when that was its first start, to an empty database."
    )]
    Tables(sea_orm::DbErr),
    /// A setting is not what the books were begun with.
    #[error(transparent)]
    Settled(#[from] Settled),
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
    /// A market was not copied.
    #[error(transparent)]
    Backup(#[from] Problem),
    /// The rows contradict each other: a fault of ours.
    #[error("broken books: {0}")]
    Broken(String),
}

/// Why the database can't be used. The text is for the log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unavailable {
    /// Its disk is full or broken, or it may only be read.
    #[error("the database can't save anything: {0}")]
    CantSave(String),
    /// It does not answer.
    #[error("the database does not answer: {0}")]
    Away(String),
    /// Whoever keeps the pictures does not.
    #[error("the pictures can't be read or saved: {0}")]
    Pictures(String),
    /// A file of it is not where it was opened.
    #[error(
        "{0} was removed or replaced under the running server. Put it back, or start the server again"
    )]
    Moved(String),
    /// The market in it goes on in another database.
    #[error(
        "the market in this database has moved to another one, and nothing is written here any more. Set `database_url` \
         to the other one"
    )]
    MovedAway,
}

impl Unavailable {
    /// What a person reads: whose fault it is and what to do.
    #[must_use]
    pub const fn sentence(&self) -> &'static str {
        match self {
            Unavailable::CantSave(_) | Unavailable::Moved(_) | Unavailable::MovedAway => {
                "The market can't save anything at the moment. It is our fault, not yours: try again in a few minutes."
            }
            Unavailable::Away(_) => {
                "The market can't get at its books at the moment. It is our fault, not yours: try again in a minute."
            }
            Unavailable::Pictures(_) => {
                "Pictures can't be saved at the moment. It is our fault, not yours: try again in a few minutes."
            }
        }
    }
}

/// A setting that the books are kept in was changed afterwards.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{name}` is set to `{now}`, but the books of this database are kept in `{kept}`, and that can't change any more. \
     Set `{name}` to `{kept}`, or give this market a database of its own."
)]
pub struct Settled {
    /// The setting's name.
    pub name: &'static str,
    /// What the database was begun with.
    pub kept: String,
    /// What it is set to now.
    pub now: String,
}

/// This crate's results.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a rule says no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// E-mail address and password do not go together.
    WrongLogIn,
    /// That is not the account's password.
    WrongPassword,
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
    /// Another store's name could be taken for this one.
    NameTaken,
    /// The password is one that is tried first.
    CommonPassword,
    /// A product needs at least one picture-free field set right before it is published.
    NotReady(&'static str),
    /// A variant with units on hold keeps at least those in stock.
    StockOnHold {
        /// Units on hold.
        held: i64,
    },
    /// A variant that is on hold can't be taken away.
    VariantOnHold,
    /// A variant has so many units at most.
    StockFull,
    /// Units that come back are more than a variant can have.
    RestockFull,
    /// The product was published, taken off, archived or offered since the page was shown.
    StandingChanged,
    /// The offer was changed since the page was shown.
    OfferChanged,
    /// Rate and units come to something else than what was shown: these terms are to be looked at first.
    CostNotSeen(OfferTerms),
    /// Units of the parcel were cancelled, or it left, since the page was shown.
    ParcelChanged,
    /// The product or its source changed since the differences were shown.
    DifferencesChanged,
    /// The import became another product than this form would make.
    ImportMade,
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
            Refusal::WrongPassword => "That is not your password.".into(),
            Refusal::TooManyTries { .. } => "Too many passwords were tried. Try again in a few minutes.".into(),
            Refusal::EmailTaken => "Somebody already signed up with this e-mail address. Log in instead.".into(),
            Refusal::Suspended => "This account is suspended. Write to the market's operator.".into(),
            Refusal::HasStore => "You already have a store.".into(),
            Refusal::NoStore => "Open a store first.".into(),
            Refusal::SlugTaken => "Another store has this web address. Choose another.".into(),
            Refusal::NameTaken => {
                "Another store is called so, or so nearly so that shoppers would mix you up. Choose another name.".into()
            }
            Refusal::CommonPassword => {
                "That password is one of the first anybody would try. Put a few words together that have nothing to do with each other, or with you.".into()
            }
            Refusal::NotReady(what) => format!("Before you publish it, {what}."),
            Refusal::StockOnHold { held } => {
                format!("{held} {} set aside for shoppers who are paying now. Enter {held} or more.", are(*held))
            }
            Refusal::VariantOnHold => "A shopper is paying for this variant now. Try again in a few minutes.".into(),
            Refusal::StockFull => format!("A variant can have up to {} units.", limits::STOCK),
            Refusal::RestockFull => format!(
                "A variant can have up to {} units. Cancel without putting these back into stock.",
                limits::STOCK
            ),
            Refusal::StandingChanged => {
                "This product was published, taken off or offered since you opened this page, so nothing was done. Reload the page and look before you decide.".into()
            }
            Refusal::OfferChanged => {
                "This offer was changed since you opened this page, so it was not revoked. Reload the page and look before you decide.".into()
            }
            Refusal::CostNotSeen(_) => "Look at what it costs first, then confirm.".into(),
            Refusal::ParcelChanged => {
                "Units of this parcel were cancelled, or it left, since you opened this page, so nothing was cancelled now. Reload the page and look before you decide.".into()
            }
            Refusal::DifferencesChanged => {
                "The original or your product changed since you opened this page, so nothing was applied. Reload the page and look before you decide.".into()
            }
            Refusal::ImportMade => {
                "This import became a product in another window, with other words or figures than these. What you typed here is not in it: find the product among yours and change it there.".into()
            }
            Refusal::OfferOpen => "This product already has an open offer. Change that one instead.".into(),
            Refusal::NoOffer => "This offer is no longer open.".into(),
            Refusal::NotPublished => "Publish the product first.".into(),
            Refusal::Quote(problem) => problem.sentence(token),
            Refusal::OwnProduct => "This is your own product: it already stands on your shelf.".into(),
            Refusal::SoldOut => "This is sold out.".into(),
            Refusal::NotOnShelf => "This store does not sell it at the moment.".into(),
            Refusal::CartFull => "Your cart is full. Check out, or remove something first.".into(),
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
            Refusal::CancelTooMany { left } => format!("Only {left} {} left to cancel.", are(*left)),
            Refusal::Picture(reason) => reason.clone(),
            Refusal::PicturesFull => {
                format!("A product can have up to {} pictures. Remove one first.", model::limits::PICTURES)
            }
            Refusal::NoReader => "Links can't be read at the moment. Fill in the product by hand, or try again later.".into(),
            Refusal::ImportsPerHour { most } => {
                let links = counted(i64::try_from(*most).unwrap_or(i64::MAX), "link", "links");
                format!("A store can have {links} read in an hour. Try again later, or import a whole shop at once.")
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
            Refusal::WrongPassword => Some("current"),
            Refusal::EmailTaken => Some("email"),
            Refusal::SlugTaken => Some("slug"),
            Refusal::NameTaken => Some("name"),
            Refusal::CommonPassword => Some("password"),
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

impl From<Vec<Clash>> for Error {
    fn from(clashes: Vec<Clash>) -> Error {
        Error::Clash(clashes)
    }
}

impl From<Vec<FieldError>> for Error {
    fn from(errors: Vec<FieldError>) -> Error {
        Error::Invalid(errors)
    }
}

#[cfg(test)]
mod tests {
    use super::Refusal;
    use model::QuoteProblem;

    #[test]
    fn a_sentence_about_one_speaks_of_one() {
        let said = |one: bool| {
            let many = if one { 1 } else { 4 };
            [
                Refusal::StockOnHold { held: many },
                Refusal::CancelTooMany { left: many },
                Refusal::TooMany { most: many },
                Refusal::Quote(QuoteProblem::TooManyUnits { coverable: many }),
                Refusal::ImportsPerHour {
                    most: many.unsigned_abs(),
                },
            ]
            .map(|refusal| refusal.sentence("RSS"))
        };
        for sentence in said(true) {
            for wrong in ["1 are", "1 units", "1 links"] {
                assert!(!sentence.contains(wrong), "{sentence}");
            }
        }
        for sentence in said(false) {
            for wrong in ["4 is", "4 unit ", "4 link "] {
                assert!(!sentence.contains(wrong), "{sentence}");
            }
        }
    }
}
