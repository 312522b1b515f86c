use super::pages::own_product;
use super::{fetcher, lock_owned};
use crate::db::Tx;
use crate::entity::{PageUrl, import, import_picture};
use crate::link::{self, ShopPage};
use crate::store::Owner;
use crate::{Market, Refusal, Result, lease, picture};
use importer::address::{same_page, without_tracking};
use model::{ImportId, ImportState, Pasted};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder,
};

const HOUR_MS: i64 = 60 * 60_000;

/// Has a pasted link read, to become a product of the owner's own. The same page pasted again leads to what it
/// became before, or to where it is; what had failed or was thrown away is read anew.
///
/// # Errors
/// [`crate::Error::Invalid`] on `link` for what must not be asked for; [`Refusal::ImportsPerHour`].
pub async fn start(market: &Market, owner: Owner, page: ShopPage) -> Result<Pasted> {
    let url = allowed(market, &page)?;
    let most = market.settings().imports_per_hour;
    let started = market
        .db
        .write((owner, url, most), |tx, (owner, url, most)| {
            Box::pin(start_in(tx, owner, url, most))
        });
    let (pasted, left) = started.await?;
    for key in left {
        picture::delete_files(market, &key).await;
    }
    market.links_asked.notify_one();
    Ok(pasted)
}

/// Gives the keys of pictures that are left from an earlier attempt, too.
async fn start_in(tx: &Tx, owner: Owner, url: PageUrl, most: u64) -> Result<(Pasted, Vec<String>)> {
    let key = same_page(&url);
    if let Some(known) = own_product(tx.db(), owner.store(), std::slice::from_ref(&key)).await? {
        return Ok((Pasted::Product(known.id), Vec::new()));
    }
    let there = import::Entity::find()
        .filter(import::Column::StoreId.eq(owner.store()))
        .filter(import::Column::PageKey.eq(key.as_str()))
        .one(tx.db())
        .await?;
    if let Some(row) = &there
        && !can_start_again(row)
    {
        return Ok((Pasted::Import(row.id), Vec::new()));
    }
    refuse_too_many(tx, owner, most).await?;
    match there {
        Some(row) => {
            let id = row.id;
            let left = reset(tx, row, url).await?;
            Ok((Pasted::Import(id), left))
        }
        None => {
            let id = new_row(tx, owner, url, key).insert(tx.db()).await?.id;
            Ok((Pasted::Import(id), Vec::new()))
        }
    }
}

/// Reads a link that failed once more.
///
/// # Errors
/// [`crate::Error::NotFound`] for another store's import; [`Refusal::ImportPast`] for one that did not fail;
/// [`Refusal::ImportsPerHour`].
pub async fn again(market: &Market, owner: Owner, id: ImportId) -> Result<()> {
    fetcher(market)?;
    let most = market.settings().imports_per_hour;
    let left = market.db.write((owner, id, most), |tx, (owner, id, most)| {
        Box::pin(again_in(tx, owner, id, most))
    });
    for key in left.await? {
        picture::delete_files(market, &key).await;
    }
    market.links_asked.notify_one();
    Ok(())
}

async fn again_in(tx: &Tx, owner: Owner, id: ImportId, most: u64) -> Result<Vec<String>> {
    let row = lock_owned(tx.db(), owner, id).await?;
    if row.state != ImportState::Failed {
        return Err(Refusal::ImportPast("did not fail").into());
    }
    refuse_too_many(tx, owner, most).await?;
    let url = row.url.clone();
    reset(tx, row, url).await
}

/// The address to ask, without what only counts clicks, if it may be asked for.
///
/// # Errors
/// [`crate::Error::Invalid`] on `link`; [`Refusal::NoReader`].
pub(super) fn allowed(market: &Market, page: &ShopPage) -> Result<PageUrl> {
    let guard = fetcher(market)?.guard();
    let checked = guard.check(page.url());
    checked.map_err(|refusal| link::wrong(refusal.to_string()))?;
    Ok(PageUrl(without_tracking(page.url())))
}

/// A row that waits for its turn.
pub(super) fn new_row(
    tx: &Tx,
    owner: Owner,
    url: PageUrl,
    page_key: String,
) -> import::ActiveModel {
    import::ActiveModel {
        store_id: Set(owner.store()),
        page_key: Set(page_key),
        url: Set(url),
        state: Set(ImportState::Waiting),
        problem: Set(None),
        found: Set(String::new()),
        title: Set(None),
        shop_id: Set(None),
        product_id: Set(None),
        asked_at: Set(tx.now),
        changed_at: Set(tx.now),
        attempts: Set(0),
        taken_until: Set(lease::FREE),
        ..Default::default()
    }
}

/// Nothing is left of it, or its product is no longer the store's.
pub(super) fn can_start_again(row: &import::Model) -> bool {
    matches!(
        row.state,
        ImportState::Failed | ImportState::Discarded | ImportState::Saved
    )
}

/// Starts a row anew. Gives the keys of pictures whose files are to be deleted.
pub(super) async fn reset(tx: &Tx, row: import::Model, url: PageUrl) -> Result<Vec<String>> {
    let left = take_pictures(tx, row.id).await?;
    let attempts = row.attempts;
    let mut row = row.into_active_model();
    row.url = Set(url);
    row.state = Set(ImportState::Waiting);
    row.problem = Set(None);
    row.found = Set(String::new());
    row.title = Set(None);
    row.product_id = Set(None);
    row.shop_id = Set(None);
    row.asked_at = Set(tx.now);
    row.changed_at = Set(tx.now);
    // A worker that still has it from before finds another number, and lets go.
    row.attempts = Set(next_round(attempts));
    row.taken_until = Set(lease::FREE);
    row.update(tx.db()).await?;
    Ok(left)
}

/// Attempts are counted in rounds, so that a row started anew can be tried as often as a new one.
pub(super) const ROUND: i64 = 100;

fn next_round(attempts: i64) -> i64 {
    (attempts / ROUND + 1) * ROUND
}

/// Removes an import's pictures from the tables and gives their keys.
pub(super) async fn take_pictures(tx: &Tx, id: ImportId) -> Result<Vec<String>> {
    let own = || import_picture::Column::ImportId.eq(id);
    let rows = import_picture::Entity::find()
        .filter(own())
        .order_by_asc(import_picture::Column::Id)
        .all(tx.db())
        .await?;
    import_picture::Entity::delete_many()
        .filter(own())
        .exec(tx.db())
        .await?;
    Ok(rows.into_iter().map(|row| row.key).collect())
}

async fn refuse_too_many(tx: &Tx, owner: Owner, most: u64) -> Result<()> {
    let lately = import::Entity::find()
        .filter(import::Column::StoreId.eq(owner.store()))
        .filter(import::Column::ShopId.is_null())
        .filter(import::Column::AskedAt.gt(tx.now.plus_millis(-HOUR_MS)));
    if lately.count(tx.db()).await? >= most {
        return Err(Refusal::ImportsPerHour { most }.into());
    }
    Ok(())
}
