use super::api::TakeOffShelf;
use crate::dashboard::{Changes, ProductName};
use crate::paths;
use crate::ui::{
    ButtonKind, Cell, Confirm, MoneyRange, ServerForm, StatusBadge, Submit, Table, TokensLook, TokensText,
    use_form_keyed,
};
use leptos::prelude::*;
use model::{ListingId, ShelfRow, ShelfState};

/// The carried products as rows.
#[component]
pub fn ShelfTable(
    /// The latest first.
    rows: Vec<ShelfRow>,
    /// What to tell.
    changes: Changes,
) -> impl IntoView {
    let columns = vec!["Product", "State", "Price", "Reward", "Sold", "Earned", ""];
    view! {
        <Table caption="Products of other makers on your shelf" columns test_id="shelf-table">
            {rows.into_iter().map(|row| view! { <ShelfLine row changes/> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn ShelfLine(row: ShelfRow, changes: Changes) -> impl IntoView {
    let card = row.card;
    let reward = match &card.offer {
        Some(offer) => view! { <TokensText amount=offer.rate look=TokensLook::Plain/> }.into_any(),
        None => view! { <span class="note">"None now"</span> }.into_any(),
    };
    let href = card.href();
    view! {
        <tr data-testid="shelf-row">
            <Cell>
                <ProductName picture=card.picture title=card.title href>
                    "by " <a href=paths::store(&card.maker_slug)>{card.maker_name}</a>
                </ProductName>
            </Cell>
            <Cell column="State">
                <div class="stacked">
                    <StatusBadge status=row.state/>
                    <span class="note shelf-why">{why(row.state)}</span>
                </div>
            </Cell>
            <Cell column="Price" figures=true><MoneyRange from=card.price_from to=card.price_to/></Cell>
            <Cell column="Reward" figures=true>{reward}</Cell>
            <Cell column="Sold" figures=true>{row.sold}</Cell>
            <Cell column="Earned" figures=true><TokensText amount=row.earned look=TokensLook::Plain/></Cell>
            <Cell><div class="row-actions"><TakeOff listing=row.listing changes/></div></Cell>
        </tr>
    }
    .into_any()
}

/// What the state means for shoppers.
const fn why(state: ShelfState) -> &'static str {
    match state {
        ShelfState::Selling => "Shoppers can buy it here.",
        ShelfState::SoldOut => "Shows as sold out until its maker restocks.",
        ShelfState::Waiting => "Hidden until its maker opens an offer.",
        ShelfState::Withdrawn => "Hidden: its maker took it off the market.",
    }
}

#[component]
fn TakeOff(listing: ListingId, changes: Changes) -> impl IntoView {
    let form = use_form_keyed::<TakeOffShelf>(listing);
    changes.follow(form);
    view! {
        <Confirm button="Remove" question="Take it off your shelf?" kind=ButtonKind::Quiet test_id="shelf-remove">
            <p class="note">"What you have earned stays yours. You can add it again while it is offered."</p>
            <ServerForm form class="contents">
                <input type="hidden" name="listing" value=listing.to_string()/>
                <Submit kind=ButtonKind::Danger small=true test_id="shelf-remove-confirm">"Take it off"</Submit>
            </ServerForm>
        </Confirm>
    }
    .into_any()
}
