//! The server over real HTTP: the router on a port of its own, with an SQLite file of its own.

#![cfg(test)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on has failed"
)]

mod authorisation;
mod bodies;
mod carts;
mod crowds;
mod discovery;
mod errors;
mod escaping;
mod files;
mod headers;
mod health;
mod kept_pages;
mod limits;
mod live;
mod origin;
mod plain_text;
mod private;
mod refused;
mod sessions;
mod slashes;
mod starting;
mod tokens;
mod two_windows;
mod unavailable;
mod upload;
mod watching;
mod webhook;
