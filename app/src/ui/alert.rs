use super::Tone;
use super::icon::Icon;
use crate::prelude::*;

/// A sentence that stands out, with room for more below it.
#[component]
pub fn Alert(
    /// What kind of news it is.
    #[prop(default = Tone::Info)]
    tone: Tone,
    /// What tests find it by.
    #[prop(into, optional)]
    test_id: Option<String>,
    children: Children,
) -> impl IntoView {
    let icon = match tone {
        Tone::Neutral | Tone::Info => icondata_lu::LuInfo,
        Tone::Success => icondata_lu::LuCircleCheck,
        Tone::Warning => icondata_lu::LuTriangleAlert,
        Tone::Error => icondata_lu::LuCircleAlert,
    };
    let role = if tone == Tone::Error { "alert" } else { "note" };
    view! {
        <div class=format!("notice notice-{}", tone.word()) role=role data-testid=test_id>
            <Icon icon/>
            <div class="notice-words">{children()}</div>
        </div>
    }
}
