use super::Fresh;
use crate::entity::store;
use crate::feed::Topic;
use crate::store::by_ids;
use crate::{Error, Result};
use model::StoreId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;
use std::sync::Arc;

impl Fresh<'_> {
    /// The store at an address, open or closed.
    pub async fn store_at(self, slug: &str) -> Result<Option<Arc<store::Model>>> {
        let parts = &self.market.parts;
        let address = slug.to_owned();
        if let Some(id) = self.known(&parts.store_addresses, &address)
            && let Some(row) = self.known(&parts.stores, &id)
        {
            return Ok(Some(row));
        }
        let row = store::Entity::find()
            .filter(store::Column::Slug.eq(slug))
            .one(self.market.reader())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let topics = [Topic::Store(row.id)];
        parts
            .store_addresses
            .keep(self.since, topics, slug.len(), address, row.id);
        Ok(Some(self.keep_store(row)))
    }

    /// Some stores, by number.
    pub async fn stores(
        self,
        ids: impl IntoIterator<Item = StoreId>,
    ) -> Result<HashMap<StoreId, Arc<store::Model>>> {
        let mut found = HashMap::new();
        let mut missing = Vec::new();
        for id in ids {
            match self.known(&self.market.parts.stores, &id) {
                Some(row) => _ = found.insert(id, row),
                None => missing.push(id),
            }
        }
        if !missing.is_empty() {
            let rows = by_ids(self.market.reader(), missing).await?;
            found.extend(rows.into_iter().map(|(id, row)| (id, self.keep_store(row))));
        }
        Ok(found)
    }

    /// One that there must be.
    pub async fn store(self, id: StoreId) -> Result<Arc<store::Model>> {
        let mut found = self.stores([id]).await?;
        found
            .remove(&id)
            .ok_or_else(|| Error::Broken(format!("there is no store {id}")))
    }

    fn keep_store(self, row: store::Model) -> Arc<store::Model> {
        let words = [&row.slug, &row.name, &row.tagline, &row.about];
        let bytes = words.map(|text| text.len()).iter().sum();
        let topics = [Topic::Store(row.id)];
        let stores = &self.market.parts.stores;
        stores.keep(self.since, topics, bytes, row.id, row)
    }
}
