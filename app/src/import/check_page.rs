use super::api::DiscardImport;
use super::check::CheckForm;
use super::found::Found;
use super::import_page::name;
use crate::prelude::*;
use crate::ui::{
    Alert, ButtonKind, Confirm, PageHead, ServerForm, Submit, Tone, use_form, use_page,
};
use model::{ImportCheck, ImportId, ImportState, OtherCurrency};

/// What was found, beside the form it fills.
#[component]
pub fn CheckPage(
    /// The import.
    check: ImportCheck,
) -> impl IntoView {
    let import = check.import.clone();
    let sentence = match import.state {
        ImportState::Failed => "Fill in what is missing. Nobody sees it until you publish it.",
        _ => "Look it over and correct what is wrong. Nobody sees it until you publish it.",
    };
    let warnings = check.warnings.clone();
    let other_currency = check.other_currency.clone();
    view! {
        <PageHead title=name(&import) sentence>
            <a
                class="button button-secondary button-small"
                href=import.url.clone()
                target="_blank"
                rel="noopener noreferrer nofollow"
                data-testid="original"
            >
                <span class="button-label">"Open the original"</span>
            </a>
        </PageHead>
        <div class="import-notices">
            {import.problem.map(|problem| view! { <Alert tone=Tone::Warning test_id="import-problem-again">{problem.sentence()}</Alert> })}
            {other_currency.map(|other| view! { <AskForPrice other/> })}
            {(!warnings.is_empty()).then(|| view! { <Warnings warnings/> })}
        </div>
        <div class="import-check">
            <CheckForm check=check.clone()/>
            <div class="import-aside">
                <Found found=check.found/>
                <Discard id=import.id/>
            </div>
        </div>
    }
}

#[component]
fn AskForPrice(other: OtherCurrency) -> impl IntoView {
    let own = use_page().currency();
    view! {
        <Alert tone=Tone::Warning test_id="other-currency">
            <p>
                {format!("The shop asks {}, and this market sells in {own}. ", other.price)}
                "Nothing is converted by itself: type the price you want to ask here."
            </p>
        </Alert>
    }
}

#[component]
fn Warnings(warnings: Vec<String>) -> impl IntoView {
    view! {
        <Alert tone=Tone::Warning test_id="import-warnings">
            <ul class="import-warnings">{warnings.into_iter().map(|warning| view! { <li>{warning}</li> }).collect_view()}</ul>
        </Alert>
    }
}

#[component]
fn Discard(id: ImportId) -> impl IntoView {
    let form = use_form::<DiscardImport>();
    view! {
        <Confirm button="Discard" question="Throw away what was found?" kind=ButtonKind::Danger test_id="import-discard">
            <p>"Nothing of it is kept. The page itself stays as it is, and you can paste its link again."</p>
            <ServerForm form class="form-actions" only_button=true>
                <input type="hidden" name="import" value=id.to_string()/>
                <Submit kind=ButtonKind::Danger small=true test_id="import-discard-confirm">"Discard"</Submit>
            </ServerForm>
        </Confirm>
    }
}
