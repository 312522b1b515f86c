//! Carts: lines from any stores' shelves (C1).

mod change;
mod for_sale;
mod items;
mod view;
mod whose;

pub use change::{RemovedLine, add, add_once, add_to_first, remove, set_units};
pub(crate) use items::{Item, items_locked, parcel_shipping, short};
pub use view::{units, view};
pub use whose::{new, of_account};
