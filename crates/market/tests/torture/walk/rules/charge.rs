//! What the provider is asked and answers, and what becomes of the order then.

use super::super::books::{Books, ChargeIs, OrderIs, PaymentIs, RefundBook};
use super::Answer;
use super::jobs::put_off;
use trial::world::Card;

/// How often the answer about the late card is lost.
const LOST: u32 = 2;

/// What the provider answers.
enum Told {
    Nothing,
    SecondStep,
    Paid,
    Declined,
}

impl Books {
    /// What comes before a new hold: earlier attempts for the cart are given up. If one turns out to be paid, it is the
    /// answer.
    pub fn before_a_hold(&mut self, cart: usize) -> Option<Answer> {
        let mut answer = None;
        for earlier in self.held_for(cart) {
            let told = self.cancel_charge(earlier);
            self.orders[earlier].errand.done = true;
            match told {
                Told::Paid => {
                    self.paid(earlier);
                    answer = Some(self.outcome(earlier));
                }
                _ => self.declined(earlier),
            }
        }
        answer
    }

    pub fn outcome(&self, order: usize) -> Answer {
        Ok(match self.orders[order].payment {
            PaymentIs::Paid | PaymentIs::Late => "Paid",
            PaymentIs::Asked => "Waiting",
            PaymentIs::SecondStep => "SecondStep",
            PaymentIs::Declined => "Declined",
        })
    }

    /// Asks the provider now, unless that is done.
    pub fn ask_now(&mut self, order: usize) {
        if self.orders[order].errand.done {
            return;
        }
        let settled = !matches!(
            self.orders[order].payment,
            PaymentIs::Asked | PaymentIs::SecondStep
        );
        let done = settled || self.ask(order);
        let now = self.now;
        put_off(&mut self.orders[order].errand, now, done);
    }

    fn ask(&mut self, order: usize) -> bool {
        let told = match self.orders[order].state {
            OrderIs::Released => self.cancel_charge(order),
            OrderIs::Held | OrderIs::Paid => self.charge(order),
        };
        match told {
            Told::Nothing => false,
            Told::SecondStep => {
                self.orders[order].payment = PaymentIs::SecondStep;
                false
            }
            Told::Declined => {
                self.declined(order);
                true
            }
            Told::Paid => {
                self.paid(order);
                true
            }
        }
    }

    fn charge(&mut self, order: usize) -> Told {
        let row = &mut self.orders[order];
        row.charge = match (row.charge, row.card) {
            (ChargeIs::Unknown, Card::Pays) => ChargeIs::Paid { answers_lost: 0 },
            (ChargeIs::Unknown, Card::LateAnswer) => ChargeIs::Paid { answers_lost: LOST },
            (ChargeIs::Unknown, Card::Declined) => ChargeIs::Declined,
            (ChargeIs::Unknown, Card::SecondStep) => ChargeIs::SecondStep,
            (ChargeIs::Paid { answers_lost }, _) => ChargeIs::Paid {
                answers_lost: answers_lost.saturating_sub(1),
            },
            (known, _) => known,
        };
        match row.charge {
            ChargeIs::Paid { answers_lost: 1.. } => Told::Nothing,
            charge => told(charge),
        }
    }

    fn cancel_charge(&mut self, order: usize) -> Told {
        let row = &mut self.orders[order];
        if matches!(row.charge, ChargeIs::Unknown | ChargeIs::SecondStep) {
            row.charge = ChargeIs::Cancelled;
        }
        told(row.charge)
    }

    fn declined(&mut self, order: usize) {
        self.release(order);
        self.orders[order].payment = PaymentIs::Declined;
    }

    fn paid(&mut self, order: usize) {
        if self.orders[order].state == OrderIs::Released && !self.hold_again(order) {
            let amount = self.orders[order].total;
            self.shift("payments", "refunds", amount);
            let errand = self.new_errand();
            self.refunds.push(RefundBook {
                order,
                of: None,
                amount,
                done: false,
                errand,
            });
            self.orders[order].payment = PaymentIs::Late;
            return;
        }
        self.finish(order);
        self.orders[order].payment = PaymentIs::Paid;
    }

    pub fn tell_bank(&mut self, order: usize, yes: bool) {
        if self.orders[order].charge == ChargeIs::SecondStep {
            self.orders[order].charge = if yes {
                ChargeIs::Paid { answers_lost: 0 }
            } else {
                ChargeIs::Cancelled
            };
        }
    }

    pub fn come_back(&mut self, order: usize) -> Answer {
        if self.orders[order].state != OrderIs::Paid {
            self.ask_now(order);
        }
        self.outcome(order)
    }
}

fn told(charge: ChargeIs) -> Told {
    match charge {
        ChargeIs::Paid { .. } => Told::Paid,
        ChargeIs::SecondStep => Told::SecondStep,
        ChargeIs::Declined | ChargeIs::Cancelled | ChargeIs::Unknown => Told::Declined,
    }
}
