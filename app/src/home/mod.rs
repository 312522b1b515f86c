//! The market's front page.

pub mod api;
mod hero;
mod home_page;
mod how_it_works;

pub use home_page::HomePage;
