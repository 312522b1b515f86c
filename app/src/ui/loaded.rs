use super::error_page::ErrorPage;
use super::progress::use_progress;
use super::skeleton::PageSkeleton;
use crate::error::AppResult;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Shows what a resource brings: a skeleton at first, then the children with the value, or the error's page.
/// What is shown stays while it is loaded again.
#[component]
pub fn Loaded<T, F, V>(
    /// What is loaded.
    resource: Resource<AppResult<T>>,
    /// What to show meanwhile; the skeleton of a page unless said.
    #[prop(default = (|| view! { <PageSkeleton/> }.into_any()).into(), into)]
    waiting: ViewFn,
    /// What to show of the value.
    children: F,
) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    F: Fn(T) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    view! {
        <Transition fallback=move || waiting.run() nostrip:set_pending=use_progress().of_part()>
            {move || {
                let children = children.clone();
                Suspend::new(async move {
                    match resource.await {
                        Ok(value) => children(value).into_any(),
                        Err(error) => view! { <ErrorPage error/> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}
