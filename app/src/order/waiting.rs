use crate::prelude::*;
use crate::ui::effect::effect;
use crate::ui::{Alert, LinkButton, ReloadWithoutScript};
use std::time::Duration;

/// How long to wait before asking again.
const AGAIN_AFTER: Duration = Duration::from_secs(3);

/// The payment is under way: the bank has to answer, or the shopper has. The page looks again by itself.
#[component]
pub fn Waiting(
    /// Where the bank waits for the shopper.
    second_step: Option<String>,
    /// Looks again.
    again: Callback<()>,
) -> impl IntoView {
    match second_step {
        Some(url) => view! {
            <Alert test_id="order-second-step">
                <p>"Your bank wants you to confirm the payment. Everything is set aside for you until then."</p>
            </Alert>
            <div><LinkButton href=url>"Confirm the payment"</LinkButton></div>
        },
        None => {
            look_again(again);
            view! {
                <Alert test_id="order-waiting">
                    <p>
                        "We are waiting for the bank. This page looks again by itself: you need not pay a second time."
                    </p>
                </Alert>
                <ReloadWithoutScript seconds=4/>
            }
        }
    }
}

/// In the browser, once after a while; the answer, if it is none, brings this part back and starts over.
fn look_again(again: Callback<()>) {
    effect(move || {
        if let Ok(timer) = set_timeout_with_handle(move || again.run(()), AGAIN_AFTER) {
            on_cleanup(move || timer.clear());
        }
    });
}
