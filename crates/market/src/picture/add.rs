use super::{files, read};
use crate::db::Tx;
use crate::entity::picture;
use crate::once::Sending;
use crate::product::{lock_owned, owned};
use crate::store::Owner;
use crate::task::Workers;
use crate::{Error, Market, Refusal, Result, random_code};
use model::{Checker, Picture, PictureId, ProductId, limits};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder,
};
use sha2::{Digest, Sha256};

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
    add_once(market, owner, product, bytes, alt, Sending::each_time()).await
}

/// Stores a picture, or gives the one that the same sending stored before (L4).
///
/// # Errors
/// As [`add`]; [`crate::Error::KeyReused`] when another picture was sent under the key.
pub async fn add_once(
    market: &Market,
    owner: Owner,
    product: ProductId,
    bytes: Vec<u8>,
    alt: String,
    sending: Sending,
) -> Result<Picture> {
    let alt = checked_alt(&alt)?;
    let content = Sha256::digest(&bytes);
    // Asked before the work, and again in the transaction.
    owned(market.reader(), owner, product).await?;
    next_position(market.reader(), product).await?;
    let key = store(market, bytes).await?;
    let new = New {
        product,
        key: key.clone(),
        alt,
        content: format!("{content:?}"),
    };
    let written = insert(market, owner, new, sending).await;
    if !written.as_ref().is_ok_and(|picture| picture.key == key) {
        files::delete(market, &key).await;
    }
    written.map(read::view)
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
    let encoded = DECODERS.run(move || pixels::encode(&bytes)).await?;
    let encoded = encoded.map_err(|why| Refusal::Picture(why.to_string()))?;
    files::write(market, &key, encoded).await?;
    Ok(key)
}

/// A picture whose files are stored.
#[derive(Clone)]
struct New {
    product: ProductId,
    key: String,
    alt: String,
    /// What was in the file.
    content: String,
}

async fn insert(
    market: &Market,
    owner: Owner,
    new: New,
    sending: Sending,
) -> Result<picture::Model> {
    market
        .db
        .write((owner, new, sending), |tx, (owner, new, sending)| {
            Box::pin(insert_in(tx, owner, new, sending))
        })
        .await
}

async fn insert_in(tx: &Tx, owner: Owner, new: New, sending: Sending) -> Result<picture::Model> {
    // Locked, so that two pictures added at once do not both become the last that fits.
    lock_owned(tx, owner, new.product).await?;
    let content = (new.product, &new.alt, &new.content);
    let work = async {
        let row = picture::ActiveModel {
            product_id: Set(new.product),
            key: Set(new.key.clone()),
            alt: Set(new.alt.clone()),
            position: Set(next_position(tx.db(), new.product).await?),
            ..Default::default()
        };
        Ok(row.insert(tx.db()).await?.id.0)
    };
    let form = ("picture", owner.store());
    let id = sending.once(tx, form, &content, work).await?;
    picture::Entity::find_by_id(PictureId(id))
        .one(tx.db())
        .await?
        .ok_or(Error::NotFound("picture"))
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
