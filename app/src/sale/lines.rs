use super::cancel::{Cancel, Cancelling};
use crate::paths;
use crate::prelude::*;
use crate::ui::{Changes, Exact, MoneyText, PictureBox, TokensText};
use model::{Money, RewardOutcome, SaleLine, SaleView, Tokens};

/// What is in the parcel.
#[component]
pub fn Lines(
    /// The parcel.
    sale: SaleView,
    /// What is known of cancelling.
    cancelling: Cancelling,
    /// What to tell.
    changes: Changes,
) -> impl IntoView {
    let here = cancelling.here;
    let left_in_all = sale.lines.iter().map(left).sum::<i64>();
    let lines = sale
        .lines
        .into_iter()
        .map(|line| {
            // Shipping goes back with the last units of a parcel that has not left.
            let last = here && left(&line) == left_in_all;
            let shipping = if last { sale.shipping } else { Money::ZERO };
            view! { <Line line shipping cancelling=cancelling.clone() changes/> }
        })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="items">
            <h2 id="items">"Items"</h2>
            <ul class="sale-lines">{lines}</ul>
        </section>
    }
}

/// Units not cancelled yet.
fn left(line: &SaleLine) -> i64 {
    line.units.saturating_sub(line.cancelled)
}

#[component]
fn Line(
    line: SaleLine,
    shipping: Money,
    cancelling: Cancelling,
    changes: Changes,
) -> impl IntoView {
    let left = left(&line);
    let variant = line.variant_name.clone();
    let joint = if variant.is_empty() {
        "SKU "
    } else {
        " · SKU "
    };
    let sku = (!line.sku.is_empty()).then(|| view! { {joint} <Exact text=line.sku.clone()/> });
    let has_facts = !variant.is_empty() || sku.is_some();
    let cancelled =
        (line.cancelled > 0).then(|| format!("{} of {} cancelled", line.cancelled, line.units));
    let sum = line.price.times(left).unwrap_or_default();
    view! {
        <li class="sale-line" data-testid="sale-line">
            <PictureBox picture=line.picture.clone() class="product-name-picture"/>
            <div class="sale-line-words">
                <p class="sale-line-title">{line.title.clone()}</p>
                {has_facts.then(|| view! { <p class="note">{variant}{sku}</p> })}
                <Through line=line.clone()/>
                {cancelled.map(|words| view! { <p class="note" data-testid="line-cancelled">{words}</p> })}
            </div>
            <div class="sale-line-sum">
                <p><MoneyText amount=sum/></p>
                <p class="note"><Exact text=left.to_string()/> " × " <MoneyText amount=line.price/></p>
            </div>
            {(left > 0).then(|| view! { <Cancel line left shipping cancelling changes/> })}
        </li>
    }
}

/// Which shelf it was bought from and what became of the reward.
#[component]
fn Through(line: SaleLine) -> impl IntoView {
    let Some((slug, name)) = line.through else {
        return view! { <p class="note">"From your own shelf"</p> };
    };
    let reward = (line.reward > Tokens::ZERO).then(|| view! { <TokensText amount=line.reward/> });
    view! {
        <p class="note" data-testid="sale-through">
            "Through " <a class="link" href=paths::store(&slug)>{name}</a> ": " {outcome(line.reward_outcome)} " " {reward}
        </p>
    }
}

/// What became of the reward, said to the maker.
const fn outcome(outcome: RewardOutcome) -> &'static str {
    match outcome {
        RewardOutcome::OwnShelf => "no reward",
        RewardOutcome::Promised => "its reward is promised",
        RewardOutcome::Paid => "its reward is paid",
        RewardOutcome::PaidInPart => "the offer covered some of the units, and those are rewarded",
        RewardOutcome::NotCovered => "no open offer covered it, so there is no reward",
        RewardOutcome::OwnPurchase => "its own owner bought it, so the tokens came back to you",
        RewardOutcome::Returned => "no reward, the tokens came back to you",
    }
}
