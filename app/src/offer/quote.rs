use crate::prelude::*;
use crate::ui::{Alert, TokensLook, TokensText, Tone, use_page};
use model::{Quote, Tokens};

/// What an offer would cost, what stays in the wallet and what it covers, or why it can't be.
#[component]
pub fn QuotePanel(
    /// The quote.
    quote: Quote,
) -> impl IntoView {
    let token = use_page().token();
    let coverage = format!("Covers {} of {} units", quote.covers, quote.coverable);
    let problem = quote.problem.map(|problem| {
        view! { <Alert tone=Tone::Warning test_id="offer-problem">{problem.sentence(&token)}</Alert> }
    });
    let changing = quote.escrow != quote.from_wallet;
    let possible = quote.problem.is_none();
    view! {
        <section class="quote" aria-label="What it costs" aria-live="polite" data-testid="offer-quote">
            <dl class="quote-figures">
                {changing
                    .then(|| {
                        view! {
                            <div>
                                <dt>"In the offer"</dt>
                                <dd data-testid="offer-escrow"><TokensText amount=quote.escrow look=TokensLook::Plain/></dd>
                            </div>
                        }
                    })}
                <Moves amount=quote.from_wallet changing/>
                <div class:quote-short=!possible>
                    <dt>"Stays in your wallet"</dt>
                    <dd data-testid="offer-after"><TokensText amount=quote.wallet_after look=TokensLook::Plain/></dd>
                </div>
            </dl>
            <p class="quote-covers" data-testid="offer-covers">{coverage}</p>
            <Coverage covers=quote.covers coverable=quote.coverable/>
            {problem}
        </section>
    }
}

/// What leaves the wallet now, or comes back to it.
#[component]
fn Moves(amount: Tokens, changing: bool) -> impl IntoView {
    let (words, size) = match (changing, amount < Tokens::ZERO) {
        (true, true) => (
            "Comes back to your wallet",
            Tokens(amount.0.saturating_neg()),
        ),
        (true, false) => ("Leaves your wallet now", amount),
        (false, _) => ("It costs", amount),
    };
    view! {
        <div>
            <dt>{words}</dt>
            <dd data-testid="offer-cost"><TokensText amount=size look=TokensLook::Plain/></dd>
        </div>
    }
}

/// The share of the stock that is covered, as a bar.
#[component]
fn Coverage(covers: i64, coverable: i64) -> impl IntoView {
    let width = covers
        .clamp(0, coverable)
        .saturating_mul(100)
        .checked_div(coverable)
        .unwrap_or(0);
    view! {
        <svg class="coverage" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect class="coverage-track" width="100" height="4"/>
            <rect class="coverage-fill" width=width height="4"/>
        </svg>
    }
}
