use super::card::{available, offers_of, prices, variants_of};
use super::{cover_pictures, owned};
use crate::entity::{order_line, parcel, product};
use crate::store::Owner;
use crate::{Market, Result, listing, picture, search};
use model::{
    Page, PageRequest, ProductEdit, ProductForm, ProductId, ProductRow, ProductState, VariantForm,
};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, Order, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};
use std::collections::HashMap;

const PAGE: u64 = 20;

/// The maker's products that hold every word of `search`: the last changed first, archived ones at the end.
///
/// # Errors
/// [`crate::Error::Database`]; [`crate::Error::Busy`].
pub async fn mine(
    market: &Market,
    owner: Owner,
    search: &str,
    request: PageRequest,
) -> Result<Page<ProductRow>> {
    let _turn = market.turn().await?;
    let db = market.slow_reader();
    let find = product::Entity::find()
        .filter(product::Column::StoreId.eq(owner.store()))
        .filter(search::holds_words(search));
    let total = find.clone().count(db).await?;
    let archived: Expr = Expr::case(product::Column::State.eq(ProductState::Archived), 1)
        .finally(0)
        .into();
    let rows = find
        .order_by(archived, Order::Asc)
        .order_by_desc(product::Column::UpdatedAt)
        .order_by_desc(product::Column::Id)
        .offset(request.offset(PAGE))
        .limit(PAGE)
        .all(db)
        .await?;
    Ok(Page::new(
        views(db, owner, rows).await?,
        request,
        PAGE,
        total,
    ))
}

/// A product as its maker edits it.
///
/// # Errors
/// [`crate::Error::NotFound`] for another store's product.
pub async fn form(market: &Market, owner: Owner, id: ProductId) -> Result<ProductEdit> {
    let db = market.reader();
    let row = owned(db, owner, id).await?;
    let currency = market.settings().currency;
    let variants = variants_of(db, &[id])
        .await?
        .remove(&id)
        .unwrap_or_default();
    let typed = variants.into_iter().map(|variant| VariantForm {
        id: variant.id.to_string(),
        name: variant.name,
        sku: variant.sku,
        price: variant.price.typed(currency),
        stock: variant.on_hand.to_string(),
        seen_stock: variant.on_hand.to_string(),
    });
    Ok(ProductEdit {
        id,
        slug: row.slug,
        state: row.state,
        form: ProductForm {
            title: row.title,
            description: row.description,
            category: row.category.to_string(),
            variants: typed.collect(),
        },
        pictures: picture::all_of(db, id).await?,
        offer: offers_of(db, &[id]).await?.remove(&id),
        shelves: listing::shelves_of(db, owner, &[id])
            .await?
            .remove(&id)
            .unwrap_or(0),
    })
}

async fn views(
    db: &impl ConnectionTrait,
    owner: Owner,
    rows: Vec<product::Model>,
) -> Result<Vec<ProductRow>> {
    let ids: Vec<ProductId> = rows.iter().map(|row| row.id).collect();
    let mut variants = variants_of(db, &ids).await?;
    let mut pictures = cover_pictures(db, ids.iter().copied()).await?;
    let mut offers = offers_of(db, &ids).await?;
    let shelves = listing::shelves_of(db, owner, &ids).await?;
    let sold = sold(db, &ids).await?;
    let view = |row: product::Model| {
        let variants = variants.remove(&row.id).unwrap_or_default();
        let (price_from, price_to) = prices(&variants);
        ProductRow {
            id: row.id,
            slug: row.slug,
            title: row.title,
            category: row.category,
            state: row.state,
            picture: pictures.remove(&row.id),
            price_from,
            price_to,
            variants: i64::try_from(variants.len()).unwrap_or(i64::MAX),
            on_hand: variants.iter().map(|variant| variant.on_hand).sum(),
            available: variants.iter().map(available).sum(),
            sold: sold.get(&row.id).copied().unwrap_or(0),
            offer: offers.remove(&row.id),
            shelves: shelves.get(&row.id).copied().unwrap_or(0),
            updated_at: row.updated_at,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Units ever sold and not cancelled, by product.
async fn sold(db: &impl ConnectionTrait, ids: &[ProductId]) -> Result<HashMap<ProductId, i64>> {
    let mut find = order_line::Entity::find()
        .filter(order_line::Column::ProductId.is_in(ids.iter().copied()))
        .filter(parcel::Column::PaidAt.is_not_null());
    let its_parcel = parcel::Column::Id
        .into_expr()
        .eq(order_line::Column::ParcelId.into_expr());
    QueryTrait::query(&mut find).inner_join(parcel::Entity, its_parcel);
    let rows = find
        .select_only()
        .column(order_line::Column::ProductId)
        // PostgreSQL's SUM of BIGINT is a NUMERIC.
        .expr_as(
            Expr::cust("CAST(SUM(units - cancelled_units) AS BIGINT)"),
            "sold",
        )
        .group_by(order_line::Column::ProductId)
        .into_tuple::<(ProductId, i64)>()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}
