//! The variants of a product as rows of fields. A row left wholly empty is skipped when the form is read, which
//! is how rows are taken away; the ones to come are there without a script.

use crate::ui::form::{FormState, current_form};
use crate::ui::{Field, Icon, input_name, use_page};
use leptos::prelude::*;
use model::{VariantForm, limits};

/// Empty rows that wait below the product's own.
const SPARE: usize = 3;

/// The variants and some empty rows.
#[component]
pub fn VariantRows(
    /// The product's own variants; none for a new product.
    variants: Vec<VariantForm>,
) -> impl IntoView {
    let own = if variants.is_empty() {
        vec![VariantForm::default()]
    } else {
        variants
    };
    let first_spare = own.len();
    let removable = first_spare > 1;
    let spare = RwSignal::new(SPARE);
    let typed_into_spare = current_form().is_some_and(|form| typed_into(form, first_spare));
    let add = move |_| spare.update(|rows| *rows = rows.saturating_add(1).min(limits::VARIANTS));
    view! {
        <section class="panel form-stack" aria-labelledby="variants">
            <div>
                <h2 id="variants">"Price and stock"</h2>
                <p class="field-hint">
                    "One row is enough. Sizes, colours or sets get a row each, with a name of their own. Empty a row to take it away."
                </p>
            </div>
            <div class="variant-rows">
                {own
                    .into_iter()
                    .enumerate()
                    .map(|(at, variant)| view! { <VariantRow at variant removable/> })
                    .collect_view()}
            </div>
            <details class="more-variants" open=typed_into_spare>
                <summary class="button button-secondary button-small" data-testid="more-variants">
                    <Icon icon=icondata_lu::LuPlus class="size-4.5"/>
                    "More variants"
                </summary>
                <div class="variant-rows">
                    <For each=move || first_spare..first_spare + spare.get() key=|at| *at let:at>
                        <VariantRow at variant=VariantForm::default()/>
                    </For>
                </div>
                <button type="button" class="button button-quiet button-small needs-script" on:click=add data-testid="add-variant">
                    "One more row"
                </button>
            </details>
        </section>
    }
    .into_any()
}

/// Whether a refused form had something in one of its spare rows.
fn typed_into(form: FormState, first_spare: usize) -> bool {
    (first_spare..first_spare + SPARE).any(|at| {
        ["name", "price", "stock", "sku"]
            .iter()
            .any(|field| !form.value(&row_input(at, field), String::new()).is_empty())
    })
}

fn row_field(at: usize, field: &str) -> String {
    format!("variants[{at}][{field}]")
}

fn row_input(at: usize, field: &str) -> String {
    input_name(&row_field(at, field))
}

/// One variant. Removing it leaves an empty row behind, so that the other rows keep their numbers.
#[component]
fn VariantRow(
    at: usize,
    variant: VariantForm,
    /// It can be taken away by one press: it is saved already, and not the only one.
    #[prop(optional)]
    removable: bool,
) -> impl IntoView {
    let removed = RwSignal::new(false);
    let called = match variant.name.as_str() {
        "" => "This variant".to_owned(),
        name => format!("“{name}”"),
    };
    view! {
        <div class="variant-line">
            <Show
                when=move || !removed.get()
                fallback=move || {
                    view! {
                        <div class="variant-removed">
                            <input type="hidden" name=row_input(at, "name") value=""/>
                            <p>{called.clone()} " goes when you save."</p>
                            <button type="button" class="button button-quiet button-small" on:click=move |_| removed.set(false)>
                                "Keep it"
                            </button>
                        </div>
                    }
                }
            >
                <VariantInputs at variant=variant.clone()/>
                {removable
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button button-quiet button-small variant-remove needs-script"
                                aria-label=format!("Remove variant {}", at + 1)
                                on:click=move |_| removed.set(true)
                                data-testid="remove-variant"
                            >
                                <Icon icon=icondata_lu::LuTrash2 class="size-4.5"/>
                            </button>
                        }
                    })}
            </Show>
        </div>
    }
}

#[component]
fn VariantInputs(at: usize, variant: VariantForm) -> impl IntoView {
    let sign = use_page().currency().prefix().trim_end();
    // After a refusal the difference still counts from the stock she saw first.
    let seen = |field, now: String| {
        current_form().map_or(now.clone(), |form| form.value(&row_input(at, field), now))
    };
    view! {
        <div class="variant-row" role="group" aria-label=format!("Variant {}", at + 1) data-testid="variant-row">
            <input type="hidden" name=row_input(at, "id") value=seen("id", variant.id)/>
            <input type="hidden" name=row_input(at, "seen_stock") value=seen("seen_stock", variant.seen_stock)/>
            <Field name=row_field(at, "name") label="Variant" value=variant.name max=limits::VARIANT optional=true/>
            <Field name=row_field(at, "price") label="Price" value=variant.price inputmode="decimal" before=sign/>
            <Field name=row_field(at, "stock") label="In stock" value=variant.stock inputmode="numeric"/>
            <Field name=row_field(at, "sku") label="SKU" value=variant.sku max=limits::SKU optional=true/>
        </div>
    }
    .into_any()
}
