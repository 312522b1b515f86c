use crate::error::AppResult;
use crate::prelude::*;
use crate::wire::reading::Reading;
use model::{OrderPageView, OrderRow, Page, PageRequest};

/// An order by its secret. While its payment is under way, the provider is asked again first; asking changes
/// nothing that would not have happened anyway.
#[server(protocol = Reading)]
pub async fn read_order(secret: String) -> AppResult<OrderPageView> {
    use crate::server::{market, session};
    use model::{CheckoutOutcome, OrderState};
    let market = market()?;
    let order = market::order::by_secret(&market, &secret).await?;
    let mine = match session::account().await? {
        Some(account) => market::order::is_of(&market, &secret, account).await?,
        None => false,
    };
    if order.state != OrderState::Held {
        return Ok(OrderPageView {
            order,
            second_step: None,
            mine,
        });
    }
    let second_step = match market::checkout::resume(&market, &secret).await? {
        CheckoutOutcome::SecondStep { url } => Some(url),
        _ => None,
    };
    Ok(OrderPageView {
        order: market::order::by_secret(&market, &secret).await?,
        second_step,
        mine,
    })
}

/// The signed-in shopper's paid orders.
#[server(protocol = Reading)]
pub async fn read_orders(page: PageRequest) -> AppResult<Page<OrderRow>> {
    use crate::server::{market, viewer};
    let account = viewer().await?.account()?.account();
    Ok(market::order::of_account(&market()?, account, page).await?)
}
