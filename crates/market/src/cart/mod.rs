//! Carts: lines from any stores' shelves (C1).

mod bought;
mod change;
mod for_sale;
mod items;
mod merge;
mod removed;
mod seen;
mod sweep;
mod view;
mod whose;

pub(crate) use bought::take_out;
pub use change::{Put, Wanted, add, put, put_once, remove, set_units};
pub(crate) use items::{Item, items_locked, parcel_shipping, short};
pub use removed::title_of;
pub(crate) use seen::changed;
pub use sweep::sweep;
pub use view::{units, view};
pub(crate) use whose::{Lines, lines_of, with_merged};
pub use whose::{Visitor, Whose, mine, new, of_account};
