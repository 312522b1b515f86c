use crate::prelude::*;
use crate::ui::{Cell, DateText, Empty, Exact, Pagination, Table, TokensLook, TokensText};
use model::{Page, StatementRow};

/// Every movement of the wallet, newest first.
#[component]
pub fn Statement(
    /// One page of it.
    statement: Page<StatementRow>,
) -> impl IntoView {
    let content = if statement.rows.is_empty() {
        view! {
            <Empty
                icon=icondata_lu::LuWallet
                title="No movements yet"
                sentence="Rewards you earn and tokens you set aside for offers are listed here, each with the balance after it."
            />
        }
    } else {
        view! {
            <Table caption="Statement" columns=vec!["What", "Date", "Amount", "Balance"] test_id="statement">
                {statement.rows.into_iter().map(|row| view! { <StatementLine row/> }).collect_view()}
            </Table>
            <Pagination page=statement.page pages=statement.pages/>
        }
    };
    view! {
        <section class="overview-part" aria-labelledby="statement">
            <h2 id="statement">"Statement"</h2>
            {content}
        </section>
    }
}

#[component]
fn StatementLine(row: StatementRow) -> impl IntoView {
    let order = row.order.map(|number| {
        let joint = if row.product.is_some() { " · " } else { "" };
        view! { {joint}<Exact text=number/> }
    });
    let has_about = row.product.is_some() || order.is_some();
    let class = if row.amount.0 < 0 {
        "amount-out"
    } else {
        "amount-in"
    };
    view! {
        <tr data-testid="statement-row">
            <Cell>
                <div class="stacked">
                    <span class="statement-kind">{row.kind.label()}</span>
                    {has_about.then(|| view! { <span class="note">{row.product}{order}</span> })}
                </div>
            </Cell>
            <Cell column="Date"><DateText at=row.at/></Cell>
            <Cell column="Amount" figures=true><TokensText amount=row.amount look=TokensLook::Plain signed=true class/></Cell>
            <Cell column="Balance" figures=true><TokensText amount=row.balance look=TokensLook::Plain/></Cell>
        </tr>
    }
}
