//! What stores do first: they open, get tokens, and fill their shelves.

use super::super::books::ListingBook;
use super::super::rules::Answer;
use super::super::step::Pick;
use super::{Told, Walk, one_of, told};
use market::{issue, listing, random_code};
use model::Tokens;

impl Walk {
    pub(super) async fn open_store(&mut self) -> Option<(Told, Answer)> {
        let store = self
            .world
            .store(&format!("Store {}", self.books.stores.len()))
            .await;
        let wallet = format!("wallet:{}", store.id());
        self.books.stores.push(store);
        self.books.shift("issuance", &wallet, trial::world::WELCOME);
        Some((Ok("opened".into()), Ok("opened")))
    }

    pub(super) async fn issue(
        &mut self,
        store: Pick,
        amount: i64,
        twice: bool,
    ) -> Option<(Told, Answer)> {
        let number = one_of(store, self.books.stores.len())?;
        let (slug, key) = (self.books.stores[number].slug.clone(), random_code(12));
        let expected = self.books.issue(number, amount);
        let mut answer = issue(&self.world.market, &slug, Tokens(amount), "", &key).await;
        if twice && answer.is_ok() {
            answer = issue(&self.world.market, &slug, Tokens(amount), "", &key).await;
        }
        Some((told(answer, "issued"), expected))
    }

    pub(super) async fn shelve(&mut self, store: Pick, product: Pick) -> Option<(Told, Answer)> {
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

    pub(super) async fn unshelve(&mut self, listing: Pick) -> Option<(Told, Answer)> {
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
}
