use super::AccountCode;
use model::{Money, OfferId, OrderId, OrderLineId, Tokens, TransferKind};

/// What a movement is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct About {
    pub offer: Option<OfferId>,
    pub order: Option<OrderId>,
    pub line: Option<OrderLineId>,
}

impl About {
    pub fn offer(offer: OfferId) -> About {
        About {
            offer: Some(offer),
            ..About::default()
        }
    }

    pub fn order(order: OrderId) -> About {
        About {
            order: Some(order),
            ..About::default()
        }
    }

    pub fn line(order: OrderId, line: OrderLineId, offer: Option<OfferId>) -> About {
        About {
            offer,
            order: Some(order),
            line: Some(line),
        }
    }
}

/// One transfer to be made: `amount` leaves `debit` and reaches `credit`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Movement {
    /// The same key has one effect, ever (L4). It names the thing it concerns, never the person.
    pub key: String,
    pub debit: AccountCode,
    pub credit: AccountCode,
    pub amount: i64,
    pub kind: TransferKind,
    pub about: About,
    pub note: String,
}

/// What one transaction moves.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    pub(super) opened: Vec<AccountCode>,
    pub(super) movements: Vec<Movement>,
}

impl Journal {
    pub fn new() -> Journal {
        Journal::default()
    }

    /// An account that comes into being with this transaction.
    pub fn open(&mut self, account: AccountCode) {
        self.opened.push(account);
    }

    /// Moves tokens; nothing when the amount is zero.
    pub fn tokens(
        &mut self,
        kind: TransferKind,
        key: String,
        from: AccountCode,
        to: AccountCode,
        amount: Tokens,
        about: About,
    ) {
        self.push(Movement {
            key,
            debit: from,
            credit: to,
            amount: amount.0,
            kind,
            about,
            note: String::new(),
        });
    }

    /// Moves money; nothing when the amount is zero.
    pub fn money(
        &mut self,
        kind: TransferKind,
        key: String,
        from: AccountCode,
        to: AccountCode,
        amount: Money,
        about: About,
    ) {
        self.push(Movement {
            key,
            debit: from,
            credit: to,
            amount: amount.0,
            kind,
            about,
            note: String::new(),
        });
    }

    pub(super) fn push(&mut self, movement: Movement) {
        if movement.amount != 0 {
            self.movements.push(movement);
        }
    }
}
