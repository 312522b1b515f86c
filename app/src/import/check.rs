use super::api::SaveImport;
use super::picture_choices::PictureChoices;
use super::remarks::remarks;
use crate::catalogue::ProductFields;
use crate::prelude::*;
use crate::ui::form::current_form;
use crate::ui::{AskBeforeLeaving, ButtonKind, ServerForm, Submit, input_name, use_form};
use leptos::context::Provider;
use model::{ImportCheck, ImportState, KeepInStep, ProductForm};

/// The form: everything that was found, to be corrected, and what becomes of it.
#[component]
pub fn CheckForm(
    /// The import.
    check: ImportCheck,
) -> impl IntoView {
    let form = use_form::<SaveImport>();
    let remarks = remarks(&check);
    let ImportCheck {
        import,
        form: typed,
        pictures,
        ..
    } = check;
    let keep_in_step = typed.keep_in_step;
    let product = ProductForm {
        title: typed.title,
        description: typed.description,
        category: typed.category,
        variants: typed.variants,
    };
    view! {
        <ServerForm form test_id="import-form">
            <AskBeforeLeaving form/>
            <input type="hidden" name="import" value=import.id.to_string()/>
            {(!pictures.is_empty()).then(|| view! { <PictureChoices pictures choices=typed.pictures/> })}
            <Provider value=remarks>
                <ProductFields product shown=ProductForm::default()/>
            </Provider>
            {match import.state {
                ImportState::Ready => view! { <StepChoice host=import.host chosen=keep_in_step/> },
                // A page that can't be read can't be followed.
                _ => view! { <input type="hidden" name=input_name("keep_in_step") value=KeepInStep::ByHand.as_str()/> },
            }}
            <div class="form-actions">
                <Submit kind=ButtonKind::Secondary test_id="import-save">"Save as a draft"</Submit>
                <Submit name="publish" value="true" test_id="import-publish">"Publish"</Submit>
            </div>
        </ServerForm>
    }
}

/// Whether the product follows its source (K3).
#[component]
fn StepChoice(host: String, chosen: String) -> impl IntoView {
    let name = input_name("keep_in_step");
    let chosen = current_form().map_or(chosen.clone(), |form| form.value(&name, chosen.clone()));
    let choices = [
        (
            KeepInStep::ByHand,
            "I decide each time",
            format!(
                "Look for changes whenever you like, and choose which of them to take over from {host}."
            ),
        ),
        (
            KeepInStep::ByItself,
            "Price and stock follow by themselves",
            format!(
                "The page is read again about once a day. Sold out at {host} is sold out here."
            ),
        ),
    ];
    view! {
        <fieldset class="panel form-stack">
            <legend class="sr-only">"When the original changes"</legend>
            <h2 aria-hidden="true">"When the original changes"</h2>
            <div class="step-choices">
                {choices
                    .map(|(word, label, why)| {
                        view! {
                            <label class="step-choice">
                                <input
                                    type="radio"
                                    name=name.clone()
                                    value=word.as_str()
                                    checked=chosen == word.as_str()
                                    data-testid=format!("keep-in-step-{}", word.as_str().replace('_', "-"))
                                />
                                <span>
                                    <span class="step-choice-label">{label}</span>
                                    <span class="field-hint">{why}</span>
                                </span>
                            </label>
                        }
                    })
                    .collect_view()}
            </div>
        </fieldset>
    }
}
