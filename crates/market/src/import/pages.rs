//! Whose page is it? What is known of an address, in any of its spellings (K1).

use super::found::Found;
use crate::Result;
use crate::db::Tx;
use crate::entity::{import, product, source_page};
use crate::store::Owner;
use importer::address::same_page;
use model::{ImportId, ImportState, ProductId, ProductState, StoreId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
};
use url::Url;

/// What a page's address leads to.
pub(crate) enum KnownPage {
    /// A product of the viewer, in whatever state but archived.
    Own(product::Model),
    /// A page that the viewer is importing.
    Importing(ImportId),
    /// A published product of another maker.
    Published(product::Model),
}

/// Looks an address up: the viewer's own product first, then her import, then what others published.
pub(crate) async fn known_page(
    db: &impl ConnectionTrait,
    viewer: Option<Owner>,
    url: &Url,
) -> Result<Option<KnownPage>> {
    let key = same_page(url);
    if let Some(viewer) = viewer {
        if let Some(row) = own_product(db, viewer.store(), std::slice::from_ref(&key)).await? {
            return Ok(Some(KnownPage::Own(row)));
        }
        let importing = import::Entity::find()
            .filter(import::Column::StoreId.eq(viewer.store()))
            .filter(import::Column::PageKey.eq(key.as_str()))
            .filter(import::Column::State.is_not_in([ImportState::Saved, ImportState::Discarded]));
        if let Some(row) = importing.one(db).await? {
            return Ok(Some(KnownPage::Importing(row.id)));
        }
    }
    let published = from_pages(&[key])
        .filter(product::Column::State.eq(ProductState::Published))
        .one(db)
        .await?;
    Ok(published.map(KnownPage::Published))
}

/// A store's product that was imported from one of these pages; the oldest.
pub(super) async fn own_product(
    db: &impl ConnectionTrait,
    store: StoreId,
    keys: &[String],
) -> Result<Option<product::Model>> {
    let own = from_pages(keys)
        .filter(product::Column::StoreId.eq(store))
        .filter(product::Column::State.ne(ProductState::Archived));
    Ok(own.one(db).await?)
}

/// Which of these pages a store has products from.
pub(super) async fn own_pages(
    db: &impl ConnectionTrait,
    store: StoreId,
    keys: &[String],
) -> Result<Vec<String>> {
    let own = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(product::Column::StoreId.eq(store))
        .filter(product::Column::State.ne(ProductState::Archived));
    let pages = source_page::Entity::find()
        .filter(source_page::Column::PageKey.is_in(keys.iter().cloned()))
        .filter(source_page::Column::ProductId.in_subquery(own.into_query()));
    let pages = pages.all(db).await?;
    Ok(pages.into_iter().map(|page| page.page_key).collect())
}

fn from_pages(keys: &[String]) -> Select<product::Entity> {
    let products = source_page::Entity::find()
        .select_only()
        .column(source_page::Column::ProductId)
        .filter(source_page::Column::PageKey.is_in(keys.iter().cloned()));
    product::Entity::find()
        .filter(product::Column::Id.in_subquery(products.into_query()))
        .order_by_asc(product::Column::Id)
}

/// Every address by which a page may be pasted again, as keys: the one that was pasted, the one it led to, and the
/// one it calls its own on the same host.
pub(super) fn keys(page_key: &str, found: Option<&Found>) -> Vec<String> {
    let mut keys = vec![page_key.to_owned()];
    let Some(found) = found else { return keys };
    keys.push(same_page(&found.url));
    // A page can call any address its own; only its own shop's is believed.
    if let Some(canonical) = &found.draft.canonical_url
        && canonical.value.host_str() == found.url.host_str()
        && canonical.value.path() != "/"
    {
        keys.push(same_page(&canonical.value));
    }
    keys.sort();
    keys.dedup();
    keys
}

/// Notes the addresses of the page a product came from; those that are known stay.
pub(super) async fn note(tx: &Tx, product: ProductId, keys: Vec<String>) -> Result<()> {
    for page_key in keys {
        let row = source_page::ActiveModel {
            product_id: Set(product),
            page_key: Set(page_key),
        };
        let once =
            OnConflict::columns([source_page::Column::ProductId, source_page::Column::PageKey])
                .do_nothing()
                .to_owned();
        source_page::Entity::insert(row)
            .on_conflict(once)
            .exec_without_returning(tx.db())
            .await?;
    }
    Ok(())
}
