//! The web in which the importer is tried: a shop on this machine, which answers what a test wants, and pages of real
//! shops where they are at hand.
//!
//! Only tests use this crate.

#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]

pub mod corpus;
pub mod shop;
