//! The server over real HTTP: the router on a port of its own, with an SQLite file of its own.

mod errors;
mod files;
mod headers;
mod health;
mod limits;
mod origin;
mod running;
mod sessions;
mod upload;
