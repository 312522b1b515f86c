use super::icon::Icon;
use crate::prelude::*;

/// The way from the top to this page; the last part is the page itself.
#[component]
pub fn Breadcrumbs(
    /// Words and address of each part above this page, the highest first.
    above: Vec<(String, String)>,
    /// This page.
    #[prop(into)]
    here: String,
) -> impl IntoView {
    view! {
        <nav aria-label="Breadcrumb" class="crumbs">
            <ol>
                {above
                    .into_iter()
                    .map(|(words, href)| {
                        view! {
                            <li>
                                <a href=href>{words}</a>
                                <Icon icon=icondata_lu::LuChevronRight/>
                            </li>
                        }
                    })
                    .collect_view()}
                <li aria-current="page">{here}</li>
            </ol>
        </nav>
    }
}
