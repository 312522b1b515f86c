use crate::paths;
use crate::ui::Icon;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// One box for any link (K1). It asks by address, so that it works without JavaScript and leads back.
#[component]
pub fn PasteLink(
    /// What stands in it already.
    #[prop(into, optional)]
    link: String,
    /// What is wrong with that.
    #[prop(optional_no_strip)]
    wrong: Option<String>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let navigate = use_navigate();
    let follow = move |event: SubmitEvent| {
        if let Some(input) = input.get_untracked() {
            event.prevent_default();
            navigate(
                &paths::follow_link(&input.value()),
                NavigateOptions::default(),
            );
        }
    };
    let is_wrong = wrong.is_some();
    view! {
        <form action=paths::FOLLOW_LINK method="GET" class="paste-link" on:submit=follow>
            <label for="paste-link">"Have a link to a product? Paste it here"</label>
            <div class="paste-link-row">
                <span class="paste-link-box">
                    <Icon icon=icondata_lu::LuLink class="size-4.5"/>
                    <input
                        node_ref=input
                        id="paste-link"
                        type="text"
                        inputmode="url"
                        name="link"
                        value=link
                        autocomplete="off"
                        spellcheck="false"
                        placeholder="https://"
                        maxlength=model::limits::LINK
                        aria-invalid=is_wrong.then_some("true")
                        aria-describedby=is_wrong.then_some("paste-link-wrong")
                        data-testid="paste-link"
                    />
                </span>
                <button type="submit" class="button button-secondary" data-testid="paste-link-go">"Find it"</button>
            </div>
            {wrong.map(|sentence| view! { <p id="paste-link-wrong" class="field-error" role="alert">{sentence}</p> })}
        </form>
    }
    .into_any()
}
