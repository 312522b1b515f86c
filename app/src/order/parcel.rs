use crate::paths;
use crate::prelude::*;
use crate::ui::{Exact, Icon, MoneyText, PictureBox, StatusBadge};
use model::{LineView, Money, ParcelState, ParcelView, StoreId, Tracking};

/// The states a parcel goes through.
const WAY: [ParcelState; 4] = [
    ParcelState::New,
    ParcelState::Packed,
    ParcelState::Shipped,
    ParcelState::Delivered,
];

/// One maker's parcel: where it is, and what is in it.
#[component]
pub fn Parcel(
    /// The parcel.
    parcel: ParcelView,
) -> impl IntoView {
    let heading = format!("parcel-{}", parcel.id);
    view! {
        <section class="parcel-group" aria-labelledby=heading data-testid="order-parcel">
            <header class="parcel-group-head">
                <Icon icon=icondata_lu::LuPackage/>
                <h2 id=heading.clone()>
                    "Parcel from "<a class="link" href=paths::store(&parcel.maker_slug)>{parcel.maker_name}</a>
                </h2>
                <StatusBadge status=parcel.state/>
            </header>
            {(parcel.state != ParcelState::Cancelled).then(|| view! { <Way state=parcel.state/> })}
            {parcel.tracking.map(|tracking| view! { <TrackingLine tracking/> })}
            <ul>
                {parcel
                    .lines
                    .into_iter()
                    .map(|line| view! { <Line line maker=parcel.maker/> })
                    .collect_view()}
            </ul>
            <footer class="parcel-group-foot">
                <p>
                    <span>"Shipping"</span>
                    {if parcel.shipping == Money::ZERO {
                        view! { <span class="money">"Free"</span> }
                    } else {
                        view! { <MoneyText amount=parcel.shipping/> }
                    }}
                </p>
            </footer>
        </section>
    }
}

#[component]
fn Way(state: ParcelState) -> impl IntoView {
    let at = WAY.iter().position(|step| *step == state).unwrap_or(0);
    let steps = WAY
        .into_iter()
        .enumerate()
        .map(|(number, step)| {
            view! {
                <li class:is-done={number <= at} aria-current=(number == at).then_some("step")>
                    <span class="way-dot" aria-hidden="true"></span>
                    {step.label()}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="way" aria-label="Where the parcel is">{steps}</ol> }
}

#[component]
fn TrackingLine(tracking: Tracking) -> impl IntoView {
    view! {
        <p class="tracking" data-testid="tracking">
            <Icon icon=icondata_lu::LuTruck/>
            <span>
                "Sent with "{tracking.carrier}
                {(!tracking.number.is_empty()).then(|| view! { ", tracking number "<Exact text=tracking.number class="tracking-number"/> })}
            </span>
        </p>
    }
}

#[component]
fn Line(line: LineView, maker: StoreId) -> impl IntoView {
    let through =
        (line.seller != maker).then(|| format!("Bought from the shelf of {}", line.seller_name));
    let kept = line.units.saturating_sub(line.cancelled);
    let total = line.price.times(kept).unwrap_or_default();
    let cancelled = match line.cancelled {
        0 => None,
        cancelled if cancelled == line.units => Some("Cancelled, money back".to_owned()),
        cancelled => Some(format!(
            "{cancelled} of {} cancelled, money back",
            line.units
        )),
    };
    view! {
        <li class="order-line" data-testid="order-line">
            <PictureBox picture=line.picture class="order-line-picture"/>
            <div class="shrinks">
                <h3><a class="cart-line-title" href=line.href>{line.title}</a></h3>
                <p class="note">
                    <Exact text=line.units.to_string()/>" × "<MoneyText amount=line.price/>
                    {(!line.variant_name.is_empty()).then(|| format!(", {}", line.variant_name))}
                </p>
                {through.map(|through| view! { <p class="note">{through}</p> })}
                {cancelled.map(|sentence| view! { <p class="note note-warning">{sentence}</p> })}
            </div>
            <MoneyText amount=total/>
        </li>
    }
}
