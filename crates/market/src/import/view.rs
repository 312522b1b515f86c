//! Imports as screens show them.

use super::found::Found;
use super::{owned, prefill, shop};
use crate::db::paged;
use crate::entity::{import, import_picture};
use crate::store::Owner;
use crate::{Market, Result};
use model::{
    ImportCheck, ImportDesk, ImportForm, ImportId, ImportPicture, ImportState, ImportView, Page,
    PageRequest,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;
use url::Url;

const PAGE: u64 = 20;

/// One import: how far it is, and everything a person needs to check it. In every state there is a form, with what
/// is known by then.
///
/// # Errors
/// [`crate::Error::NotFound`] for another store's import.
pub async fn one(market: &Market, owner: Owner, id: ImportId) -> Result<ImportCheck> {
    let db = market.reader();
    let row = owned(db, owner, id).await?;
    let found = Found::read(&row.found)?;
    let pictures = pictures(db, &[id]).await?.remove(&id).unwrap_or_default();
    let currency = market.settings().currency;
    let found = found.as_ref();
    let product = found
        .map(|found| prefill::product(found, currency))
        .unwrap_or_default();
    Ok(ImportCheck {
        form: ImportForm::of(&product, &pictures, currency),
        found: found.map(prefill::fields).unwrap_or_default(),
        other_currency: found.and_then(|found| prefill::other_currency(found, currency)),
        warnings: found
            .map(|found| prefill::warnings(found, pictures.len()))
            .unwrap_or_default(),
        import: view(row, pictures.first().cloned()),
        pictures,
    })
}

/// A store's imports that are not products yet, the last pasted first, and its whole shops.
///
/// # Errors
/// [`crate::Error::Database`] only.
pub async fn desk(market: &Market, owner: Owner, request: PageRequest) -> Result<ImportDesk> {
    let db = market.reader();
    let find = import::Entity::find()
        .filter(import::Column::StoreId.eq(owner.store()))
        .filter(import::Column::State.is_not_in([ImportState::Saved, ImportState::Discarded]));
    let find = find
        .order_by_desc(import::Column::AskedAt)
        .order_by_desc(import::Column::Id);
    let (rows, request, total) = paged(db, find, request, PAGE).await?;
    Ok(ImportDesk {
        imports: Page::new(views(db, rows).await?, request, PAGE, total),
        shops: shop::last_of(db, owner).await?,
    })
}

/// Imports with their first pictures, in the order given.
pub(super) async fn views(
    db: &impl ConnectionTrait,
    rows: Vec<import::Model>,
) -> Result<Vec<ImportView>> {
    let ids: Vec<ImportId> = rows.iter().map(|row| row.id).collect();
    let mut pictures = pictures(db, &ids).await?;
    let view = |row: import::Model| {
        let mut own = pictures.remove(&row.id).unwrap_or_default();
        let first = (!own.is_empty()).then(|| own.remove(0));
        view(row, first)
    };
    Ok(rows.into_iter().map(view).collect())
}

fn view(row: import::Model, picture: Option<ImportPicture>) -> ImportView {
    ImportView {
        id: row.id,
        host: host(&row.url),
        url: row.url.to_string(),
        state: row.state,
        problem: row.problem,
        title: row.title,
        picture,
        product: row.product_id,
        shop: row.shop_id,
        asked_at: row.asked_at,
    }
}

/// An address's host, without `www.`.
pub(super) fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// The copied pictures of some imports, in the pages' order.
pub(super) async fn pictures(
    db: &impl ConnectionTrait,
    imports: &[ImportId],
) -> Result<HashMap<ImportId, Vec<ImportPicture>>> {
    let rows = import_picture::Entity::find()
        .filter(import_picture::Column::ImportId.is_in(imports.iter().copied()))
        .order_by_asc(import_picture::Column::Position)
        .all(db)
        .await?;
    let mut pictures: HashMap<ImportId, Vec<ImportPicture>> = HashMap::new();
    for row in rows {
        pictures
            .entry(row.import_id)
            .or_default()
            .push(ImportPicture {
                id: row.id,
                key: row.key,
                alt: row.alt,
            });
    }
    Ok(pictures)
}
