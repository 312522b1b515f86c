#![expect(
    clippy::disallowed_methods,
    reason = "what stands in a <noscript> is not part of what comes to life; it is a figure in a fixed tag"
)]

use crate::prelude::*;

/// Without JavaScript the browser loads the page again after a while. With it, the page asks by itself.
#[component]
pub fn ReloadWithoutScript(
    /// After how many seconds.
    seconds: u32,
) -> impl IntoView {
    let reload = format!(r#"<meta http-equiv="refresh" content="{seconds}">"#);
    view! { <noscript inner_html=reload></noscript> }
}
