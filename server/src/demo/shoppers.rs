//! What shoppers do, and what follows for the makers.

use super::Error;
use super::agenda::{Agenda, Event, Parcel};
use super::people::Person;
use super::plan::{Line, Shopper};
use super::stage::Stage;
use model::{AccountId, Address, CardForm, CartId, CheckoutOutcome, CheckoutRequest};

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// The test provider's card that pays, and the one that is declined.
const PAYS: &str = "4242424242424242";
const DECLINES: &str = "4000000000000002";

impl Stage<'_> {
    pub async fn join(&mut self, regular: usize) -> Result<(), Error> {
        let person = self.regular(regular)?;
        let form = person
            .sign_up()
            .validate()
            .map_err(Error::in_form(&person.email))?;
        let joined = market::account::sign_up(self.market, form).await;
        let account = joined.map_err(Error::while_doing("signing up a shopper"))?;
        self.regulars.insert(regular, account);
        Ok(())
    }

    pub async fn buy(&mut self, purchase: usize, agenda: &mut Agenda) -> Result<(), Error> {
        let Some(planned) = self.plan.purchases.get(purchase) else {
            return Ok(());
        };
        let (account, email, address) = self.who(&planned.shopper)?;
        let refused = || Error::while_doing(format!("purchase {purchase}"));
        let cart = market::cart::new(self.market, account)
            .await
            .map_err(refused())?;
        for line in &planned.lines {
            self.add(cart, line).await?;
        }
        let cards: &[&str] = if planned.declined_first {
            &[DECLINES, PAYS]
        } else {
            &[PAYS]
        };
        for (attempt, card) in cards.iter().enumerate() {
            let seen = market::cart::view(self.market, cart)
                .await
                .map_err(refused())?;
            let request = CheckoutRequest {
                email: email.clone(),
                address: address.clone(),
                key: format!("demoorder{purchase:08}x{attempt}"),
                seen_total: seen.total.0,
                seen: seen.seen,
            };
            let card = CardForm {
                card_number: (*card).to_owned(),
                expiry: "12/49".into(),
                cvc: "123".into(),
            };
            let outcome = market::checkout::place(self.market, account, cart, request, card).await;
            if let CheckoutOutcome::Paid { secret } = outcome.map_err(refused())? {
                self.orders += 1;
                self.follow_up(&secret, agenda).await?;
            }
        }
        Ok(())
    }

    async fn add(&self, cart: CartId, line: &Line) -> Result<(), Error> {
        let listing = self.listings.get(&(line.shelf, line.product));
        let variant = self.published(line.product)?.variants.get(line.variant);
        let (Some(listing), Some(variant)) = (listing, variant) else {
            return Err(Error::Impossible(format!("{line:?} is on no shelf")));
        };
        let title = &self.described(line.product)?.title;
        let added = market::cart::add(self.market, cart, *listing, *variant, line.units).await;
        added.map_err(Error::while_doing(format!("buying {title}")))
    }

    /// The account, if any, the e-mail address and where the parcels go.
    fn who(&self, shopper: &Shopper) -> Result<(Option<AccountId>, String, Address), Error> {
        Ok(match shopper {
            Shopper::Guest(person) => (None, person.email.clone(), person.address.clone()),
            Shopper::Regular(at) => {
                let person = self.regular(*at)?;
                (
                    self.regulars.get(at).copied(),
                    person.email.clone(),
                    person.address.clone(),
                )
            }
            Shopper::Owner(store) => {
                let file = &self.file(*store)?.store;
                let address = Address {
                    name: file.owner.clone(),
                    line1: format!("{}, back door", file.name),
                    city: "Port Ellery, OR".into(),
                    postcode: "97499".into(),
                    country: "United States".into(),
                    ..Address::default()
                };
                (
                    Some(self.owner(*store)?.account()),
                    file.email.clone(),
                    address,
                )
            }
        })
    }

    fn regular(&self, at: usize) -> Result<&Person, Error> {
        self.plan
            .regulars
            .get(at)
            .ok_or_else(|| Error::Impossible(format!("there is no shopper {at}")))
    }

    /// Each maker packs, ships, and the parcel arrives: as far as time allows. Few have to cancel a unit.
    async fn follow_up(&mut self, secret: &str, agenda: &mut Agenda) -> Result<(), Error> {
        let order = market::order::by_secret(self.market, secret).await;
        for parcel in order
            .map_err(Error::while_doing("looking at an order"))?
            .parcels
        {
            let maker = self
                .content
                .stores
                .iter()
                .position(|file| file.store.slug == parcel.maker_slug);
            let maker = maker.ok_or_else(|| {
                Error::Impossible(format!("no store is called {}", parcel.maker_slug))
            })?;
            let units: i64 = parcel.lines.iter().map(|line| line.units).sum();
            let parcel = Parcel {
                id: parcel.id,
                maker,
            };
            let packed = self.dice.within(3 * HOUR..34 * HOUR);
            if self.dice.chance(4) {
                agenda.after(packed - HOUR, Event::Cancel(parcel));
                if units == 1 {
                    continue;
                }
            }
            let shipped = packed + self.dice.within(HOUR..22 * HOUR);
            let delivered = shipped + self.dice.within(2 * DAY..5 * DAY);
            agenda.after(packed, Event::Pack(parcel));
            agenda.after(shipped, Event::Ship(parcel));
            agenda.after(delivered, Event::Deliver(parcel));
        }
        Ok(())
    }
}
