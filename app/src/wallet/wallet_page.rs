use super::api::read_wallet;
use super::statement::Statement;
use crate::paths;
use crate::prelude::*;
use crate::ui::address::page_in_query;
use crate::ui::{DayChart, DayUnit};
use crate::ui::{
    Head, LinkButton, Loaded, MoneyText, PageHead, Stat, TokensLook, TokensText, load, use_page,
};
use model::WalletPage;

/// The store's wallet.
#[component]
pub fn WalletScreen() -> AnyView {
    let page = page_in_query();
    let wallet = load(move || page.get(), read_wallet);
    let sentence = format!(
        "{} are the market's tokens: you promise them to stores that sell your products, and earn them by selling theirs.",
        use_page().token(),
    );
    view! {
        <Head title="Wallet" robots=false/>
        <PageHead title="Wallet" sentence/>
        <Loaded load=wallet let:wallet><Wallet wallet/></Loaded>
    }
}

#[component]
fn Wallet(wallet: WalletPage) -> impl IntoView {
    let earned_by_day = wallet.earned_by_day.clone();
    view! {
        <div class="wallet">
            <div class="wallet-top">
                <section class="panel wallet-balance" aria-labelledby="balance">
                    <h2 id="balance">"In your wallet"</h2>
                    <div class="wallet-figure" data-testid="wallet-balance">
                        <TokensText amount=wallet.balance look=TokensLook::Plain/>
                    </div>
                    <p class="note">"Free to promise in offers."</p>
                    <LinkButton href=paths::NEW_OFFER small=true>"Make an offer"</LinkButton>
                </section>
                <DayChart title="Earned in 30 days" points=earned_by_day unit=DayUnit::Tokens with_sum=true test_id="earned-chart"/>
            </div>
            <Figures wallet=wallet.clone()/>
            <Statement statement=wallet.statement/>
        </div>
    }
}

#[component]
fn Figures(wallet: WalletPage) -> impl IntoView {
    view! {
        <div class="stat-row">
            <Stat label="In offers" note="Behind your open offers" href=paths::DASHBOARD_OFFERS test_id="in-offers">
                <TokensText amount=wallet.in_offers look=TokensLook::Plain/>
            </Stat>
            <Stat label="On hold" note="For shoppers who are paying now" test_id="in-holds">
                <TokensText amount=wallet.in_holds look=TokensLook::Plain/>
            </Stat>
            <Stat label="Earned ever" note="By selling other makers' products" href=paths::DASHBOARD_SHELF test_id="earned">
                <TokensText amount=wallet.earned look=TokensLook::Plain/>
            </Stat>
            <Stat label="Payable to you" note="Money from your sales" href=paths::DASHBOARD_SALES test_id="payable">
                <MoneyText amount=wallet.payable/>
            </Stat>
        </div>
    }
}
