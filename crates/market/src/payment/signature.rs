//! How the sandbox signs its messages, which is how most providers do it: a keyed hash over the moment of sending
//! and the body, so that neither can be changed and an old message can't be sent again later.

use super::Forged;
use hmac::{Hmac, KeyInit, Mac};
use model::Timestamp;
use sha2::Sha256;
use std::fmt;

/// How far the sender's clock and ours may differ, the way here included.
const TOLERANCE_SECONDS: u64 = 5 * 60;

/// What only the provider and the market know. It can't be printed by accident.
#[derive(Clone)]
pub struct Secret(Hmac<Sha256>);

impl Secret {
    /// Fewer characters could be guessed.
    pub const SHORTEST: usize = 32;

    /// `None` when it is too short to be one.
    #[must_use]
    pub fn new(text: &str) -> Option<Secret> {
        if text.len() < Self::SHORTEST {
            return None;
        }
        Hmac::new_from_slice(text.as_bytes()).ok().map(Secret)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

/// The signature of a message sent now: `t=<seconds since 1970>,v1=<64 hexadecimal digits>`.
#[must_use]
pub fn sign(secret: &Secret, now: Timestamp, body: &[u8]) -> String {
    let seconds = now.0 / 1000;
    let hash = keyed_hash(secret, &seconds.to_string(), body).finalize();
    let hex = hex::encode(hash.into_bytes());
    format!("t={seconds},v1={hex}")
}

/// Whether a message was signed with the secret, not long ago. The comparison takes equally long wherever the first
/// difference is.
pub(super) fn check(
    secret: &Secret,
    now: Timestamp,
    signature: &str,
    body: &[u8],
) -> Result<(), Forged> {
    let (time, hash) = parts(signature).ok_or(Forged)?;
    let sent: i64 = time.parse().map_err(|_| Forged)?;
    let hash = hex::decode(hash).map_err(|_| Forged)?;
    keyed_hash(secret, time, body)
        .verify_slice(&hash)
        .map_err(|_| Forged)?;
    if (now.0 / 1000).abs_diff(sent) > TOLERANCE_SECONDS {
        return Err(Forged);
    }
    Ok(())
}

fn keyed_hash(secret: &Secret, time: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = secret.0.clone();
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac
}

/// The time and the hash of a signature.
fn parts(signature: &str) -> Option<(&str, &str)> {
    let (time, hash) = signature.split_once(',')?;
    Some((time.strip_prefix("t=")?, hash.strip_prefix("v1=")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_772_442_000_000);
    const BODY: &[u8] = br#"{"charge":"charge:order:1"}"#;

    fn secret(letter: &str) -> Secret {
        Secret::new(&letter.repeat(32)).unwrap()
    }

    fn later(seconds: i64) -> Timestamp {
        Timestamp(NOW.0 + seconds * 1000)
    }

    #[test]
    fn a_known_message_has_the_signature_that_other_programs_compute() {
        // printf '1772442000.{"charge":"charge:order:1"}' | openssl dgst -sha256 -hmac "$(printf 'a%.0s' {1..32})"
        let hash = "4b762f293b7a60ec56f0119d34d8561850a42ce23e5a6ca988b06dec98d27932";
        assert_eq!(
            sign(&secret("a"), NOW, BODY),
            format!("t=1772442000,v1={hash}")
        );
    }

    #[test]
    fn what_was_signed_is_believed_for_five_minutes() {
        let signature = sign(&secret("a"), NOW, BODY);
        for (moment, believed) in [
            (0, true),
            (300, true),
            (-300, true),
            (301, false),
            (-301, false),
        ] {
            let checked = check(&secret("a"), later(moment), &signature, BODY);
            assert_eq!(checked.is_ok(), believed, "{moment} seconds later");
        }
    }

    #[test]
    fn whatever_is_changed_is_noticed() {
        let signature = sign(&secret("a"), NOW, BODY);
        let refused = |secret: &Secret, signature: &str, body: &[u8]| {
            assert_eq!(
                check(secret, NOW, signature, body),
                Err(Forged),
                "{signature}"
            );
        };
        refused(&secret("b"), &signature, BODY);
        refused(&secret("a"), &signature, br#"{"charge":"charge:order:2"}"#);
        refused(
            &secret("a"),
            &signature.replace("t=1772442000", "t=1772442001"),
            BODY,
        );
        refused(&secret("a"), &signature[..signature.len() - 2], BODY);
        refused(&secret("a"), &signature[..signature.len() - 1], BODY);
        for nonsense in [
            "",
            "t=1772442000",
            "t=1772442000,v1=",
            "v1=00,t=1",
            "t=x,v1=00",
        ] {
            refused(&secret("a"), nonsense, BODY);
        }
    }

    #[test]
    fn a_short_secret_is_none_and_a_long_one_is_not_printed() {
        assert!(Secret::new("too short").is_none());
        assert_eq!(format!("{:?}", secret("a")), "Secret(hidden)");
    }
}
