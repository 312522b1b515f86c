use crate::error::AppError;
use crate::paths;
use crate::prelude::*;
use crate::ui::{Alert, MoneyText, Tone, use_page};
use model::{CartChange, Money};

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
                <p class="trouble-words">"Some of this has just been bought by somebody else. Nothing was charged."</p>
                <ul class="trouble-list" data-testid="shortages">
                    {short.iter().map(|shortage| view! { <li>{shortage.sentence()}</li> }).collect_view()}
                </ul>
                <p><a class="link" href=paths::CART>"Change your cart"</a>", then come back. Your cart is as you left it."</p>
            },
            AppError::Changed(changes) => view! { <Changed changes/> },
            AppError::Conflict(sentence) => view! {
                <p>{sentence}</p>
                <p>"The total is now "{move || view! { <MoneyText amount=total.get()/> }}". Nothing was charged."</p>
            },
            declined @ AppError::Declined(_) => {
                view! { <p>{declined.to_string()}" Look at the card below."</p> }
            }
            wrong @ AppError::Invalid(_) => view! {
                <p class="trouble-words">{wrong.to_string()}</p>
                <p>"Nothing was charged. Correct what is marked below, then pay."</p>
            },
            other => view! { <p>{other.to_string()}</p> },
        };
        Some(view! { <Alert tone=Tone::Error test_id="form-error">{inside}</Alert> })
    }
}

/// What the page showed and what is so now, side by side.
#[component]
fn Changed(changes: Vec<CartChange>) -> impl IntoView {
    let currency = use_page().currency();
    let rows = changes
        .iter()
        .map(|change| {
            let [what, was, now] = change.side_by_side(currency);
            view! {
                <tr>
                    <th scope="row">{what}</th>
                    <td>{was}</td>
                    <td>{now}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <p class="trouble-words">"Your cart or a price changed while you were here. Nothing was charged."</p>
        <table class="changed-table" data-testid="cart-changes">
            <thead>
                <tr>
                    <th scope="col"><span class="sr-only">"What"</span></th>
                    <th scope="col">"You saw"</th>
                    <th scope="col">"Now"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <p>"Look at your order as it is now. If it is what you want, pay again: what you typed is still here, but for the card."</p>
    }
}
