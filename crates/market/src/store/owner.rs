use crate::entity::store;
use model::{AccountId, StoreId};

/// Proof of owning a store: what every function that acts for a store asks for. It is made from the store's own row,
/// for somebody who is signed in ([`crate::account::Signed::store_owner`]), for whoever opens a store, and for what her
/// imports do by themselves as she has chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    account: AccountId,
    store: StoreId,
}

impl Owner {
    /// The owner that a store's row names.
    pub(crate) fn of(row: &store::Model) -> Owner {
        Owner {
            account: row.owner_id,
            store: row.id,
        }
    }

    /// The owner's account.
    #[must_use]
    pub fn account(self) -> AccountId {
        self.account
    }

    /// The store.
    #[must_use]
    pub fn store(self) -> StoreId {
        self.store
    }
}
