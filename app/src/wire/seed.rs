//! What the server sends along with each page.

use super::flash::Flash;
use super::theme::Theme;
use model::{Currency, MarketInfo, Shell};
use serde::{Deserialize, Serialize};

/// What the server sends along with each page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageSeed {
    /// The market's words, who is looking and how full the cart is.
    pub shell: Shell,
    /// The chosen theme.
    pub theme: Theme,
    /// What this page's forms are sent with.
    pub token: String,
    /// What the answer before left for this page.
    pub flash: Flash,
    /// The page's own address, when it is shown in the answer to a form and the browser believes to be elsewhere.
    pub stands_at: Option<String>,
}

/// What a page reads again once a form has worked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageFacts {
    /// The header's facts.
    pub shell: Shell,
    /// What forms are sent with from now on.
    pub token: String,
}

impl Default for PageSeed {
    /// A page nobody asked for: what the router is built with before any request.
    fn default() -> Self {
        let market = MarketInfo {
            public_url: String::new(),
            currency: Currency::Usd,
            token: "RSS".to_owned(),
            fee_basis_points: 0,
            hold_minutes: 15,
            test_payments: false,
            demo_log_ins: Vec::new(),
        };
        PageSeed {
            shell: Shell {
                market,
                viewer: None,
                cart_units: 0,
            },
            theme: Theme::System,
            token: String::new(),
            flash: Flash::default(),
            stands_at: None,
        }
    }
}
