use super::Fresh;
use super::faces::is_sold_out;
use crate::Result;
use crate::entity::{product, variant};
use crate::feed::Topic;
use crate::picture;
use crate::product::variants_of;
use model::{Category, Picture, ProductId, ProductState, StoreId, Timestamp, VariantView, limits};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::sync::Arc;

/// What a product's page shows of it, whoever looks and wherever it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Details {
    pub id: ProductId,
    pub maker: StoreId,
    pub slug: String,
    pub title: String,
    pub description: String,
    pub category: Category,
    pub state: ProductState,
    pub published_at: Option<Timestamp>,
    pub is_sold_out: bool,
    pub variants: Vec<VariantView>,
    pub pictures: Vec<Picture>,
}

impl Fresh<'_> {
    /// The product at an address, published or not.
    pub async fn product_at(self, slug: &str) -> Result<Option<Arc<Details>>> {
        let parts = &self.market.parts;
        let address = slug.to_owned();
        if let Some(id) = self.known(&parts.product_addresses, &address)
            && let Some(details) = self.known(&parts.details, &id)
        {
            return Ok(Some(details));
        }
        let db = self.market.reader();
        let row = product::Entity::find()
            .filter(product::Column::Slug.eq(slug))
            .one(db)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let id = row.id;
        let variants = variants_of(db, &[id])
            .await?
            .remove(&id)
            .unwrap_or_default();
        let details = Details {
            id,
            maker: row.store_id,
            slug: row.slug,
            title: row.title,
            description: row.description,
            category: row.category,
            state: row.state,
            published_at: row.published_at,
            is_sold_out: is_sold_out(&variants),
            variants: variants.into_iter().map(view).collect(),
            pictures: picture::all_of(db, id).await?,
        };
        let topics = [Topic::Product(id)];
        parts
            .product_addresses
            .keep(self.since, topics, slug.len(), address, id);
        let bytes = details.bytes();
        Ok(Some(
            parts.details.keep(self.since, topics, bytes, id, details),
        ))
    }
}

impl Details {
    fn bytes(&self) -> usize {
        let variants = self.variants.iter();
        let variants: usize = variants
            .map(|variant| size_of::<VariantView>() + variant.name.len() + variant.sku.len())
            .sum();
        let pictures = self.pictures.iter();
        let pictures: usize = pictures
            .map(|picture| size_of::<Picture>() + picture.key.len() + picture.alt.len())
            .sum();
        let words = self.slug.len() + self.title.len() + self.description.len();
        size_of::<Details>() + words + variants + pictures
    }
}

fn view(row: variant::Model) -> VariantView {
    VariantView {
        // What sells out of plenty changes no page.
        available: row.available().min(limits::CART_UNITS),
        id: row.id,
        name: row.name,
        sku: row.sku,
        price: row.price,
    }
}
