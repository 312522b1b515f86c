//! A store's wallet: what it holds, what it earned and every movement.

pub mod api;
mod statement;
mod wallet_page;

pub use wallet_page::WalletScreen;
