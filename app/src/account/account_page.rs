use super::LogOutButton;
use super::api::read_account;
use crate::paths;
use crate::ui::{Head, LinkButton, Loaded, PageHead, StoreLink};
use leptos::prelude::*;
use model::Viewer;

/// The account's own page.
#[component]
pub fn AccountPage() -> impl IntoView {
    let account = Resource::new_blocking(|| (), |()| read_account());
    view! {
        <Head title="Your account" robots=false/>
        <Loaded resource=account let:viewer>
            <Account viewer/>
        </Loaded>
    }
    .into_any()
}

#[component]
fn Account(viewer: Viewer) -> impl IntoView {
    view! {
        <PageHead title="Your account">
            <LogOutButton/>
        </PageHead>
        <section class="panel" data-testid="account">
            <dl class="facts">
                <div><dt>"Name"</dt><dd>{viewer.name}</dd></div>
                <div><dt>"E-mail address"</dt><dd>{viewer.email}</dd></div>
                <div><dt>"Orders"</dt><dd><a class="link" href=paths::ACCOUNT_ORDERS>"Your orders"</a></dd></div>
                <div><dt>"Store"</dt><dd>
                    {match viewer.store {
                        Some(store) => view! {
                            <StoreLink slug=store.slug name=store.name accent=store.accent/>
                        }.into_any(),
                        None => view! {
                            <LinkButton href=paths::OPEN_STORE small=true>"Open a store"</LinkButton>
                        }.into_any(),
                    }}
                </dd></div>
            </dl>
        </section>
    }
    .into_any()
}
