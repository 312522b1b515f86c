use crate::listing::api::RemoveFromShelf;
use crate::paths;
use crate::prelude::*;
use crate::ui::ProductName;
use crate::ui::{
    ButtonKind, Cell, Changes, Confirm, MoneyRange, ServerForm, StatusBadge, Submit, Table,
    TokensLook, TokensText, use_form_keyed,
};
use model::{ListingId, RewardOutcome, ShelfRow, ShelfState};

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
}

#[component]
fn ShelfLine(row: ShelfRow, changes: Changes) -> impl IntoView {
    let card = row.card;
    let reward = match &card.offer {
        Some(offer) => view! { <TokensText amount=offer.rate look=TokensLook::Plain/> },
        None => view! { <span class="note">"None now"</span> },
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
                    {why(row.state).map(|words| view! { <span class="note shelf-why">{words}</span> })}
                </div>
            </Cell>
            <Cell column="Price" figures=true><MoneyRange from=card.price_from to=card.price_to/></Cell>
            <Cell column="Reward" figures=true>{reward}</Cell>
            <Cell column="Sold" figures=true>
                <div class="stacked">
                    <span>{row.sold}</span>
                    {(row.cancelled > 0)
                        .then(|| {
                            view! {
                                <span class="note" data-testid="shelf-cancelled">{row.cancelled}" of them cancelled since"</span>
                            }
                        })}
                    {row.unrewarded.into_iter().map(|(why, units)| view! { <Unrewarded why units/> }).collect_view()}
                </div>
            </Cell>
            <Cell column="Earned" figures=true><TokensText amount=row.earned look=TokensLook::Plain/></Cell>
            <Cell><div class="row-actions"><TakeOff listing=row.listing changes/></div></Cell>
        </tr>
    }
}

/// Units that earned nothing, and why (R8).
#[component]
fn Unrewarded(why: RewardOutcome, units: i64) -> impl IntoView {
    view! {
        <span class="note" title=why.sentence() data-testid="shelf-unrewarded">
            {units}" without a reward: "{short(why)}
        </span>
    }
}

/// A few words for a table's cell; the sentence is the tooltip.
const fn short(why: RewardOutcome) -> &'static str {
    match why {
        RewardOutcome::OwnPurchase => "you bought it yourself",
        _ => "no open offer covered it",
    }
}

/// What a state other than selling means for shoppers.
const fn why(state: ShelfState) -> Option<&'static str> {
    match state {
        ShelfState::Selling => None,
        ShelfState::SoldOut => Some("Shows as sold out until its maker restocks."),
        ShelfState::Waiting => Some("Hidden until its maker opens an offer."),
        ShelfState::Withdrawn => Some("Hidden: its maker took it off the market."),
    }
}

#[component]
fn TakeOff(listing: ListingId, changes: Changes) -> impl IntoView {
    let form = use_form_keyed::<RemoveFromShelf>(listing);
    changes.follow(form);
    view! {
        <Confirm button="Remove" question="Take it off your shelf?" kind=ButtonKind::Quiet test_id="shelf-remove">
            <p class="note">"What you have earned stays yours. You can add it again while it is offered."</p>
            <ServerForm form class="form-actions">
                <input type="hidden" name="listing" value=listing.to_string()/>
                <Submit kind=ButtonKind::Danger small=true test_id="shelf-remove-confirm">"Take it off"</Submit>
            </ServerForm>
        </Confirm>
    }
}
