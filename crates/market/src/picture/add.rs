use super::{encode, files, read};
use crate::entity::picture;
use crate::product::{lock_owned, owned};
use crate::store::Owner;
use crate::task::Workers;
use crate::{Market, Refusal, Result, random_code};
use model::{Checker, Picture, ProductId, limits};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder,
};

/// Pictures decoded at the same time; the others wait. Each takes a processor and hundreds of megabytes.
static DECODERS: Workers = Workers::new("pictures", 2, 24);

/// Stores a picture of the owner's product, last in its order. `bytes` is the uploaded file: JPEG, PNG or WebP, by
/// its content; the caller bounds its length.
///
/// # Errors
/// [`Refusal::Picture`] with a sentence for whatever is wrong with the file; [`Refusal::PicturesFull`];
/// [`crate::Error::Invalid`] when `alt` is too long; [`crate::Error::NotFound`] for another store's product.
pub async fn add(
    market: &Market,
    owner: Owner,
    product: ProductId,
    bytes: Vec<u8>,
    alt: String,
) -> Result<Picture> {
    let alt = checked_alt(&alt)?;
    // Asked before the work, and again in the transaction.
    owned(market.reader(), owner, product).await?;
    next_position(market.reader(), product).await?;
    let key = store(market, bytes).await?;
    let written = insert(market, owner, product, key.clone(), alt).await;
    if written.is_err() {
        files::delete(market, &key).await;
    }
    written
}

/// What a picture shows, for people who do not see it.
pub(super) fn checked_alt(alt: &str) -> Result<String> {
    let mut check = Checker::new();
    let alt = check.optional("alt", alt, limits::ALT);
    Ok(check.finish(alt)?)
}

/// Reads a picture and keeps it in both sizes under a random key, which no row holds yet.
pub(crate) async fn store(market: &Market, bytes: Vec<u8>) -> Result<String> {
    let key = random_code(files::KEY);
    let (folder, name) = (files::folder(market), key.clone());
    DECODERS
        .run(move || files::write(&folder, &name, &encode::encode(&bytes)?))
        .await??;
    Ok(key)
}

async fn insert(
    market: &Market,
    owner: Owner,
    product: ProductId,
    key: String,
    alt: String,
) -> Result<Picture> {
    market
        .db
        .write(
            (owner, product, key, alt),
            |tx, (owner, product, key, alt)| {
                Box::pin(async move {
                    // Locked, so that two pictures added at once do not both become the last that fits.
                    lock_owned(tx, owner, product).await?;
                    let row = picture::ActiveModel {
                        product_id: Set(product),
                        key: Set(key),
                        alt: Set(alt),
                        position: Set(next_position(tx.db(), product).await?),
                        ..Default::default()
                    };
                    Ok(read::view(row.insert(tx.db()).await?))
                })
            },
        )
        .await
}

/// The place after the last picture.
async fn next_position(db: &impl ConnectionTrait, product: ProductId) -> Result<i64> {
    let find = picture::Entity::find().filter(picture::Column::ProductId.eq(product));
    let pictures = find.clone().count(db).await?;
    if usize::try_from(pictures).unwrap_or(usize::MAX) >= limits::PICTURES {
        return Err(Refusal::PicturesFull.into());
    }
    let last = find
        .order_by_desc(picture::Column::Position)
        .one(db)
        .await?;
    Ok(last.map_or(0, |last| last.position + 1))
}
