//! How a client takes what it is answered with.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_ENCODING;

/// Whether answers may be packed in this way: `gzip`, `br`.
pub fn takes(headers: &HeaderMap, packing: &str) -> bool {
    headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|accepted| accepted.to_str().ok())
        .flat_map(|accepted| accepted.split(','))
        .any(|accepted| names(accepted, packing))
}

/// Whether `gzip;q=0.8` and the like name a packing, and do not say that it is not wanted.
fn names(accepted: &str, packing: &str) -> bool {
    let mut said = accepted.split(';').map(str::trim);
    let named = said
        .next()
        .is_some_and(|name| name.eq_ignore_ascii_case(packing));
    let unwanted = said.any(|said| {
        said.strip_prefix("q=")
            .is_some_and(|quality| quality.parse() == Ok(0.0))
    });
    named && !unwanted
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn what_is_named_is_taken_unless_it_is_not_wanted() {
        for (said, taken) in [
            ("gzip", true),
            ("deflate, GZIP;q=0.5, br", true),
            ("br;q=1.0, gzip ; q=0", false),
            ("x-gzip", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(said));
            assert_eq!(takes(&headers, "gzip"), taken, "{said}");
        }
        assert!(!takes(&HeaderMap::new(), "gzip"));
    }
}
