//! An independent shop.

use model::{Accent, AccountId, Money, StoreId, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stores")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: StoreId,
    pub owner_id: AccountId,
    pub slug: String,
    pub name: String,
    pub tagline: String,
    pub about: String,
    pub accent: Accent,
    pub shipping: Money,
    pub free_shipping_from: Option<Money>,
    pub created_at: Timestamp,
    /// Since when its owner is suspended.
    pub closed_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
