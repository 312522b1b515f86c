//! Row numbers, one type per table, so that a product's number is never handed in where an offer's is meant.
//! They are not secrets and nothing is decided by them: whose row it is is always looked up.

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "orm", derive(sea_orm::DeriveValueType))]
        #[cfg_attr(feature = "orm", sea_orm(try_from_u64))]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map($name)
            }
        }
    )+};
}

ids! {
    AccountId, StoreId, ProductId, VariantId, PictureId, ListingId, OfferId, CartId, CartLineId,
    OrderId, ParcelId, OrderLineId, PaymentId, RefundId, TransferId, ImportId, ImportPictureId,
    ShopImportId,
}
