//! A pasted link, whatever it leads to (K1): the box for it, and the page that says what it is.

pub mod api;
mod link_page;
mod paste_link;

pub use link_page::LinkPage;
pub use paste_link::PasteLink;
