use super::api::{FollowSource, LookAgain};
use crate::paths;
use crate::prelude::*;
use crate::ui::{
    Alert, ButtonKind, Changes, DateText, ServerForm, Submit, TimeText, Tone, use_form,
};
use model::counted;
use model::{KeepInStep, ProductId, SourceView};

/// Where a product came from, whether it follows that page, and the button that asks it anew (K3).
#[component]
pub fn SourcePanel(
    /// The product.
    product: ProductId,
    /// Its source.
    source: SourceView,
    /// What to tell.
    changes: Changes,
) -> impl IntoView {
    let waiting = (source.changes > 0).then(|| {
        let words = counted(source.changes, "change waits for your look", "changes wait for your look");
        view! {
            <Alert tone=Tone::Warning test_id="source-changes">
                <p>{words}". " <a class="link" href=paths::product_source(product)>"See what changed"</a></p>
            </Alert>
        }
    });
    let problem = source.problem.map(|problem| {
        view! { <Alert tone=Tone::Warning test_id="source-problem"><p>{problem.sentence()}</p></Alert> }
    });
    view! {
        <section class="panel panel-stack" aria-labelledby="source" data-testid="source">
            <h2 id="source">"Where it came from"</h2>
            <p class="import-link">
                <a class="link" href=source.url.clone() target="_blank" rel="noopener noreferrer nofollow">{source.host.clone()}</a>
                <span class="note">" last read "<TimeText at=source.read_at/></span>
            </p>
            {waiting}
            {problem}
            <Look product/>
            <Following product source changes/>
        </section>
    }
}

#[component]
fn Look(product: ProductId) -> impl IntoView {
    let form = use_form::<LookAgain>();
    view! {
        <ServerForm form class="contents" only_button=true>
            <input type="hidden" name="product" value=product.to_string()/>
            <Submit kind=ButtonKind::Secondary small=true test_id="look-again">"Look for changes"</Submit>
        </ServerForm>
    }
}

#[component]
fn Following(product: ProductId, source: SourceView, changes: Changes) -> impl IntoView {
    let form = use_form::<FollowSource>();
    changes.follow(form);
    let follows = source.keep_in_step == KeepInStep::ByItself;
    let (other, words) = match source.keep_in_step {
        KeepInStep::ByItself => (KeepInStep::ByHand, "Stop following"),
        KeepInStep::ByHand => (KeepInStep::ByItself, "Follow by itself"),
    };
    let next = source
        .next_at
        .map(|at| view! { " Next look: "<DateText at/>"." });
    view! {
        <div class="source-following">
            <p class="note" data-testid="source-follows">
                {if follows { "Price and stock follow this page by themselves." } else { "Price and stock stay as you set them." }}
                {next}
            </p>
            <ServerForm form class="contents" only_button=true>
                <input type="hidden" name="product" value=product.to_string()/>
                <input type="hidden" name="how" value=other.as_str()/>
                <Submit kind=ButtonKind::Quiet small=true test_id="source-follow">{words}</Submit>
            </ServerForm>
        </div>
    }
}
