//! Whole shops: the list of their products, and one import for each of them.

mod change;
mod list;
mod start;
mod view;

pub(super) use change::finish_if_done;
pub use change::{begin_shop, cancel_shop, pause_shop, resume_shop};
pub(super) use list::list_shop;
pub use start::start_shop;
pub(super) use view::last_of;
pub use view::shop;

use crate::db::{Locked, Tx};
use crate::entity::{import, shop_import};
use crate::store::Owner;
use crate::{Error, Market, Result};
use model::{Category, ShopImportId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// The owner's own, locked until the transaction ends; anybody else's is unknown to her.
async fn lock_owned(tx: &Tx, owner: Owner, id: ShopImportId) -> Result<shop_import::Model> {
    let row = shop_import::Entity::find_by_id(id)
        .filter(shop_import::Column::StoreId.eq(owner.store()))
        .locked()
        .one(tx.db())
        .await?;
    row.ok_or(Error::NotFound("shop import"))
}

/// The category in which an import becomes a draft by itself; `None`: it waits to be checked.
pub(super) async fn draft_category(
    market: &Market,
    row: &import::Model,
) -> Result<Option<Category>> {
    let Some(id) = row.shop_id else {
        return Ok(None);
    };
    let shop = shop_import::Entity::find_by_id(id)
        .one(market.reader())
        .await?;
    Ok(shop.and_then(|shop| shop.draft_category))
}
