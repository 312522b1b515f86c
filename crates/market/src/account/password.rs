use super::argon::KeptArgon2;
use crate::task::Workers;
use crate::{Error, Result};
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use model::nfc;
use std::sync::LazyLock;

/// Each hash takes about 20 MiB and a core; more at once would let log-ins starve everything else. As many wait as are
/// answered in two seconds or so.
static WORKERS: Workers = Workers::new("passwords", 2, 64);

/// Verified against when there is no such account, so that the answer takes as long as for one that exists.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash_now("nobody has this password").unwrap_or_default());

/// An argon2id hash with its own salt and parameters in it.
pub(super) async fn hash(password: String) -> Result<String> {
    WORKERS.run(move || hash_now(&password)).await?
}

/// Whether a password is the one behind `hash`; `None` takes as long and is always wrong.
pub(super) async fn verify(password: String, hash: Option<String>) -> Result<bool> {
    let work = move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.clone());
        let right = PasswordHash::new(&hash).is_ok_and(|hash| {
            KeptArgon2
                .verify_password(nfc(&password).as_bytes(), &hash)
                .is_ok()
        });
        known && right
    };
    WORKERS.run(work).await
}

/// Composed: keyboards differ in how they send `é`.
fn hash_now(password: &str) -> Result<String> {
    let hash = KeptArgon2.hash_password(nfc(password).as_bytes());
    hash.map(|hash| hash.to_string())
        .map_err(|error| Error::Broken(format!("password hash: {error}")))
}
