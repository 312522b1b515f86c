use super::api::{AnswerStep, read_step};
use crate::prelude::*;
use crate::ui::address::word_in_path;
use crate::ui::{Head, Icon, Loaded, MoneyText, ServerForm, load, use_form};
use model::StepView;

/// The sandbox bank's second step. A real bank's page would stand elsewhere and look like the bank's.
#[component]
pub fn StepPage() -> AnyView {
    let code = word_in_path("code");
    let step = load(move || code.get(), read_step);
    view! {
        <Head title="Confirm the payment" robots=false/>
        <Loaded load=step let:step><Step step code=code.get_untracked()/></Loaded>
    }
}

#[component]
fn Step(step: StepView, code: String) -> impl IntoView {
    let form = use_form::<AnswerStep>();
    let pending = form.pending();
    let button = move |approve: &'static str,
                       kind: &'static str,
                       test_id: &'static str,
                       words: &'static str| {
        view! {
            <button type="submit" class=kind name="approve" value=approve disabled=pending data-testid=test_id>{words}</button>
        }
    };
    let answers = if step.open {
        view! {
            <p class="lead">"Confirm that you want to pay "<MoneyText amount=step.amount/>"."</p>
            <div class="step-answers">
                {button("true", "button button-primary button-wide", "step-confirm", "Confirm the payment")}
                {button("false", "button button-secondary button-wide", "step-cancel", "Cancel")}
            </div>
        }
    } else {
        view! {
            <p class="lead">"This payment has been answered already."</p>
            {button("false", "button button-primary button-wide", "step-back", "Back to your order")}
        }
    };
    view! {
        <section class="step-page">
            <div class="test-mode" role="note">
                <p class="test-mode-title"><Icon icon=icondata_lu::LuFlaskConical/>"Test mode: this is not a real bank"</p>
                <p>"It stands in for the page where your bank would ask for a code or a fingerprint."</p>
            </div>
            <div class="panel step-panel">
                <p class="step-bank"><Icon icon=icondata_lu::LuLandmark/>"Test Bank"</p>
                <h1>"Is this payment yours?"</h1>
                <ServerForm form class="step-form" only_button=true>
                    <input type="hidden" name="code" value=code/>
                    {answers}
                </ServerForm>
            </div>
        </section>
    }
}
