//! A maker's own products: the list, the form, their pictures, and putting them on her shelf.

pub mod api;
mod edit_page;
mod list_page;
mod new_page;
mod offer_panel;
mod pictures;
mod product_fields;
mod product_table;
mod send_picture;
mod standing;
mod tabs;
mod upload;
mod variant_rows;

pub use edit_page::EditProductPage;
pub use list_page::ProductsPage;
pub use new_page::NewProductPage;
pub use product_fields::ProductFields;
pub use tabs::ProductTabs;
pub use upload::pictures_added;
