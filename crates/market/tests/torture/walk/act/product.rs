//! What stores do with their own products: they publish them and correct stock and price.

use super::super::books::{ListingBook, ProductBook, VariantBook};
use super::super::rules::Answer;
use super::super::step::Pick;
use super::{Told, Walk, one_of, told};
use market::Result;
use model::{Currency, ListingId, Money, VariantForm};

impl Walk {
    pub(super) async fn publish(
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

    pub(super) async fn correct(&mut self, variant: Pick, by: i64) -> Option<(Told, Answer)> {
        let number = one_of(variant, self.books.variants.len())?;
        let row = &self.books.variants[number];
        let stock = row.on_hand + by;
        if stock < 0 {
            return None;
        }
        let answer = self
            .edit(number, |form| form.stock = stock.to_string())
            .await;
        Some((told(answer, "saved"), self.books.correct(number, by)))
    }

    pub(super) async fn reprice(&mut self, variant: Pick, price: i64) -> Option<(Told, Answer)> {
        let number = one_of(variant, self.books.variants.len())?;
        let answer = self
            .edit(number, |form| {
                form.price = Money(price).typed(Currency::Usd)
            })
            .await;
        self.books.variants[number].price = price;
        Some((told(answer, "saved"), Ok("saved")))
    }

    /// Changes a variant in the form of its product, and sends that.
    async fn edit(&self, variant: usize, change: impl FnOnce(&mut VariantForm)) -> Result<()> {
        let product = &self.books.products[self.books.variants[variant].product];
        let place = product.variants.iter().position(|v| *v == variant);
        let maker = &self.books.stores[product.maker];
        self.world
            .edit(maker, &product.product, |form| {
                change(&mut form.variants[place.unwrap()]);
            })
            .await
    }
}
