//! The kit every page is made of: small components that know the look, the words and the rules of access,
//! and nothing of the market's own logic.

pub mod address;
pub mod alert;
pub mod amount;
pub mod announcer;
pub mod badge;
pub mod breadcrumbs;
mod browser;
pub mod button;
pub mod changes;
pub mod confirm;
pub mod correction;
pub mod date;
pub mod day_chart;
pub mod each;
pub mod effect;
pub mod empty;
pub mod error_page;
mod escape;
pub mod exact;
pub mod field;
mod focus;
pub mod form;
pub mod head;
pub mod icon;
pub mod live;
mod load;
pub mod loaded;
pub mod logo;
pub mod markup;
pub mod page_head;
pub mod page_state;
pub mod pagination;
pub mod picture;
mod places;
pub mod product_card;
pub mod product_name;
pub mod progress;
pub mod prose;
pub mod query_form;
pub mod remark;
pub mod renewal;
pub mod send;
pub mod server_form;
pub mod shared;
pub mod skeleton;
pub mod stat;
pub mod store_badge;
pub mod table;
pub mod tabs;
pub mod theme;
pub mod toast;
pub mod unsaved;
pub mod without_script;

pub use alert::Alert;
pub use amount::{Coin, MoneyRange, MoneyText, TokensLook, TokensText};
pub use badge::{Badge, Status, StatusBadge};
pub use breadcrumbs::Breadcrumbs;
pub use button::{ButtonKind, LinkButton, Submit};
pub use changes::Changes;
pub use confirm::Confirm;
pub use correction::{Mistake, length_of};
pub use date::{DateText, TimeText};
pub use day_chart::{DayChart, DayUnit};
pub use each::{Each, Row};
pub use empty::Empty;
pub use error_page::{ErrorPage, NotFound};
pub use exact::Exact;
pub use field::{Checkbox, Field, Select, TextArea, input_name};
pub use focus::focus_page;
pub use form::{Form, FormState, use_form, use_form_keyed};
pub use head::{Head, JsonLd};
pub use icon::Icon;
pub use load::load;
pub use loaded::Loaded;
pub use page_head::PageHead;
pub use page_state::{PageState, use_page};
pub use pagination::Pagination;
pub use picture::PictureBox;
pub use product_card::{ProductGrid, ProductTile};
pub use product_name::ProductName;
pub use prose::Prose;
pub use query_form::QueryForm;
pub use remark::{Remark, Remarks};
pub use server_form::ServerForm;
pub use shared::Shared;
pub use skeleton::{GridSkeleton, PageSkeleton, RowsSkeleton};
pub use stat::Stat;
pub use store_badge::{StoreAvatar, StoreLink};
pub use table::{Cell, Table};
pub use tabs::{TabLink, Tabs};
pub use toast::use_toasts;
pub use unsaved::AskBeforeLeaving;
pub use without_script::ReloadWithoutScript;

/// What kind of news something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// No news.
    #[default]
    Neutral,
    /// Good to know.
    Info,
    /// It worked.
    Success,
    /// Look at this.
    Warning,
    /// It did not work.
    Error,
}

impl Tone {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Tone::Neutral => "neutral",
            Tone::Info => "info",
            Tone::Success => "success",
            Tone::Warning => "warning",
            Tone::Error => "error",
        }
    }
}
