use super::api::LogIn;
use super::kept::KeptInput;
use crate::prelude::*;
use crate::ui::{ButtonKind, ServerForm, Submit, use_form_keyed, use_page};
use model::DemoLogIn;

/// One button for each of the demo market's people; nothing outside demo mode.
#[component]
pub fn DemoLogIns(
    /// Where to go after.
    next: String,
) -> impl IntoView {
    let people = use_page().market().demo_log_ins;
    (!people.is_empty()).then(|| {
        view! {
            <section class="demo-panel" data-testid="demo-log-ins">
                <h2>"Just looking?"</h2>
                <p>"This is a demo market. Step in as one of its people:"</p>
                <ul>
                    {people
                        .into_iter()
                        .map(|person| view! { <DemoPerson person next=next.clone()/> })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}

#[component]
fn DemoPerson(person: DemoLogIn, next: String) -> impl IntoView {
    let form = use_form_keyed::<LogIn>(person.email.clone());
    let waits = use_page().kept().is_some();
    view! {
        <li>
            <ServerForm form native=waits class="contents">
                <KeptInput/>
                <input type="hidden" name="form[email]" value=person.email/>
                <input type="hidden" name="form[password]" value=person.password/>
                <input type="hidden" name="next" value=next/>
                <Submit kind=ButtonKind::Secondary wide=true>{person.who}</Submit>
            </ServerForm>
        </li>
    }
}
