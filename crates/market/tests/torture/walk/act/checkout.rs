//! What shoppers do to pay.

use super::super::books::{ChargeIs, LineBook, OrderBook, OrderIs, ParcelBook, PaymentIs};
use super::super::rules::Answer;
use super::super::step::Pick;
use super::{Told, Walk, one_of, told};
use market::payment::sandbox::answer_challenge;
use market::{checkout, random_code};
use model::{CheckoutOutcome, CheckoutRequest, OrderId, OrderLineId, ParcelId, ParcelState};
use trial::world::Card;

impl Walk {
    pub(super) async fn pay(&mut self, cart: Pick, card: Card) -> Option<(Told, Answer)> {
        let cart = one_of(cart, self.books.carts.len())?;
        let key = random_code(20);
        let request = self.world.request(self.books.carts[cart].id, &key).await;
        let expected = match self.books.before_a_hold(cart) {
            Some(paid) => Some(paid),
            None => self.books.hold_refused(cart).map(Err),
        };
        let answer = self.send(cart, &request, card).await;
        if let Some(expected) = expected {
            return Some((answer, expected));
        }
        match self.held(cart, request, card).await {
            None => Some((answer, Err("a hold"))),
            Some(order) => {
                self.books.ask_now(order);
                Some((answer, self.books.outcome(order)))
            }
        }
    }

    async fn send(&self, cart: usize, request: &CheckoutRequest, card: Card) -> Told {
        let row = &self.books.carts[cart];
        let buyer = row.owner.map(|(_, account)| account);
        let answer = checkout::place(
            &self.world.market,
            buyer,
            row.id,
            request.clone(),
            card.form(),
        )
        .await;
        let word = answer.as_ref().map_or("", word);
        told(answer, word)
    }

    /// The rows of a new hold: their ids are read, everything else is known.
    async fn held(&mut self, cart: usize, request: CheckoutRequest, card: Card) -> Option<usize> {
        let found = format!("orders WHERE key = '{}'", request.key);
        if self.world.count(&found).await != 1 {
            return None;
        }
        let id = OrderId(self.world.number(&format!("SELECT id FROM {found}")).await);
        let secret = self
            .world
            .text(&format!("SELECT secret FROM {found}"))
            .await;
        let order = self.books.orders.len();
        let total = self.books.total(cart);
        let mut parcels = Vec::new();
        for maker in self.books.makers(cart) {
            let of = format!(
                "order_id = {id} AND store_id = {}",
                self.books.stores[maker].id()
            );
            let parcel = ParcelId(
                self.world
                    .number(&format!("SELECT id FROM parcels WHERE {of}"))
                    .await,
            );
            let state = ParcelState::New;
            self.books.parcels.push(ParcelBook {
                id: parcel,
                order,
                maker,
                state,
                shipping: trial::world::SHIPPING,
            });
            parcels.push(self.books.parcels.len() - 1);
        }
        let mut lines = Vec::new();
        for (place, wanted) in self.books.carts[cart].lines.clone().into_iter().enumerate() {
            let at = format!(
                "SELECT id FROM order_lines WHERE order_id = {id} ORDER BY id LIMIT 1 OFFSET {place}"
            );
            let line = OrderLineId(self.world.number(&at).await);
            let maker = self
                .books
                .maker(self.books.variants[wanted.variant].product);
            let parcel = parcels
                .iter()
                .copied()
                .find(|parcel| self.books.parcels[*parcel].maker == maker)?;
            lines.push(
                self.books
                    .take(wanted, LineBook::new(line, order, parcel, &wanted)),
            );
        }
        let errand = self.books.new_errand();
        self.books.orders.push(OrderBook {
            id,
            secret,
            request,
            cart,
            account: self.books.carts[cart].owner.map(|(_, account)| account),
            begun: self.books.now,
            card,
            state: OrderIs::Held,
            expires: self.books.hold_end(),
            total,
            payment: PaymentIs::Asked,
            charge: ChargeIs::Unknown,
            errand,
            lines,
            parcels,
        });
        Some(order)
    }

    pub(super) async fn pay_again(&mut self, order: Pick) -> Option<(Told, Answer)> {
        let number = one_of(order, self.books.orders.len())?;
        let row = &self.books.orders[number];
        let (cart, request, card) = (row.cart, row.request.clone(), row.card);
        let answer = self.send(cart, &request, card).await;
        self.books.ask_now(number);
        Some((answer, self.books.outcome(number)))
    }

    pub(super) async fn tell_bank(&mut self, order: Pick, yes: bool) -> Option<(Told, Answer)> {
        let number = one_of(order, self.books.orders.len())?;
        let row = &self.books.orders[number];
        if row.charge == ChargeIs::Unknown {
            return None;
        }
        let code = format!(
            "SELECT challenge FROM sandbox_charges WHERE key = 'charge:order:{}'",
            row.id
        );
        let code = self.world.text(&code).await;
        let answer = answer_challenge(&self.world.market, &code, yes).await;
        self.books.tell_bank(number, yes);
        Some((told(answer, "told"), Ok("told")))
    }

    pub(super) async fn come_back(&mut self, order: Pick) -> Option<(Told, Answer)> {
        let number = one_of(order, self.books.orders.len())?;
        let answer = checkout::resume(&self.world.market, &self.books.orders[number].secret).await;
        let word = answer.as_ref().map_or("", word);
        Some((told(answer, word), self.books.come_back(number)))
    }
}

fn word(outcome: &CheckoutOutcome) -> &'static str {
    match outcome {
        CheckoutOutcome::Paid { .. } => "Paid",
        CheckoutOutcome::Waiting { .. } => "Waiting",
        CheckoutOutcome::SecondStep { .. } => "SecondStep",
        CheckoutOutcome::Declined { .. } => "Declined",
    }
}
