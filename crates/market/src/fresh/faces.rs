use super::Fresh;
use crate::Result;
use crate::entity::{product, variant};
use crate::feed::Topic;
use crate::listing::listings_of;
use crate::product::{cover_pictures, variants_of};
use model::{Category, ListingId, Money, Picture, ProductId, ProductState, StoreId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// What a card shows of a product, whoever looks and wherever it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Face {
    pub maker: StoreId,
    pub slug: String,
    pub title: String,
    pub category: Category,
    pub state: ProductState,
    /// The prices of what can be bought now; of a product that is sold out, of all it comes in.
    pub prices: (Money, Money),
    pub is_sold_out: bool,
    pub picture: Option<Picture>,
    /// Where it stands on its maker's own shelf.
    pub at_its_makers: Option<ListingId>,
}

impl Fresh<'_> {
    /// What cards show of some products. The number of queries does not depend on the number of products.
    pub async fn faces(
        self,
        products: impl IntoIterator<Item = ProductId>,
    ) -> Result<HashMap<ProductId, Arc<Face>>> {
        let memory = &self.market.parts.faces;
        let mut found = HashMap::new();
        let mut missing = BTreeSet::new();
        for id in products {
            match self.known(memory, &id) {
                Some(face) => _ = found.insert(id, face),
                None => _ = missing.insert(id),
            }
        }
        if !missing.is_empty() {
            let missing: Vec<_> = missing.into_iter().collect();
            for (id, face) in read(self.market.reader(), &missing).await? {
                let bytes = face.bytes();
                let face = memory.keep(self.since, [Topic::Product(id)], bytes, id, face);
                found.insert(id, face);
            }
        }
        Ok(found)
    }
}

impl Face {
    fn bytes(&self) -> usize {
        let picture = self.picture.as_ref();
        let picture = picture.map_or(0, |picture| picture.key.len() + picture.alt.len());
        size_of::<Face>() + self.slug.len() + self.title.len() + picture
    }
}

async fn read(db: &impl ConnectionTrait, ids: &[ProductId]) -> Result<Vec<(ProductId, Face)>> {
    let rows = product::Entity::find()
        .select_only()
        .columns([
            product::Column::Id,
            product::Column::StoreId,
            product::Column::Slug,
            product::Column::Title,
            product::Column::Category,
            product::Column::State,
        ])
        .filter(product::Column::Id.is_in(ids.iter().copied()))
        .into_tuple::<(ProductId, StoreId, String, String, Category, ProductState)>()
        .all(db)
        .await?;
    let variants = variants_of(db, ids).await?;
    let mut pictures = cover_pictures(db, ids.iter().copied()).await?;
    let makers: BTreeSet<_> = rows.iter().map(|(_, maker, ..)| *maker).collect();
    let listings = listings_of(db, ids, makers).await?;
    let face = |(id, maker, slug, title, category, state)| {
        let variants = variants.get(&id).map(Vec::as_slice).unwrap_or_default();
        let face = Face {
            maker,
            slug,
            title,
            category,
            state,
            prices: prices(variants),
            is_sold_out: is_sold_out(variants),
            picture: pictures.remove(&id),
            at_its_makers: listings.get(&(maker, id)).copied(),
        };
        (id, face)
    };
    Ok(rows.into_iter().map(face).collect())
}

pub(super) fn is_sold_out(variants: &[variant::Model]) -> bool {
    variants.iter().all(|variant| variant.available() <= 0)
}

/// The lowest and the highest.
fn prices(variants: &[variant::Model]) -> (Money, Money) {
    let sold_out = is_sold_out(variants);
    let prices = || {
        let shown = variants
            .iter()
            .filter(|variant| sold_out || variant.available() > 0);
        shown.map(|variant| variant.price)
    };
    (
        prices().min().unwrap_or_default(),
        prices().max().unwrap_or_default(),
    )
}
