use super::{lock_owned, lock_variants};
use crate::code::random_code;
use crate::db::Tx;
use crate::entity::{product, store, variant};
use crate::ledger::{self, Journal};
use crate::offer::coverage;
use crate::store::Owner;
use crate::{Error, Market, Refusal, Result};
use model::{
    Category, NewProduct, NewVariant, ProductId, ProductState, StoreId, VariantId, limits, slugify,
};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter,
};

/// Variants of one product, with those taken away, which past orders still speak of.
const VARIANTS_EVER: usize = 10 * limits::VARIANTS;

/// Makes a draft.
///
/// # Errors
/// [`Error::NotFound`] when the store is gone; [`Refusal::ProductsPerHour`]; [`Refusal::ProductsFull`].
pub async fn create(market: &Market, owner: Owner, new: NewProduct) -> Result<ProductId> {
    market
        .db
        .write((owner, new), |tx, (owner, new)| {
            Box::pin(async move { Ok(create_in(tx, owner, new).await?.0) })
        })
        .await
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

/// Changes a product and its stock. Coverage that the new stock no longer carries goes back to the wallet in the
/// same transaction (R4). A variant left out is taken away.
///
/// # Errors
/// [`Error::NotFound`] for another store's product; [`Refusal::StockOnHold`] and [`Refusal::VariantOnHold`] when
/// shoppers who are paying now need the units; [`Refusal::VariantsFull`].
pub async fn update(market: &Market, owner: Owner, id: ProductId, new: NewProduct) -> Result<()> {
    market
        .db
        .write((owner, id, new), |tx, (owner, id, new)| {
            Box::pin(async move {
                let mut row = lock_owned(tx, owner, id).await?.into_active_model();
                row.search_text = Set(search_text(tx, owner, &new).await?);
                row.title = Set(new.title);
                row.description = Set(new.description);
                row.category = Set(new.category);
                row.updated_at = Set(tx.now);
                row.update(tx.db()).await?;

                let present = lock_variants(tx, id).await?;
                let added = new.variants.iter().filter(|v| v.id.is_none()).count();
                if present.len() + added > VARIANTS_EVER {
                    return Err(Refusal::VariantsFull.into());
                }
                for gone in present
                    .iter()
                    .filter(|v| !v.retired && !new.variants.iter().any(|n| n.id == Some(v.id)))
                {
                    retire_variant(tx, gone).await?;
                }
                for (position, variant) in (0..).zip(new.variants) {
                    match variant.id {
                        None => {
                            insert_variant(tx, id, position, variant).await?;
                        }
                        Some(known) => {
                            let at = present.iter().find(|v| v.id == known && !v.retired);
                            change_variant(
                                tx,
                                at.ok_or(Error::NotFound("variant"))?,
                                position,
                                variant,
                            )
                            .await?;
                        }
                    }
                }
                let mut journal = Journal::new();
                coverage::trim(tx, &[id], &mut journal).await?;
                ledger::post(tx, journal).await
            })
        })
        .await
}

async fn insert_variant(
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
        received: Set(new.stock),
        on_hand: Set(new.stock),
        held: Set(0),
        position: Set(position),
        retired: Set(false),
        ..Default::default()
    };
    Ok(row.insert(tx.db()).await?.id)
}

async fn change_variant(
    tx: &Tx,
    at: &variant::Model,
    position: i64,
    new: NewVariant,
) -> Result<()> {
    // Only what she changed is applied: units sold since she looked stay sold.
    let change = new.stock - new.seen_stock.unwrap_or(at.on_hand);
    change_stock(tx, at.id, at.held, change).await?;
    let row = variant::ActiveModel {
        id: Set(at.id),
        name: Set(new.name),
        sku: Set(new.sku),
        price: Set(new.price),
        position: Set(position),
        ..Default::default()
    };
    row.update(tx.db()).await?;
    Ok(())
}

async fn retire_variant(tx: &Tx, gone: &variant::Model) -> Result<()> {
    if gone.held > 0 {
        return Err(Refusal::VariantOnHold.into());
    }
    change_stock(tx, gone.id, gone.held, -gone.on_hand).await?;
    let row = variant::ActiveModel {
        id: Set(gone.id),
        retired: Set(true),
        ..Default::default()
    };
    row.update(tx.db()).await?;
    Ok(())
}

/// Adds `change` units to what is on hand, but never fewer than those on hold stay.
pub(crate) async fn change_stock(tx: &Tx, id: VariantId, held: i64, change: i64) -> Result<()> {
    if change == 0 {
        return Ok(());
    }
    let after = || Expr::col(variant::Column::OnHand).add(change);
    let update = variant::Entity::update_many()
        .col_expr(variant::Column::OnHand, after())
        .col_expr(
            variant::Column::Received,
            Expr::col(variant::Column::Received).add(change),
        )
        .filter(variant::Column::Id.eq(id))
        .filter(after().gte(Expr::col(variant::Column::Held)));
    match update.exec(tx.db()).await?.rows_affected {
        1 => Ok(()),
        _ => Err(Refusal::StockOnHold { held }.into()),
    }
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
    row: product::Model,
    title: String,
) -> Result<()> {
    let store = store::Entity::find_by_id(owner.store())
        .one(tx.db())
        .await?
        .ok_or(Error::NotFound("store"))?;
    let text = searched(&title, row.category, &store.name, &row.description);
    let mut row = row.into_active_model();
    row.title = Set(title);
    row.search_text = Set(text);
    row.updated_at = Set(tx.now);
    row.update(tx.db()).await?;
    Ok(())
}

/// What a search looks through.
async fn search_text(tx: &Tx, owner: Owner, new: &NewProduct) -> Result<String> {
    let store = store::Entity::find_by_id(owner.store())
        .one(tx.db())
        .await?
        .ok_or(Error::NotFound("store"))?;
    Ok(searched(
        &new.title,
        new.category,
        &store.name,
        &new.description,
    ))
}

fn searched(title: &str, category: Category, maker: &str, description: &str) -> String {
    [title, category.label(), maker, description]
        .join("\n")
        .to_lowercase()
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
