use super::super::found::cut;
use super::super::pages::own_pages;
use super::super::problem::Trouble;
use crate::db::Tx;
use crate::entity::{PageUrl, import, shop_import, shop_item};
use crate::lease::{self, Leased};
use crate::{Market, Result};
use importer::address::same_page;
use importer::shop::{Listed, Listing, list};
use model::{ImportProblem, ImportState, ShopImportState, limits};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use std::collections::HashSet;

/// Rows written by one statement; each has seven values, and SQLite takes some thousands.
const ROWS: usize = 200;

/// Lists the products of a shop that this process has taken.
pub(in crate::import) async fn list_shop(market: &Market, row: shop_import::Model) -> Result<()> {
    match listing(market, &row).await {
        Ok(listing) => {
            // Those whose addresses are too long to be kept are few, and can't be read either.
            let items: Vec<Item> = listing
                .products
                .iter()
                .filter(|product| product.url.as_str().len() <= limits::LINK)
                .map(Item::of)
                .collect();
            let more = !listing.complete;
            let listed = (row, items, more, listing.whole_shop);
            market
                .db
                .write(listed, |tx, (row, items, more, whole_shop)| {
                    Box::pin(note(tx, row, items, more, whole_shop))
                })
                .await
        }
        Err(trouble) => {
            let failed = (row, trouble.problem);
            market
                .db
                .write(failed, |tx, (row, problem)| {
                    Box::pin(fail(tx, row, problem))
                })
                .await
        }
    }
}

async fn fail(tx: &Tx, row: shop_import::Model, problem: ImportProblem) -> Result<()> {
    let Some(row) = still_ours(tx, &row).await? else {
        return Ok(());
    };
    let mut row = row.into_active_model();
    row.state = Set(ShopImportState::Failed);
    row.problem = Set(Some(problem));
    row.update(tx.db()).await?;
    Ok(())
}

async fn listing(market: &Market, row: &shop_import::Model) -> Result<Listing, Trouble> {
    let Some(fetcher) = &market.fetcher else {
        return Err(ImportProblem::Stopped.into());
    };
    let most = market.settings().shop_products;
    list(fetcher, &row.url, most).await.map_err(Trouble::from)
}

/// A product on the list.
#[derive(Clone)]
struct Item {
    page_key: String,
    url: PageUrl,
    title: String,
}

impl Item {
    fn of(product: &Listed) -> Item {
        Item {
            page_key: same_page(&product.url),
            url: PageUrl(product.url.clone()),
            title: cut(product.title.as_deref().unwrap_or_default(), limits::TITLE),
        }
    }
}

async fn note(
    tx: &Tx,
    row: shop_import::Model,
    items: Vec<Item>,
    more: bool,
    whole_shop: bool,
) -> Result<()> {
    let Some(row) = still_ours(tx, &row).await? else {
        return Ok(());
    };
    let keys: Vec<String> = items.iter().map(|item| item.page_key.clone()).collect();
    let known = known(tx, &row, &keys).await?;
    let rows: Vec<shop_item::ActiveModel> = (0..)
        .zip(items)
        .map(|(position, item)| shop_item::ActiveModel {
            shop_id: Set(row.id),
            known: Set(known.contains(&item.page_key)),
            page_key: Set(item.page_key),
            url: Set(item.url),
            title: Set(item.title),
            position: Set(position),
            import_id: Set(None),
            ..Default::default()
        })
        .collect();
    for rows in rows.chunks(ROWS) {
        shop_item::Entity::insert_many(rows.iter().cloned())
            .exec_without_returning(tx.db())
            .await?;
    }
    let mut row = row.into_active_model();
    row.state = Set(ShopImportState::Listed);
    row.more = Set(more);
    row.whole_shop = Set(whole_shop);
    row.taken_until = Set(lease::FREE);
    row.update(tx.db()).await?;
    Ok(())
}

/// The shop's row, if nobody cancelled it or took it over meanwhile.
async fn still_ours(tx: &Tx, row: &shop_import::Model) -> Result<Option<shop_import::Model>> {
    lease::locked::<shop_import::Entity>(tx, shop_import::Entity::turn(row)).await
}

/// The pages that the store has products from, or is importing.
async fn known(tx: &Tx, row: &shop_import::Model, keys: &[String]) -> Result<HashSet<String>> {
    let mut known = HashSet::new();
    for keys in keys.chunks(ROWS) {
        known.extend(own_pages(tx.db(), row.store_id, keys).await?);
        let importing = import::Entity::find()
            .filter(import::Column::StoreId.eq(row.store_id))
            .filter(import::Column::PageKey.is_in(keys.iter().cloned()))
            .filter(import::Column::State.is_not_in([
                ImportState::Saved,
                ImportState::Failed,
                ImportState::Discarded,
            ]));
        let importing = importing.all(tx.db()).await?;
        known.extend(importing.into_iter().map(|row| row.page_key));
    }
    Ok(known)
}
