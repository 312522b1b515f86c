use crate::prelude::*;
use crate::ui::effect::effect;
use leptos::task::spawn_local;
use std::future::Future;
use std::time::Duration;

/// Asks again and again in the browser, each time `pause` after the last answer, until an answer gives `false` or
/// the component around it goes.
pub fn poll<F>(pause: Duration, ask: impl Fn() -> F + Copy + 'static)
where
    F: Future<Output = bool> + 'static,
{
    let here = StoredValue::new(());
    effect(move || ask_later(pause, ask, here));
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
