use super::api::read_orders;
use crate::paths;
use crate::prelude::*;
use crate::ui::address::page_in_query;
use crate::ui::{
    DateText, Empty, Head, LinkButton, Loaded, MoneyText, PageHead, Pagination, PictureBox,
    StatusBadge, load,
};
use model::{Money, OrderRow, OrderStanding, OrderState, Page, counted};

/// A signed-in shopper's orders.
#[component]
pub fn OrdersPage() -> AnyView {
    let page = page_in_query();
    let orders = load(move || page.get(), read_orders);
    view! {
        <Head title="Your orders" robots=false/>
        <PageHead title="Your orders"/>
        <Loaded load=orders let:orders><Orders orders/></Loaded>
    }
}

#[component]
fn Orders(orders: Page<OrderRow>) -> impl IntoView {
    let Page {
        rows, page, pages, ..
    } = orders;
    if rows.is_empty() {
        return view! {
            <Empty
                icon=icondata_lu::LuReceiptText
                title="No orders yet"
                sentence="What you buy while you are logged in stands here. An order made without logging in is found by its own link."
            >
                <LinkButton href=paths::MARKET>"Look through the marketplace"</LinkButton>
            </Empty>
        };
    }
    view! {
        <ul class="order-list">{rows.into_iter().map(|order| view! { <Row order/> }).collect_view()}</ul>
        <Pagination page pages/>
    }
}

#[component]
fn Row(order: OrderRow) -> impl IntoView {
    let units = counted(order.units, "item", "items");
    let parcels = counted(order.parcels, "parcel", "parcels");
    let standing = OrderStanding::of(OrderState::Paid, order.total, order.refunded);
    let net = Money(order.total.0.saturating_sub(order.refunded.0));
    let pictures = order
        .pictures
        .into_iter()
        .map(|picture| view! { <PictureBox picture=Some(picture) class="order-line-picture"/> })
        .collect_view();
    view! {
        <li class="order-row" data-testid="order-row">
            <div class="shrinks">
                <h2><a class="product-link" href=paths::order(&order.secret) translate="no">{order.number}</a></h2>
                <p class="note"><DateText at=order.paid_at/>", "{units}" in "{parcels}</p>
                {(standing != OrderStanding::As(OrderState::Paid)).then(|| view! { <StatusBadge status=standing/> })}
            </div>
            <div class="order-row-pictures" aria-hidden="true">{pictures}</div>
            <MoneyText amount=net/>
        </li>
    }
}
