use crate::code::random_code;
use crate::db::Tx;
use crate::entity::{product, store, variant};
use crate::once::Sending;
use crate::store::Owner;
use crate::{Error, Market, Refusal, Result, stock};
use model::{
    Category, NewProduct, NewVariant, ProductId, ProductState, StoreId, VariantId, fold, slugify,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter,
};

/// Variants of one product, with those taken away, which past orders still speak of.
pub(super) const VARIANTS_EVER: usize = 10 * model::limits::VARIANTS;

/// Makes a draft.
///
/// # Errors
/// [`Error::NotFound`] when the store is gone; [`Refusal::ProductsPerHour`]; [`Refusal::ProductsFull`].
pub async fn create(market: &Market, owner: Owner, new: NewProduct) -> Result<ProductId> {
    create_once(market, owner, new, Sending::each_time()).await
}

/// Makes a draft, or gives the one that the same sending made before (L4).
///
/// # Errors
/// As [`create`]; [`Error::KeyReused`] when another product was sent under the key.
pub async fn create_once(
    market: &Market,
    owner: Owner,
    new: NewProduct,
    sending: Sending,
) -> Result<ProductId> {
    let made = market
        .db
        .write((owner, new, sending), |tx, (owner, new, sending)| {
            Box::pin(async move {
                let content = format!("{new:?}");
                let work = async { Ok(create_in(tx, owner, new).await?.0.0) };
                let form = ("product", owner.store());
                sending.once(tx, form, &content, work).await
            })
        });
    made.await.map(ProductId)
}

/// Makes a draft, and gives its variants in their order.
pub(crate) async fn create_in(
    tx: &Tx,
    owner: Owner,
    new: NewProduct,
) -> Result<(ProductId, Vec<VariantId>)> {
    refuse_too_many(tx, owner).await?;
    let row = product::ActiveModel {
        store_id: Set(owner.store()),
        slug: Set(free_slug(tx, &new.title).await?),
        search_text: Set(search_text(tx, owner, &new).await?),
        title: Set(new.title),
        description: Set(new.description),
        category: Set(new.category),
        state: Set(ProductState::Draft),
        created_at: Set(tx.now),
        updated_at: Set(tx.now),
        published_at: Set(None),
        ..Default::default()
    };
    let product = row.insert(tx.db()).await?.id;
    let mut variants = Vec::with_capacity(new.variants.len());
    for (position, variant) in (0..).zip(new.variants) {
        variants.push(insert_variant(tx, product, position, variant).await?);
    }
    Ok((product, variants))
}

/// A shop of thousands of products has room; somebody who only wants to fill the disk does not.
async fn refuse_too_many(tx: &Tx, owner: Owner) -> Result<()> {
    let made = || product::Entity::find().filter(product::Column::StoreId.eq(owner.store()));
    let most = tx.settings.products_per_store;
    if made().count(tx.db()).await? >= most {
        return Err(Refusal::ProductsFull { most }.into());
    }
    let most = tx.settings.products_per_hour;
    let lately = made().filter(product::Column::CreatedAt.gt(tx.now.plus_minutes(-60)));
    if lately.count(tx.db()).await? >= most {
        return Err(Refusal::ProductsPerHour { most }.into());
    }
    Ok(())
}

pub(super) async fn insert_variant(
    tx: &Tx,
    product: ProductId,
    position: i64,
    new: NewVariant,
) -> Result<VariantId> {
    let row = variant::ActiveModel {
        product_id: Set(product),
        name: Set(new.name),
        sku: Set(new.sku),
        price: Set(new.price),
        position: Set(position),
        retired: Set(false),
        ..stock::first(new.stock)
    };
    Ok(row.insert(tx.db()).await?.id)
}

/// A web address no other product has: the title's, with an ending when that is taken.
async fn free_slug(tx: &Tx, title: &str) -> Result<String> {
    let base = match slugify(title) {
        slug if slug.is_empty() => "product".to_owned(),
        slug => slug,
    };
    let taken = product::Entity::find()
        .filter(product::Column::Slug.eq(base.as_str()))
        .one(tx.db())
        .await?;
    Ok(match taken {
        None => base,
        Some(_) => format!("{base}-{}", random_code(5)),
    })
}

/// Gives a product another title, by which searches find it too. Its web address stays.
pub(crate) async fn rename_in(
    tx: &Tx,
    owner: Owner,
    mut row: product::Model,
    title: String,
) -> Result<()> {
    row.title = title;
    rewrite_in(tx, owner, row).await
}

/// Writes a product's words, by which searches find it too. Its web address stays.
pub(super) async fn rewrite_in(tx: &Tx, owner: Owner, row: product::Model) -> Result<()> {
    let maker = maker_name(tx, owner).await?;
    let text = searched(&row.title, row.category, &maker, &row.description);
    let mut row = row.into_active_model().reset_all();
    row.search_text = Set(text);
    row.updated_at = Set(tx.now);
    row.update(tx.db()).await?;
    Ok(())
}

async fn maker_name(tx: &Tx, owner: Owner) -> Result<String> {
    let store = store::Entity::find_by_id(owner.store())
        .one(tx.db())
        .await?;
    Ok(store.ok_or(Error::NotFound("store"))?.name)
}

/// What a search looks through.
async fn search_text(tx: &Tx, owner: Owner, new: &NewProduct) -> Result<String> {
    let maker = maker_name(tx, owner).await?;
    Ok(searched(&new.title, new.category, &maker, &new.description))
}

/// The words a search is held against, folded as those of the search are.
pub(crate) fn searched(title: &str, category: Category, maker: &str, description: &str) -> String {
    fold(&[title, category.label(), maker, description].join("\n"))
}

/// Lets a search find a store's products under its new name.
pub(crate) async fn maker_renamed(tx: &Tx, maker: StoreId, name: &str) -> Result<()> {
    let products = product::Entity::find().filter(product::Column::StoreId.eq(maker));
    for row in products.all(tx.db()).await? {
        let text = searched(&row.title, row.category, name, &row.description);
        let mut row = row.into_active_model();
        row.search_text = Set(text);
        row.update(tx.db()).await?;
    }
    Ok(())
}
