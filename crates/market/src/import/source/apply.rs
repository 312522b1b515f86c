use super::super::facts::Facts;
use super::compare::{Change, Effect, Pair, agree, changes};
use super::lock;
use super::view::{pairs, stamp};
use crate::db::Tx;
use crate::entity::{source_variant, variant};
use crate::ledger::{self, Journal};
use crate::offer::coverage;
use crate::product::{lock_owned, rename_in};
use crate::store::Owner;
use crate::sums::{less, plus};
use crate::{Market, Refusal, Result, stock};
use model::{Money, ProductId, RefreshForm, VariantId, limits};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

/// Changes applied at once, more than any product can have.
const MOST_KEYS: usize = 4 * limits::VARIANTS;

/// Applies the chosen changes and lets go of the others, until the source changes again. Coverage that the new
/// stock no longer carries goes back to the wallet in the same transaction (R4).
///
/// # Errors
/// [`Refusal::DifferencesChanged`] when they are not those that were shown; [`crate::Error::NotFound`] for another
/// store's product, and for one that was not imported.
pub async fn apply(market: &Market, owner: Owner, id: ProductId, form: RefreshForm) -> Result<()> {
    let RefreshForm {
        apply: mut keys,
        shown,
    } = form;
    keys.truncate(MOST_KEYS);
    market
        .db
        .write((owner, id, keys, shown), |tx, (owner, id, keys, shown)| {
            Box::pin(apply_in(tx, owner, id, Choice::Keys { keys, shown }))
        })
        .await
}

/// Which changes are applied.
#[derive(Clone)]
pub(super) enum Choice {
    /// Those of these keys; the others are let go. A person chose them among what was shown.
    Keys { keys: Vec<String>, shown: String },
    /// Price and stock where they can be; the others wait for the maker.
    PriceAndStock,
}

pub(super) async fn apply_in(tx: &Tx, owner: Owner, id: ProductId, choice: Choice) -> Result<()> {
    let product = lock_owned(tx, owner, id).await?;
    let row = lock(tx.db(), id).await?;
    let mut variants = stock::lock(tx, [id]).await?;
    variants.sort_by_key(|variant| (variant.position, variant.id));
    let pairs = pairs(tx.db(), id, variants).await?;
    let (agreed, latest) = (Facts::read(&row.agreed)?, Facts::read(&row.latest)?);
    let currency = tx.settings.currency;
    let changes = changes(&product.title, &pairs, &agreed, &latest, currency);

    if let Choice::Keys { shown, .. } = &choice
        && *shown != stamp(&changes)
    {
        return Err(Refusal::DifferencesChanged.into());
    }

    let is_chosen = |change: &&Change| match &choice {
        Choice::Keys { keys, .. } => keys.contains(&change.shown.key),
        Choice::PriceAndStock => !matches!(change.effect, Effect::Title(_) | Effect::None),
    };
    let (chosen, others): (Vec<&Change>, Vec<&Change>) = changes.iter().partition(is_chosen);
    let mut title = None;
    for change in &chosen {
        match &change.effect {
            Effect::Title(new) => title = Some(new.clone()),
            Effect::Price(variant, price) => set_price(tx, *variant, *price).await?,
            Effect::SoldOut(variant) => empty(tx, pair(&pairs, *variant)).await?,
            Effect::Stock(variant, units) => fill(tx, pair(&pairs, *variant), *units).await?,
            Effect::None => {}
        }
    }
    let pending: Vec<&str> = match &choice {
        Choice::Keys { .. } => Vec::new(),
        Choice::PriceAndStock => others
            .iter()
            .map(|change| change.shown.key.as_str())
            .collect(),
    };
    let agreed = agree(&agreed, &latest, &pairs, &pending);
    let mut row = row.into_active_model();
    row.agreed = Set(agreed.write()?);
    row.update(tx.db()).await?;
    match title {
        Some(title) => rename_in(tx, owner, product, title).await?,
        None if !chosen.is_empty() => {
            let mut product = product.into_active_model();
            product.updated_at = Set(tx.now);
            product.update(tx.db()).await?;
        }
        None => {}
    }
    let mut journal = Journal::new();
    coverage::trim(tx, &[id], &mut journal).await?;
    ledger::post(tx, journal).await
}

fn pair(pairs: &[Pair], variant: VariantId) -> Option<&Pair> {
    pairs.iter().find(|pair| pair.here.id == variant)
}

async fn set_price(tx: &Tx, id: VariantId, price: Money) -> Result<()> {
    let row = variant::ActiveModel {
        id: Set(id),
        price: Set(price),
        ..Default::default()
    };
    row.update(tx.db()).await?;
    Ok(())
}

/// Takes what is not on hold, and remembers how much that was.
async fn empty(tx: &Tx, pair: Option<&Pair>) -> Result<()> {
    let Some(Pair { here, there }) = pair else {
        return Ok(());
    };
    let taken = less(here.on_hand, here.held)?;
    stock::correct(tx, here.id, here.held, less(0, taken)?).await?;
    remember(tx, here.id, plus(there.taken, taken)?.min(limits::STOCK)).await
}

async fn fill(tx: &Tx, pair: Option<&Pair>, units: i64) -> Result<()> {
    let Some(Pair { here, .. }) = pair else {
        return Ok(());
    };
    stock::correct(tx, here.id, here.held, less(units, here.on_hand)?).await?;
    remember(tx, here.id, 0).await
}

async fn remember(tx: &Tx, id: VariantId, taken: i64) -> Result<()> {
    let row = source_variant::ActiveModel {
        variant_id: Set(id),
        taken: Set(taken),
        ..Default::default()
    };
    row.update(tx.db()).await?;
    Ok(())
}
