use super::super::view::{host, views};
use crate::db::paged;
use crate::entity::{import, shop_import, shop_item};
use crate::store::Owner;
use crate::{Error, Market, Result};
use model::{
    ImportId, ImportState, ImportView, Page, PageRequest, ShopImportId, ShopImportPage,
    ShopImportView, ShopItem,
};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use std::collections::HashMap;

const PAGE: u64 = 50;

/// Shops shown on the desk.
const LAST: u64 = 20;

/// A whole shop with one page of its products.
///
/// # Errors
/// [`Error::NotFound`] for another store's.
pub async fn shop(
    market: &Market,
    owner: Owner,
    id: ShopImportId,
    request: PageRequest,
) -> Result<ShopImportPage> {
    let db = market.reader();
    let row = shop_import::Entity::find_by_id(id)
        .filter(shop_import::Column::StoreId.eq(owner.store()))
        .one(db)
        .await?
        .ok_or(Error::NotFound("shop import"))?;
    let find = shop_item::Entity::find().filter(shop_item::Column::ShopId.eq(id));
    let find = find.order_by_asc(shop_item::Column::Position);
    let (items, request, total) = paged(db, find, request, PAGE).await?;
    let shops = shops(db, vec![row]).await?;
    Ok(ShopImportPage {
        shop: shops
            .into_iter()
            .next()
            .ok_or(Error::NotFound("shop import"))?,
        items: Page::new(with_imports(db, items).await?, request, PAGE, total),
    })
}

/// A store's last shops.
pub(in crate::import) async fn last_of(
    db: &impl ConnectionTrait,
    owner: Owner,
) -> Result<Vec<ShopImportView>> {
    let rows = shop_import::Entity::find()
        .filter(shop_import::Column::StoreId.eq(owner.store()))
        .order_by_desc(shop_import::Column::Id)
        .limit(LAST)
        .all(db)
        .await?;
    shops(db, rows).await
}

async fn with_imports(
    db: &impl ConnectionTrait,
    items: Vec<shop_item::Model>,
) -> Result<Vec<ShopItem>> {
    let ids = items.iter().filter_map(|item| item.import_id);
    let rows = import::Entity::find()
        .filter(import::Column::Id.is_in(ids))
        .all(db)
        .await?;
    let imports = views(db, rows).await?;
    let mut imports: HashMap<ImportId, ImportView> =
        imports.into_iter().map(|view| (view.id, view)).collect();
    let with_import = |item: shop_item::Model| {
        let import = item.import_id.and_then(|id| imports.remove(&id));
        let read = import.as_ref().and_then(|import| import.title.clone());
        let listed = Some(item.title).filter(|title| !title.is_empty());
        ShopItem {
            title: read.or(listed).unwrap_or_else(|| item.url.to_string()),
            url: item.url.to_string(),
            known: item.known,
            import,
        }
    };
    Ok(items.into_iter().map(with_import).collect())
}

/// How many products of a shop are where.
#[derive(Default)]
struct Count {
    found: i64,
    done: i64,
    failed: i64,
    known: i64,
    discarded: i64,
}

async fn shops(
    db: &impl ConnectionTrait,
    rows: Vec<shop_import::Model>,
) -> Result<Vec<ShopImportView>> {
    let ids: Vec<ShopImportId> = rows.iter().map(|row| row.id).collect();
    let mut counts = counts(db, &ids).await?;
    let view = |row: shop_import::Model| {
        let count = counts.remove(&row.id).unwrap_or_default();
        ShopImportView {
            id: row.id,
            host: host(&row.url),
            url: row.url.to_string(),
            state: row.state,
            problem: row.problem,
            found: count.found,
            done: count.done,
            failed: count.failed,
            known: count.known,
            discarded: count.discarded,
            more: row.more,
            whole_shop: row.whole_shop,
            asked_at: row.asked_at,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

async fn counts(
    db: &impl ConnectionTrait,
    shops: &[ShopImportId],
) -> Result<HashMap<ShopImportId, Count>> {
    let mut find =
        shop_item::Entity::find().filter(shop_item::Column::ShopId.is_in(shops.iter().copied()));
    let its_import = import::Column::Id
        .into_expr()
        .eq(shop_item::Column::ImportId.into_expr());
    QueryTrait::query(&mut find).left_join(import::Entity, its_import);
    let rows = find
        .select_only()
        .column(shop_item::Column::ShopId)
        .column(shop_item::Column::Known)
        .column(import::Column::State)
        .expr_as(Expr::cust("COUNT(*)"), "items")
        .group_by(shop_item::Column::ShopId)
        .group_by(shop_item::Column::Known)
        .group_by(import::Column::State)
        .into_tuple::<(ShopImportId, bool, Option<ImportState>, i64)>()
        .all(db)
        .await?;
    let mut counts: HashMap<ShopImportId, Count> = HashMap::new();
    for (shop, known, state, items) in rows {
        let count = counts.entry(shop).or_default();
        count.found += items;
        match state {
            _ if known => count.known += items,
            Some(ImportState::Ready | ImportState::Saved) => count.done += items,
            Some(ImportState::Failed) => count.failed += items,
            Some(ImportState::Discarded) => count.discarded += items,
            _ => {}
        }
    }
    Ok(counts)
}
