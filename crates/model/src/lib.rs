//! The words both sides share: ids, [`Money`], [`Tokens`], views and form inputs.
//!
//! Everything here is plain data with `serde` on it: it compiles to WASM, does no I/O and knows neither
//! the database nor HTTP. A *view* is what a screen shows; a *form* is what a person typed, as text, and its
//! `validate()` gives either the typed value or a sentence for each field that is wrong. Both sides call the
//! same `validate()`.

mod accent;
mod account;
mod amount;
mod card;
mod cart;
mod category;
mod checkout;
mod currency;
mod email;
mod facets;
mod field;
mod figure;
mod fold;
mod id;
mod import;
mod link;
mod listing;
mod marketplace;
mod money;
mod offer;
mod order;
mod page;
mod product;
mod product_change;
mod product_now;
mod store;
mod text;
mod text_enum;
mod time;
mod tokens;
mod wallet;
mod wish;
mod words;

pub use accent::Accent;
pub use account::{
    ChangePassword, ChangePasswordForm, DemoLogIn, LogIn, LogInForm, MarketInfo, OwnAccount, Shell,
    SignUp, SignUpForm, Viewer,
};
pub use amount::AmountError;
pub use card::CardForm;
pub use cart::{
    CartChange, CartLineView, CartPageView, CartProblem, CartStoreGroup, CartView, RemovedLine,
    Seen,
};
pub use category::Category;
pub use checkout::{
    Address, CheckoutForm, CheckoutOutcome, CheckoutRequest, CheckoutView, ReleaseReason, Shortage,
    StepView,
};
pub use currency::Currency;
pub use email::normal_email;
pub use facets::{Facets, PriceBand, RewardStep};
pub use field::{Checker, FieldError, limits};
pub use fold::{fold, slug_preview, slugify};
pub use id::{
    AccountId, CartId, CartLineId, ImportId, ImportPictureId, ListingId, OfferId, OrderId,
    OrderLineId, ParcelId, PaymentId, PictureId, ProductId, RefundId, ShopImportId, StoreId,
    TransferId, VariantId,
};
pub use import::{
    FieldName, FoundField, FoundProduct, FoundVariant, ImportCheck, ImportDesk, ImportForm,
    ImportPicture, ImportProblem, ImportState, ImportView, KeepInStep, NewImport, OtherCurrency,
    Pasted, PictureChoice, RefreshForm, RefreshView, ShopImportForm, ShopImportOrder,
    ShopImportPage, ShopImportState, ShopImportView, ShopItem, SourceChange, SourceView,
    VariantColumn,
};
pub use link::{LinkForm, LinkTarget};
pub use listing::{ShelfRow, ShelfState};
pub use marketplace::{
    Corrected, HomeView, LookedUp, MarketFilters, MarketPage, MarketSort, ProductCard, StoreCard,
    StoreName, Words,
};
pub use money::Money;
pub use offer::{
    OfferCard, OfferChange, OfferDesk, OfferFacts, OfferForm, OfferRow, OfferState, OfferTerms,
    Quote, QuoteProblem,
};
pub use order::{
    CancelForm, CancelUnits, LineView, OrderPageView, OrderRow, OrderStanding, OrderState,
    OrderView, ParcelState, ParcelView, RewardOutcome, SaleFacts, SaleLine, SaleRow, SaleView,
    ShipForm, Tracking,
};
pub use page::{MAX_PAGE, Page, PageRequest};
pub use product::{
    NewProduct, NewVariant, NotHere, Picture, PictureForm, ProductAt, ProductEdit, ProductForm,
    ProductPage, ProductRow, ProductState, VariantForm, VariantView, variant_address,
};
pub use product_change::{
    ProductChange, StockShown, StockWish, VariantChange, VariantWish, too_many,
};
pub use product_now::{NotTold, ProductNow, VariantNow};
pub use store::{NewStore, OpeningFacts, StoreBadge, StoreChange, StoreForm, StorePage, StoreView};
pub use text::{at_the_door, clean, clean_prose, nfc};
pub use time::{Timestamp, show_day};
pub use tokens::Tokens;
pub use wallet::{DayPoint, Overview, OverviewFacts, StatementRow, TransferKind, WalletPage};
pub use wish::{Clash, Settling, Wish, same};
pub use words::{are, counted};
