//! What stores do with their offers to others.

use super::super::books::{OfferBook, OfferIs};
use super::super::rules::Answer;
use super::super::step::Pick;
use super::{Told, Walk, one_of, told};

impl Walk {
    pub(super) async fn offer(
        &mut self,
        product: Pick,
        rate: i64,
        units: i64,
    ) -> Option<(Told, Answer)> {
        let number = one_of(product, self.books.products.len())?;
        let product = &self.books.products[number];
        let maker = &self.books.stores[product.maker];
        let refused = self.books.offer_refused(number, rate, units);
        let answer = self
            .world
            .try_offer(maker, &product.product, rate, units)
            .await;
        if let (Ok(id), None) = (&answer, refused) {
            let state = OfferIs::Open;
            self.books.opened(OfferBook {
                id: *id,
                product: number,
                rate,
                open: units,
                held: 0,
                state,
            });
        }
        Some((told(answer, "offered"), refused.map_or(Ok("offered"), Err)))
    }

    pub(super) async fn change(
        &mut self,
        offer: Pick,
        rate: i64,
        units: i64,
    ) -> Option<(Told, Answer)> {
        let number = one_of(offer, self.books.offers.len())?;
        let row = &self.books.offers[number];
        let maker = &self.books.stores[self.books.maker(row.product)];
        let answer = self.world.change(maker, row.id, rate, units).await;
        Some((
            told(answer, "changed"),
            self.books.change(number, rate, units),
        ))
    }

    pub(super) async fn revoke(&mut self, offer: Pick) -> Option<(Told, Answer)> {
        let number = one_of(offer, self.books.offers.len())?;
        let row = &self.books.offers[number];
        let maker = &self.books.stores[self.books.maker(row.product)];
        let answer = self.world.revoke(maker, row.id).await;
        Some((told(answer, "revoked"), self.books.revoke(number)))
    }
}
