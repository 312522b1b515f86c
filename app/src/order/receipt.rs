use crate::prelude::*;
use crate::ui::{MoneyText, TimeText};
use model::{Address, Money, OrderView};

/// What it cost and where it goes.
#[component]
pub fn Receipt(
    /// The order.
    order: OrderView,
) -> impl IntoView {
    let net = Money(order.total.0.saturating_sub(order.refunded.0));
    view! {
        <aside class="totals-panel" aria-label="Receipt">
            <dl class="totals">
                <div><dt>"Goods"</dt><dd><MoneyText amount=order.items/></dd></div>
                <div><dt>"Shipping"</dt><dd><MoneyText amount=order.shipping/></dd></div>
                <div class="totals-sum"><dt>"Total"</dt><dd data-testid="order-total"><MoneyText amount=order.total/></dd></div>
                {(order.refunded > Money::ZERO)
                    .then(|| {
                        view! {
                            <div><dt>"Money back"</dt><dd data-testid="order-refunded"><MoneyText amount=order.refunded/></dd></div>
                            <div class="totals-sum">
                                <dt>"You paid in the end"</dt>
                                <dd data-testid="order-net"><MoneyText amount=net/></dd>
                            </div>
                        }
                    })}
            </dl>
            <dl class="facts receipt-facts">
                <div><dt>"Goes to"</dt><dd><AddressLines address=order.address/></dd></div>
                <div><dt>"E-mail address"</dt><dd translate="no">{order.email}</dd></div>
                {match order.paid_at {
                    Some(at) => view! { <div><dt>"Paid"</dt><dd><TimeText at/></dd></div> },
                    None => view! { <div><dt>"Tried"</dt><dd><TimeText at=order.placed_at/></dd></div> },
                }}
            </dl>
        </aside>
    }
}

#[component]
fn AddressLines(address: Address) -> impl IntoView {
    let Address {
        name,
        line1,
        line2,
        city,
        postcode,
        country,
    } = address;
    let town = format!("{postcode} {city}").trim().to_owned();
    let lines = [name, line1, line2, town, country]
        .into_iter()
        .filter(|line| !line.is_empty());
    view! { <address translate="no">{lines.map(|line| view! { <span>{line}</span> }).collect_view()}</address> }
}
