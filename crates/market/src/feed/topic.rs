use model::{ProductId, StoreId};

/// Something that pages show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// A product: its words, pictures, variants, prices, what is left, and whose it is.
    Product(ProductId),
    /// What stands on a store's shelf, and how each of it looks there.
    Shelf(StoreId),
    /// Which products stand on a store's shelf, in which order.
    Carried(StoreId),
    /// A store's own words and terms.
    Store(StoreId),
    /// All that can be bought, and all stores.
    Market,
}
