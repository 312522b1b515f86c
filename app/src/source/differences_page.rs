use super::api::{ApplyChanges, read_differences};
use crate::error::AppError;
use crate::paths;
use crate::prelude::*;
use crate::ui::address::id_in_path;
use crate::ui::{
    Alert, Badge, Breadcrumbs, ButtonKind, Cell, Empty, Head, LinkButton, Loaded, PageHead,
    ServerForm, Submit, Table, TimeText, Tone, input_name, load, use_form_keyed,
};
use model::{ProductId, RefreshView, SourceChange};

/// What a product's source says now, beside what stands here (K3). Nothing is changed without a press.
#[component]
pub fn DifferencesPage() -> AnyView {
    let id = id_in_path::<ProductId>("product");
    let found = load(
        move || id.get(),
        |id| async move { read_differences(id.ok_or(AppError::NotFound)?).await },
    );
    view! { <Loaded load=found let:found><Differences found/></Loaded> }
}

#[component]
fn Differences(found: RefreshView) -> impl IntoView {
    let RefreshView {
        product,
        title,
        source,
        changes,
        shown,
    } = found;
    let above = vec![
        ("Products".to_owned(), paths::DASHBOARD_PRODUCTS.to_owned()),
        (title.clone(), paths::edit_product(product)),
    ];
    let problem = source.problem.map(|problem| {
        view! {
            <Alert tone=Tone::Warning test_id="source-problem">
                <p>{problem.sentence()} " This is what it said before."</p>
            </Alert>
        }
    });
    let none = changes.is_empty();
    let body = match none {
        true => view! {
            <Empty icon=icondata_lu::LuCircleCheck title="Nothing has changed" sentence="Everything you took over from this page is still as it is there.">
                <LinkButton href=paths::edit_product(product) kind=ButtonKind::Secondary>"Back to the product"</LinkButton>
            </Empty>
        },
        false => view! { <Choose product changes shown/> },
    };
    view! {
        <Head title=format!("Changes: {title}") robots=false/>
        <Breadcrumbs above here="Changes at the original"/>
        <PageHead title="Changes at the original" sentence=format!("What {} says now, beside what stands in your store.", source.host)>
            <p class="note">"Read "<TimeText at=source.read_at/></p>
        </PageHead>
        <div class="import-notices">{problem}</div>
        {body}
    }
}

#[component]
fn Choose(product: ProductId, changes: Vec<SourceChange>, shown: String) -> impl IntoView {
    let apply = use_form_keyed::<ApplyChanges>("apply");
    let keep = use_form_keyed::<ApplyChanges>("keep");
    let shown_again = shown.clone();
    let can_apply = changes.iter().any(|change| change.after.is_some());
    view! {
        <ServerForm form=apply class="differences" test_id="differences">
            <input type="hidden" name="product" value=product.to_string()/>
            <input type="hidden" name=input_name("shown") value=shown/>
            <Table caption="Differences" columns=vec!["Take over", "What", "In your store", "At the original"] test_id="difference-table">
                {changes
                    .into_iter()
                    .enumerate()
                    .map(|(at, change)| view! { <Difference at change/> })
                    .collect_view()}
            </Table>
            {can_apply
                .then(|| {
                    view! {
                        <div class="form-actions">
                            <Submit test_id="apply-changes">"Apply what is ticked"</Submit>
                        </div>
                    }
                })}
        </ServerForm>
        <ServerForm form=keep class="keep-mine" only_button=true>
            <input type="hidden" name="product" value=product.to_string()/>
            <input type="hidden" name=input_name("shown") value=shown_again/>
            <Submit kind=ButtonKind::Secondary test_id="keep-mine">"Keep mine"</Submit>
            <p class="note">"These differences are then not shown again, until the original changes anew."</p>
        </ServerForm>
    }
}

#[component]
fn Difference(at: usize, change: SourceChange) -> impl IntoView {
    let SourceChange {
        key,
        label,
        here,
        before,
        now,
        after,
    } = change;
    let tick = match &after {
        Some(_) => view! {
            <label class="tick">
                <input type="checkbox" name=input_name(&format!("apply[{at}]")) value=key checked=true data-testid="difference-tick"/>
                <span class="sr-only">{format!("Take over: {label}")}</span>
            </label>
        },
        None => view! { <Badge tone=Tone::Warning>"By hand"</Badge> },
    };
    // What was agreed on last is news only where it is not what stands here.
    let before = (before != here && !before.is_empty())
        .then(|| view! { <span class="note">"before: "{before}</span> });
    let becomes = after
        .filter(|after| *after != now)
        .map(|after| view! { <span class="note">"becomes "{after}" here"</span> });
    view! {
        <tr data-testid="difference">
            <Cell column="Take over">{tick}</Cell>
            <Cell column="What"><strong>{label}</strong></Cell>
            <Cell column="In your store"><span class="difference-here" data-testid="difference-here">{here}</span></Cell>
            <Cell column="At the original">
                <div class="stacked">
                    <span class="difference-now" data-testid="difference-now">{now}</span>
                    {before}
                    {becomes}
                </div>
            </Cell>
        </tr>
    }
}
