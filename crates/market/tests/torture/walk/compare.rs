//! What lies in the tables and what the books say, each told as a list of facts.

use super::act::Walk;
use super::books::*;
use sea_orm::{ConnectionTrait, Statement};
use std::collections::BTreeSet;

/// Every fact that a step could change, and L2 told twice: what an account keeps, and what its transfers come to.
const FACTS: &str = "
    SELECT code || ' keeps ' || balance AS fact FROM ledger_accounts WHERE balance <> 0
    UNION ALL
    SELECT code || ' was moved ' || CAST(SUM(change) AS BIGINT)
    FROM (SELECT credit AS code, amount AS change FROM transfers
          UNION ALL SELECT debit, -amount FROM transfers) AS moved
    GROUP BY code HAVING SUM(change) <> 0
    UNION ALL
    SELECT 'variant ' || id || ': ' || received || ' received, ' || on_hand || ' on hand, ' || held || ' held'
    FROM variants
    UNION ALL
    SELECT 'offer ' || id || ' (' || state || '): ' || open_units || ' open, ' || held_units || ' held, at ' || rate
    FROM offers
    UNION ALL
    SELECT 'order ' || o.id || ' (' || o.state || ', ' || p.state || ') of ' || o.total || ' until '
           || CASE o.state WHEN 'held' THEN o.hold_expires_at ELSE 0 END
    FROM orders o LEFT JOIN payments p ON p.order_id = o.id
    UNION ALL
    SELECT 'order ' || id || ' is of account ' || account_id FROM orders WHERE account_id IS NOT NULL
    UNION ALL
    SELECT 'cart ' || cart_id || ' has ' || units || ' of ' || variant_id || ' from ' || listing_id FROM cart_lines
    UNION ALL
    SELECT 'line ' || id || ': ' || covered_units || ' covered at ' || rate || ', fee ' || fee || ', ' || rewarded_units
           || ' rewarded, ' || cancelled_units || ' cancelled, ' || restocked_units || ' restocked, due '
           || COALESCE(reward_due_at, 0)
    FROM order_lines
    UNION ALL
    SELECT 'parcel ' || id || ' (' || state || ')' FROM parcels
    UNION ALL
    SELECT 'refund of ' || amount || ' for order ' || order_id || ' (' || state || '), ' || COUNT(*) || ' times'
    FROM refunds GROUP BY amount, order_id, state
    UNION ALL
    SELECT COUNT(*) || ' errands open' FROM outbox WHERE done_at IS NULL";

impl Walk {
    /// # Errors
    /// Each fact that only one side knows.
    pub async fn compare(&self) -> Result<(), String> {
        self.books.keep_the_rules()?;
        let statement = Statement::from_string(self.rows.get_database_backend(), FACTS);
        let rows = self.rows.query_all_raw(statement).await.unwrap();
        let market: BTreeSet<String> = rows
            .iter()
            .map(|row| row.try_get_by_index(0).unwrap())
            .collect();
        let books = self.books.facts();
        if market == books {
            return Ok(());
        }
        let only_market: Vec<_> = market.difference(&books).collect();
        let only_books: Vec<_> = books.difference(&market).collect();
        Err(format!(
            "only the market says {only_market:#?}\nonly the books say {only_books:#?}"
        ))
    }

    /// # Errors
    /// A page that shows what is not so any more, in a process that answers from memory.
    pub async fn look_at_pages(&self) -> Result<(), String> {
        let read = self.world.pages(None).await;
        let remembered = self.other.world.pages(None).await;
        for (page, read) in &read {
            let remembered = remembered.get(page).map(String::as_str);
            if remembered != Some(read) {
                let remembered = remembered.unwrap_or("nothing");
                return Err(format!(
                    "{page}: {remembered} from memory, but it is {read}"
                ));
            }
        }
        Ok(())
    }
}

impl Books {
    fn facts(&self) -> BTreeSet<String> {
        let mut facts = BTreeSet::new();
        for (code, held) in self.accounts.iter().filter(|(_, held)| **held != 0) {
            facts.insert(format!("{code} was moved {held}"));
            if code.contains(':') {
                facts.insert(format!("{code} keeps {held}"));
            }
        }
        for VariantBook {
            id,
            received,
            on_hand,
            held,
            ..
        } in &self.variants
        {
            facts.insert(format!(
                "variant {id}: {received} received, {on_hand} on hand, {held} held"
            ));
        }
        for OfferBook {
            id,
            state,
            open,
            held,
            rate,
            ..
        } in &self.offers
        {
            let state = word(state);
            facts.insert(format!(
                "offer {id} ({state}): {open} open, {held} held, at {rate}"
            ));
        }
        for order in &self.orders {
            let until = if order.state == OrderIs::Held {
                order.expires
            } else {
                0
            };
            let (state, payment) = (
                word(&order.state),
                word(&order.payment).replace("secondstep", "second_step"),
            );
            facts.insert(format!(
                "order {} ({state}, {payment}) of {} until {until}",
                order.id, order.total
            ));
        }
        for order in &self.orders {
            if let Some(account) = order.account {
                facts.insert(format!("order {} is of account {account}", order.id));
            }
        }
        for cart in &self.carts {
            for line in &cart.lines {
                let (variant, listing) = (
                    self.variants[line.variant].id,
                    self.listings[line.listing].id,
                );
                facts.insert(format!(
                    "cart {} has {} of {variant} from {listing}",
                    cart.id, line.units
                ));
            }
        }
        for line in &self.lines {
            facts.insert(format!(
                "line {}: {} covered at {}, fee {}, {} rewarded, {} cancelled, {} restocked, due {}",
                line.id,
                line.covered,
                line.rate,
                line.fee,
                line.rewarded,
                line.cancelled,
                line.restocked,
                line.due.unwrap_or(0)
            ));
        }
        for parcel in &self.parcels {
            facts.insert(format!("parcel {} ({})", parcel.id, parcel.state));
        }
        for refund in &self.refunds {
            let same = |r: &&RefundBook| {
                (r.order, r.amount, r.done) == (refund.order, refund.amount, refund.done)
            };
            let (order, amount) = (self.orders[refund.order].id, refund.amount);
            let state = if refund.done { "done" } else { "due" };
            let times = self.refunds.iter().filter(same).count();
            facts.insert(format!(
                "refund of {amount} for order {order} ({state}), {times} times"
            ));
        }
        let errands = self
            .orders
            .iter()
            .map(|row| row.errand)
            .chain(self.refunds.iter().map(|row| row.errand));
        facts.insert(format!(
            "{} errands open",
            errands.filter(|errand| !errand.done).count()
        ));
        facts
    }
}

/// A state's word in the tables.
fn word(state: &impl std::fmt::Debug) -> String {
    format!("{state:?}").to_lowercase()
}
