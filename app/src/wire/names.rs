//! What headers, cookies and inputs are called, on both sides.

/// The header that says which build answers.
pub const BUILD_HEADER: &str = "x-build";

/// The header in which a script of ours sends the token of its page.
pub const TOKEN_HEADER: &str = "x-page-token";

/// The hidden input with the token of the page, first in each form.
pub const TOKEN_INPUT: &str = "_token";

/// The hidden input with the path of the page the form stands on.
pub const BACK_INPUT: &str = "_back";

/// The hidden input of a log-in with the form that waits for it.
pub const KEPT_INPUT: &str = "_kept";

/// The hidden input that tells two forms of one server function apart.
pub const KEY_INPUT: &str = "_form";

/// The hidden input of a form that is only a button: nothing typed can be lost in it, so a guest who sends it
/// is led to the log-in at once.
pub const BUTTON_INPUT: &str = "_button";

/// The argument that gets what the fields of a shared form showed.
pub const SHOWN: &str = "shown";

/// The cookie the chosen theme is kept in.
pub const THEME_COOKIE: &str = "theme";
