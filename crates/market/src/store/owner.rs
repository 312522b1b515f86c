use model::{AccountId, StoreId};

/// Proof of owning a store: what every function that acts for a store asks for. Only
/// [`crate::account::Signed::store_owner`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    account: AccountId,
    store: StoreId,
}

impl Owner {
    pub(crate) fn of(account: AccountId, store: StoreId) -> Owner {
        Owner { account, store }
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
