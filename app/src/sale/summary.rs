//! Beside a parcel: where it goes and what it brings.

use crate::prelude::*;
use crate::ui::MoneyText;
use model::{Address, Money, SaleView};

/// The label's words, selected whole by one click.
#[component]
pub fn Receiver(
    /// Where the parcel goes.
    address: Address,
    /// For questions about it.
    email: String,
) -> impl IntoView {
    let town = [address.postcode, address.city]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let lines = [
        address.name,
        address.line1,
        address.line2,
        town,
        address.country,
    ]
    .into_iter()
    .filter(|line| !line.is_empty())
    .map(|line| view! { <span>{line}</span> })
    .collect_view();
    view! {
        <section class="panel panel-stack" aria-labelledby="receiver">
            <h2 id="receiver">"Goes to"</h2>
            <address class="address" translate="no" title="Click to select it whole" data-testid="address">{lines}</address>
            <p class="note">"Questions: " <a class="link" href=format!("mailto:{email}") translate="no">{email.clone()}</a></p>
        </section>
    }
}

/// Items, shipping, fee, refunds and what is left.
#[component]
pub fn WhatItBrings(
    /// The parcel.
    sale: SaleView,
) -> impl IntoView {
    let minus = |amount: Money| Money(amount.0.saturating_neg());
    let fee = (sale.fee != Money::ZERO).then(|| line("Market fee", minus(sale.fee)));
    let refunded =
        (sale.refunded != Money::ZERO).then(|| line("Back to the shopper", minus(sale.refunded)));
    view! {
        <section class="panel panel-stack" aria-labelledby="brings">
            <h2 id="brings">"What it brings you"</h2>
            <dl class="sums">
                {line("Items", sale.items)}
                {line("Shipping", sale.shipping)}
                {fee}
                {refunded}
                <div class="sums-total">
                    <dt>"Payable to you"</dt>
                    <dd data-testid="payable"><MoneyText amount=sale.payable/></dd>
                </div>
            </dl>
        </section>
    }
}

fn line(words: &'static str, amount: Money) -> impl IntoView {
    view! { <div><dt>{words}</dt><dd><MoneyText amount/></dd></div> }
}
