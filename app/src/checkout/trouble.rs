use crate::error::AppError;
use crate::paths;
use crate::ui::{Alert, MoneyText, Tone};
use leptos::prelude::*;
use model::Money;

/// What kept the checkout from going through, and what to do about it.
#[component]
pub fn Trouble(
    /// The error.
    error: Signal<Option<AppError>>,
    /// The total as it is now.
    total: Signal<Money>,
) -> impl IntoView {
    move || {
        let inside = match error.get()? {
            AppError::Shortage(short) => view! {
                <p class="font-semibold">"Some of this has just been bought by somebody else. Nothing was charged."</p>
                <ul class="my-2 list-disc pl-5" data-testid="shortages">
                    {short.iter().map(|shortage| view! { <li>{shortage.sentence()}</li> }).collect_view()}
                </ul>
                <p><a class="link" href=paths::CART>"Change your cart"</a>", then come back. Your cart is as you left it."</p>
            }
            .into_any(),
            AppError::Conflict(sentence) => view! {
                <p>{sentence}</p>
                <p>"The total is now "{move || view! { <MoneyText amount=total.get()/> }}". Nothing was charged."</p>
            }
            .into_any(),
            declined @ AppError::Declined(_) => view! { <p>{declined.to_string()}" Look at the card below."</p> }.into_any(),
            wrong @ AppError::Invalid(_) => view! {
                <p class="font-semibold">{wrong.to_string()}</p>
                <p>"Nothing was charged. Correct what is marked below, then pay."</p>
            }
            .into_any(),
            other => view! { <p>{other.to_string()}</p> }.into_any(),
        };
        Some(view! { <Alert tone=Tone::Error test_id="form-error">{inside}</Alert> })
    }
}
