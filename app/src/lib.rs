//! The interface: pages, components and server functions, compiled twice (for the server and the browser).
//!
//! # How to write a feature
//!
//! A feature is a folder: `mod.rs` (what others may use of it), `api.rs` (its server functions), a file for each page and
//! each larger part. `account/` is the example to copy.
//!
//! **Routes.** `routes.rs` says which page stands at which address, and in which [part](parts) of the browser's code.
//! Addresses are written there and in [`paths`] and nowhere else.
//!
//! **Server functions** are three to ten lines: who is asking, parse, one call into `market`. What only the
//! server has is imported inside the body. A read is `#[server(protocol = Reading)]` and gives
//! [`AppResult<View>`](error::AppResult); anything that changes something is `#[server]` (a POST) and gives
//! `AppResult<Done>`:
//!
//! ```ignore
//! #[server]
//! pub async fn open_offer(product: ProductId, form: OfferForm) -> AppResult<Done> {
//!     use crate::server::{market, viewer};
//!     let owner = viewer().await?.store_owner()?; // a proof, which the market's function asks for
//!     market::offer::open(&market()?, &owner, product, form.validate()?).await?;
//!     Ok(Done::go(paths::DASHBOARD_OFFERS).and_say("Your offer is open."))
//! }
//! ```
//!
//! `?` turns `market::Error`, `Vec<FieldError>` and session errors into [`error::AppError`]. Guests are told
//! apart by `viewer().await?.signed()` and `.owner()`, both `Option`s.
//!
//! **Pages** load and compose; a component does one thing. [`ui::load`] what the page shows and show it by
//! [`ui::Loaded`], which brings the skeleton, the error's page and its status:
//!
//! ```ignore
//! let changes = Changes::default(); // each form that changes what is shown: `changes.follow(form)`
//! let offers = load(move || (page(), changes.count()), |(page, _)| read_offers(page));
//! view! { <Head title="Offers"/> <Loaded load=offers let:offers><Offers offers/></Loaded> }
//! ```
//!
//! What is loaded is in the first HTML. Every `view!` is an `AnyView`, so that browsers load the code for one type.
//!
//! **Forms**: `use_form::<OpenOffer>()`, [`ui::ServerForm`], [`ui::Field`], [`ui::Submit`]; see [`ui::form`].
//! Hydrated and without JavaScript they show mistakes at the field and lose nothing typed; where much is typed, an
//! [`ui::AskBeforeLeaving`] inside asks before it is left unsaved. A button that
//! changes something is a form of its own with hidden inputs. Where sending twice would make two things, the
//! function takes `#[server(default)] once: String` and the form is `once=true`. Several of one kind on a page (cart lines):
//! `use_form_keyed::<SetUnits>(line.id)`.
//!
//! A form of a thing that another window may change meanwhile is `<ServerForm form shared=true>`: each field sends
//! back what it showed, to an argument `shown` of the form's own type, `form.changes(&shown, …)` makes wishes of the
//! two, and what both windows changed is shown side by side by the field itself. Let the resource depend on
//! [`ui::Changes`] that follow the form, so that it shows what was saved. A button sends back how the thing stood.
//!
//! **The viewer, the market's words, the cart's count** come from [`ui::use_page`]: `.viewer()`, `.store()`,
//! `.currency()`, `.token()`. They are there in the first render and are read again after every form that
//! worked. Money is shown by [`ui::MoneyText`], tokens by [`ui::TokensText`] (store owners only, R10), moments
//! by [`ui::DateText`], codes and other figures by [`ui::Exact`]. No clock, locale or chance in a render: server
//! and browser must write the same.
//!
//! **Style** is in `style/`, in files called as the modules here, each of which a part imports. Classes say what a thing is. An
//! icon is as large as the `--icon` of what it stands in.
//!
//! **Tests** find things by `data-testid`: the field's name for inputs, `test_id=` on the kit's parts,
//! lower-case words with hyphens. They wait for `html[data-hydrated]`. A new page is written down in
//! `end2end/tests/support/pages.ts`, or a test says that it is missing there.

#![recursion_limit = "256"]

pub mod account;
mod app;
pub mod cart;
pub mod catalogue;
pub mod checkout;
pub mod coming_alive;
pub mod dashboard;
#[cfg(feature = "ssr")]
mod document;
pub mod done;
pub mod error;
pub mod home;
pub mod import;
pub mod link;
pub mod listing;
pub mod marketplace;
pub mod offer;
pub mod open_store;
pub mod order;
pub mod parts;
pub mod paths;
mod prelude;
pub mod product;
mod routes;
pub mod sale;
#[cfg(feature = "ssr")]
pub mod server;
pub mod shelf;
pub mod shell;
pub mod shop;
pub mod source;
pub mod store_settings;
pub mod ui;
pub mod wallet;
pub mod wire;

pub use app::App;
pub use coming_alive::{Build, PartFiles};
#[cfg(feature = "ssr")]
pub use document::whole_page;
