use super::super::start::{new_row, reset};
use super::super::worker::WORKING;
use super::lock_owned;
use crate::db::Tx;
use crate::entity::{import, shop_import, shop_item};
use crate::store::Owner;
use crate::{Market, Refusal, Result, picture};
use model::{ImportState, ShopImportId, ShopImportOrder, ShopImportState};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder,
};

/// Has the listed products read, one import for each that the store does not have. None is published; they wait to
/// be checked, or become drafts where `order` says so and all that a draft needs was found.
///
/// # Errors
/// [`crate::Error::NotFound`] for another store's; [`Refusal::ImportPast`] when it is not listed, or was begun.
pub async fn begin_shop(
    market: &Market,
    owner: Owner,
    id: ShopImportId,
    order: ShopImportOrder,
) -> Result<()> {
    let left = market
        .db
        .write((owner, id, order), |tx, (owner, id, order)| {
            Box::pin(begin_in(tx, owner, id, order))
        })
        .await?;
    for key in left {
        picture::delete_files(market, &key).await;
    }
    market.links_asked.notify_one();
    Ok(())
}

/// Gives the keys of pictures that are left from earlier attempts.
async fn begin_in(
    tx: &Tx,
    owner: Owner,
    id: ShopImportId,
    order: ShopImportOrder,
) -> Result<Vec<String>> {
    let shop = lock_owned(tx, owner, id).await?;
    match shop.state {
        ShopImportState::Listed => {}
        ShopImportState::Listing => return Err(Refusal::ImportPast("is not ready yet").into()),
        _ => return Err(Refusal::ImportPast("was started before").into()),
    }
    let mut shop = shop.into_active_model();
    shop.draft_category = Set(order.drafts);
    shop.state = Set(ShopImportState::Running);
    shop.update(tx.db()).await?;
    let items = shop_item::Entity::find()
        .filter(shop_item::Column::ShopId.eq(id))
        .filter(shop_item::Column::Known.eq(false))
        .order_by_asc(shop_item::Column::Position);
    let mut left = Vec::new();
    for item in items.all(tx.db()).await? {
        left.extend(begin_item(tx, owner, id, item).await?);
    }
    finish(tx, id).await?;
    Ok(left)
}

/// Gives the keys of pictures that are left from an earlier attempt.
async fn begin_item(
    tx: &Tx,
    owner: Owner,
    shop: ShopImportId,
    item: shop_item::Model,
) -> Result<Vec<String>> {
    let before = import::Entity::find()
        .filter(import::Column::StoreId.eq(owner.store()))
        .filter(import::Column::PageKey.eq(item.page_key.as_str()))
        .one(tx.db())
        .await?;
    let mut left = Vec::new();
    let mut known = false;
    let import = match before {
        None => {
            let mut row = new_row(tx, owner, item.url.clone(), item.page_key.clone());
            row.shop_id = Set(Some(shop));
            if !item.title.is_empty() {
                row.title = Set(Some(item.title.clone()));
            }
            row.insert(tx.db()).await?.id
        }
        // Pasted by hand since the list was made.
        Some(row) if row.state.is_working() || row.state == ImportState::Ready => {
            known = true;
            row.id
        }
        Some(row) => {
            let id = row.id;
            left = reset(tx, row, item.url.clone()).await?;
            let changes = import::ActiveModel {
                id: Set(id),
                shop_id: Set(Some(shop)),
                ..Default::default()
            };
            changes.update(tx.db()).await?;
            id
        }
    };
    let mut item = item.into_active_model();
    item.import_id = Set(Some(import));
    item.known = Set(known);
    item.update(tx.db()).await?;
    Ok(left)
}

/// Stops after what is being read now, until it is resumed.
///
/// # Errors
/// [`crate::Error::NotFound`] for another store's; [`Refusal::ImportPast`] when it is not running.
pub async fn pause_shop(market: &Market, owner: Owner, id: ShopImportId) -> Result<()> {
    let (from, to) = (ShopImportState::Running, ShopImportState::Paused);
    turn(market, owner, id, from, to).await
}

/// Goes on.
///
/// # Errors
/// [`crate::Error::NotFound`] for another store's; [`Refusal::ImportPast`] when it is not paused.
pub async fn resume_shop(market: &Market, owner: Owner, id: ShopImportId) -> Result<()> {
    let (from, to) = (ShopImportState::Paused, ShopImportState::Running);
    turn(market, owner, id, from, to).await?;
    market.links_asked.notify_one();
    Ok(())
}

async fn turn(
    market: &Market,
    owner: Owner,
    id: ShopImportId,
    from: ShopImportState,
    to: ShopImportState,
) -> Result<()> {
    market
        .db
        .write((owner, id, from, to), |tx, (owner, id, from, to)| {
            Box::pin(turn_in(tx, owner, id, from, to))
        })
        .await
}

async fn turn_in(
    tx: &Tx,
    owner: Owner,
    id: ShopImportId,
    from: ShopImportState,
    to: ShopImportState,
) -> Result<()> {
    let row = lock_owned(tx, owner, id).await?;
    // Asked twice, it is as it was asked to be.
    if row.state == to {
        return Ok(());
    }
    if row.state != from {
        let now = match row.state {
            ShopImportState::Listing | ShopImportState::Listed => "has not begun yet",
            _ => "is over",
        };
        return Err(Refusal::ImportPast(now).into());
    }
    let mut row = row.into_active_model();
    row.state = Set(to);
    row.update(tx.db()).await?;
    finish(tx, id).await
}

/// Ends it. What was read stays and waits to be checked; what was not is let go.
///
/// # Errors
/// [`crate::Error::NotFound`] for another store's; [`Refusal::ImportPast`] when it is over.
pub async fn cancel_shop(market: &Market, owner: Owner, id: ShopImportId) -> Result<()> {
    market
        .db
        .write((owner, id), |tx, (owner, id)| {
            Box::pin(cancel_in(tx, owner, id))
        })
        .await
}

async fn cancel_in(tx: &Tx, owner: Owner, id: ShopImportId) -> Result<()> {
    let row = lock_owned(tx, owner, id).await?;
    match row.state {
        ShopImportState::Cancelled => return Ok(()),
        ShopImportState::Done | ShopImportState::Failed => {
            return Err(Refusal::ImportPast("is over").into());
        }
        _ => {}
    }
    let mut row = row.into_active_model();
    row.state = Set(ShopImportState::Cancelled);
    row.update(tx.db()).await?;
    import::Entity::update_many()
        .col_expr(import::Column::State, Expr::value(ImportState::Discarded))
        .filter(import::Column::ShopId.eq(id))
        .filter(import::Column::State.eq(ImportState::Waiting))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Notes that every product of a shop was read, once that is so.
pub(in crate::import) async fn finish_if_done(
    market: &Market,
    shop: Option<ShopImportId>,
) -> Result<()> {
    let Some(id) = shop else { return Ok(()) };
    market.db.write(id, |tx, id| Box::pin(finish(tx, id))).await
}

async fn finish(tx: &Tx, id: ShopImportId) -> Result<()> {
    let waiting = import::Entity::find()
        .filter(import::Column::ShopId.eq(id))
        .filter(import::Column::State.is_in(WORKING));
    if waiting.count(tx.db()).await? > 0 {
        return Ok(());
    }
    shop_import::Entity::update_many()
        .col_expr(
            shop_import::Column::State,
            Expr::value(ShopImportState::Done),
        )
        .filter(shop_import::Column::Id.eq(id))
        .filter(shop_import::Column::State.eq(ShopImportState::Running))
        .exec(tx.db())
        .await?;
    Ok(())
}
