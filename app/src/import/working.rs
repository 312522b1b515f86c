use super::api::{DiscardImport, read_import};
use super::poll::poll;
use crate::prelude::*;
use crate::ui::{
    ButtonKind, Changes, Icon, PageHead, ReloadWithoutScript, ServerForm, Submit, use_form,
};
use model::{ImportState, ImportView};
use std::time::Duration;

/// How long to wait before asking again.
const AGAIN_AFTER: Duration = Duration::from_millis(700);

/// What is done with a link, in order.
const STEPS: [(ImportState, &str); 3] = [
    (ImportState::Reading, "Reading the page"),
    (ImportState::Understanding, "Understanding what it sells"),
    (ImportState::Pictures, "Copying its pictures"),
];

/// A link that is being read: the steps tick by themselves.
#[component]
pub fn Working(
    /// The import.
    import: ImportView,
    /// Told when there is more to show than steps.
    changes: Changes,
) -> impl IntoView {
    let (id, host) = (import.id, import.host.clone());
    let state = RwSignal::new(import.state);
    poll(AGAIN_AFTER, move || async move {
        match read_import(id).await {
            Ok(now) if now.import.state.is_working() => {
                state.try_set(now.import.state);
                true
            }
            // No connection for a moment: the work goes on without us.
            Err(error) if error.is_passing() => true,
            Ok(_) | Err(_) => {
                changes.note();
                false
            }
        }
    });
    let form = use_form::<DiscardImport>();
    view! {
        <PageHead title="One moment" sentence=format!("We are reading a page of {host}. You may leave: it goes on without you.")/>
        <section class="panel import-working" data-testid="import-working">
            <p class="sr-only" role="status" aria-live="polite">{move || state.get().label()}</p>
            <ol class="import-steps">
                {STEPS.map(|(step, words)| view! { <Step step words state=state.into()/> }).collect_view()}
            </ol>
            <p class="import-link">{import.url}</p>
            <ServerForm form only_button=true>
                <input type="hidden" name="import" value=id.to_string()/>
                <Submit kind=ButtonKind::Secondary small=true test_id="import-cancel">"Cancel"</Submit>
            </ServerForm>
        </section>
        <ReloadWithoutScript seconds=2/>
    }
}

#[component]
fn Step(step: ImportState, words: &'static str, state: Signal<ImportState>) -> impl IntoView {
    let here = move || state.get() == step;
    let past = move || state.get() > step;
    view! {
        <li class="import-step" class:is-here=here class:is-past=past aria-current=move || here().then_some("step")>
            <span class="import-step-mark" aria-hidden="true">
                <Icon icon=icondata_lu::LuCheck/>
            </span>
            <span>{words}</span>
            <span class="sr-only">{move || if past() { ": done" } else { "" }}</span>
        </li>
    }
}
