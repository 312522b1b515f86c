use crate::paths;
use crate::prelude::*;
use crate::ui::{Cell, DateText, MoneyText, StatusBadge, Table};
use model::SaleRow;
use model::counted;

/// Parcels as rows.
#[component]
pub fn SalesTable(
    /// The latest first.
    sales: Vec<SaleRow>,
) -> impl IntoView {
    let columns = vec!["Order", "Items", "State", "Paid", "Payable"];
    view! {
        <Table caption="Sales" columns test_id="sales-table">
            {sales.into_iter().map(|sale| view! { <SaleLine sale/> }).collect_view()}
        </Table>
    }
}

#[component]
fn SaleLine(sale: SaleRow) -> impl IntoView {
    let through = (!sale.through.is_empty()).then(|| {
        view! { <span class="note" data-testid="sale-through">"through " {sale.through.join(", ")}</span> }
    });
    view! {
        <tr data-testid="sale-row">
            <Cell>
                <div class="stacked">
                    <a class="row-link" href=paths::sale(sale.parcel) translate="no">{sale.number}</a>
                    <span class="note">{sale.receiver}</span>
                </div>
            </Cell>
            <Cell column="Items">
                <div class="stacked">
                    <span>{sale.title}</span>
                    <span class="note">{counted(sale.units, "unit", "units")}</span>
                    {through}
                </div>
            </Cell>
            <Cell column="State"><StatusBadge status=sale.state/></Cell>
            <Cell column="Paid"><DateText at=sale.paid_at/></Cell>
            <Cell column="Payable" figures=true><MoneyText amount=sale.payable/></Cell>
        </tr>
    }
}
