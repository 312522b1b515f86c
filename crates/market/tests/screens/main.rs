//! What screens are made from: lists, searches, pictures and figures, on both engines. What the rules say of them
//! is tried in `rules`, in the same world.

#![cfg(test)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on has failed"
)]

mod links;
mod marketplace;
mod pages;
mod pictures;
mod products;
mod shelves;
mod sitemap;
mod wallet;
