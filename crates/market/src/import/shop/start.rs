use super::super::start::allowed;
use crate::db::Tx;
use crate::entity::{PageUrl, shop_import};
use crate::link::ShopPage;
use crate::store::Owner;
use crate::{Market, Refusal, Result, lease};
use model::{ShopImportId, ShopImportState};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter,
};

/// Shops that one store has listed in an hour: each takes many requests, and leaves a list.
const PER_HOUR: u64 = 12;

/// Has the products behind a shop's front page or a collection listed. Nothing is imported before
/// [`super::begin_shop`] says so.
///
/// # Errors
/// [`crate::Error::Invalid`] on `link` for what must not be asked for; [`Refusal::ShopImportOpen`] while another
/// shop of this store is not done; [`Refusal::ShopsPerHour`].
pub async fn start_shop(market: &Market, owner: Owner, page: ShopPage) -> Result<ShopImportId> {
    let url = allowed(market, &page)?;
    let id = market
        .db
        .write((owner, url), |tx, (owner, url)| {
            Box::pin(start_in(tx, owner, url))
        })
        .await?;
    market.links_asked.notify_one();
    Ok(id)
}

async fn start_in(tx: &Tx, owner: Owner, url: PageUrl) -> Result<ShopImportId> {
    let open = shop_import::Entity::find()
        .filter(shop_import::Column::StoreId.eq(owner.store()))
        .filter(shop_import::Column::State.is_in([
            ShopImportState::Listing,
            ShopImportState::Listed,
            ShopImportState::Running,
            ShopImportState::Paused,
        ]));
    match open.one(tx.db()).await? {
        Some(open) if open.url == url => return Ok(open.id),
        Some(_) => return Err(Refusal::ShopImportOpen.into()),
        None => {}
    }
    let lately = shop_import::Entity::find()
        .filter(shop_import::Column::StoreId.eq(owner.store()))
        .filter(shop_import::Column::AskedAt.gt(tx.now.plus_minutes(-60)));
    if lately.count(tx.db()).await? >= PER_HOUR {
        return Err(Refusal::ShopsPerHour.into());
    }
    let row = shop_import::ActiveModel {
        store_id: Set(owner.store()),
        url: Set(url),
        state: Set(ShopImportState::Listing),
        problem: Set(None),
        draft_category: Set(None),
        more: Set(false),
        whole_shop: Set(false),
        asked_at: Set(tx.now),
        taken_until: Set(lease::FREE),
        ..Default::default()
    };
    Ok(row.insert(tx.db()).await?.id)
}
