use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::time::Duration;

/// For browsers without JavaScript. What stands in a `<noscript>` is not part of what is hydrated.
const RELOAD: &str = r#"<meta http-equiv="refresh" content="2">"#;

/// Asks again and again in the browser, each time `pause` after the last answer, until an answer gives `false` or
/// the component around it goes.
pub fn poll<F>(pause: Duration, ask: impl Fn() -> F + Copy + 'static)
where
    F: Future<Output = bool> + 'static,
{
    let here = StoredValue::new(());
    Effect::new(move |_| ask_later(pause, ask, here));
}

fn ask_later<F>(pause: Duration, ask: impl Fn() -> F + Copy + 'static, here: StoredValue<()>)
where
    F: Future<Output = bool> + 'static,
{
    set_timeout(
        move || {
            spawn_local(async move {
                // What the component owned is gone with it.
                if here.try_get_value().is_some() && ask().await && here.try_get_value().is_some() {
                    ask_later(pause, ask, here);
                }
            });
        },
        pause,
    );
}

/// The same without JavaScript: the page is loaded again.
#[component]
pub fn ReloadWithoutScript() -> impl IntoView {
    view! { <noscript inner_html=RELOAD></noscript> }
}
