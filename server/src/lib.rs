//! The server: settings, routes, middleware, jobs and commands around [`market`] and the pages of [`app`].
//!
//! The binary is [`command::run`]; tests build the same [`router::build`] on a port of their own.

#![recursion_limit = "256"]

mod accepted;
mod carried_site;
pub mod cli;
pub mod command;
pub mod config;
pub mod connections;
mod demo;
mod discovery;
mod files;
pub mod health;
mod jobs;
mod kept_pages;
mod live;
mod log;
mod metrics;
mod middleware;
pub mod pages;
mod refusal;
pub mod router;
mod session;
pub mod site;
mod upload;
mod webhook;
