use crate::paths;
use crate::prelude::*;
use crate::sale::SalesTable;
use crate::ui::{ButtonKind, Empty, LinkButton};
use model::SaleRow;

/// The latest sales, or how the first one comes about.
#[component]
pub fn RecentSales(
    /// The latest first.
    sales: Vec<SaleRow>,
) -> impl IntoView {
    let content = if sales.is_empty() {
        view! {
            <Empty
                icon=icondata_lu::LuReceiptText
                title="No sales yet"
                sentence="Make an offer and other stores can put your product on their shelves: their shoppers become yours."
            >
                <LinkButton href=paths::NEW_OFFER kind=ButtonKind::Secondary small=true>"Make an offer"</LinkButton>
            </Empty>
        }
    } else {
        view! { <SalesTable sales/> }
    };
    view! {
        <section class="overview-part">
            <div class="overview-part-head">
                <h2>"Recent sales"</h2>
                <a class="link" href=paths::DASHBOARD_SALES>"All sales"</a>
            </div>
            {content}
        </section>
    }
}
