//! What every page starts with: who is looking, how full the cart is, the theme, the token of its forms, and what
//! the answer before it left.
//!
//! The server works it out before anything is rendered and sends it along with the page, so that the header
//! needs no `Suspense` and is the same on both sides; the browser reads it again when a form has worked.

use crate::error::AppResult;
use crate::prelude::*;
use crate::ui::effect::{effect, on_another_page};
use crate::ui::escape::{close_by_escape, close_menus};
use crate::ui::renewal::Renewal;
use crate::wire::flash::{Kept, Refused};
use crate::wire::names::KEY_INPUT;
use crate::wire::packed::InPage;
use crate::wire::reading::Reading;
use crate::wire::seed::{PageFacts, PageSeed};
use crate::wire::theme::Theme;
use leptos::task::spawn_local;
use model::{Currency, MarketInfo, Shell, StoreBadge, Viewer};

/// The page's state as signals.
#[derive(Clone, Copy)]
pub struct PageState {
    shell: RwSignal<Shell>,
    theme: RwSignal<Theme>,
    form_token: StoredValue<String>,
    sendings: StoredValue<u32>,
    refused: StoredValue<Option<Refused>>,
    kept: StoredValue<Option<Kept>>,
    renewal: Renewal,
    alive: RwSignal<bool>,
}

impl PageState {
    /// Whether the first render, which is the server's too, is behind us: from then on a page may show what only
    /// the browser knows.
    #[must_use]
    pub fn is_alive(self) -> Signal<bool> {
        self.alive.into()
    }

    /// The market's settings: its currency, its token.
    #[must_use]
    pub fn market(self) -> MarketInfo {
        self.shell.with_untracked(|shell| shell.market.clone())
    }

    /// The one currency.
    #[must_use]
    pub fn currency(self) -> Currency {
        self.shell.with_untracked(|shell| shell.market.currency)
    }

    /// The token's symbol.
    #[must_use]
    pub fn token(self) -> String {
        self.shell
            .with_untracked(|shell| shell.market.token.clone())
    }

    /// Who is signed in.
    #[must_use]
    pub fn viewer(self) -> Signal<Option<Viewer>> {
        let shell = self.shell;
        Signal::derive(move || shell.with(|shell| shell.viewer.clone()))
    }

    /// The viewer's own store.
    #[must_use]
    pub fn store(self) -> Signal<Option<StoreBadge>> {
        let shell = self.shell;
        Signal::derive(move || {
            shell.with(|shell| {
                shell
                    .viewer
                    .as_ref()
                    .and_then(|viewer| viewer.store.clone())
            })
        })
    }

    /// Units in the cart.
    #[must_use]
    pub fn cart_units(self) -> Signal<i64> {
        let shell = self.shell;
        Signal::derive(move || shell.with(|shell| shell.cart_units))
    }

    /// Says how full the cart is now.
    pub fn set_cart_units(self, units: i64) {
        self.shell.try_update(|shell| shell.cart_units = units);
    }

    /// The chosen theme.
    #[must_use]
    pub fn theme(self) -> RwSignal<Theme> {
        self.theme
    }

    /// Whether the market was updated since the page was opened.
    #[must_use]
    pub fn renewal(self) -> Renewal {
        self.renewal
    }

    /// Reads the header's facts again, in the browser.
    pub fn refresh(self) {
        let (shell, token, renewal) = (self.shell, self.form_token, self.renewal);
        spawn_local(async move {
            match read_shell().await {
                Ok(fresh) => {
                    shell.try_set(fresh.shell);
                    token.try_set_value(fresh.token);
                }
                // A header that is one step behind is better than an error over it.
                Err(error) => renewal.doubt(&error),
            }
        });
    }

    /// What a form of this page is sent with.
    #[must_use]
    pub fn form_token(self) -> String {
        self.form_token.get_value()
    }

    /// What its forms are sent with from now on.
    pub(crate) fn set_form_token(self, token: String) {
        self.form_token.set_value(token);
    }

    /// A key for what is sent next. No two sendings of a page have the same, and the browser counts as the server
    /// did.
    pub(crate) fn next_key(self) -> String {
        let count = self.sendings.get_value().wrapping_add(1);
        self.sendings.set_value(count);
        let token = self.form_token.get_value();
        format!("{}-{count}", token.split('.').next().unwrap_or_default())
    }

    /// The form of another page that waits for this log-in.
    #[must_use]
    pub fn kept(self) -> Option<Kept> {
        self.kept.get_value()
    }

    /// The refused post of the form with this action and key, if the last page sent one.
    #[must_use]
    pub fn refused(self, action: &str, key: Option<&str>) -> Option<Refused> {
        self.refused.with_value(|refused| {
            refused
                .as_ref()
                .filter(|refused| refused.action == action && refused.typed(KEY_INPUT) == key)
                .cloned()
        })
    }
}

/// The page's state, from anywhere inside the app.
#[must_use]
pub fn use_page() -> PageState {
    use_context::<PageState>().unwrap_or_else(|| PageState::new(PageSeed::default()))
}

impl PageState {
    fn new(seed: PageSeed) -> PageState {
        PageState {
            shell: RwSignal::new(seed.shell),
            theme: RwSignal::new(seed.theme),
            form_token: StoredValue::new(seed.token),
            sendings: StoredValue::new(0),
            refused: StoredValue::new(seed.flash.refused),
            kept: StoredValue::new(seed.flash.kept),
            renewal: Renewal::default(),
            alive: RwSignal::new(false),
        }
    }
}

/// Takes over what the server sent and offers it to everything below. Called once, by the app.
pub fn provide_page_state() {
    let seed = SharedValue::<_, InPage>::new_with_encoding(seed).into_inner();
    crate::ui::announcer::provide_announcer();
    crate::ui::progress::provide_progress();
    crate::ui::unsaved::provide_unsaved();
    let here = crate::ui::places::provide_here();
    if is_browser() {
        crate::ui::places::number_entries_as_they_come(here);
        crate::ui::unsaved::hear_of_history_first(here);
    }
    crate::ui::toast::provide_toasts(seed.flash.say.clone());
    provide_context(PageState::new(seed));
}

/// What only a document that lives can do: go back to the same place, keep the focus, close by Escape, ask before
/// work is lost. Called once, inside the router.
pub fn come_to_life() {
    crate::ui::places::remember_places();
    crate::ui::focus::keep_focus();
    crate::ui::unsaved::ask_before_leaving();
    close_by_escape();
    let alive = use_page().alive;
    effect(move || alive.set(true));
}

/// As soon as the browser is on another page: forgets the refused post and closes the menus it was chosen
/// from. Called once, inside the router.
pub fn tidy_on_the_way() {
    let PageState { refused, kept, .. } = use_page();
    on_another_page(move || {
        refused.set_value(None);
        kept.set_value(None);
        close_menus();
    });
}

#[cfg(feature = "ssr")]
fn seed() -> PageSeed {
    crate::server::seed()
}

#[cfg(not(feature = "ssr"))]
fn seed() -> PageSeed {
    PageSeed::default()
}

/// The header's facts, and the token of the page's forms.
#[server(protocol = Reading)]
pub async fn read_shell() -> AppResult<PageFacts> {
    crate::server::facts().await
}
