//! Takes a step on the market and in the books, and compares the two answers.

use super::books::*;
use super::rules::Answer;
use super::step::{Pick, Step};
use crate::world::{Card, World};
use market::payment::sandbox::answer_challenge;
use market::{Error, cart, checkout, issue, listing, order, random_code};
use model::{
    CancelUnits, CheckoutOutcome, CheckoutRequest, Currency, ListingId, Money, OrderId,
    OrderLineId, ParcelId, ParcelState, Tokens, Tracking,
};
use sea_orm::DatabaseConnection;

/// A market and its books.
pub struct Walk {
    pub world: World,
    pub books: Books,
    /// Past all rules, for looking at rows.
    pub rows: DatabaseConnection,
}

type Told = Result<String, String>;

impl Walk {
    /// Takes a step. `false` when there is nothing yet that it could be about.
    ///
    /// # Errors
    /// What the market answers, and what it should have.
    pub async fn take(&mut self, step: &Step) -> Result<bool, String> {
        let Some((told, expected)) = self.both(step).await else {
            return Ok(false);
        };
        let expected: Told = expected.map(str::to_owned).map_err(str::to_owned);
        if told == expected {
            Ok(true)
        } else {
            Err(format!(
                "the market answers {told:?} instead of {expected:?}"
            ))
        }
    }

    pub fn wait(&mut self, minutes: i64) {
        self.world.wait_minutes(minutes);
        self.books.now += minutes * 60_000;
    }

    pub async fn tick(&mut self) {
        self.world.tick().await;
        self.books.tick();
    }

    async fn both(&mut self, step: &Step) -> Option<(Told, Answer)> {
        // Ended holds go back in a sweep, or to somebody who needs what they keep. The sweep comes first here, so that
        // the books need not know who needs what.
        let takes = matches!(step, Step::Add { .. } | Step::Pay { .. });
        if takes && self.books.has_expired() {
            self.tick().await;
        }
        match step {
            Step::OpenStore => self.open_store().await,
            Step::Issue {
                store,
                amount,
                twice,
            } => self.issue(*store, *amount, *twice).await,
            Step::Publish {
                store,
                price,
                stock,
            } => self.publish(*store, *price, stock).await,
            Step::Correct { variant, by } => self.correct(*variant, *by).await,
            Step::Reprice { variant, price } => self.reprice(*variant, *price).await,
            Step::Offer {
                product,
                rate,
                units,
            } => self.offer(*product, *rate, *units).await,
            Step::Change { offer, rate, units } => self.change(*offer, *rate, *units).await,
            Step::Revoke { offer } => self.revoke(*offer).await,
            Step::Shelve { store, product } => self.shelve(*store, *product).await,
            Step::Unshelve { listing } => self.unshelve(*listing).await,
            Step::Cart { owner } => self.cart(*owner).await,
            Step::Add {
                cart,
                listing,
                variant,
                units,
            } => self.add(*cart, *listing, *variant, *units).await,
            Step::Pay { cart, card } => self.pay(*cart, *card).await,
            Step::PayAgain { order } => self.pay_again(*order).await,
            Step::TellBank { order, yes } => self.tell_bank(*order, *yes).await,
            Step::ComeBack { order } => self.come_back(*order).await,
            Step::Cancel {
                line,
                units,
                restock,
            } => self.cancel(*line, *units, *restock).await,
            Step::CancelAgain { refund } => self.cancel_again(*refund).await,
            Step::Pack { parcel } => self.step_parcel(*parcel, ParcelState::Packed).await,
            Step::Ship { parcel } => self.step_parcel(*parcel, ParcelState::Shipped).await,
            Step::Deliver { parcel } => self.step_parcel(*parcel, ParcelState::Delivered).await,
            Step::Wait { minutes } => {
                self.wait(*minutes);
                Some((Ok("waited".into()), Ok("waited")))
            }
            Step::Tick => {
                self.tick().await;
                Some((Ok("ticked".into()), Ok("ticked")))
            }
        }
    }
}

/// One of so many, if there are any.
fn one_of(pick: Pick, count: usize) -> Option<usize> {
    pick.checked_rem(count)
}

/// The name of what was refused.
fn told<T>(answer: Result<T, Error>, done: &str) -> Told {
    let name = |debug: String| {
        let end = debug
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(debug.len());
        debug[..end].to_owned()
    };
    match answer {
        Ok(_) => Ok(done.to_owned()),
        Err(Error::Refused(refusal)) => Err(name(format!("{refusal:?}"))),
        Err(other @ (Error::Overdrawn { .. } | Error::NotFound(_) | Error::Short(_))) => {
            Err(name(format!("{other:?}")))
        }
        Err(fault) => Err(format!("{fault:?}")),
    }
}

/// What stores do.
impl Walk {
    async fn open_store(&mut self) -> Option<(Told, Answer)> {
        let store = self
            .world
            .store(&format!("Store {}", self.books.stores.len()))
            .await;
        let wallet = format!("wallet:{}", store.id());
        self.books.stores.push(store);
        self.books.shift("issuance", &wallet, crate::world::WELCOME);
        Some((Ok("opened".into()), Ok("opened")))
    }

    async fn issue(&mut self, store: Pick, amount: i64, twice: bool) -> Option<(Told, Answer)> {
        let number = one_of(store, self.books.stores.len())?;
        let (slug, key) = (self.books.stores[number].slug.clone(), random_code(12));
        let expected = self.books.issue(number, amount);
        let mut answer = issue(&self.world.market, &slug, Tokens(amount), "", &key).await;
        if twice && answer.is_ok() {
            answer = issue(&self.world.market, &slug, Tokens(amount), "", &key).await;
        }
        Some((told(answer, "issued"), expected))
    }

    async fn publish(
        &mut self,
        store: Pick,
        price: i64,
        stock: &[i64; 2],
    ) -> Option<(Told, Answer)> {
        let maker = one_of(store, self.books.stores.len())?;
        let number = self.books.products.len();
        let variants = [("small", price, stock[0]), ("large", price + 100, stock[1])];
        let owner = self.books.stores[maker].clone();
        let product = self
            .world
            .product_in_variants(&owner, &format!("Product {number}"), &variants)
            .await;
        let listing = self.listing(maker, product.id).await;
        self.books.listings.push(ListingBook {
            id: listing,
            store: maker,
            product: number,
            standing: true,
        });
        let first = self.books.variants.len();
        for (id, (_, price, stock)) in product.variants.iter().zip(variants) {
            let row = VariantBook {
                id: *id,
                product: number,
                price,
                received: stock,
                on_hand: stock,
                held: 0,
            };
            self.books.variants.push(row);
        }
        let variants = (first..self.books.variants.len()).collect();
        self.books.products.push(ProductBook {
            maker,
            product,
            variants,
        });
        Some((Ok("published".into()), Ok("published")))
    }

    async fn listing(&self, store: usize, product: model::ProductId) -> ListingId {
        let of = format!(
            "store_id = {} AND product_id = {product}",
            self.books.stores[store].id()
        );
        ListingId(
            self.world
                .number(&format!("SELECT id FROM listings WHERE {of}"))
                .await,
        )
    }

    async fn correct(&mut self, variant: Pick, by: i64) -> Option<(Told, Answer)> {
        let number = one_of(variant, self.books.variants.len())?;
        let row = &self.books.variants[number];
        let stock = row.on_hand + by;
        if stock < 0 {
            return None;
        }
        let (product, place) = self.place_in_form(number);
        let product = &self.books.products[product];
        let maker = self.books.stores[product.maker].clone();
        let answer = self
            .world
            .edit(&maker, &product.product, |form| {
                form.variants[place].stock = stock.to_string()
            })
            .await;
        Some((told(answer, "saved"), self.books.correct(number, by)))
    }

    async fn reprice(&mut self, variant: Pick, price: i64) -> Option<(Told, Answer)> {
        let number = one_of(variant, self.books.variants.len())?;
        let (product, place) = self.place_in_form(number);
        let product = &self.books.products[product];
        let maker = self.books.stores[product.maker].clone();
        let answer = self
            .world
            .edit(&maker, &product.product, |form| {
                form.variants[place].price = Money(price).typed(Currency::Usd);
            })
            .await;
        self.books.variants[number].price = price;
        Some((told(answer, "saved"), Ok("saved")))
    }

    fn place_in_form(&self, variant: usize) -> (usize, usize) {
        let product = self.books.variants[variant].product;
        let variants = &self.books.products[product].variants;
        (
            product,
            variants.iter().position(|v| *v == variant).unwrap(),
        )
    }

    async fn offer(&mut self, product: Pick, rate: i64, units: i64) -> Option<(Told, Answer)> {
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

    async fn change(&mut self, offer: Pick, rate: i64, units: i64) -> Option<(Told, Answer)> {
        let number = one_of(offer, self.books.offers.len())?;
        let row = &self.books.offers[number];
        let maker = &self.books.stores[self.books.maker(row.product)];
        let answer = self.world.change(maker, row.id, rate, units).await;
        Some((
            told(answer, "changed"),
            self.books.change(number, rate, units),
        ))
    }

    async fn revoke(&mut self, offer: Pick) -> Option<(Told, Answer)> {
        let number = one_of(offer, self.books.offers.len())?;
        let row = &self.books.offers[number];
        let maker = &self.books.stores[self.books.maker(row.product)];
        let answer = self.world.revoke(maker, row.id).await;
        Some((told(answer, "revoked"), self.books.revoke(number)))
    }

    async fn shelve(&mut self, store: Pick, product: Pick) -> Option<(Told, Answer)> {
        let store = one_of(store, self.books.stores.len())?;
        let product = one_of(product, self.books.products.len())?;
        let id = self.books.products[product].product.id;
        let refused = self.books.shelve_refused(store, product);
        let answer = listing::add(&self.world.market, self.books.stores[store].owner, id).await;
        if let (Ok(id), None) = (&answer, refused) {
            match self
                .books
                .listings
                .iter_mut()
                .find(|listing| listing.id == *id)
            {
                Some(before) => before.standing = true,
                None => self.books.listings.push(ListingBook {
                    id: *id,
                    store,
                    product,
                    standing: true,
                }),
            }
        }
        Some((told(answer, "shelved"), refused.map_or(Ok("shelved"), Err)))
    }

    async fn unshelve(&mut self, listing: Pick) -> Option<(Told, Answer)> {
        let number = one_of(listing, self.books.listings.len())?;
        let row = &self.books.listings[number];
        let own = self.books.maker(row.product) == row.store;
        let owner = self.books.stores[row.store].owner;
        let answer = listing::remove(&self.world.market, owner, row.id).await;
        if !own {
            self.books.listings[number].standing = false;
        }
        Some((
            told(answer, "taken off"),
            if own {
                Err("OwnProduct")
            } else {
                Ok("taken off")
            },
        ))
    }

    async fn cancel(&mut self, line: Pick, units: i64, restock: bool) -> Option<(Told, Answer)> {
        let number = one_of(line, self.books.lines.len())?;
        let key = random_code(20);
        let answer = self.send_cancel(number, units, restock, &key).await;
        Some((answer, self.books.cancel(number, units, restock, &key)))
    }

    async fn cancel_again(&mut self, refund: Pick) -> Option<(Told, Answer)> {
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
        };
        told(
            order::cancel(&self.world.market, maker, row.id, ask).await,
            "cancelled",
        )
    }

    async fn step_parcel(&mut self, parcel: Pick, to: ParcelState) -> Option<(Told, Answer)> {
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

/// What shoppers do.
impl Walk {
    async fn cart(&mut self, owner: Option<Pick>) -> Option<(Told, Answer)> {
        let store = match owner {
            Some(pick) => Some(one_of(pick, self.books.stores.len())?),
            None => None,
        };
        let owner = store.map(|store| (store, self.books.stores[store].account()));
        let answer = cart::new(&self.world.market, owner.map(|(_, account)| account)).await;
        if let Ok(id) = answer
            && !self.books.carts.iter().any(|cart| cart.id == id)
        {
            self.books.carts.push(CartBook {
                id,
                owner,
                lines: Vec::new(),
            });
        }
        Some((told(answer, "a cart"), Ok("a cart")))
    }

    async fn add(
        &mut self,
        cart: Pick,
        listing: Pick,
        variant: Pick,
        units: i64,
    ) -> Option<(Told, Answer)> {
        let cart = one_of(cart, self.books.carts.len())?;
        let listing = one_of(listing, self.books.listings.len())?;
        let shelf = &self.books.listings[listing];
        let variants = &self.books.products[shelf.product].variants;
        let variant = variants[one_of(variant, variants.len())?];
        let (id, stock) = (self.books.carts[cart].id, self.books.variants[variant].id);
        let answer = cart::add(&self.world.market, id, shelf.id, stock, units).await;
        Some((
            told(answer, "added"),
            self.books.add(cart, listing, variant, units),
        ))
    }

    async fn pay(&mut self, cart: Pick, card: Card) -> Option<(Told, Answer)> {
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
                shipping: crate::world::SHIPPING,
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

    async fn pay_again(&mut self, order: Pick) -> Option<(Told, Answer)> {
        let number = one_of(order, self.books.orders.len())?;
        let row = &self.books.orders[number];
        let (cart, request, card) = (row.cart, row.request.clone(), row.card);
        let answer = self.send(cart, &request, card).await;
        self.books.ask_now(number);
        Some((answer, self.books.outcome(number)))
    }

    async fn tell_bank(&mut self, order: Pick, yes: bool) -> Option<(Told, Answer)> {
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

    async fn come_back(&mut self, order: Pick) -> Option<(Told, Answer)> {
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
