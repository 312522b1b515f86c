//! What a store says of itself.

mod accent_field;
pub mod api;
mod fields;
mod settings_page;

pub use fields::{ShippingFields, StoryFields};
pub use settings_page::SettingsPage;
