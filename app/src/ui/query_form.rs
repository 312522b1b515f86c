use super::send::typed_in;
use crate::prelude::*;
use leptos::ev::SubmitEvent;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// A form that only asks: it leads to its address with what it holds in the query, without loading the page anew.
#[component]
pub fn QueryForm(
    /// The path it leads to.
    #[prop(into)]
    action: String,
    /// Classes of the `<form>`.
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let navigate = use_navigate();
    let path = action.clone();
    let ask = move |event: SubmitEvent| {
        // Else the browser asks by itself.
        if let Some(typed) = typed_in(&event) {
            event.prevent_default();
            navigate(&format!("{path}?{typed}"), NavigateOptions::default());
        }
    };
    view! { <form method="get" action=action class=class on:submit=ask>{children()}</form> }
}
