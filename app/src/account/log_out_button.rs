use super::api::LogOut;
use crate::prelude::*;
use crate::ui::unsaved::LeavesThePage;
use crate::ui::{ButtonKind, ServerForm, Submit, use_form};

/// Logs out; a form post, because it changes something.
#[component]
pub fn LogOutButton() -> impl IntoView {
    let form = use_form::<LogOut>();
    view! {
        <ServerForm form class="contents" only_button=true>
            <LeavesThePage/>
            <Submit kind=ButtonKind::Quiet small=true test_id="log-out">"Log out"</Submit>
        </ServerForm>
    }
}
