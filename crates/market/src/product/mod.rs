//! Products with their variants and stock.

#![warn(clippy::arithmetic_side_effects)]

mod card;
mod change;
mod cover;
mod list;
mod not_here;
mod page;
mod publish;
mod save;

pub use card::card;
pub(crate) use card::{cards, listed_cards, variants_of};
pub use change::{publish_changed, update};
pub(crate) use cover::cover_pictures;
pub use list::{form, mine};
pub use not_here::at;
pub use page::page;
pub(crate) use publish::publish_in;
pub use publish::{archive, publish, unpublish};
pub use save::{create, create_once};
pub(crate) use save::{create_in, maker_renamed, rename_in, searched};

use crate::db::{Locked, Tx};
use crate::entity::product;
use crate::store::Owner;
use crate::{Error, Result};
use model::ProductId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// The owner's own product, locked until the transaction ends: whoever decides by its state must hold it. Taken
/// before the product's variants and offer.
pub(crate) async fn lock_owned(tx: &Tx, owner: Owner, id: ProductId) -> Result<product::Model> {
    let find = product::Entity::find_by_id(id).filter(product::Column::StoreId.eq(owner.store()));
    let row = find.locked().one(tx.db()).await?;
    row.ok_or(Error::NotFound("product"))
}

/// The owner's own product; anybody else's is unknown to her.
pub(crate) async fn owned(
    db: &impl ConnectionTrait,
    owner: Owner,
    id: ProductId,
) -> Result<product::Model> {
    let find = product::Entity::find_by_id(id).filter(product::Column::StoreId.eq(owner.store()));
    find.one(db).await?.ok_or(Error::NotFound("product"))
}
