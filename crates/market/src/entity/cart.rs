//! A shopper's cart.

use model::{AccountId, CartId, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "carts")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: CartId,
    pub account_id: Option<AccountId>,
    pub created_at: Timestamp,
    pub merged_into: Option<CartId>,
    pub merged_at: Option<Timestamp>,
    pub visitor: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
