//! What store owners do: open, publish, offer, carry, and send.

use super::Error;
use super::agenda::Parcel;
use super::plan::{ProductAt, TRIED_UNITS};
use super::stage::{Published, Stage};
use model::{CancelUnits, OfferTerms, Tokens, Tracking};

/// What a store has left in its wallet once its offers are funded, at least: 40 tokens.
const POCKET: i64 = 4_000;

/// Tokens issued to the first stores come in hundreds of tokens.
const ROUND: i64 = 10_000;

const CARRIERS: &[&str] = &["Parcelhop", "Coastline Post", "Two Wheels Courier"];

impl Stage<'_> {
    /// Opens a store, and gives it what it needs to fund the offers in its file: it was there when the market
    /// began, and tokens can't all be earned from one another.
    pub async fn open_store(&mut self, store: usize) -> Result<(), Error> {
        let file = self.file(store)?;
        let name = &file.store.name;
        let refused = || Error::while_doing(format!("opening {name}"));
        let sign_up = file
            .store
            .sign_up()
            .validate()
            .map_err(Error::in_form(name))?;
        let account = market::account::sign_up(self.market, sign_up)
            .await
            .map_err(refused())?;
        let signed = market::account::signed(self.market, account)
            .await
            .map_err(refused())?;
        let currency = self.market.settings().currency;
        let form = file
            .store
            .form(currency)
            .validate(currency)
            .map_err(Error::in_form(name))?;
        let owner = market::store::open(self.market, &signed, form)
            .await
            .map_err(refused())?;
        self.owners.insert(store, owner);

        let escrow: i64 = (0..file.products.len())
            .filter_map(|product| self.full_terms(ProductAt { store, product }))
            .map(|terms| terms.rate.0 * terms.units)
            .sum();
        let short = escrow + POCKET - self.market.settings().welcome_grant.0;
        let grant = Tokens((short.max(0) + ROUND - 1) / ROUND * ROUND);
        if grant > Tokens::ZERO {
            let (slug, note) = (&file.store.slug, "For the market's first stores");
            let key = format!("demo{store}");
            market::issue(self.market, slug, grant, note, &key)
                .await
                .map_err(refused())?;
        }
        Ok(())
    }

    /// The file's offer, with the units on top that others will have sold by the end.
    fn full_terms(&self, at: ProductAt) -> Option<OfferTerms> {
        let terms = self.described(at).ok()?.offer?;
        let resold = self.resold.get(&at).copied().unwrap_or_default();
        Some(OfferTerms {
            units: terms.units + resold,
            ..terms
        })
    }

    pub async fn publish(&mut self, at: ProductAt) -> Result<(), Error> {
        let product = self.described(at)?;
        let owner = self.owner(at.store)?;
        let refused = || Error::while_doing(format!("publishing {}", product.title));
        let currency = self.market.settings().currency;
        let sold = |variant| self.sold.get(&(at, variant)).copied().unwrap_or_default();
        let form = product
            .form(currency, sold)
            .validate(currency)
            .map_err(Error::in_form(&product.title))?;
        let id = market::product::create(self.market, owner, form)
            .await
            .map_err(refused())?;
        market::product::publish(self.market, owner, id)
            .await
            .map_err(refused())?;

        let card = market::product::card(self.market, id, Some(owner))
            .await
            .map_err(refused())?;
        let slug = &self.file(at.store)?.store.slug;
        let page = market::product::page(self.market, slug, &card.slug, Some(owner))
            .await
            .map_err(refused())?;
        let listing = page
            .listing
            .ok_or_else(|| Error::Impossible(format!("{} is on no shelf", product.title)))?;
        self.listings.insert((at.store, at), listing);
        let variants = page
            .variants
            .into_iter()
            .map(|variant| variant.id)
            .collect();
        self.products.insert(
            at,
            Published {
                id,
                variants,
                offer: None,
            },
        );
        Ok(())
    }

    pub async fn offer(&mut self, at: ProductAt) -> Result<(), Error> {
        let Some(full) = self.full_terms(at) else {
            return Ok(());
        };
        let rate = if self.plan.raised.contains(&at) {
            Tokens(full.rate.0 * 4 / 5)
        } else {
            full.rate
        };
        self.open_offer(at, OfferTerms { rate, ..full }).await
    }

    pub async fn try_offer(&mut self, at: ProductAt) -> Result<(), Error> {
        self.open_offer(
            at,
            OfferTerms {
                rate: Tokens(200),
                units: TRIED_UNITS,
            },
        )
        .await
    }

    async fn open_offer(&mut self, at: ProductAt, terms: OfferTerms) -> Result<(), Error> {
        let id = self.published(at)?.id;
        let opened = market::offer::open(self.market, self.owner(at.store)?, id, terms).await;
        let offer = opened.map_err(Error::while_doing(format!(
            "offering {}",
            self.described(at)?.title
        )))?;
        if let Some(product) = self.products.get_mut(&at) {
            product.offer = Some(offer);
        }
        Ok(())
    }

    pub async fn raise(&mut self, at: ProductAt) -> Result<(), Error> {
        let (Some(full), Some(offer)) = (self.full_terms(at), self.published(at)?.offer) else {
            return Ok(());
        };
        let owner = self.owner(at.store)?;
        let refused = || Error::while_doing("raising an offer");
        let open = market::offer::one(self.market, owner, offer)
            .await
            .map_err(refused())?;
        let terms = OfferTerms {
            rate: full.rate,
            units: open.open_units,
        };
        market::offer::change(self.market, owner, offer, terms)
            .await
            .map_err(refused())
    }

    pub async fn revoke(&mut self, at: ProductAt) -> Result<(), Error> {
        let Some(offer) = self.published(at)?.offer else {
            return Ok(());
        };
        let owner = self.owner(at.store)?;
        let revoked = market::offer::revoke(self.market, owner, offer, None).await;
        revoked
            .map(drop)
            .map_err(Error::while_doing("revoking an offer"))
    }

    pub async fn carry(&mut self, shelf: usize, at: ProductAt) -> Result<(), Error> {
        let product = self.published(at)?.id;
        let listing = market::listing::add(self.market, self.owner(shelf)?, product).await;
        let listing = listing.map_err(Error::while_doing(format!(
            "carrying {}",
            self.described(at)?.title
        )))?;
        self.listings.insert((shelf, at), listing);
        Ok(())
    }

    pub async fn pack(&mut self, parcel: Parcel) -> Result<(), Error> {
        let packed = market::order::pack(self.market, self.owner(parcel.maker)?, parcel.id).await;
        packed.map_err(Error::while_doing("packing a parcel"))
    }

    pub async fn ship(&mut self, parcel: Parcel) -> Result<(), Error> {
        let carrier = self
            .dice
            .pick(CARRIERS)
            .copied()
            .unwrap_or_default()
            .to_owned();
        let number = format!("PH{:09}", self.dice.within(100_000_000..999_999_999));
        let tracking = Tracking { carrier, number };
        let shipped =
            market::order::ship(self.market, self.owner(parcel.maker)?, parcel.id, tracking).await;
        shipped.map_err(Error::while_doing("shipping a parcel"))
    }

    pub async fn deliver(&mut self, parcel: Parcel) -> Result<(), Error> {
        let delivered =
            market::order::deliver(self.market, self.owner(parcel.maker)?, parcel.id).await;
        delivered.map_err(Error::while_doing("delivering a parcel"))
    }

    /// One unit of the first line: it came out of the box in two pieces, and does not go back into stock.
    pub async fn cancel(&mut self, parcel: Parcel) -> Result<(), Error> {
        let owner = self.owner(parcel.maker)?;
        let refused = || Error::while_doing("cancelling a unit");
        let sale = market::order::sale(self.market, owner, parcel.id)
            .await
            .map_err(refused())?;
        let Some(line) = sale.lines.first() else {
            return Ok(());
        };
        let key = format!("democancel{:08}", parcel.id.0);
        let ask = CancelUnits {
            units: 1,
            restock: false,
            key,
            standing: None,
        };
        market::order::cancel(self.market, owner, line.id, ask)
            .await
            .map(drop)
            .map_err(refused())
    }
}
