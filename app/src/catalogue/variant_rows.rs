//! The variants of a product as rows of fields. A variant goes by a tick; a new row left wholly empty is skipped when
//! the form is read. The rows to come are there without a script.

use crate::prelude::*;
use crate::ui::form::{FormState, current_form};
use crate::ui::{Checkbox, Each, Field, Icon, Row, input_name, use_page};
use crate::wire::names::SHOWN;
use model::{VariantForm, limits};

/// Empty rows that wait below the product's own.
const SPARE: usize = 3;

/// The variants and some empty rows.
#[component]
pub fn VariantRows(
    /// The product's own variants; none for a new product.
    variants: Vec<VariantForm>,
    /// What each of them is now, in the same order.
    shown: Vec<VariantForm>,
) -> impl IntoView {
    let wrong = current_form().map_or_else(|| Signal::stored(None), |form| form.error("variants"));
    let own = if variants.is_empty() {
        vec![VariantForm::default()]
    } else {
        variants
    };
    let first_spare = own.len();
    let removable = first_spare > 1;
    let spare = RwSignal::new(SPARE);
    let typed_into_spare = current_form().is_some_and(|form| typed_into(form, first_spare));
    let empty = VariantForm::default;
    let row = move |at| {
        Row::new(
            at,
            move || view! { <VariantRow at variant=empty() shown=empty()/> },
        )
    };
    let rows = move || (first_spare..first_spare + spare.get()).map(row).collect();
    let add = move |_| spare.update(|rows| *rows = rows.saturating_add(1).min(limits::VARIANTS));
    view! {
        <section class="panel form-stack" aria-labelledby="variants">
            <div>
                <h2 id="variants">"Price and stock"</h2>
                <p class="field-hint">
                    "One row is enough. Sizes, colours or sets get a row each, with a name of their own."
                </p>
                <p class="field-error" aria-live="polite" data-testid="variants-error">{move || wrong.get()}</p>
            </div>
            <div class="variant-rows">
                {own
                    .into_iter()
                    .enumerate()
                    .map(|(at, variant)| {
                        let shown = shown.get(at).cloned().unwrap_or_default();
                        view! { <VariantRow at variant shown removable/> }
                    })
                    .collect_view()}
            </div>
            <details class="more-variants" open=typed_into_spare>
                <summary class="button button-secondary button-small" data-testid="more-variants">
                    <Icon icon=icondata_lu::LuPlus/>
                    "More variants"
                </summary>
                <div class="variant-rows">
                    <Each rows/>
                </div>
                <button type="button" class="button button-quiet button-small needs-script" on:click=add data-testid="add-variant">
                    "One more row"
                </button>
            </details>
        </section>
    }
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

#[component]
fn VariantRow(
    at: usize,
    variant: VariantForm,
    shown: VariantForm,
    /// It can be taken away: it is there already, and not the only one.
    #[prop(optional)]
    removable: bool,
) -> impl IntoView {
    let sign = use_page().currency().prefix().trim_end();
    // After a refusal the row is still about the variant it was about.
    let id = current_form().map_or_else(
        || variant.id.clone(),
        |form| form.value(&row_input(at, "id"), variant.id.clone()),
    );
    let shared = current_form().is_some_and(FormState::is_shared);
    let remove = removable.then(|| {
        let called = match variant.name.as_str() {
            "" => format!("Take variant {} away", at + 1),
            name => format!("Take “{name}” away"),
        };
        view! {
            <div class="variant-remove">
                <Checkbox name=row_field(at, "remove") label=called test_id="remove-variant"/>
            </div>
        }
    });
    view! {
        <div class="variant-line">
            <div class="variant-row" role="group" aria-label=format!("Variant {}", at + 1) data-testid="variant-row">
                <input type="hidden" name=row_input(at, "id") value=id.clone()/>
                {shared.then(|| view! { <input type="hidden" name=row_input(at, "id").replacen("form", SHOWN, 1) value=id/> })}
                <Field name=row_field(at, "name") label="Variant" value=variant.name max=limits::VARIANT optional=true/>
                <Field name=row_field(at, "price") label="Price" value=variant.price inputmode="decimal" before=sign/>
                <Field name=row_field(at, "stock") label="In stock" value=variant.stock shown=shown.stock inputmode="numeric"/>
                <Field name=row_field(at, "sku") label="SKU" value=variant.sku max=limits::SKU optional=true/>
            </div>
            {remove}
        </div>
    }
}
