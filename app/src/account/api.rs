use crate::done::Done;
use crate::error::AppResult;
use leptos::prelude::*;
use model::{LogInForm, SignUpForm, Viewer};

/// Opens an account and logs in.
#[server]
pub async fn sign_up(form: SignUpForm, #[server(default)] next: String) -> AppResult<Done> {
    use crate::server::{market, session};
    let account = market::account::sign_up(&market()?, form.validate()?).await?;
    session::log_in(account).await?;
    Ok(Done::go(crate::done::own_path(
        Some(&next),
        crate::paths::OPEN_STORE,
    )))
}

/// Logs in.
#[server]
pub async fn log_in(form: LogInForm, #[server(default)] next: String) -> AppResult<Done> {
    use crate::server::{device, market, session};
    let kept = device::kept()?;
    let them = market::account::log_in(&market()?, form.validate()?, kept.as_deref()).await?;
    session::log_in(them.account).await?;
    device::keep(&them.device);
    Ok(Done::go(crate::done::own_path(
        Some(&next),
        crate::paths::HOME,
    )))
}

/// Logs out: the session ends on the server.
#[server]
pub async fn log_out() -> AppResult<Done> {
    crate::server::session::log_out().await?;
    Ok(Done::go(crate::paths::HOME).and_say("You are logged out."))
}

/// Who is signed in.
#[server(input = leptos::server_fn::codec::GetUrl)]
pub async fn read_account() -> AppResult<Viewer> {
    use crate::server::{market, viewer};
    let asking = viewer().await?;
    Ok(market::account::viewer(&market()?, asking.account()?.account()).await?)
}
