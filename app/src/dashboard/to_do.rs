use crate::paths;
use crate::prelude::*;
use crate::ui::Icon;
use model::Overview;
use model::counted;

/// What waits for the owner today; nothing when nothing does.
#[component]
pub fn ToDo(
    /// How many of each.
    figures: Overview,
) -> impl IntoView {
    let items = [
        (
            figures.to_ship,
            icondata_lu::LuPackage,
            paths::DASHBOARD_SALES.to_owned(),
            counted(
                figures.to_ship,
                "parcel waits to be packed or sent",
                "parcels wait to be packed or sent",
            ),
        ),
        (
            figures.sold_out,
            icondata_lu::LuTriangleAlert,
            paths::DASHBOARD_PRODUCTS.to_owned(),
            counted(
                figures.sold_out,
                "product is sold out",
                "products are sold out",
            ),
        ),
    ];
    let lines = items
        .into_iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(_, icon, href, words)| {
            view! {
                <li>
                    <a class="to-do" href=href>
                        <Icon icon/>
                        <span>{words}</span>
                        <Icon icon=icondata_lu::LuChevronRight class="to-do-arrow"/>
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!lines.is_empty()).then(|| {
        view! {
            <section aria-labelledby="to-do" data-testid="to-do">
                <h2 id="to-do" class="sr-only">"To do"</h2>
                <ul class="to-dos">{lines}</ul>
            </section>
        }
    })
}
