use super::icon::Icon;
use crate::prelude::*;

/// What stands where nothing is yet: why, and what to do about it (as children).
#[component]
pub fn Empty(
    /// A picture of what would be here.
    icon: icondata_core::Icon,
    /// What is not here.
    #[prop(into)]
    title: String,
    /// What to do about it.
    #[prop(into)]
    sentence: String,
    /// The button that does it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty" data-testid="empty">
            <span class="empty-icon"><Icon icon/></span>
            <h2>{title}</h2>
            <p>{sentence}</p>
            {children.map(|children| view! { <div class="empty-action">{children()}</div> })}
        </div>
    }
}
