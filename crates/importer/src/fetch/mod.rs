//! The crate's only input and output: asks strangers' servers for pages, data and pictures.
//!
//! A link comes from whoever uses the market, so it may point anywhere: at this machine, at the
//! network it stands in, at a server that never stops sending. Three things keep that harmless:
//!
//! - [`Guard`] decides what may be asked for, before a connection is made and again at each redirect;
//! - the resolver gives out an answer only if the guard allows every address in it, and what it gives
//!   out is what is dialled, so a name can't be public when asked and private when called;
//! - every answer has a limit in bytes after decompression, and every request one in time.
//!
//! A request ends when its future is dropped.

mod answer;
mod client;
mod error;
mod fetcher;
mod guard;
mod pace;
mod public_ip;
mod resolver;
mod settings;

pub use answer::{Fetched, Refetched, Validators};
pub use error::FetchError;
pub use fetcher::Fetcher;
pub use guard::{Guard, Refusal, check_spelling};
pub use settings::{Limits, Pace, Settings};
