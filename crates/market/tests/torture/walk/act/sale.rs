//! What stores do with what they sold: they send it or cancel it.

use super::super::rules::Answer;
use super::super::step::Pick;
use super::{Told, Walk, one_of, told};
use market::{order, random_code};
use model::{CancelUnits, ParcelState, Tracking};

impl Walk {
    pub(super) async fn cancel(
        &mut self,
        line: Pick,
        units: i64,
        restock: bool,
    ) -> Option<(Told, Answer)> {
        let number = one_of(line, self.books.lines.len())?;
        let key = random_code(20);
        let answer = self.send_cancel(number, units, restock, &key).await;
        Some((answer, self.books.cancel(number, units, restock, &key)))
    }

    pub(super) async fn cancel_again(&mut self, refund: Pick) -> Option<(Told, Answer)> {
        let number = one_of(refund, self.books.refunds.len())?;
        let (line, units, restock, key) = self.books.refunds[number].of.clone()?;
        Some((
            self.send_cancel(line, units, restock, &key).await,
            Ok("cancelled"),
        ))
    }

    async fn send_cancel(&self, line: usize, units: i64, restock: bool, key: &str) -> Told {
        let row = &self.books.lines[line];
        let maker = self.books.stores[self.books.parcels[row.parcel].maker].owner;
        let ask = CancelUnits {
            units,
            restock,
            key: key.into(),
            standing: None,
        };
        told(
            order::cancel(&self.world.market, maker, row.id, ask).await,
            "cancelled",
        )
    }

    pub(super) async fn step_parcel(
        &mut self,
        parcel: Pick,
        to: ParcelState,
    ) -> Option<(Told, Answer)> {
        let number = one_of(parcel, self.books.parcels.len())?;
        let row = &self.books.parcels[number];
        let (market, owner) = (&self.world.market, self.books.stores[row.maker].owner);
        let answer = match to {
            ParcelState::Packed => order::pack(market, owner, row.id).await,
            ParcelState::Shipped => {
                let tracking = Tracking {
                    carrier: "Parcel post".into(),
                    number: "PP 1".into(),
                };
                order::ship(market, owner, row.id, tracking).await
            }
            _ => order::deliver(market, owner, row.id).await,
        };
        Some((told(answer, "done"), self.books.step_parcel(number, to)))
    }
}
