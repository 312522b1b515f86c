//! A maker's promise to other stores.

use model::{OfferId, OfferState, ProductId, StoreId, Timestamp, Tokens};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "offers")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: OfferId,
    pub product_id: ProductId,
    pub store_id: StoreId,
    pub rate: Tokens,
    pub open_units: i64,
    pub held_units: i64,
    pub state: OfferState,
    pub revision: i64,
    pub opened_at: Timestamp,
    pub closed_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
