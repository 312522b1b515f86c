//! Money and tokens never look alike: money is plain figures, tokens carry the coin and its marigold.

use super::exact::Exact;
use super::page_state::use_page;
use crate::prelude::*;
use model::{Money, Tokens};

/// An amount of money.
#[component]
pub fn MoneyText(
    /// The amount.
    amount: Money,
    /// Its size and weight.
    #[prop(into, optional)]
    class: String,
) -> impl IntoView {
    view! { <Exact text=amount.show(use_page().currency()) class=format!("money {class}") test_id="money"/> }
}

/// The price of a product whose variants may differ: one amount, or "from" the lowest.
#[component]
pub fn MoneyRange(
    /// The lowest price.
    from: Money,
    /// The highest price.
    to: Money,
    /// Its size and weight.
    #[prop(into, optional)]
    class: String,
) -> impl IntoView {
    view! {
        <span class=format!("money {class}") data-testid="price">
            {(from != to).then(|| view! { <span class="money-from">"from "</span> })}
            <Exact text=from.show(use_page().currency())/>
        </span>
    }
}

/// How tokens are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TokensLook {
    /// A tinted chip with the coin.
    #[default]
    Chip,
    /// The coin and the figures, for tables and large figures.
    Plain,
}

/// An amount of tokens. Only ever shown to store owners (R10).
#[component]
pub fn TokensText(
    /// The amount.
    amount: Tokens,
    /// How it is shown.
    #[prop(optional)]
    look: TokensLook,
    /// Put `+` before what came in; what went out always has its `-`.
    #[prop(optional)]
    signed: bool,
    /// Its size and weight.
    #[prop(into, optional)]
    class: String,
) -> impl IntoView {
    let kind = match look {
        TokensLook::Chip => "tokens tokens-chip",
        TokensLook::Plain => "tokens",
    };
    let plus = if signed && amount > Tokens::ZERO {
        "+"
    } else {
        ""
    };
    view! {
        <span class=format!("{kind} {class}") translate="no" data-testid="tokens">
            <Coin/>
            <span>{plus}{amount.show()}<span class="tokens-symbol">" "{use_page().token()}</span></span>
        </span>
    }
}

/// The coin: a disc with the two shelves of the logo on it.
#[component]
pub fn Coin() -> impl IntoView {
    view! {
        <svg class="coin" viewBox="0 0 20 20" aria-hidden="true">
            <circle cx="10" cy="10" r="9" class="coin-disc"/>
            <circle cx="10" cy="10" r="6.6" class="coin-ring"/>
            <path d="M6.6 8.6h4.6M8.8 12h4.6" class="coin-mark"/>
        </svg>
    }
}
