use crate::paths;
use crate::prelude::*;
use crate::ui::ProductName;
use crate::ui::{
    ButtonKind, Cell, DateText, LinkButton, StatusBadge, Table, TokensLook, TokensText,
};
use model::counted;
use model::{OfferRow, OfferState};

/// Offers as rows.
#[component]
pub fn OfferTable(
    /// In the order they are shown.
    offers: Vec<OfferRow>,
) -> impl IntoView {
    let columns = vec![
        "Product",
        "State",
        "For each unit",
        "Units",
        "In the offer",
        "Paid out",
        "",
    ];
    view! {
        <Table caption="Your offers" columns test_id="offer-table">
            {offers.into_iter().map(|offer| view! { <OfferLine offer/> }).collect_view()}
        </Table>
    }
}

#[component]
fn OfferLine(offer: OfferRow) -> impl IntoView {
    let href = paths::edit_offer(offer.id);
    let title_leads = href.clone();
    let open = offer.state == OfferState::Open;
    let note = match offer.closed_at {
        Some(at) => view! { "Closed " <DateText at/> },
        None if offer.shelves == 0 => "On no other shelf yet".into_any(),
        None => view! { "On " {counted(offer.shelves, "shelf", "shelves")} },
    };
    view! {
        <tr data-testid="offer-row">
            <Cell><ProductName picture=offer.picture title=offer.title href=title_leads>{note}</ProductName></Cell>
            <Cell column="State"><StatusBadge status=offer.state/></Cell>
            <Cell column="For each unit" figures=true><TokensText amount=offer.rate look=TokensLook::Plain/></Cell>
            <Cell column="Units" figures=true>
                <UnitsOf open=offer.open_units held=offer.held_units rewarded=offer.rewarded_units/>
            </Cell>
            <Cell column="In the offer" figures=true><TokensText amount=offer.in_escrow look=TokensLook::Plain/></Cell>
            <Cell column="Paid out" figures=true><TokensText amount=offer.paid_out look=TokensLook::Plain/></Cell>
            <Cell>
                <div class="row-actions">
                    {open
                        .then(|| view! { <LinkButton href kind=ButtonKind::Quiet small=true test_id="offer-change">"Change"</LinkButton> })}
                </div>
            </Cell>
        </tr>
    }
}

/// Where the units of an offer are: open, on hold, rewarded.
#[component]
pub fn UnitsOf(
    /// Units still covered.
    open: i64,
    /// Units set aside for checkouts under way.
    held: i64,
    /// Units sold and rewarded.
    rewarded: i64,
) -> impl IntoView {
    let words = format!("{open} open, {held} on hold, {rewarded} rewarded");
    view! {
        <div class="stacked" data-testid="offer-units">
            <span class="sr-only">{words}</span>
            <span aria-hidden="true">{format!("{open} open")}</span>
            <span class="note" aria-hidden="true">
                {(held > 0).then(|| format!("{held} on hold · "))} {format!("{rewarded} rewarded")}
            </span>
        </div>
    }
}
