//! What a line is promised in tokens, by the offer open on its product.

use crate::Result;
use crate::cart::Item;
use crate::db::Tx;
use crate::entity::{offer, order_line};
use crate::ledger::{About, AccountCode, Journal};
use crate::sums::plus;
use model::{OfferId, OfferState, ProductId, RewardOutcome, Tokens, TransferKind};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use std::collections::BTreeMap;

/// What a line is promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Promise {
    pub offer: Option<OfferId>,
    pub rate: Tokens,
    pub covered: i64,
    pub outcome: RewardOutcome,
}

impl Promise {
    fn nothing(outcome: RewardOutcome) -> Promise {
        Promise {
            offer: None,
            rate: Tokens::ZERO,
            covered: 0,
            outcome,
        }
    }

    /// As many units as are open, the rest goes unrewarded (R8). `offer` is changed to what is left.
    fn from(offer: Option<&mut offer::Model>, units: i64) -> Promise {
        let Some(offer) = offer.filter(|offer| offer.open_units > 0) else {
            return Promise::nothing(RewardOutcome::NotCovered);
        };
        let covered = offer.open_units.min(units);
        offer.open_units = offer.open_units.saturating_sub(covered);
        offer.held_units = offer.held_units.saturating_add(covered);
        Promise {
            offer: Some(offer.id),
            rate: offer.rate,
            covered,
            outcome: RewardOutcome::Promised,
        }
    }
}

/// Takes coverage for each line from its product's open offer, in line order. A maker's own shelf needs none (R6).
pub(super) fn promises(
    cart: &[Item],
    offers: &mut BTreeMap<ProductId, offer::Model>,
) -> Vec<Promise> {
    let promise = |item: &Item| {
        if item.through_reseller() {
            Promise::from(offers.get_mut(&item.product.id), item.line.units)
        } else {
            Promise::nothing(RewardOutcome::OwnShelf)
        }
    };
    cart.iter().map(promise).collect()
}

/// Takes coverage anew for an order that was paid after its hold had ended: what is open now, at the rate it has now.
/// Price and fee stay as the shopper paid them.
pub(in crate::checkout) async fn promise_again(
    tx: &Tx,
    lines: &mut [order_line::Model],
    offers: &mut BTreeMap<OfferId, offer::Model>,
    journal: &mut Journal,
) -> Result<()> {
    for line in lines
        .iter_mut()
        .filter(|line| line.reward_outcome != RewardOutcome::OwnShelf)
    {
        // Without an escrow account of its own from the first hold, a line stays uncovered.
        let had_escrow = line.offer_id.is_some();
        let open = offers.values_mut().find(|offer| {
            had_escrow && offer.product_id == line.product_id && offer.state == OfferState::Open
        });
        let promise = Promise::from(open, line.units);
        line.hold_round = plus(line.hold_round, 1)?;
        line.covered_units = promise.covered;
        line.reward_outcome = promise.outcome;
        if promise.offer.is_some() {
            line.offer_id = promise.offer;
            line.rate = promise.rate;
        }
        let changed = order_line::ActiveModel {
            id: Set(line.id),
            hold_round: Set(line.hold_round),
            covered_units: Set(line.covered_units),
            offer_id: Set(line.offer_id),
            rate: Set(line.rate),
            reward_outcome: Set(line.reward_outcome),
            ..Default::default()
        };
        changed.update(tx.db()).await?;
        promise_tokens(line, journal)?;
    }
    Ok(())
}

/// Moves a line's tokens from the offer's escrow to its own, where nothing but this sale can reach them.
pub(super) fn promise_tokens(line: &order_line::Model, journal: &mut Journal) -> Result<()> {
    if let Some(offer) = line.offer_id {
        journal.tokens(
            TransferKind::Promise,
            format!("promise:line:{}:{}", line.id, line.hold_round),
            AccountCode::Offer(offer),
            AccountCode::Line(line.id),
            line.promised()?,
            About::line(line.order_id, line.id, Some(offer)),
        );
    }
    Ok(())
}
