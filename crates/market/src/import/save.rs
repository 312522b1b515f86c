//! What a person makes of an import: a product of the store's own (K2), with its pictures and its source.

use super::facts::Facts;
use super::found::Found;
use super::source::SourceRow;
use super::start::take_pictures;
use super::{lock_owned, pages, prefill, view};
use crate::db::Tx;
use crate::entity::{PageUrl, import, import_picture, picture, product, store};
use crate::product::{create_in, publish_in};
use crate::store::Owner;
use crate::{Error, Market, Refusal, Result, lease, picture as pictures};
use model::{Category, ImportId, ImportPictureId, ImportState, NewImport, ProductId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use std::collections::HashMap;

/// What becomes of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Draft,
    Published,
}

/// Makes a draft of it. An import that has become this product gives that one.
///
/// # Errors
/// [`Error::NotFound`] for another store's import, and for a picture of another one; [`Refusal::ImportPast`] while
/// it is still being read; [`Refusal::ImportMade`] when it became another product than this one.
pub async fn save(
    market: &Market,
    owner: Owner,
    id: ImportId,
    new: NewImport,
) -> Result<ProductId> {
    make(market, owner, id, new, How::Draft).await
}

/// Makes a product of it and puts that on its maker's own shelf.
///
/// # Errors
/// As for [`save`].
pub async fn publish(
    market: &Market,
    owner: Owner,
    id: ImportId,
    new: NewImport,
) -> Result<ProductId> {
    make(market, owner, id, new, How::Published).await
}

/// Makes a draft of what was found, if that is complete: what is not is left for a person to check.
pub(super) async fn as_draft(
    market: &Market,
    row: &import::Model,
    found: &Found,
    category: Category,
) -> Result<()> {
    let maker = store::Entity::find_by_id(row.store_id)
        .one(market.reader())
        .await?
        .ok_or(Error::NotFound("store"))?;
    let owner = Owner::of(&maker);
    let mut pictures = view::pictures(market.reader(), &[row.id]).await?;
    let pictures = pictures.remove(&row.id).unwrap_or_default();
    let mut product = prefill::product(found, market.settings().currency);
    product.category.get_or_insert(category);
    let Some(new) = NewImport::of(&product, &pictures) else {
        return Ok(());
    };
    match save(market, owner, row.id, new).await {
        // Its owner was faster.
        Ok(_) | Err(Error::NotFound(_) | Error::Refused(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

async fn make(
    market: &Market,
    owner: Owner,
    id: ImportId,
    new: NewImport,
    how: How,
) -> Result<ProductId> {
    let made = market
        .db
        .write((owner, id, new, how), |tx, (owner, id, new, how)| {
            Box::pin(make_in(tx, owner, id, new, how))
        });
    let (product, left) = made.await?;
    for key in left {
        pictures::delete_files(market, &key).await;
    }
    Ok(product)
}

/// Gives the product, and the keys of pictures that nobody chose.
async fn make_in(
    tx: &Tx,
    owner: Owner,
    id: ImportId,
    new: NewImport,
    how: How,
) -> Result<(ProductId, Vec<String>)> {
    let row = lock_owned(tx.db(), owner, id).await?;
    if let (ImportState::Saved, Some(product)) = (row.state, row.product_id) {
        return made_of(tx, product, &new)
            .await
            .map(|made| (made, Vec::new()));
    }
    if !row.state.can_be_saved() {
        return Err(Refusal::ImportPast("is not ready yet").into());
    }
    let found = Found::read(&row.found)?;
    let (product, variants) = create_in(tx, owner, new.product).await?;
    let left = move_pictures(tx, id, product, new.pictures).await?;

    let facts = found.as_ref().map(|found| Facts::of(&found.draft));
    let source = SourceRow {
        product,
        url: PageUrl(found.as_ref().map_or(&*row.url, |found| &found.url).clone()),
        validators: found
            .as_ref()
            .map(|found| found.validators.clone())
            .unwrap_or_default(),
        keep_in_step: new.keep_in_step,
        facts: facts.unwrap_or_default(),
    };
    source
        .insert(tx, variants.into_iter().zip(new.found))
        .await?;
    pages::note(tx, product, pages::keys(&row.page_key, found.as_ref())).await?;
    if how == How::Published {
        publish_in(tx, owner, product).await?;
    }

    let mut row = row.into_active_model();
    row.state = Set(ImportState::Saved);
    row.product_id = Set(Some(product));
    row.problem = Set(None);
    // The source keeps what is still needed of it.
    row.found = Set(String::new());
    row.changed_at = Set(tx.now);
    row.taken_until = Set(lease::FREE);
    row.update(tx.db()).await?;
    Ok((product, left))
}

/// The product that was made before, if this form would make the same: what is typed in another window is not let go
/// without a word.
async fn made_of(tx: &Tx, id: ProductId, new: &NewImport) -> Result<ProductId> {
    let made = product::Entity::find_by_id(id).one(tx.db()).await?;
    let made = made.ok_or(Error::NotFound("product"))?;
    let same = made.title == new.product.title
        && made.description == new.product.description
        && made.category == new.product.category;
    if same {
        Ok(id)
    } else {
        Err(Refusal::ImportMade.into())
    }
}

/// The chosen pictures become the product's. Gives the keys of the others.
async fn move_pictures(
    tx: &Tx,
    id: ImportId,
    product: ProductId,
    chosen: Vec<(ImportPictureId, String)>,
) -> Result<Vec<String>> {
    let copied = import_picture::Entity::find()
        .filter(import_picture::Column::ImportId.eq(id))
        .all(tx.db())
        .await?;
    let mut keys: HashMap<ImportPictureId, String> =
        copied.into_iter().map(|row| (row.id, row.key)).collect();
    take_pictures(tx, id).await?;
    for (position, (id, alt)) in (0..).zip(chosen) {
        let key = keys.remove(&id).ok_or(Error::NotFound("picture"))?;
        let row = picture::ActiveModel {
            product_id: Set(product),
            key: Set(key),
            alt: Set(alt),
            position: Set(position),
            ..Default::default()
        };
        row.insert(tx.db()).await?;
    }
    Ok(keys.into_values().collect())
}
