use crate::prelude::*;
use crate::ui::form::current_form;
use crate::ui::{Field, Mistake, input_name};
use model::{limits, slug_preview};

/// The store's name, and the web address that follows it until somebody types another.
#[component]
pub fn AddressFields(
    /// Where the addresses of stores begin.
    begins: String,
) -> impl IntoView {
    let form = current_form();
    let input = input_name("slug");
    let slug =
        RwSignal::new(form.map_or_else(String::new, |form| form.value(&input, String::new())));
    let own = StoredValue::new(!slug.read_untracked().is_empty());
    let follow = Callback::new(move |name: String| {
        if !own.get_value() {
            slug.set(slug_preview(&name));
        }
    });
    let mistake = Mistake::of(form, "slug");
    let error = mistake.sentence();
    let whole = move || match slug_preview(&slug.read()) {
        slug if slug.is_empty() => None,
        slug => Some(format!("{begins}{slug}")),
    };
    view! {
        <Field name="name" label="The store's name" max=limits::NAME autocomplete="organization" on_typed=follow/>
        <div class="field" class:field-wrong=move || error.with(Option::is_some)>
            <label class="field-label" for="store-slug">"Web address"</label>
            <div class="input-box">
                <span class="input-aside" translate="no">"/s/"</span>
                <input
                    class="input-text"
                    id="store-slug"
                    name=input
                    prop:value=move || slug.get()
                    value=slug.get_untracked()
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby="store-slug-hint store-slug-error"
                    data-testid="slug"
                    on:input:target=move |event| {
                        let typed = event.target().value();
                        mistake.is_being_corrected();
                        own.set_value(!typed.is_empty());
                        slug.set(typed);
                    }
                />
            </div>
            <p class="field-hint" id="store-slug-hint">
                "Made from the name when left empty. It stays as long as the store does."
            </p>
            <p class="field-hint" translate="no" data-testid="store-address" aria-live="polite">{whole}</p>
            <p class="field-error" id="store-slug-error" aria-live="polite" data-testid="field-error">{move || error.get()}</p>
        </div>
    }
}
