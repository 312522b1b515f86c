use super::api::FindLink;
use crate::error::AppError;
use crate::prelude::*;
use crate::ui::{ButtonKind, Icon, ServerForm, Submit, input_name, use_form};

/// One box for any link (K1, K2): to a product of this market, or to a page of any other shop.
#[component]
pub fn PasteLink(
    /// What stands in it already.
    #[prop(into, optional)]
    link: String,
    /// What is wrong with that.
    #[prop(optional_no_strip)]
    wrong: Option<String>,
) -> impl IntoView {
    let form = use_form::<FindLink>();
    let failure = form.failure();
    let said = move || {
        failure
            .with(|failure| failure.as_ref().map(sentence))
            .or_else(|| wrong.clone())
    };
    let wrong = Memo::new(move |_| said());
    let is_wrong = move || wrong.with(Option::is_some);
    let input = input_name("link");
    let link = form.value(&input, link);
    view! {
        <ServerForm form class="paste-link" bare=true test_id="paste-link-form">
            <label for="paste-link">"Have a link to a product? Paste it here"</label>
            <div class="paste-link-row">
                <span class="paste-link-box">
                    <Icon icon=icondata_lu::LuLink/>
                    <input
                        id="paste-link"
                        type="text"
                        inputmode="url"
                        name=input
                        value=link
                        autocomplete="off"
                        spellcheck="false"
                        placeholder="https://"
                        aria-invalid=move || is_wrong().then_some("true")
                        aria-describedby=move || is_wrong().then_some("paste-link-wrong")
                        data-testid="paste-link"
                    />
                </span>
                <Submit kind=ButtonKind::Secondary test_id="paste-link-go">"Find it"</Submit>
            </div>
            // Always there, so that its news is read out when it comes.
            <p id="paste-link-wrong" class="field-error" aria-live="polite">{move || wrong.get()}</p>
        </ServerForm>
    }
}

/// What is wrong with the link, rather than how many fields are.
fn sentence(error: &AppError) -> String {
    error.about("link").unwrap_or_else(|| error.to_string())
}
