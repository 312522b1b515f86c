//! Copies a page's pictures into the market, the way an upload takes.

use super::found::{Found, cut};
use crate::db::Tx;
use crate::entity::{import, import_picture};
use crate::lease::{self, Leased, Turn};
use crate::{Error, Market, Result, picture};
use model::{Checker, ImportId, limits};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use url::Url;

/// Brings as many of the page's pictures as a product can have. What is no picture, or too small, is left out: the
/// page has others, or the person sees that there is none.
pub(super) async fn pictures(market: &Market, row: &import::Model, found: &Found) -> Result<()> {
    let Some(fetcher) = &market.fetcher else {
        return Ok(());
    };
    // A worker before this one may have copied some.
    let there = positions(market, row.id).await?;
    let images = found.draft.images.iter();
    let (missing, addresses): (Vec<i64>, Vec<Url>) = (0..)
        .zip(images.map(|image| image.value.url.clone()))
        .filter(|(position, _)| !there.contains(position))
        .unzip();
    let fetched = importer::import::pictures(fetcher, &addresses).await;
    let mut copied = there.len();
    for (fetched, position) in fetched.into_iter().zip(missing) {
        if copied >= limits::PICTURES {
            break;
        }
        let bytes = match fetched {
            Ok(bytes) => bytes,
            Err(error) => {
                tracing::debug!(import = %row.id, %error, "a picture did not come");
                continue;
            }
        };
        let key = match picture::store(market, bytes).await {
            Ok(key) => key,
            Err(Error::Refused(refusal)) => {
                tracing::debug!(import = %row.id, ?refusal, "a picture is of no use");
                continue;
            }
            Err(error) => return Err(error),
        };
        let noted = note(market, row, key.clone(), shown_as(title(found)), position).await;
        if !matches!(noted, Ok(true)) {
            picture::delete_files(market, &key).await;
            // Not this worker's import any more, or the database is gone.
            return noted.map(|_lost| ());
        }
        copied += 1;
    }
    Ok(())
}

fn title(found: &Found) -> Option<&str> {
    found.draft.title.as_ref().map(|title| title.value.as_str())
}

async fn positions(market: &Market, id: ImportId) -> Result<Vec<i64>> {
    let rows = import_picture::Entity::find().filter(import_picture::Column::ImportId.eq(id));
    let rows = rows.all(market.reader()).await?;
    Ok(rows.into_iter().map(|row| row.position).collect())
}

/// What a picture shows: the product, by its title, as short as a person would have to write it.
fn shown_as(title: Option<&str>) -> String {
    let mut plain = Checker::new();
    plain.optional(
        "alt",
        &cut(title.unwrap_or_default(), limits::ALT),
        limits::ALT,
    )
}

/// Notes a copied picture, if the import is still this worker's, who keeps it for another while.
async fn note(
    market: &Market,
    row: &import::Model,
    key: String,
    alt: String,
    position: i64,
) -> Result<bool> {
    let ours = import::Entity::turn(row);
    let picture = import_picture::ActiveModel {
        import_id: Set(row.id),
        key: Set(key),
        alt: Set(alt),
        position: Set(position),
        ..Default::default()
    };
    market
        .db
        .write((ours, picture), |tx, (turn, picture)| {
            Box::pin(note_in(tx, turn, picture))
        })
        .await
}

async fn note_in(tx: &Tx, turn: Turn, picture: import_picture::ActiveModel) -> Result<bool> {
    let nothing_else = import::ActiveModel {
        ..Default::default()
    };
    if !lease::keep::<import::Entity>(tx, turn, nothing_else).await? {
        return Ok(false);
    }
    picture.insert(tx.db()).await?;
    Ok(true)
}
