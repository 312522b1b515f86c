//! What stores do with their own products: they publish them and correct stock and price.

use super::super::books::{ListingBook, ProductBook, VariantBook};
use super::super::rules::Answer;
use super::super::step::Pick;
use super::{Told, Walk, one_of, told};
use model::{Currency, ListingId, Money};

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

    pub(super) async fn reprice(&mut self, variant: Pick, price: i64) -> Option<(Told, Answer)> {
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
}
