//! The texts as they are now.

use crate::Result;
use crate::db::Reader;
use crate::entity::product;
use crate::store::names_by_ids;
use finder::Text;
use model::{Category, ProductId, ProductState, StoreId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use std::collections::{BTreeSet, HashMap};

/// So many are read at a time when all are.
const STRETCH: u64 = 1_000;

/// The texts of some products: those that shoppers can see somewhere have one.
pub(super) struct Texts(Vec<(ProductId, Option<Owned>)>);

struct Owned {
    title: String,
    maker: String,
    body: String,
}

impl Texts {
    pub fn iter(&self) -> impl Iterator<Item = (ProductId, Option<Text<'_>>)> {
        self.0.iter().map(|(product, text)| {
            let text = text.as_ref().map(|text| Text {
                title: &text.title,
                maker: &text.maker,
                body: &text.body,
            });
            (*product, text)
        })
    }
}

pub(super) async fn of(db: &Reader, products: Vec<ProductId>) -> Result<Texts> {
    let these = product::Entity::find().filter(product::Column::Id.is_in(products.iter().copied()));
    let mut found: HashMap<_, _> = read(db, these).await?.into_iter().collect();
    let texts = products.into_iter().map(|product| {
        let text = found.remove(&product).flatten();
        (product, text)
    });
    Ok(Texts(texts.collect()))
}

/// The next ones below this one, and below which the following are; `None` at the end.
pub(super) async fn below(db: &Reader, below: ProductId) -> Result<(Texts, Option<ProductId>)> {
    let next = product::Entity::find()
        .filter(product::Column::Id.lt(below))
        .order_by_desc(product::Column::Id)
        .limit(STRETCH);
    let texts = read(db, next).await?;
    let last = texts.last().map(|(product, _)| *product);
    Ok((Texts(texts), last))
}

async fn read(
    db: &Reader,
    find: Select<product::Entity>,
) -> Result<Vec<(ProductId, Option<Owned>)>> {
    type Row = (ProductId, StoreId, ProductState, Category, String, String);
    let rows: Vec<Row> = find
        .select_only()
        .columns([
            product::Column::Id,
            product::Column::StoreId,
            product::Column::State,
            product::Column::Category,
            product::Column::Title,
            product::Column::Description,
        ])
        .into_tuple()
        .all(db)
        .await?;
    let makers: BTreeSet<_> = rows.iter().map(|(_, maker, ..)| *maker).collect();
    let names = names_by_ids(db, makers).await?;
    let text = |(id, maker, state, category, title, description): Row| {
        let maker = names.get(&maker).cloned().unwrap_or_default();
        let text = (state == ProductState::Published).then(|| Owned {
            title,
            maker,
            body: format!("{}\n{description}", category.label()),
        });
        (id, text)
    };
    Ok(rows.into_iter().map(text).collect())
}
