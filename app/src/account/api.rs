use crate::done::Done;
use crate::error::AppResult;
use crate::prelude::*;
use crate::wire::reading::Reading;
use model::{ChangePasswordForm, LogInForm, OwnAccount, SignUpForm};

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

/// Changes the password. Every other log-in ends.
#[server]
pub async fn change_password(form: ChangePasswordForm) -> AppResult<Done> {
    use crate::server::{market, session, viewer};
    let asking = viewer().await?;
    let signed = asking.account()?;
    market::account::change_password(&market()?, signed, form.validate()?).await?;
    session::log_in(signed.account()).await?;
    Ok(Done::go(crate::paths::ACCOUNT)
        .and_say("Your password is changed. You are logged out everywhere else."))
}

/// Ends all of the account's log-ins but this one.
#[server]
pub async fn end_other_log_ins() -> AppResult<Done> {
    use crate::server::{market, session, viewer};
    let account = viewer().await?.account()?.account();
    market::session::delete_all_of(&market()?, account).await?;
    session::log_in(account).await?;
    Ok(Done::go(crate::paths::ACCOUNT).and_say("You are logged out everywhere else."))
}

/// Who is signed in.
#[server(protocol = Reading)]
pub async fn read_account() -> AppResult<OwnAccount> {
    use crate::server::{market, viewer};
    let account = viewer().await?.account()?.account();
    Ok(OwnAccount {
        viewer: market::account::viewer(&market()?, account).await?,
        log_ins: market::session::count_of(&market()?, account).await?,
    })
}
