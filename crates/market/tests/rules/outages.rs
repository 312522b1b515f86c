//! Somebody outside does not answer: whoever has nothing to do with it does not wait for it.

use async_trait::async_trait;
use market::jobs;
use market::payment::{CardToken, Charge, ChargeAnswer, PaymentProvider, ProviderError, Refund};
use model::{CardForm, CheckoutOutcome};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;
use trial::both_engines;
use trial::payment::Unreachable;
use trial::world::{Card, World};

both_engines!(a_call_without_an_answer_holds_no_other_up);

/// More than are made at the same time, and more than are looked at at a time.
const WAITING: i64 = 120;

/// Shorter than anybody waits for one answer.
const SOON: Duration = Duration::from_secs(8);

async fn a_call_without_an_answer_holds_no_other_up(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 2_800, WAITING).await;
    let dark = world.paying_through(Unreachable("card_4242"));
    for _ in 0..WAITING {
        let cart = dark.cart(&[(&maker, &mug, 1)]).await;
        let told = dark.pay(cart, Card::Pays).await.unwrap();
        assert!(matches!(told, CheckoutOutcome::Waiting { .. }));
    }
    world.wait_minutes(1);

    let silent = world.paying_through(Silent {
        about: ["charge:order:1", "charge:order:2", "charge:order:70"],
        others: world.market.payments().clone(),
    });
    let round = timeout(SOON, jobs::make_calls(&silent.market));
    assert!(round.await.is_err(), "three calls are still waited for");
    assert_eq!(
        world.count("orders WHERE state = 'paid'").await,
        WAITING - 3
    );
}

/// A provider that never comes back from some charges, and answers all others.
struct Silent {
    about: [&'static str; 3],
    others: Arc<dyn PaymentProvider>,
}

#[async_trait]
impl PaymentProvider for Silent {
    fn name(&self) -> &'static str {
        self.others.name()
    }

    fn is_test(&self) -> bool {
        true
    }

    async fn card(&self, card: &CardForm) -> Result<CardToken, ProviderError> {
        self.others.card(card).await
    }

    async fn charge(&self, ask: &Charge) -> Result<ChargeAnswer, ProviderError> {
        if self.about.contains(&ask.key.as_str()) {
            std::future::pending::<()>().await;
        }
        self.others.charge(ask).await
    }

    async fn cancel(&self, ask: &Charge) -> Result<ChargeAnswer, ProviderError> {
        self.others.cancel(ask).await
    }

    async fn refund(&self, ask: &Refund) -> Result<(), ProviderError> {
        self.others.refund(ask).await
    }
}
