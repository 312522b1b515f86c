use super::LogOutButton;
use super::api::{ChangePassword, EndOtherLogIns, read_account};
use crate::paths;
use crate::prelude::*;
use crate::ui::{
    ButtonKind, Field, Head, LinkButton, Loaded, PageHead, ServerForm, StoreLink, Submit, load,
    use_form,
};
use model::Viewer;

/// The account's own page.
#[component]
pub fn AccountPage() -> AnyView {
    let account = load(|| (), |()| read_account());
    view! {
        <Head title="Your account" robots=false/>
        <PageHead title="Your account">
            <LogOutButton/>
        </PageHead>
        <Loaded load=account let:page>
            <Account viewer=page.viewer/>
            <ChangePasswordSection/>
            <LogIns log_ins=page.log_ins/>
        </Loaded>
    }
}

#[component]
fn Account(viewer: Viewer) -> impl IntoView {
    view! {
        <section class="panel" data-testid="account">
            <dl class="facts">
                <div><dt>"Name"</dt><dd>{viewer.name}</dd></div>
                <div><dt>"E-mail address"</dt><dd>{viewer.email}</dd></div>
                <div><dt>"Orders"</dt><dd><a class="link" href=paths::ACCOUNT_ORDERS>"Your orders"</a></dd></div>
                <div><dt>"Store"</dt><dd>
                    {match viewer.store {
                        Some(store) => view! {
                            <StoreLink slug=store.slug name=store.name accent=store.accent/>
                        },
                        None => view! {
                            <LinkButton href=paths::OPEN_STORE small=true>"Open a store"</LinkButton>
                        },
                    }}
                </dd></div>
            </dl>
        </section>
    }
}

#[component]
fn ChangePasswordSection() -> impl IntoView {
    let form = use_form::<ChangePassword>();
    view! {
        <section class="panel" aria-labelledby="change-password">
            <h2 id="change-password">"Change your password"</h2>
            <ServerForm form test_id="change-password">
                <Field name="current" label="Password now" kind="password" autocomplete="current-password"/>
                <Field
                    name="password"
                    label="New password"
                    kind="password"
                    autocomplete="new-password"
                    hint="At least 8 characters. You stay logged in here, and are logged out everywhere else."
                />
                <Submit test_id="change-password-submit">"Change password"</Submit>
            </ServerForm>
        </section>
    }
}

/// Where else this person is logged in, and the way to end that.
#[component]
fn LogIns(log_ins: u64) -> impl IntoView {
    let form = use_form::<EndOtherLogIns>();
    let others = log_ins.saturating_sub(1);
    let sentence = match others {
        0 => "You are logged in here and nowhere else.".to_owned(),
        1 => "You are logged in here and on one other device.".to_owned(),
        _ => format!("You are logged in here and on {others} other devices."),
    };
    view! {
        <section class="panel" aria-labelledby="log-ins">
            <h2 id="log-ins">"Where you are logged in"</h2>
            <p>{sentence}</p>
            {(others > 0).then(|| view! {
                <ServerForm form only_button=true>
                    <Submit kind=ButtonKind::Quiet test_id="end-other-log-ins">"Log out everywhere else"</Submit>
                </ServerForm>
            })}
        </section>
    }
}
