//! What the jobs do: ended holds, errands that are due, rewards that waited.

use super::super::books::{Books, Errand};
use super::MINUTE;

impl Books {
    /// A round of the jobs.
    pub fn tick(&mut self) {
        self.release_expired();
        self.run_errands();
        for line in 0..self.lines.len() {
            if self.lines[line].due.is_some_and(|due| due <= self.now) {
                self.pay_reward(line);
            }
        }
    }

    /// One call after the other, those among it that become due by another.
    fn run_errands(&mut self) {
        while let Some((is_charge, number)) = self.first_due() {
            if is_charge {
                self.ask_now(number);
            } else {
                self.refund_now(number);
            }
        }
    }

    fn first_due(&self) -> Option<(bool, usize)> {
        let charges = self.orders.iter().map(|row| row.errand).enumerate();
        let refunds = self.refunds.iter().map(|row| row.errand).enumerate();
        let charges = charges.map(|(number, errand)| (errand, true, number));
        let (_, is_charge, number) = charges
            .chain(refunds.map(|(number, errand)| (errand, false, number)))
            .filter(|(errand, ..)| !errand.done && errand.due <= self.now)
            .min_by_key(|(errand, ..)| (errand.due, errand.number))?;
        Some((is_charge, number))
    }

    fn pay_reward(&mut self, line: usize) {
        let row = &self.lines[line];
        let units = row.covered.min(row.units - row.cancelled);
        let (tokens, from, to) = (
            row.rate * units,
            self.line_escrow(line),
            self.wallet(row.seller),
        );
        self.shift(&from, &to, tokens);
        (self.lines[line].due, self.lines[line].rewarded) = (None, units);
    }
}

/// An attempt was made; the next is due after a pause that doubles.
pub(super) fn put_off(errand: &mut Errand, now: i64, done: bool) {
    let pause = (1_000_i64 << errand.attempts.min(20)).min(15 * MINUTE);
    errand.attempts += 1;
    errand.due = now + pause;
    errand.done = done;
}
