use super::api::{DiscardImport, ImportShop, TryImportAgain};
use crate::paths;
use crate::prelude::*;
use crate::ui::{ButtonKind, Changes, Icon, LinkButton, ServerForm, Submit, input_name, use_form};
use model::{ImportId, ImportProblem, ImportView};

/// A link that could not be read: what happened, what to do, and every way on.
#[component]
pub fn ProblemPage(
    /// The import.
    import: ImportView,
    /// Told when it is tried again.
    changes: Changes,
) -> impl IntoView {
    let problem = import.problem.unwrap_or(ImportProblem::Stopped);
    let whole_shop = problem.offers_whole_shop();
    let by_hand = if whole_shop || problem.is_passing() {
        ButtonKind::Secondary
    } else {
        ButtonKind::Primary
    };
    let id = import.id;
    view! {
        <section class="panel import-problem" data-testid="import-problem">
            <span class="empty-icon"><Icon icon=icon(problem)/></span>
            <h1>{problem.sentence()}</h1>
            <p class="lead">{problem.advice()}</p>
            <p class="import-link">
                <a class="link" href=import.url.clone() target="_blank" rel="noopener noreferrer nofollow">{import.url.clone()}</a>
            </p>
            <div class="form-actions">
                {whole_shop.then(|| view! { <WholeShop url=import.url.clone()/> })}
                {problem.is_passing().then(|| view! { <Again id changes prominent=true/> })}
                <LinkButton href=paths::import_by_hand(id) kind=by_hand test_id="by-hand">"Fill in by hand"</LinkButton>
                {(!problem.is_passing()).then(|| view! { <Again id changes/> })}
                <Discard id/>
            </div>
        </section>
    }
}

fn icon(problem: ImportProblem) -> icondata_core::Icon {
    match problem {
        ImportProblem::Blocked | ImportProblem::BotWall | ImportProblem::LogIn => {
            icondata_lu::LuShieldAlert
        }
        ImportProblem::TooSlow | ImportProblem::Busy | ImportProblem::Queue => {
            icondata_lu::LuHourglass
        }
        ImportProblem::Category | ImportProblem::Search | ImportProblem::FrontPage => {
            icondata_lu::LuLayoutGrid
        }
        ImportProblem::NotAllowed
        | ImportProblem::UnknownHost
        | ImportProblem::Unreachable
        | ImportProblem::Insecure
        | ImportProblem::Redirects
        | ImportProblem::Gone => icondata_lu::LuUnplug,
        _ => icondata_lu::LuSearchX,
    }
}

/// Imports everything the shop sells instead.
#[component]
pub fn WholeShop(
    /// A page of the shop.
    url: String,
) -> impl IntoView {
    let form = use_form::<ImportShop>();
    view! {
        <ServerForm form class="contents" only_button=true>
            <input type="hidden" name=input_name("link") value=url/>
            <Submit test_id="import-shop">"Import all its products"</Submit>
        </ServerForm>
    }
}

#[component]
fn Again(id: ImportId, changes: Changes, #[prop(optional)] prominent: bool) -> impl IntoView {
    let form = use_form::<TryImportAgain>();
    changes.follow(form);
    let kind = if prominent {
        ButtonKind::Primary
    } else {
        ButtonKind::Quiet
    };
    view! {
        <ServerForm form class="contents" only_button=true>
            <input type="hidden" name="import" value=id.to_string()/>
            <Submit kind test_id="import-again">"Try again"</Submit>
        </ServerForm>
    }
}

#[component]
fn Discard(id: ImportId) -> impl IntoView {
    let form = use_form::<DiscardImport>();
    view! {
        <ServerForm form class="contents" only_button=true>
            <input type="hidden" name="import" value=id.to_string()/>
            <Submit kind=ButtonKind::Quiet test_id="import-discard">"Discard"</Submit>
        </ServerForm>
    }
}
