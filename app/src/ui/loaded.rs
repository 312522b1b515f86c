use super::error_page::ErrorPage;
use super::load::{Cargo, Load, LoadedInPage, Value};
use super::progress::use_progress;
use super::skeleton::PageSkeleton;
use crate::error::AppResult;
use crate::prelude::*;
use std::sync::Arc;

/// Shows what is loaded: a skeleton at first, then the children with the value, or the error's page. What is shown
/// stays while it is loaded again.
#[component]
pub fn Loaded<T, F, V>(
    /// What is loaded.
    load: Load<T>,
    /// What to show meanwhile; the skeleton of a page unless said.
    #[prop(default = (|| view! { <PageSkeleton/> }).into(), into)]
    waiting: ViewFn,
    /// What to show of the value.
    children: F,
) -> impl IntoView
where
    T: Value,
    F: Fn(T) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let show = move |cargo: Cargo| cargo.open().map(|value| children(value).into_any());
    shown(load.cargo, waiting, Arc::new(show))
}

/// The same for every page.
fn shown(
    cargo: Resource<AppResult<Cargo>, LoadedInPage>,
    waiting: ViewFn,
    show: Arc<dyn Fn(Cargo) -> AppResult<AnyView> + Send + Sync>,
) -> AnyView {
    view! {
        <Transition fallback=move || waiting.run() nostrip:set_pending=use_progress().of_part()>
            {move || {
                let show = show.clone();
                Suspend::new(async move {
                    cargo
                        .await
                        .and_then(|cargo| show(cargo))
                        .unwrap_or_else(|error| view! { <ErrorPage error/> })
                })
            }}
        </Transition>
    }
}
