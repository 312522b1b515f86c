use super::card::{offers_of, variants_of};
use super::publish::standing;
use super::{cover_pictures, owned};
use crate::db::paged;
use crate::entity::{order_line, parcel, product, variant};
use crate::store::Owner;
use crate::{Market, Result, listing, offer, picture, search, sums};
use model::{
    Currency, Page, PageRequest, ProductEdit, ProductForm, ProductId, ProductRow, ProductState,
    StockShown, VariantForm,
};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
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
    let archived: Expr = Expr::case(product::Column::State.eq(ProductState::Archived), 1)
        .finally(0)
        .into();
    let find = find
        .order_by(archived, Order::Asc)
        .order_by_desc(product::Column::UpdatedAt)
        .order_by_desc(product::Column::Id);
    let (rows, request, total) = paged(db, find, request, PAGE).await?;
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
    let open = offer::open_on(&[id]).one(db).await?;
    Ok(ProductEdit {
        id,
        slug: row.slug.clone(),
        state: row.state,
        standing: standing(&row, open.as_ref()),
        form: written(&row, &variants, currency, typed),
        shown: written(&row, &variants, currency, shown),
        pictures: picture::all_of(db, id).await?,
        offer: offers_of(db, &[id]).await?.remove(&id),
        shelves: listing::shelves_of(db, owner, &[id])
            .await?
            .remove(&id)
            .unwrap_or(0),
    })
}

fn written(
    row: &product::Model,
    variants: &[variant::Model],
    currency: Currency,
    line: fn(&variant::Model, Currency) -> VariantForm,
) -> ProductForm {
    ProductForm {
        title: row.title.clone(),
        description: row.description.clone(),
        category: row.category.to_string(),
        variants: variants.iter().map(|row| line(row, currency)).collect(),
    }
}

/// A variant as its fields show it.
fn typed(row: &variant::Model, currency: Currency) -> VariantForm {
    VariantForm {
        stock: row.on_hand.to_string(),
        ..shown(row, currency)
    }
}

/// A variant as its page sends it back as what it has shown.
pub(super) fn shown(row: &variant::Model, currency: Currency) -> VariantForm {
    let stock = StockShown {
        on_hand: row.on_hand,
        received: row.received,
    };
    VariantForm {
        id: row.id.to_string(),
        name: row.name.clone(),
        sku: row.sku.clone(),
        price: row.price.typed(currency),
        stock: stock.to_string(),
        remove: String::new(),
    }
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
        // Its maker sees all prices, also of what is sold out.
        let prices = || variants.iter().map(|variant| variant.price);
        let (price_from, price_to) = (prices().min(), prices().max());
        ProductRow {
            id: row.id,
            slug: row.slug,
            title: row.title,
            category: row.category,
            state: row.state,
            picture: pictures.remove(&row.id),
            price_from: price_from.unwrap_or_default(),
            price_to: price_to.unwrap_or_default(),
            variants: i64::try_from(variants.len()).unwrap_or(i64::MAX),
            on_hand: sums::shown(variants.iter().map(|variant| variant.on_hand)),
            available: sums::shown(variants.iter().map(variant::Model::available)),
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
