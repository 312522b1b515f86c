//! After the sale: cancelled units, money back, parcels on their way.

use super::super::books::{Books, OrderIs, RefundBook};
use super::Answer;
use super::jobs::put_off;
use model::ParcelState;

impl Books {
    pub fn cancel(&mut self, line: usize, units: i64, restock: bool, key: &str) -> Answer {
        let row = &self.lines[line];
        if self.orders[row.order].state != OrderIs::Paid {
            return Err("NotFound");
        }
        if units > row.units - row.cancelled {
            return Err("CancelTooMany");
        }
        let (order, parcel, before) = (row.order, row.parcel, row.cancelled);
        let still_covered = |cancelled: i64| row.covered.min(row.units - cancelled);
        let goes = still_covered(before) - still_covered(before + units);
        let stays = still_covered(before + units);
        let fee_back = row.fee * (before + units) / row.units - row.fee * before / row.units;
        let mut amount = row.price * units;
        let (tokens, waits, variant) = (row.rate * goes, row.due.is_some(), row.variant);
        if restock {
            self.variants[variant].on_hand += units;
            self.lines[line].restocked += units;
        }
        self.lines[line].cancelled += units;
        amount += self.shipping_back(order, parcel);
        let payable = self.payable(self.parcels[parcel].maker);
        self.shift(&payable, "refunds", amount);
        self.shift("fees", &payable, fee_back);
        if waits {
            let (from, to) = (
                self.line_escrow(line),
                self.wallet(self.parcels[parcel].maker),
            );
            self.shift(&from, &to, tokens);
            if stays == 0 {
                self.lines[line].due = None;
            }
        }
        let errand = self.new_errand();
        let of = Some((line, units, restock, key.to_owned()));
        self.refunds.push(RefundBook {
            order,
            of,
            amount,
            done: false,
            errand,
        });
        self.refund_now(self.refunds.len() - 1);
        Ok("cancelled")
    }

    fn shipping_back(&mut self, order: usize, parcel: usize) -> i64 {
        let of_parcel = |line: &&usize| self.lines[**line].parcel == parcel;
        let gone = |line: &usize| self.lines[*line].cancelled == self.lines[*line].units;
        let empty = self.orders[order].lines.iter().filter(of_parcel).all(gone);
        let row = &mut self.parcels[parcel];
        if empty && matches!(row.state, ParcelState::New | ParcelState::Packed) {
            row.state = ParcelState::Cancelled;
            row.shipping
        } else {
            0
        }
    }

    pub(super) fn refund_now(&mut self, refund: usize) {
        let now = self.now;
        let row = &mut self.refunds[refund];
        row.done = true;
        put_off(&mut row.errand, now, true);
        let amount = row.amount;
        self.shift("refunds", "payments", amount);
    }

    pub fn step_parcel(&mut self, parcel: usize, to: ParcelState) -> Answer {
        let row = &mut self.parcels[parcel];
        if self.orders[row.order].state != OrderIs::Paid {
            return Err("NotFound");
        }
        let allowed = matches!(
            (to, row.state),
            (ParcelState::Packed, ParcelState::New)
                | (ParcelState::Shipped, ParcelState::New | ParcelState::Packed)
                | (ParcelState::Delivered, ParcelState::Shipped)
        );
        if !allowed {
            return Err("ParcelPast");
        }
        row.state = to;
        Ok("done")
    }
}
