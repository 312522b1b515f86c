use super::api::SignUp;
use super::kept::{KeptInput, KeptNote};
use super::next_page;
use crate::paths;
use crate::prelude::*;
use crate::ui::{Field, Head, ServerForm, Submit, use_form, use_page};

/// Name, e-mail address, password: that is all.
#[component]
pub fn SignUpPage() -> AnyView {
    let form = use_form::<SignUp>();
    let next = next_page();
    let log_in = paths::log_in_then(&next);
    let waits = use_page().kept().is_some();
    view! {
        <Head title="Sign up" description="Open an account to sell your own things and those of other makers."/>
        <section class="narrow-page">
            <h1>"Sign up"</h1>
            <p class="lead">"One account to buy, to sell what you make, and to carry what others make."</p>
            <KeptNote/>
            <ServerForm form native=waits test_id="sign-up">
                <KeptInput/>
                <input type="hidden" name="next" value=next/>
                <Field name="name" label="Your name" autocomplete="name" max=model::limits::NAME/>
                <Field name="email" label="E-mail address" kind="email" autocomplete="email" max=model::limits::EMAIL/>
                <Field
                    name="password"
                    label="Password"
                    kind="password"
                    autocomplete="new-password"
                    hint="At least 8 characters. A few unrelated words make a good one."
                />
                <Submit wide=true test_id="sign-up-submit">"Sign up"</Submit>
            </ServerForm>
            <p class="after-form">
                "Been here before? " <a class="link" href=log_in>"Log in"</a>
            </p>
        </section>
    }
}
