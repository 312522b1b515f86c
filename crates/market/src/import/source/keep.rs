use super::super::facts::Facts;
use super::lock;
use crate::db::Tx;
use crate::entity::{PageUrl, source, source_variant};
use crate::product::lock_owned;
use crate::store::Owner;
use crate::{Market, Result, lease};
use importer::fetch::Validators;
use model::{KeepInStep, ProductId, Timestamp, VariantId};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

const HOUR_MS: i64 = 60 * 60_000;

/// What a new product remembers of the page it came from.
pub(in crate::import) struct SourceRow {
    pub product: ProductId,
    pub url: PageUrl,
    pub validators: Validators,
    pub keep_in_step: KeepInStep,
    /// What the page said; nothing when it was never read.
    pub facts: Facts,
}

impl SourceRow {
    /// Writes it down with the product's variants, each with the number of the found one it is.
    pub async fn insert(
        self,
        tx: &Tx,
        variants: impl IntoIterator<Item = (VariantId, Option<usize>)>,
    ) -> Result<()> {
        let facts = self.facts.write()?;
        let row = source::ActiveModel {
            product_id: Set(self.product),
            url: Set(self.url),
            etag: Set(self.validators.etag),
            last_modified: Set(self.validators.last_modified),
            keep_in_step: Set(self.keep_in_step),
            read_at: Set(tx.now),
            problem: Set(None),
            failures: Set(0),
            next_at: Set(next_look(tx.now, tx.settings.refresh_hours, self.product)),
            taken_until: Set(lease::FREE),
            agreed: Set(facts.clone()),
            latest: Set(facts),
        };
        source::Entity::insert(row)
            .exec_without_returning(tx.db())
            .await?;
        for (variant, number) in variants {
            let Some(found) = number.and_then(|number| self.facts.variants.get(number)) else {
                continue;
            };
            let row = source_variant::ActiveModel {
                variant_id: Set(variant),
                product_id: Set(self.product),
                name: Set(found.name.clone()),
                taken: Set(0),
            };
            source_variant::Entity::insert(row)
                .exec_without_returning(tx.db())
                .await?;
        }
        Ok(())
    }
}

/// Chooses whether a product follows its source by itself.
///
/// # Errors
/// [`crate::Error::NotFound`] for another store's product, and for one that was not imported.
pub async fn keep_in_step(
    market: &Market,
    owner: Owner,
    product: ProductId,
    choice: KeepInStep,
) -> Result<()> {
    market
        .db
        .write((owner, product, choice), |tx, (owner, product, choice)| {
            Box::pin(keep_in_step_in(tx, owner, product, choice))
        })
        .await
}

async fn keep_in_step_in(
    tx: &Tx,
    owner: Owner,
    product: ProductId,
    choice: KeepInStep,
) -> Result<()> {
    lock_owned(tx, owner, product).await?;
    let row = lock(tx.db(), product).await?;
    let mut row = row.into_active_model();
    row.keep_in_step = Set(choice);
    row.failures = Set(0);
    row.next_at = Set(next_look(tx.now, tx.settings.refresh_hours, product));
    row.update(tx.db()).await?;
    Ok(())
}

/// When a source is looked at next: each product has its own moment in the period, so that a market's products, and
/// those of one shop, are spread over all of it. At least half a period lies before it.
pub(super) fn next_look(now: Timestamp, hours: i64, product: ProductId) -> Timestamp {
    let period = hours.max(1) * HOUR_MS;
    // Neighbouring numbers are often from one shop: a factor without a common divisor sends them far apart.
    let own = (product.0.rem_euclid(period) * 1_000_003).rem_euclid(period);
    let earliest = now.0 + period / 2;
    let wait = (own - earliest).rem_euclid(period);
    Timestamp(earliest + wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_spread_over_the_period_and_come_back_in_step() {
        let day = 24 * HOUR_MS;
        let now = Timestamp(1_772_442_000_000);
        let mut hours = [0; 24];
        for id in 1..=240 {
            let next = next_look(now, 24, ProductId(id));
            assert!(next.0 - now.0 >= day / 2 && next.0 - now.0 < day / 2 + day);
            assert_eq!(
                next_look(next, 24, ProductId(id)).0 - next.0,
                day,
                "a day later"
            );
            hours[usize::try_from(next.0 % day / HOUR_MS).unwrap()] += 1;
        }
        assert!(
            hours.iter().all(|count| (4..=20).contains(count)),
            "{hours:?}"
        );
    }
}
