//! A provider for trying the market out. It behaves like a real one, card numbers that pay, decline, want a second
//! step or do not answer among it, and keeps books of its own, which nothing of ours reads but the audit.

use super::{
    CardToken, Charge, ChargeAnswer, Forged, PaymentProvider, ProviderError, Refund, Secret,
    signature,
};
use crate::db::{Db, Locked, Tx};
use crate::entity::{SandboxState, order, payment, sandbox_charge, sandbox_refund};
use crate::{Clock, Error, Market, Result, random_code};
use model::{CardForm, OrderId, StepView, Timestamp};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
};

/// The card numbers it knows; any other is refused as no card.
pub const TEST_CARDS: [(&str, &str); 5] = [
    ("4242 4242 4242 4242", "pays"),
    ("4000 0000 0000 0002", "is declined"),
    ("4000 0000 0000 9995", "is declined: too little money"),
    ("4000 0000 0000 3220", "asks for a second step"),
    ("4000 0000 0000 0341", "pays, but the answer comes late"),
];

/// How often the answer about the late card is lost before it comes.
const LOST_ANSWERS: i64 = 2;

/// The sandbox provider.
#[derive(Clone)]
pub struct Sandbox {
    db: Db,
    clock: Clock,
    secret: Option<Secret>,
}

impl Sandbox {
    /// `secret` is what it signs messages with; without one it sends none.
    pub(crate) fn new(db: Db, clock: Clock, secret: Option<Secret>) -> Sandbox {
        Sandbox { db, clock, secret }
    }
}

/// The header of the sandbox's messages that holds their signature, made by [`super::sign`].
pub const SIGNATURE: &str = "sandbox-signature";

/// What a message says that counts.
#[derive(serde::Deserialize)]
struct Event {
    charge: String,
}

#[async_trait::async_trait]
impl PaymentProvider for Sandbox {
    fn name(&self) -> &'static str {
        "sandbox"
    }

    fn is_test(&self) -> bool {
        true
    }

    async fn card(&self, card: &CardForm) -> Result<CardToken, ProviderError> {
        let known = TEST_CARDS
            .iter()
            .any(|(number, _)| number.replace(' ', "") == card.card_number);
        if !known {
            let sentence =
                "Payments are in test mode: use one of the test card numbers shown here.";
            return Err(ProviderError::Refused(sentence.into()));
        }
        if is_past(&card.expiry, self.clock.now()) {
            return Err(ProviderError::Refused(
                "This card has expired. Use another.".into(),
            ));
        }
        let last_four = card
            .card_number
            .chars()
            .rev()
            .take(4)
            .collect::<Vec<_>>()
            .into_iter()
            .rev();
        Ok(CardToken(format!("card_{}", last_four.collect::<String>())))
    }

    async fn charge(&self, ask: &Charge) -> Result<ChargeAnswer, ProviderError> {
        let row = self
            .db
            .write_once(ask.clone(), |tx, ask| Box::pin(charged(tx, ask)))
            .await
            .map_err(no_answer)?;
        if row.answers_lost > 0 {
            return Err(ProviderError::NoAnswer(
                "the answer was lost on the way".into(),
            ));
        }
        Ok(answer(&row))
    }

    async fn cancel(&self, ask: &Charge) -> Result<ChargeAnswer, ProviderError> {
        let row = self
            .db
            .write_once(ask.clone(), |tx, ask| Box::pin(cancelled(tx, ask)))
            .await
            .map_err(no_answer)?;
        Ok(answer(&row))
    }

    async fn refund(&self, ask: &Refund) -> Result<(), ProviderError> {
        self.db
            .write_once(ask.clone(), |tx, ask| Box::pin(refunded(tx, ask)))
            .await
            .map_err(|error| match error {
                Error::Provider(reason) => ProviderError::Refused(reason),
                other => no_answer(other),
            })
    }

    fn signature_header(&self) -> Option<&'static str> {
        self.secret.as_ref().map(|_| SIGNATURE)
    }

    fn event(&self, signature: &str, body: &[u8]) -> Result<String, Forged> {
        let secret = self.secret.as_ref().ok_or(Forged)?;
        signature::check(secret, self.clock.now(), signature, body)?;
        let event: Event = serde_json::from_slice(body).map_err(|_| Forged)?;
        Ok(event.charge)
    }
}

/// The charge under this key, made now if there is none. A lost answer is counted each time it is asked for.
async fn charged(tx: &Tx, ask: Charge) -> Result<sandbox_charge::Model> {
    let (state, answers_lost) = match ask.card.0.as_str() {
        "card_0002" | "card_9995" => (SandboxState::Declined, 0),
        "card_3220" => (SandboxState::SecondStep, 0),
        "card_0341" => (SandboxState::Paid, LOST_ANSWERS),
        _ => (SandboxState::Paid, 0),
    };
    let key = ask.key.clone();
    if let Some(made) = insert(tx, ask, state, answers_lost).await? {
        return Ok(made);
    }
    let row = find(tx, &key).await?.ok_or(Error::NotFound("charge"))?;
    if row.answers_lost > 0 {
        let left = row.answers_lost - 1;
        let mut row = row.into_active_model();
        row.answers_lost = Set(left);
        return Ok(row.update(tx.db()).await?);
    }
    Ok(row)
}

/// The charge under this key, given up unless it has come to an end already.
async fn cancelled(tx: &Tx, ask: Charge) -> Result<sandbox_charge::Model> {
    let key = ask.key.clone();
    if let Some(made) = insert(tx, ask, SandboxState::Cancelled, 0).await? {
        return Ok(made);
    }
    let row = find(tx, &key).await?.ok_or(Error::NotFound("charge"))?;
    if row.state == SandboxState::SecondStep {
        return set_state(tx, row, SandboxState::Cancelled).await;
    }
    Ok(row)
}

/// A new charge; `None` when there is one under this key.
async fn insert(
    tx: &Tx,
    ask: Charge,
    state: SandboxState,
    answers_lost: i64,
) -> Result<Option<sandbox_charge::Model>> {
    let row = sandbox_charge::Model {
        key: ask.key,
        card: ask.card.0,
        amount: ask.amount,
        state,
        challenge: random_code(24),
        answers_lost,
        created_at: tx.now,
    };
    let known = OnConflict::column(sandbox_charge::Column::Key)
        .do_nothing()
        .to_owned();
    let made = sandbox_charge::Entity::insert(row.clone().into_active_model().reset_all())
        .on_conflict(known)
        .exec_without_returning(tx.db())
        .await?;
    Ok((made == 1).then_some(row))
}

async fn refunded(tx: &Tx, ask: Refund) -> Result<()> {
    if sandbox_refund::Entity::find_by_id(ask.key.as_str())
        .one(tx.db())
        .await?
        .is_some()
    {
        return Ok(());
    }
    let charge = find(tx, &ask.charge)
        .await?
        .ok_or(Error::NotFound("charge"))?;
    let earlier = sandbox_refund::Entity::find()
        .filter(sandbox_refund::Column::ChargeKey.eq(ask.charge.as_str()));
    let earlier: i64 = earlier
        .all(tx.db())
        .await?
        .iter()
        .map(|row| row.amount.0)
        .sum();
    if charge.state != SandboxState::Paid || earlier + ask.amount.0 > charge.amount.0 {
        return Err(Error::Provider("more would go back than came".into()));
    }
    let row = sandbox_refund::ActiveModel {
        key: Set(ask.key),
        charge_key: Set(ask.charge),
        amount: Set(ask.amount),
        created_at: Set(tx.now),
    };
    row.insert(tx.db()).await?;
    Ok(())
}

fn answer(row: &sandbox_charge::Model) -> ChargeAnswer {
    match row.state {
        SandboxState::Paid => ChargeAnswer::Paid,
        SandboxState::SecondStep => ChargeAnswer::SecondStep { url: format!("/pay/step/{}", row.challenge) },
        SandboxState::Cancelled => ChargeAnswer::Declined {
            reason: "Your bank did not confirm the payment. Try again, or use another card.".into(),
        },
        SandboxState::Declined if row.card == "card_9995" => ChargeAnswer::Declined {
            reason: "Your bank declined the payment: there is too little money on the card. Use another card.".into(),
        },
        SandboxState::Declined => ChargeAnswer::Declined {
            reason: "Your bank declined the payment. Use another card, or ask your bank.".into(),
        },
    }
}

fn no_answer(error: Error) -> ProviderError {
    ProviderError::NoAnswer(error.to_string())
}

fn is_past(expiry: &str, now: Timestamp) -> bool {
    let (year, month, _) = now.date();
    let (m, y) = expiry.split_once('/').unwrap_or(("", ""));
    let part = |text: &str| text.trim().parse::<i64>().unwrap_or(0);
    (2000 + part(y), part(m)) < (year, month)
}

async fn find(tx: &Tx, key: &str) -> Result<Option<sandbox_charge::Model>> {
    Ok(sandbox_charge::Entity::find_by_id(key)
        .locked()
        .one(tx.db())
        .await?)
}

async fn set_state(
    tx: &Tx,
    row: sandbox_charge::Model,
    state: SandboxState,
) -> Result<sandbox_charge::Model> {
    let mut row = row.into_active_model();
    row.state = Set(state);
    Ok(row.update(tx.db()).await?)
}

/// What a second step is about.
///
/// # Errors
/// [`Error::NotFound`] for an unknown code.
pub async fn challenge(market: &Market, code: &str) -> Result<StepView> {
    let find = sandbox_charge::Entity::find().filter(sandbox_charge::Column::Challenge.eq(code));
    let row = find
        .one(market.reader())
        .await?
        .ok_or(Error::NotFound("payment"))?;
    Ok(StepView {
        amount: row.amount,
        open: row.state == SandboxState::SecondStep,
    })
}

/// The shopper's answer to a second step; only the first counts. Gives the secret of the order to go back to, as
/// a real provider's return address would.
///
/// # Errors
/// [`Error::NotFound`] for an unknown code.
pub async fn answer_challenge(market: &Market, code: &str, approve: bool) -> Result<String> {
    let args = (code.to_owned(), approve);
    market
        .db
        .write(args, |tx, (code, approve)| {
            Box::pin(answer_in(tx, code, approve))
        })
        .await
}

async fn answer_in(tx: &Tx, code: String, approve: bool) -> Result<String> {
    let find = sandbox_charge::Entity::find().filter(sandbox_charge::Column::Challenge.eq(code));
    let row = find
        .locked()
        .one(tx.db())
        .await?
        .ok_or(Error::NotFound("payment"))?;
    let order = order_of(tx, &row.key).await?;
    if row.state == SandboxState::SecondStep {
        let state = if approve {
            SandboxState::Paid
        } else {
            SandboxState::Cancelled
        };
        set_state(tx, row, state).await?;
    }
    Ok(order)
}

async fn order_of(tx: &Tx, charge_key: &str) -> Result<String> {
    let order: OrderId = charge_key
        .rsplit(':')
        .next()
        .and_then(|number| number.parse().ok())
        .ok_or_else(|| Error::Broken(format!("charge {charge_key} names no order")))?;
    let known = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order))
        .one(tx.db())
        .await?;
    let row = order::Entity::find_by_id(known.ok_or(Error::NotFound("payment"))?.order_id)
        .one(tx.db())
        .await?;
    Ok(row.ok_or(Error::NotFound("order"))?.secret)
}
