//! The words both sides share: ids, [`Money`], [`Tokens`], views and form inputs.
//!
//! Everything here is plain data with `serde` on it: it compiles to WASM, does no I/O and knows neither
//! the database nor HTTP. A *view* is what a screen shows; a *form* is what a person typed, as text, and its
//! `validate()` gives either the typed value or a sentence for each field that is wrong. Both sides call the
//! same `validate()`.

mod accent;
mod account;
mod cart;
mod category;
mod checkout;
mod currency;
mod field;
mod id;
mod import;
mod listing;
mod marketplace;
mod money;
mod offer;
mod order;
mod page;
mod product;
mod store;
mod text_enum;
mod time;
mod tokens;
mod wallet;

pub use accent::Accent;
pub use account::{DemoLogIn, LogIn, LogInForm, MarketInfo, Shell, SignUp, SignUpForm, Viewer};
pub use cart::{CartLineView, CartProblem, CartStoreGroup, CartView};
pub use category::Category;
pub use checkout::{
    Address, CardForm, CheckoutForm, CheckoutOutcome, CheckoutRequest, ReleaseReason, Shortage,
};
pub use currency::Currency;
pub use field::{Checker, FieldError, limits, slugify};
pub use id::{
    AccountId, CartId, CartLineId, ImportId, ImportPictureId, ListingId, OfferId, OrderId,
    OrderLineId, ParcelId, PaymentId, PictureId, ProductId, RefundId, ShopImportId, StoreId,
    TransferId, VariantId,
};
pub use import::{
    FoundField, ImportCheck, ImportDesk, ImportForm, ImportPicture, ImportProblem, ImportState,
    ImportView, KeepInStep, NewImport, OtherCurrency, Pasted, PictureChoice, RefreshForm,
    RefreshView, ShopImportForm, ShopImportOrder, ShopImportPage, ShopImportState, ShopImportView,
    ShopItem, SourceChange, SourceView,
};
pub use listing::{LinkTarget, ShelfRow, ShelfState};
pub use marketplace::{MarketFilters, MarketPage, MarketSort, ProductCard, StoreCard};
pub use money::{AmountError, Money};
pub use offer::{
    OfferCard, OfferDesk, OfferForm, OfferRow, OfferState, OfferTerms, Quote, QuoteProblem,
};
pub use order::{
    CancelForm, CancelUnits, LineView, OrderRow, OrderState, OrderView, ParcelState, ParcelView,
    RewardOutcome, SaleLine, SaleRow, SaleView, ShipForm, Tracking,
};
pub use page::{MAX_PAGE, Page, PageRequest};
pub use product::{
    NewProduct, NewVariant, Picture, ProductEdit, ProductForm, ProductPage, ProductRow,
    ProductState, VariantForm, VariantView,
};
pub use store::{NewStore, StoreBadge, StoreForm, StorePage, StoreView};
pub use time::{Timestamp, show_day};
pub use tokens::Tokens;
pub use wallet::{DayPoint, Overview, StatementRow, TransferKind, WalletPage};
