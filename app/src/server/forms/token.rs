//! The token of a page: what every form of ours brings along, and what markup from elsewhere can't know.
//!
//! A browser keeps a random key in a cookie that no script reads. A page's token is a keyed hash under it, so a
//! token is worth something only together with that browser, and nothing about it is kept here. It also says for
//! whom the page was made: a form that somebody else finds open is not sent in her own name, and one whose session
//! has ended is told so.
//!
//! Each page has a token of its own, made with a fresh salt: pages are compressed, and a text that is always the
//! same could be guessed from their length. A page that is kept for all guests would be kept with a stand-in, and
//! given its token on the way out.

use crate::error::AppError;
use crate::server::cookie::Cookie;
use axum::http::{HeaderMap, HeaderValue};
use hmac::{Hmac, KeyInit, Mac};
use market::Market;
use model::AccountId;
use sha2::Sha256;

const PAGE: Cookie = Cookie {
    on_http: "shelfshare-page",
    on_https: "__Host-shelfshare-page",
};

/// A year. It says nothing of anybody, and a form that stood open longer than the cookie lived would be refused.
const KEPT_FOR_SECONDS: u32 = 31_536_000;

/// Random letters of a key, and of the salt of one page's token.
const KEY: usize = 32;
const SALT: usize = 16;

/// The browser that asks, as its cookie tells it from others.
#[derive(Clone)]
pub(super) struct Browser {
    key: String,
    /// It brought no cookie; this one is given to it now.
    pub is_new: bool,
}

impl Browser {
    pub fn of(market: &Market, headers: &HeaderMap) -> Browser {
        let known = PAGE
            .values(market, headers)
            .next()
            .filter(|key| key.len() == KEY);
        match known {
            Some(key) => Browser {
                key: key.to_owned(),
                is_new: false,
            },
            None => Browser {
                key: market::random_code(KEY),
                is_new: true,
            },
        }
    }

    /// The token of a page made now for this account, or for a guest.
    pub fn token(&self, account: Option<AccountId>) -> String {
        let salt = market::random_code(SALT);
        let whose = whose(account);
        let hash = hex::encode(self.hash(&salt, &whose).finalize().into_bytes());
        format!("{salt}.{whose}.{hash}")
    }

    /// The line that gives the cookie to the browser, unless it has it.
    pub fn set_cookie(&self, market: &Market) -> Option<HeaderValue> {
        self.is_new
            .then(|| PAGE.line(market, &self.key, Some(KEPT_FOR_SECONDS)))
            .flatten()
    }

    /// Whether a token was made for this browser. It takes equally long wherever the first difference is.
    fn made(&self, token: &Token<'_>) -> bool {
        self.hash(token.salt, token.whose)
            .verify_slice(&token.hash)
            .is_ok()
    }

    fn hash(&self, salt: &str, whose: &str) -> Hmac<Sha256> {
        // A keyed hash takes keys of any length.
        let mut mac = Hmac::<Sha256>::new_from_slice(self.key.as_bytes())
            .unwrap_or_else(|_| Hmac::new(&hmac::digest::Key::<Hmac<Sha256>>::default()));
        for part in ["form", salt, whose] {
            mac.update(part.as_bytes());
            mac.update(b".");
        }
        mac
    }
}

/// A token as it came back, taken apart.
struct Token<'t> {
    salt: &'t str,
    whose: &'t str,
    hash: Vec<u8>,
}

impl Token<'_> {
    fn read(text: &str) -> Option<Token<'_>> {
        let mut parts = text.split('.');
        let (salt, whose, hash) = (parts.next()?, parts.next()?, parts.next()?);
        let hash = hex::decode(hash).ok()?;
        (parts.next().is_none() && salt.len() == SALT && hash.len() == 32).then_some(Token {
            salt,
            whose,
            hash,
        })
    }
}

/// The token that came with a request.
pub(super) enum Brought<'t> {
    /// In the header, which only a script of ours can set.
    ByScript(&'t str),
    /// In a field of the form.
    ByForm(&'t str),
    Nothing,
}

/// Whether a request that changes something was sent by a page of ours that was made for whoever asks now.
///
/// # Errors
/// - [`AppError::Forged`] without a token, or with one that is not this browser's;
/// - [`AppError::NoCookies`] when a page of ours sent it, and the browser brought no cookie;
/// - [`AppError::SignIn`] when the session of the page's viewer is over;
/// - [`AppError::OtherPerson`] when somebody else is signed in by now;
/// - [`AppError::Stale`] when the page was opened before she logged in; it brings the token to send it with.
pub(super) fn judge(
    browser: &Browser,
    brought: &Brought<'_>,
    asks: Option<AccountId>,
) -> Result<(), AppError> {
    let (text, by_script) = match brought {
        Brought::ByScript(text) => (*text, true),
        Brought::ByForm(text) => (*text, false),
        Brought::Nothing => return Err(AppError::Forged),
    };
    let token = Token::read(text).ok_or(AppError::Forged)?;
    if browser.is_new {
        return Err(AppError::NoCookies);
    }
    let made = browser.made(&token);
    // A guest's first two pages may have come with two keys, of which the browser kept one. Nobody signed in is in
    // that place: a form with a wrong token is then somebody else's.
    if !made && !by_script && asks.is_some() {
        return Err(AppError::Forged);
    }
    let shown_to_guest = token.whose.is_empty();
    match asks {
        _ if token.whose == whose(asks) && made => Ok(()),
        None if !shown_to_guest => Err(AppError::SignIn),
        Some(_) if !shown_to_guest && token.whose != whose(asks) => Err(AppError::OtherPerson),
        _ => Err(AppError::Stale {
            token: browser.token(asks),
        }),
    }
}

fn whose(account: Option<AccountId>) -> String {
    account
        .map(|account| account.to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn browser(letter: &str) -> Browser {
        Browser {
            key: letter.repeat(KEY),
            is_new: false,
        }
    }

    const ADA: Option<AccountId> = Some(AccountId(7));
    const BEA: Option<AccountId> = Some(AccountId(8));

    fn by_form(browser: &Browser, token: &str, asks: Option<AccountId>) -> Result<(), AppError> {
        judge(browser, &Brought::ByForm(token), asks)
    }

    fn by_script(browser: &Browser, token: &str, asks: Option<AccountId>) -> Result<(), AppError> {
        judge(browser, &Brought::ByScript(token), asks)
    }

    #[test]
    fn a_page_is_sent_by_whom_it_was_made_for() {
        let a = browser("a");
        for asks in [None, ADA] {
            assert_eq!(by_form(&a, &a.token(asks), asks), Ok(()));
            assert_eq!(by_script(&a, &a.token(asks), asks), Ok(()));
        }
        assert_ne!(a.token(ADA), a.token(ADA), "each page has its own");
    }

    #[test]
    fn what_is_not_of_this_browser_is_forged() {
        let (a, b) = (browser("a"), browser("b"));
        let good = a.token(ADA);
        let longer = format!("{good}00");
        let other_name = a.token(BEA).replace(".8.", ".7.");
        for token in [
            "",
            "a.7.b",
            &good[1..],
            &longer,
            &b.token(ADA),
            &other_name,
            "é.7.é",
        ] {
            assert_eq!(by_form(&a, token, ADA), Err(AppError::Forged), "{token}");
        }
        assert_eq!(judge(&a, &Brought::Nothing, None), Err(AppError::Forged));
    }

    #[test]
    fn a_page_opened_before_the_log_in_gets_a_token_that_works() {
        let a = browser("a");
        for refused in [
            by_form(&a, &a.token(None), ADA),
            by_script(&a, &a.token(None), ADA),
            // The other of a script's two first pages.
            by_script(&a, &browser("b").token(None), ADA),
        ] {
            let Err(AppError::Stale { token }) = refused else {
                panic!("{refused:?}");
            };
            assert_eq!(by_form(&a, &token, ADA), Ok(()));
        }
        // A guest borrows nobody's authority: what she typed is not lost over two first pages.
        let guest = by_form(&a, &browser("b").token(None), None);
        assert!(matches!(guest, Err(AppError::Stale { .. })));
    }

    #[test]
    fn a_page_of_somebody_else_is_not_sent_in_ones_own_name() {
        let a = browser("a");
        assert_eq!(by_form(&a, &a.token(ADA), None), Err(AppError::SignIn));
        assert_eq!(by_script(&a, &a.token(ADA), None), Err(AppError::SignIn));
        assert_eq!(by_form(&a, &a.token(ADA), BEA), Err(AppError::OtherPerson));
        assert_eq!(
            by_script(&a, &a.token(ADA), BEA),
            Err(AppError::OtherPerson)
        );
    }

    #[test]
    fn a_browser_without_its_cookie_is_told_so() {
        let without = Browser {
            is_new: true,
            ..browser("a")
        };
        let token = browser("b").token(None);
        assert_eq!(by_form(&without, &token, None), Err(AppError::NoCookies));
        assert_eq!(
            judge(&without, &Brought::Nothing, None),
            Err(AppError::Forged)
        );
    }
}
