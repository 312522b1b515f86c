//! One reading of an e-mail address, for signing up, logging in, checking out and counting attempts alike.

use crate::text::{is_unseen, nfkc};

/// The longest host's name, as it is sent.
const HOST_BYTES: usize = 253;

/// An address as it is kept and compared: in small plain letters, without spaces around it and unseen letters in it,
/// its host in its own script. Text that is no address gets a form, too.
#[must_use]
pub fn normal_email(text: &str) -> String {
    let seen: String = text
        .chars()
        .filter(|c| !is_unseen(*c) && !c.is_control())
        .collect();
    let small = nfkc(&nfkc(&seen).to_lowercase());
    let small = small.trim();
    match small.rsplit_once('@') {
        Some((name, host)) if host.len() <= HOST_BYTES => format!("{name}@{}", own_script(host)),
        _ => small.to_owned(),
    }
}

/// `xn--bcher-kva.example` is `bücher.example`.
#[cfg(not(target_arch = "wasm32"))]
fn own_script(host: &str) -> String {
    match idna::domain_to_unicode(host) {
        (read, Ok(())) => read,
        _ => host.to_owned(),
    }
}

/// A browser leaves that to the server.
#[cfg(target_arch = "wasm32")]
fn own_script(host: &str) -> String {
    host.to_owned()
}

/// Whether a normal address is one plain address that mail can be sent to: no list, no comment, no quotes.
pub(crate) fn is_plain(email: &str) -> bool {
    const NAME_BYTES: usize = 64;
    let Some((name, host)) = email.rsplit_once('@') else {
        return false;
    };
    let name_is_plain = name.len() <= NAME_BYTES
        && name.split('.').all(|part| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c))
        });
    let labels: Vec<&str> = host.split('.').collect();
    let host_is_plain = labels.len() >= 2
        && labels.iter().all(|label| is_label(label))
        && labels
            .last()
            .is_some_and(|last| last.chars().any(char::is_alphabetic))
        && can_be_a_host(host);
    name_is_plain && host_is_plain
}

/// One part of a host's name; of letters that are not plain, [`can_be_a_host`] judges.
fn is_label(label: &str) -> bool {
    const LABEL_BYTES: usize = 63;
    !label.is_empty()
        && label.chars().count() <= LABEL_BYTES
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .chars()
            .all(|c| !c.is_ascii() || c == '-' || c.is_ascii_alphanumeric())
}

#[cfg(not(target_arch = "wasm32"))]
fn can_be_a_host(host: &str) -> bool {
    idna::domain_to_ascii(host).is_ok_and(|ascii| ascii.len() <= HOST_BYTES)
}

/// A browser leaves that to the server.
#[cfg(target_arch = "wasm32")]
fn can_be_a_host(host: &str) -> bool {
    host.len() <= HOST_BYTES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_account_has_one_spelling() {
        for text in [
            "mara@bücher.example",
            " Mara@BÜCHER.example ",
            "mara@xn--bcher-kva.example",
            "mara\u{200b}@bücher.example",
            "\u{1}mara@bu\u{308}cher.example",
            "ｍａｒａ＠bücher.example",
            "mara@bücher.example\u{2060}",
            "\u{feff}mara@bücher。example",
            "mara@bücher.example\0",
        ] {
            let normal = normal_email(text);
            assert_eq!(normal, "mara@bücher.example", "{text:?}");
            assert!(is_plain(&normal));
        }
    }

    #[test]
    fn a_normal_address_is_normal() {
        for text in [
            "İ@x.example",
            "ΣΑΣ@x.example",
            "ﬀ@x.example",
            "@",
            "a@b@c.example",
            "ẞ@ẞ.example",
            "x",
        ] {
            let once = normal_email(text);
            assert_eq!(normal_email(&once), once, "{text}");
        }
    }

    #[test]
    fn one_plain_address_passes() {
        for text in [
            "a@b.co",
            "o'brien+shop@mail.example",
            "a.b_c@sub.mail.example",
            "josé@bücher.example",
            "कप@कप.भारत",
        ] {
            assert!(is_plain(&normal_email(text)), "{text}");
        }
        for text in [
            "a@x.example,b@x.example",
            "<script>@x.example",
            "a b@x.example",
            "\"a b\"@x.example",
            "a(c)@x.example",
            "Ann <a@x.example>",
            "a@x.example;",
            "a@b@x.example",
            ".a@x.example",
            "a..b@x.example",
            "a@x",
            "a@-x.example",
            "a@x_y.example",
            "a@127.0.0.1",
            "a@[127.0.0.1]",
            "@x.example",
            "a@",
            "a@x..example",
            "a@.example",
            "a:b@x.example",
            "a\\b@x.example",
            "mailto:a@x.example",
            "a@x.example/../",
            "",
        ] {
            assert!(!is_plain(&normal_email(text)), "{text}");
        }
        assert!(!is_plain(&format!("{}@x.example", "a".repeat(65))));
        assert!(!is_plain(&format!("a@{}.example", "b".repeat(64))));
    }
}
