//! What can be asked for, by what it costs: the one place where every function that changes something has its class.

use axum::extract::Request;
use axum::http::Method;

/// What a request costs, or what somebody could do with many of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Changes what is there, or takes it back.
    Change,
    /// Leaves something that stays.
    Leave,
    /// Looks at pages of other shops.
    Fetch,
    /// Asks the payment provider, and sets stock aside.
    Checkout,
    /// Makes an account.
    SignUp,
    /// Tries a password. Wrong ones are counted where they are looked at, by the account.
    LogIn,
    /// Sends a file to be decoded.
    Upload,
}

impl Class {
    pub const ALL: [Self; 7] = [
        Self::Change,
        Self::Leave,
        Self::Fetch,
        Self::Checkout,
        Self::SignUp,
        Self::LogIn,
        Self::Upload,
    ];

    /// Whether it leaves something of somebody who has no session yet.
    pub fn takes_newcomers_in(self) -> bool {
        matches!(self, Self::Change | Self::Leave | Self::SignUp)
    }
}

use Class::{Change, Checkout, Fetch, Leave, LogIn, SignUp};

/// Every server function that changes something. A test looks whether one is missing.
const FUNCTIONS: &[(&str, Class)] = &[
    ("add_to_cart", Leave),
    ("add_to_shelf", Leave),
    ("answer_step", Change),
    ("apply_changes", Leave),
    ("archive_product", Change),
    ("begin_shop_import", Fetch),
    ("cancel_shop_import", Change),
    ("cancel_units", Leave),
    ("change_offer", Leave),
    ("change_password", LogIn),
    ("create_product", Leave),
    ("deliver_parcel", Change),
    ("describe_picture", Change),
    ("discard_import", Change),
    ("end_other_log_ins", Change),
    ("find_link", Fetch),
    ("follow_source", Change),
    ("import_shop", Fetch),
    ("log_in", LogIn),
    ("log_out", Change),
    ("look_again", Fetch),
    ("make_picture_first", Change),
    ("open_offer", Leave),
    ("open_store", Leave),
    ("pack_parcel", Change),
    ("pause_shop_import", Change),
    ("place_order", Checkout),
    ("put_back", Leave),
    ("remove_from_shelf", Change),
    ("remove_line", Change),
    ("remove_picture", Change),
    ("resume_shop_import", Change),
    ("revoke_offer", Leave),
    ("save_import", Leave),
    ("save_product", Leave),
    ("save_store", Change),
    ("set_theme", Change),
    ("set_units", Change),
    ("ship_parcel", Change),
    ("sign_up", SignUp),
    ("try_import_again", Fetch),
    ("unpublish_product", Change),
];

/// What a request is; `None` for one that changes nothing, and for the payment provider's messages.
pub fn class_of(request: &Request) -> Option<Class> {
    if matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    ) {
        return None;
    }
    let path = request.uri().path();
    if path.starts_with("/upload/") {
        return Some(Class::Upload);
    }
    // What is not known is taken for what stays.
    Some(of_function(path).unwrap_or(Class::Leave))
}

/// A server function's address is its name and a number made from its source.
fn of_function(path: &str) -> Option<Class> {
    let name = name_in(path)?;
    let function = FUNCTIONS.iter().find(|(function, _)| *function == name);
    function.map(|(_, class)| *class)
}

fn name_in(path: &str) -> Option<&str> {
    let name = path.strip_prefix("/api/")?;
    Some(name.trim_end_matches(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_function_that_changes_something_has_a_class_and_no_other() {
        let writing: BTreeSet<&str> = leptos::server_fn::axum::server_fn_paths()
            .filter(|(_, method)| *method != Method::GET)
            .map(|(path, _)| name_in(path).unwrap())
            .collect();
        let classed: BTreeSet<&str> = FUNCTIONS.iter().map(|(name, _)| *name).collect();
        assert_eq!(writing, classed);
        assert_eq!(classed.len(), FUNCTIONS.len(), "one has two classes");
    }

    #[test]
    fn what_is_not_known_is_limited_all_the_same() {
        let post = |path: &str| {
            let request = Request::builder().method(Method::POST).uri(path);
            class_of(&request.body(axum::body::Body::empty()).unwrap())
        };
        assert_eq!(post("/api/made_up123"), Some(Class::Leave));
        assert_eq!(post("/nowhere"), Some(Class::Leave));
        assert_eq!(post("/upload/product/1"), Some(Class::Upload));
    }
}
