use super::api::read_overview;
use super::first_steps::FirstSteps;
use super::recent_sales::RecentSales;
use super::to_do::ToDo;
use crate::paths;
use crate::prelude::*;
use crate::ui::{
    ButtonKind, Head, LinkButton, Loaded, MoneyText, PageHead, Stat, TokensLook, TokensText, load,
    use_page,
};
use crate::ui::{DayChart, DayUnit};
use model::{Overview, OverviewFacts, counted};

/// How the store stands and what waits to be done.
#[component]
pub fn OverviewPage() -> AnyView {
    let facts = load(|| (), |()| read_overview());
    view! {
        <Head title="Overview" robots=false/>
        <PageHead title="Overview">
            <ViewStore/>
            <LinkButton href=paths::NEW_PRODUCT small=true icon=icondata_lu::LuPlus>"Add a product"</LinkButton>
        </PageHead>
        <Loaded load=facts let:facts><Facts facts/></Loaded>
    }
}

#[component]
fn ViewStore() -> impl IntoView {
    let store = use_page().store();
    move || {
        store.get().map(|store| {
            view! {
                <LinkButton href=paths::store(&store.slug) kind=ButtonKind::Secondary small=true>"View store"</LinkButton>
            }
        })
    }
}

#[component]
fn Facts(facts: OverviewFacts) -> impl IntoView {
    let OverviewFacts { figures, recent } = facts;
    let (sales, rewards) = (figures.sales_by_day.clone(), figures.rewards_by_day.clone());
    // A new store has nothing to draw yet.
    let charts = sales.iter().chain(&rewards).any(|point| point.value != 0).then(|| {
        view! {
            <div class="day-charts">
                <DayChart title="Sales by day" points=sales unit=DayUnit::Money test_id="sales-chart"/>
                <DayChart title="Rewards by day" points=rewards unit=DayUnit::Tokens test_id="rewards-chart"/>
            </div>
        }
    });
    view! {
        <div class="overview">
            <FirstSteps figures=figures.clone() sold=!recent.is_empty()/>
            <ToDo figures=figures.clone()/>
            <Figures figures/>
            {charts}
            <RecentSales sales=recent/>
        </div>
    }
}

#[component]
fn Figures(figures: Overview) -> impl IntoView {
    let offers = match figures.open_offers {
        0 => "No offer is open".to_owned(),
        offers => counted(offers, "open offer", "open offers"),
    };
    let carried = match figures.carried {
        0 => "Nothing of other makers on your shelf".to_owned(),
        carried => format!(
            "{} of other makers on your shelf",
            counted(carried, "product", "products")
        ),
    };
    let others = match (figures.sold_through_others, figures.carried_by) {
        (0, 0) => "No other store carries your products yet".to_owned(),
        (0, stores) => format!(
            "Carried by {}",
            counted(stores, "other store", "other stores")
        ),
        (units, _) => format!("{} through other stores", counted(units, "unit", "units")),
    };
    view! {
        <div class="stat-row stat-row-six">
            <Stat label="Sales in 30 days" note=others href=paths::DASHBOARD_SALES test_id="sales-30-days">
                <MoneyText amount=figures.sales_30_days/>
            </Stat>
            <Stat label="Payable to you" note="Money the market owes you" href=paths::DASHBOARD_WALLET test_id="payable">
                <MoneyText amount=figures.payable/>
            </Stat>
            <Stat label="To ship" note="Parcels paid and not yet sent" href=paths::DASHBOARD_SALES test_id="to-ship">
                {figures.to_ship}
            </Stat>
            <Stat label="Wallet" note="Tokens to make offers with" href=paths::DASHBOARD_WALLET test_id="wallet-tokens">
                <TokensText amount=figures.wallet look=TokensLook::Plain/>
            </Stat>
            <Stat label="In offers" note=offers href=paths::DASHBOARD_OFFERS test_id="in-offers">
                <TokensText amount=figures.in_offers look=TokensLook::Plain/>
            </Stat>
            <Stat label="Earned in 30 days" note=carried href=paths::DASHBOARD_SHELF test_id="earned-30-days">
                <TokensText amount=figures.earned_30_days look=TokensLook::Plain/>
            </Stat>
        </div>
    }
}
