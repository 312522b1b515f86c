use super::api::LogIn;
use super::demo_log_ins::DemoLogIns;
use super::kept::{KeptInput, KeptNote};
use super::next_page;
use crate::paths;
use crate::prelude::*;
use crate::ui::{Field, Head, ServerForm, Submit, use_form, use_page};

/// E-mail address and password; in a demo market also its ready-made log-ins.
#[component]
pub fn LogInPage() -> AnyView {
    let form = use_form::<LogIn>();
    let next = next_page();
    let next_for_demo = next.clone();
    let waits = use_page().kept().is_some();
    view! {
        <Head title="Log in"/>
        <section class="narrow-page">
            <h1>"Log in"</h1>
            <KeptNote/>
            <ServerForm form native=waits test_id="log-in">
                <KeptInput/>
                <input type="hidden" name="next" value=next/>
                <Field name="email" label="E-mail address" kind="email" autocomplete="username" max=model::limits::EMAIL/>
                <Field name="password" label="Password" kind="password" autocomplete="current-password"/>
                <Submit wide=true test_id="log-in-submit">"Log in"</Submit>
            </ServerForm>
            <p class="after-form">"New here? " <a class="link" href=paths::SIGN_UP>"Sign up"</a></p>
            <DemoLogIns next=next_for_demo/>
        </section>
    }
}
