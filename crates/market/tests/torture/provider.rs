//! A payment provider that is the sandbox behind a bad line.

use async_trait::async_trait;
use market::payment::{CardToken, Charge, ChargeAnswer, PaymentProvider, ProviderError, Refund};
use model::CardForm;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::Notify;

/// What happens to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It never arrives.
    LostBeforeSend,
    /// It arrives and is carried out; the answer does not come back.
    LostAfterAccept,
    /// It is refused for a while: 429, too many requests.
    TooManyRequests,
    /// It is carried out, then a fault of the provider's own is answered, and the same answer again to the same key.
    ErrorReplayed,
    /// It is carried out; the answer waits until [`Line::let_go`].
    Slow,
    /// It is carried out; whoever asked is gone before the answer comes, as when the power fails.
    Crash,
}

/// Which calls meet the fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    Charge,
    Cancel,
    Refund,
}

/// The line to the provider, seen from the test.
#[derive(Debug)]
pub struct Line {
    fault: Fault,
    call: Call,
    /// Calls that will still meet the fault.
    left: AtomicU32,
    asked: AtomicU32,
    carried_out: Notify,
    free: Notify,
}

impl Line {
    /// A line on which the first `times` calls of a kind meet a fault.
    pub fn bad(call: Call, fault: Fault, times: u32) -> Arc<Line> {
        Arc::new(Line {
            fault,
            call,
            left: AtomicU32::new(times),
            asked: AtomicU32::new(0),
            carried_out: Notify::new(),
            free: Notify::new(),
        })
    }

    /// How many calls of that kind were made.
    pub fn asked(&self) -> u32 {
        self.asked.load(Ordering::SeqCst)
    }

    /// Waits until the provider has done what it was asked, and before it is known here.
    pub async fn carried_out(&self) {
        self.carried_out.notified().await;
    }

    /// Lets a slow answer come.
    pub fn let_go(&self) {
        self.free.notify_one();
    }

    fn next_fault(&self, call: Call) -> Option<Fault> {
        if call != self.call {
            return None;
        }
        self.asked.fetch_add(1, Ordering::SeqCst);
        let spend = |left: u32| left.checked_sub(1);
        let spent = self
            .left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, spend);
        spent.is_ok().then_some(self.fault)
    }
}

/// The provider at the other end of a line.
pub struct Faulty {
    provider: Arc<dyn PaymentProvider>,
    line: Arc<Line>,
}

impl Faulty {
    pub fn new(provider: Arc<dyn PaymentProvider>, line: Arc<Line>) -> Faulty {
        Faulty { provider, line }
    }

    async fn through<T>(
        &self,
        call: Call,
        carry_out: impl Future<Output = Result<T, ProviderError>>,
    ) -> Result<T, ProviderError> {
        let no_answer = |reason: &str| Err(ProviderError::NoAnswer(reason.into()));
        match self.line.next_fault(call) {
            None => carry_out.await,
            Some(Fault::LostBeforeSend) => no_answer("connection refused"),
            Some(Fault::TooManyRequests) => no_answer("429 too many requests"),
            Some(Fault::LostAfterAccept) => {
                carry_out.await?;
                no_answer("connection reset")
            }
            Some(Fault::ErrorReplayed) => {
                carry_out.await?;
                no_answer("500 internal server error")
            }
            Some(Fault::Slow) => {
                let answer = carry_out.await;
                self.line.carried_out.notify_one();
                self.line.free.notified().await;
                answer
            }
            Some(Fault::Crash) => {
                carry_out.await?;
                resume_unwind(Box::new("crashed"))
            }
        }
    }
}

#[async_trait]
impl PaymentProvider for Faulty {
    fn name(&self) -> &'static str {
        self.provider.name()
    }

    fn is_test(&self) -> bool {
        self.provider.is_test()
    }

    async fn card(&self, card: &CardForm) -> Result<CardToken, ProviderError> {
        self.provider.card(card).await
    }

    async fn charge(&self, ask: &Charge) -> Result<ChargeAnswer, ProviderError> {
        self.through(Call::Charge, self.provider.charge(ask)).await
    }

    async fn cancel(&self, ask: &Charge) -> Result<ChargeAnswer, ProviderError> {
        self.through(Call::Cancel, self.provider.cancel(ask)).await
    }

    async fn refund(&self, ask: &Refund) -> Result<(), ProviderError> {
        self.through(Call::Refund, self.provider.refund(ask)).await
    }
}
