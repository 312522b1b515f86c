use super::settle;
use super::terms::{Promise, Totals, promises, totals};
use crate::cart::{Item, items, short};
use crate::code::{order_number, secret};
use crate::db::Tx;
use crate::entity::{Errand, PaymentState, order, order_line, parcel, payment, variant};
use crate::ledger::{self, About, AccountCode, Journal};
use crate::offer::coverage;
use crate::{Error, Refusal, Result, outbox};
use model::{
    AccountId, CartId, CheckoutRequest, Money, OrderId, OrderState, ParcelId, ParcelState, StoreId,
    Timestamp, TransferKind, VariantId,
};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Who checks out what, with which card.
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    pub buyer: Option<AccountId>,
    pub cart: CartId,
    pub request: CheckoutRequest,
    pub provider: &'static str,
    pub method: String,
}

impl Attempt {
    /// What makes two checkouts the same: everything but the card, which a shopper may correct.
    pub fn fingerprint(&self) -> String {
        let CheckoutRequest {
            email,
            address,
            seen_total,
            ..
        } = &self.request;
        let content = format!("{:?}", (self.cart, seen_total, email, address));
        let hash = Sha256::digest(content);
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Sets stock and coverage aside for all lines of a cart, or for none (C2), with every term frozen as it is now
/// (C5), and writes down the charge to be asked for.
///
/// # Errors
/// [`Error::Short`] names each short variant and what is left; [`Refusal::CartEmpty`]; [`Refusal::TotalChanged`].
pub(super) async fn hold(tx: &Tx, attempt: Attempt) -> Result<OrderId> {
    let mut cart = items(tx.db(), attempt.cart).await?;
    if cart.is_empty() {
        return Err(Refusal::CartEmpty.into());
    }
    lock_stock(tx, &mut cart).await?;
    let short = short(&cart);
    if !short.is_empty() {
        return Err(Error::Short(short));
    }
    let (totals, shipping) = totals(&cart)?;
    if totals.total.0 != attempt.request.seen_total {
        return Err(Refusal::TotalChanged { now: totals.total }.into());
    }
    take_stock(tx, &cart).await?;
    let resold: Vec<_> = cart
        .iter()
        .filter(|i| i.through_reseller())
        .map(|i| i.product.id)
        .collect();
    let mut offers = coverage::lock_open(tx, &resold).await?;
    let promises = promises(&cart, &mut offers);
    let touched: Vec<_> = offers
        .into_values()
        .filter(|o| promises.iter().any(|p| p.offer == Some(o.id)))
        .collect();
    coverage::save(tx, &touched).await?;

    let order = insert_order(tx, &attempt, totals).await?;
    let parcels = insert_parcels(tx, order, shipping).await?;
    let mut journal = Journal::new();
    for (item, promise) in cart.iter().zip(&promises) {
        let parcel = parcels
            .get(&item.maker.id)
            .copied()
            .ok_or_else(|| Error::Broken("a line without parcel".into()))?;
        let line = insert_line(tx, order, parcel, item, promise).await?;
        if line.offer_id.is_some() {
            journal.open(AccountCode::Line(line.id));
        }
        promise_tokens(&line, &mut journal)?;
    }
    ask_for_money(tx, order, attempt, totals.total).await?;
    ledger::post(tx, journal).await?;
    Ok(order)
}

/// Locks the cart's variants by rising id and puts what they are now into the cart's items.
async fn lock_stock(tx: &Tx, cart: &mut [Item]) -> Result<()> {
    let find = variant::Entity::find()
        .filter(variant::Column::Id.is_in(cart.iter().map(|item| item.variant.id)));
    let rows = find
        .order_by_asc(variant::Column::Id)
        .lock_exclusive()
        .all(tx.db())
        .await?;
    for item in cart {
        if let Some(now) = rows.iter().find(|row| row.id == item.variant.id) {
            item.variant = now.clone();
        }
    }
    Ok(())
}

/// Takes the units of each variant, summed over its lines (C2).
async fn take_stock(tx: &Tx, cart: &[Item]) -> Result<()> {
    let mut wanted: BTreeMap<VariantId, i64> = BTreeMap::new();
    for item in cart {
        *wanted.entry(item.variant.id).or_default() += item.line.units;
    }
    for (variant, units) in wanted {
        if !take_units(tx, variant, units).await? {
            return Err(Error::Broken(format!(
                "variant {variant} was locked and still ran short"
            )));
        }
    }
    Ok(())
}

/// Sets units aside if so many are available.
pub(super) async fn take_units(tx: &Tx, variant: VariantId, units: i64) -> Result<bool> {
    let held = || Expr::col(variant::Column::Held).add(units);
    let taken = variant::Entity::update_many()
        .col_expr(variant::Column::Held, held())
        .filter(variant::Column::Id.eq(variant))
        .filter(held().lte(Expr::col(variant::Column::OnHand)))
        .exec(tx.db())
        .await?;
    Ok(taken.rows_affected == 1)
}

async fn insert_order(tx: &Tx, attempt: &Attempt, totals: Totals) -> Result<OrderId> {
    let CheckoutRequest {
        email,
        address,
        key,
        ..
    } = attempt.request.clone();
    let row = order::ActiveModel {
        number: Set(order_number()),
        secret: Set(secret()),
        key: Set(key),
        fingerprint: Set(attempt.fingerprint()),
        state: Set(OrderState::Held),
        cart_id: Set(attempt.cart),
        account_id: Set(attempt.buyer),
        email: Set(email),
        name: Set(address.name),
        line1: Set(address.line1),
        line2: Set(address.line2),
        city: Set(address.city),
        postcode: Set(address.postcode),
        country: Set(address.country),
        items: Set(totals.items),
        shipping: Set(totals.shipping),
        total: Set(totals.total),
        hold_expires_at: Set(hold_end(tx)),
        release_reason: Set(None),
        created_at: Set(tx.now),
        paid_at: Set(None),
        ..Default::default()
    };
    Ok(row.insert(tx.db()).await?.id)
}

/// When a hold made now ends (C3).
pub(super) fn hold_end(tx: &Tx) -> Timestamp {
    tx.now.plus_minutes(tx.settings.hold_minutes)
}

async fn insert_parcels(
    tx: &Tx,
    order: OrderId,
    shipping: BTreeMap<StoreId, Money>,
) -> Result<BTreeMap<StoreId, ParcelId>> {
    let rows = shipping
        .into_iter()
        .map(|(store, shipping)| parcel::ActiveModel {
            order_id: Set(order),
            store_id: Set(store),
            state: Set(ParcelState::New),
            shipping: Set(shipping),
            shipping_refunded: Set(false),
            carrier: Set(String::new()),
            tracking: Set(String::new()),
            packed_at: Set(None),
            shipped_at: Set(None),
            delivered_at: Set(None),
            paid_at: Set(None),
            ..Default::default()
        });
    let rows = parcel::Entity::insert_many(rows)
        .exec_with_returning(tx.db())
        .await?;
    Ok(rows.into_iter().map(|row| (row.store_id, row.id)).collect())
}

async fn insert_line(
    tx: &Tx,
    order: OrderId,
    parcel: ParcelId,
    item: &Item,
    promise: &Promise,
) -> Result<order_line::Model> {
    let row = order_line::ActiveModel {
        order_id: Set(order),
        parcel_id: Set(parcel),
        listing_id: Set(item.listing.id),
        seller_id: Set(item.seller.id),
        product_id: Set(item.product.id),
        variant_id: Set(item.variant.id),
        title: Set(item.product.title.clone()),
        variant_name: Set(item.variant.name.clone()),
        price: Set(item.variant.price),
        units: Set(item.line.units),
        fee: Set(item.total()?.share(tx.settings.fee_basis_points)),
        offer_id: Set(promise.offer),
        rate: Set(promise.rate),
        covered_units: Set(promise.covered),
        hold_round: Set(1),
        reward_outcome: Set(promise.outcome),
        reward_due_at: Set(None),
        rewarded_units: Set(0),
        cancelled_units: Set(0),
        restocked_units: Set(0),
        ..Default::default()
    };
    Ok(row.insert(tx.db()).await?)
}

/// Moves a line's tokens from the offer's escrow to its own, where nothing but this sale can reach them.
pub(super) fn promise_tokens(line: &order_line::Model, journal: &mut Journal) -> Result<()> {
    if let Some(offer) = line.offer_id {
        let escrow = AccountCode::Line(line.id);
        let key = format!("promise:line:{}:{}", line.id, line.hold_round);
        let about = About::line(line.order_id, line.id, Some(offer));
        let tokens = coverage::promised(line)?;
        journal.tokens(
            TransferKind::Promise,
            key,
            AccountCode::Offer(offer),
            escrow,
            tokens,
            about,
        );
    }
    Ok(())
}

async fn ask_for_money(tx: &Tx, order: OrderId, attempt: Attempt, amount: Money) -> Result<()> {
    let row = payment::ActiveModel {
        order_id: Set(order),
        provider: Set(attempt.provider.to_owned()),
        method: Set(attempt.method),
        amount: Set(amount),
        state: Set(PaymentState::Asked),
        second_step_url: Set(String::new()),
        decline_reason: Set(String::new()),
        created_at: Set(tx.now),
        settled_at: Set(None),
        ..Default::default()
    };
    row.insert(tx.db()).await?;
    outbox::enqueue(tx, Errand::Charge, settle::charge_key(order), order.0).await
}

#[cfg(test)]
mod tests {
    use super::take_units;
    use crate::{Market, Result, Settings};
    use model::VariantId;
    use sea_orm::ConnectionTrait;

    /// Five units of one variant, of which two are on hold.
    const STOCK: &str = "
        INSERT INTO accounts (id, email, name, password_hash, operator, created_at) VALUES (1, 'a', 'a', '', FALSE, 0);
        INSERT INTO stores (id, owner_id, slug, name, tagline, about, accent, shipping, created_at)
            VALUES (1, 1, 'a', 'a', '', '', 'clay', 0, 0);
        INSERT INTO products (id, store_id, slug, title, description, category, state, search_text, created_at, updated_at)
            VALUES (1, 1, 'a', 'a', '', 'kitchen', 'draft', '', 0, 0);
        INSERT INTO variants (id, product_id, name, sku, price, received, on_hand, held, position, retired)
            VALUES (1, 1, '', '', 100, 5, 5, 2, 0, FALSE);";

    async fn take(market: &Market, units: i64) -> Result<bool> {
        let db = &market.db;
        db.write(units, |tx, units| {
            Box::pin(take_units(tx, VariantId(1), units))
        })
        .await
    }

    /// Nothing but the statement itself says no, so the answer is no error of the database.
    #[tokio::test]
    async fn rule_c2_no_more_units_are_taken_than_are_left() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("market.db").display());
        let market = Market::connect(Settings::new(url, folder.path()))
            .await
            .unwrap();
        market.migrate().await.unwrap();
        market.db.writer().execute_unprepared(STOCK).await.unwrap();

        assert!(!take(&market, 4).await.unwrap());
        assert!(take(&market, 3).await.unwrap());
        assert!(!take(&market, 1).await.unwrap());
    }
}
