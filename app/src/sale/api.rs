use crate::done::Done;
use crate::error::AppResult;
use crate::prelude::*;
use crate::wire::reading::Reading;
use model::{
    CancelForm, OrderLineId, Page, PageRequest, ParcelId, ParcelState, SaleFacts, SaleRow, ShipForm,
};

/// The maker's parcels, newest first, of one state or of all.
#[server(protocol = Reading)]
pub async fn read_sales(state: Option<ParcelState>, page: PageRequest) -> AppResult<Page<SaleRow>> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    Ok(market::order::sales(&market()?, owner, state, page).await?)
}

/// One parcel.
#[server(protocol = Reading)]
pub async fn read_sale(parcel: ParcelId) -> AppResult<SaleFacts> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    let sale = market::order::sale(&market()?, owner, parcel).await?;
    Ok(SaleFacts {
        sale,
        key: market::random_code(24),
    })
}

/// Marks a parcel as packed.
#[server]
pub async fn pack_parcel(parcel: ParcelId) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    market::order::pack(&market()?, owner, parcel).await?;
    Ok(Done::say("Marked as packed."))
}

/// Marks a parcel as on its way.
#[server]
pub async fn ship_parcel(parcel: ParcelId, form: ShipForm) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    market::order::ship(&market()?, owner, parcel, form.validate()?).await?;
    Ok(Done::say(
        "Marked as shipped. The shopper sees it in her order.",
    ))
}

/// Marks a parcel as arrived.
#[server]
pub async fn deliver_parcel(parcel: ParcelId) -> AppResult<Done> {
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    market::order::deliver(&market()?, owner, parcel).await?;
    Ok(Done::say("Marked as delivered."))
}

/// Cancels units of a line; the shopper gets her money back. `parcel` is the page to come back to, with nothing chosen.
#[server]
pub async fn cancel_units(
    line: OrderLineId,
    form: CancelForm,
    #[server(default)] parcel: Option<ParcelId>,
) -> AppResult<Done> {
    use crate::paths;
    use crate::server::{market, viewer};
    let owner = viewer().await?.store_owner()?;
    let market = market()?;
    let back = market::order::cancel(&market, owner, line, form.validate()?).await?;
    let amount = back.show(market.info().currency);
    let way = parcel.map_or(paths::DASHBOARD_SALES.to_owned(), paths::sale);
    Ok(Done::go(way).and_say(format!("Cancelled. {amount} goes back to the shopper.")))
}
