//! What stands around pages: the header and footer of the market, the navigation of the dashboard.

pub mod dashboard_layout;
pub mod public_layout;
