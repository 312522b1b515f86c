use super::super::facts::Facts;
use super::super::view::host;
use super::compare::{Change, Pair, changes};
use super::find;
use crate::entity::{product, source, source_variant, variant};
use crate::product::owned;
use crate::store::Owner;
use crate::{Error, Market, Result};
use model::{Currency, KeepInStep, ProductId, RefreshView, SourceView};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Where the owner's product came from; `None` for one that was not imported.
///
/// # Errors
/// [`Error::NotFound`] for another store's product.
pub async fn source(market: &Market, owner: Owner, id: ProductId) -> Result<Option<SourceView>> {
    let db = market.reader();
    let product = owned(db, owner, id).await?;
    let Some(row) = find(db, id).await? else {
        return Ok(None);
    };
    let changes = changes_of(db, &product, &row, market.settings().currency).await?;
    Ok(Some(view(market, row, &changes)))
}

/// What the last look at a product's source found that is not applied yet.
///
/// # Errors
/// [`Error::NotFound`] for another store's product, and for one that was not imported.
pub async fn differences(market: &Market, owner: Owner, id: ProductId) -> Result<RefreshView> {
    let db = market.reader();
    let product = owned(db, owner, id).await?;
    let row = find(db, id).await?.ok_or(Error::NotFound("source"))?;
    let changes = changes_of(db, &product, &row, market.settings().currency).await?;
    Ok(RefreshView {
        product: id,
        title: product.title,
        source: view(market, row, &changes),
        shown: stamp(&changes),
        changes: changes.into_iter().map(|change| change.shown).collect(),
    })
}

/// Stands for all differences as they are shown.
pub(super) fn stamp(changes: &[Change]) -> String {
    let mut hash = Sha256::new();
    for change in changes {
        hash.update(format!("{:?}", change.shown));
    }
    let hash = hex::encode(hash.finalize());
    hash.chars().take(24).collect()
}

fn view(market: &Market, row: source::Model, changes: &[Change]) -> SourceView {
    let by_itself = row.keep_in_step == KeepInStep::ByItself && market.settings().refresh_hours > 0;
    SourceView {
        host: host(&row.url),
        url: row.url.to_string(),
        read_at: row.read_at,
        problem: row.problem,
        keep_in_step: row.keep_in_step,
        next_at: by_itself.then_some(row.next_at),
        changes: i64::try_from(changes.len()).unwrap_or(i64::MAX),
    }
}

async fn changes_of(
    db: &impl ConnectionTrait,
    product: &product::Model,
    row: &source::Model,
    currency: Currency,
) -> Result<Vec<Change>> {
    let variants = variant::Entity::find()
        .filter(variant::Column::ProductId.eq(product.id))
        .order_by_asc(variant::Column::Position)
        .order_by_asc(variant::Column::Id)
        .all(db)
        .await?;
    let pairs = pairs(db, product.id, variants).await?;
    let (agreed, latest) = (Facts::read(&row.agreed)?, Facts::read(&row.latest)?);
    Ok(changes(&product.title, &pairs, &agreed, &latest, currency))
}

/// The variants that have a counterpart at the source, in the order given.
pub(super) async fn pairs(
    db: &impl ConnectionTrait,
    product: ProductId,
    variants: Vec<variant::Model>,
) -> Result<Vec<Pair>> {
    let there = source_variant::Entity::find()
        .filter(source_variant::Column::ProductId.eq(product))
        .all(db)
        .await?;
    let mut there: HashMap<_, _> = there.into_iter().map(|row| (row.variant_id, row)).collect();
    Ok(variants
        .into_iter()
        .filter(|here| !here.retired)
        .filter_map(|here| {
            let there = there.remove(&here.id)?;
            Some(Pair { here, there })
        })
        .collect())
}
