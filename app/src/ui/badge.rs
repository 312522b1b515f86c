use super::Tone;
use crate::prelude::*;
use model::{OfferState, OrderStanding, OrderState, ParcelState, ProductState, ShelfState};

/// A state in one or two words.
#[component]
pub fn Badge(
    /// What kind of news the state is.
    #[prop(default = Tone::Neutral)]
    tone: Tone,
    /// What tests find it by.
    #[prop(into, optional)]
    test_id: Option<String>,
    children: Children,
) -> impl IntoView {
    view! { <span class=format!("pill pill-{}", tone.word()) data-testid=test_id>{children()}</span> }
}

/// A state that has a name and a colour of its own.
pub trait Status: Copy + Send + 'static {
    /// Its name.
    fn label(self) -> &'static str;
    /// Its colour.
    fn tone(self) -> Tone;
}

/// The badge of a product's, offer's, shelf's, parcel's or order's state.
#[component]
pub fn StatusBadge<S: Status>(
    /// The state.
    status: S,
) -> impl IntoView {
    view! { <Badge tone=status.tone() test_id="status">{status.label()}</Badge> }
}

impl Status for ProductState {
    fn label(self) -> &'static str {
        self.label()
    }

    fn tone(self) -> Tone {
        match self {
            ProductState::Draft => Tone::Warning,
            ProductState::Published => Tone::Success,
            ProductState::Archived => Tone::Neutral,
        }
    }
}

impl Status for OfferState {
    fn label(self) -> &'static str {
        self.label()
    }

    fn tone(self) -> Tone {
        match self {
            OfferState::Open => Tone::Success,
            OfferState::Revoked | OfferState::Ended => Tone::Neutral,
        }
    }
}

impl Status for ShelfState {
    fn label(self) -> &'static str {
        self.label()
    }

    fn tone(self) -> Tone {
        match self {
            ShelfState::Selling => Tone::Success,
            ShelfState::SoldOut => Tone::Error,
            ShelfState::Waiting => Tone::Warning,
            ShelfState::Withdrawn => Tone::Neutral,
        }
    }
}

impl Status for ParcelState {
    fn label(self) -> &'static str {
        self.label()
    }

    fn tone(self) -> Tone {
        match self {
            ParcelState::New => Tone::Warning,
            ParcelState::Packed | ParcelState::Shipped => Tone::Info,
            ParcelState::Delivered => Tone::Success,
            ParcelState::Cancelled => Tone::Neutral,
        }
    }
}

impl Status for OrderStanding {
    fn label(self) -> &'static str {
        self.label()
    }

    fn tone(self) -> Tone {
        match self {
            OrderStanding::As(OrderState::Held) => Tone::Warning,
            OrderStanding::As(OrderState::Paid) => Tone::Success,
            OrderStanding::As(OrderState::Released) | OrderStanding::Refunded => Tone::Neutral,
            OrderStanding::PartlyRefunded => Tone::Info,
        }
    }
}
