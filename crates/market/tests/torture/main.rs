//! What must never happen, tried hard: races, repeated and lost answers, and a market of random steps compared with
//! one kept in memory, each on both engines.
//!
//! The short form runs with all other tests. `TORTURE=long` gives the figures of `docs/torture.md`. Each test adds a
//! line of JSON to the file that `TORTURE_REPORT` names.

#![cfg(test)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on has failed"
)]

#[path = "../rules/engine.rs"]
mod engine;
#[allow(dead_code, unused_imports, reason = "the rules use the rest of it")]
#[path = "../rules/world/mod.rs"]
mod world;

mod report;

mod bank;
mod last_unit;
mod one_checkout;
mod one_offer;
mod payment_faults;
mod provider;
mod walk;

use engine::Engine;
use world::World;

/// What the engine below a world is called in the table of results.
fn engine_of(world: &World) -> &'static str {
    name(
        if world.market.settings().database_url.starts_with("sqlite:") {
            Engine::Sqlite
        } else {
            Engine::Postgres
        },
    )
}

/// What an engine is called there.
fn name(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    }
}
