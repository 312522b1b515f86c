//! Where an imported product came from: what its source says now, and whether the product follows it (K3).

pub mod api;
mod differences_page;
mod source_panel;

pub use differences_page::DifferencesPage;
pub use source_panel::SourcePanel;
