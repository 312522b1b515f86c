//! What a request that changes something brought, read once: which page it comes from, and what was typed.

use super::MOST_BYTES;
use super::token::Brought;
use crate::done::own_path;
use crate::error::AppError;
use crate::paths;
use crate::server::accepts_page;
use crate::wire::flash::{Kept, may_keep};
use crate::wire::names::{BACK_INPUT, BUTTON_INPUT, KEPT_INPUT, TOKEN_HEADER, TOKEN_INPUT};
use axum::body::{Body, BodyDataStream, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, HeaderName};
use futures::{StreamExt, stream};
use http_body_util::LengthLimitError;

/// The most of a multipart form that its first fields may take: those that say where it comes from.
const MOST_BEFORE: usize = 16 * 1024;

/// What was typed, by input name.
pub type Values = Vec<(String, String)>;

/// What came with a request, but for what the function that it is for reads by itself.
#[derive(Debug, Default)]
pub(super) struct Sent {
    /// It asks for a page: a browser without JavaScript sends it.
    pub plain: bool,
    /// From the header.
    script_token: Option<String>,
    /// Fields in their order, secrets included.
    fields: Values,
}

impl Sent {
    /// Reads a request, and gives it back as it was.
    ///
    /// # Errors
    /// [`AppError::TooLarge`], [`AppError::Unreadable`].
    pub async fn read(request: Request) -> Result<(Sent, Request), AppError> {
        let headers = request.headers();
        let sent = Sent {
            plain: accepts_page(headers),
            script_token: header(headers, &HeaderName::from_static(TOKEN_HEADER))
                .map(ToOwned::to_owned),
            fields: Vec::new(),
        };
        let kind = header(headers, &CONTENT_TYPE)
            .unwrap_or_default()
            .to_owned();
        let (parts, body) = request.into_parts();
        if kind.starts_with("multipart/form-data") {
            // Files are not for us: the fields before them are enough.
            let (fields, body) = first_fields(body.into_data_stream()).await?;
            return Ok((Sent { fields, ..sent }, Request::from_parts(parts, body)));
        }
        let body = to_bytes(body, MOST_BYTES).await.map_err(why_unread)?;
        let fields = form_urlencoded::parse(&body).into_owned().collect();
        let request = Request::from_parts(parts, Body::from(body));
        Ok((Sent { fields, ..sent }, request))
    }

    pub fn token(&self) -> Brought<'_> {
        match (&self.script_token, self.field(TOKEN_INPUT)) {
            (Some(token), _) => Brought::ByScript(token),
            (None, Some(token)) => Brought::ByForm(token),
            (None, None) => Brought::Nothing,
        }
    }

    /// The path of the page the form stood on, as the form says it.
    pub fn back(&self) -> String {
        own_path(self.field(BACK_INPUT), paths::HOME)
    }

    /// Nothing was typed.
    pub fn is_only_a_button(&self) -> bool {
        self.field(BUTTON_INPUT).is_some()
    }

    /// A form of another page that a log-in carries with it.
    pub fn kept(&self) -> Option<Kept> {
        Kept::from_input(self.field(KEPT_INPUT)?)
    }

    /// What was typed, without secrets and without what the page itself put there.
    pub fn values(&self) -> Values {
        self.fields
            .iter()
            .filter(|(name, _)| {
                may_keep(name) && ![TOKEN_INPUT, BACK_INPUT, KEPT_INPUT].contains(&name.as_str())
            })
            .cloned()
            .collect()
    }

    fn field(&self, name: &str) -> Option<&str> {
        let (_, value) = self.fields.iter().find(|(known, _)| known == name)?;
        Some(value)
    }
}

fn header<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The server's own limit cuts off what is longer; a body that breaks off can't be read either.
fn why_unread(error: axum::Error) -> AppError {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return AppError::TooLarge("That is too large to be sent at once.".to_owned());
        }
        cause = error.source();
    }
    AppError::Unreadable
}

/// The fields of a multipart form before its first file, and the body as it was.
async fn first_fields(mut body: BodyDataStream) -> Result<(Values, Body), AppError> {
    let mut read = Vec::new();
    while !is_past_our_fields(&read) && read.len() < MOST_BEFORE {
        match body.next().await {
            Some(chunk) => read.extend_from_slice(&chunk.map_err(why_unread)?),
            None => break,
        }
    }
    let fields = text_fields(&read);
    let first = stream::once(async move { Ok::<_, axum::Error>(Bytes::from(read)) });
    Ok((fields, Body::from_stream(first.chain(body))))
}

/// The kit writes its fields first.
fn is_past_our_fields(read: &[u8]) -> bool {
    text_fields(read).len() >= 2
}

/// The text fields at the beginning of a multipart form that are there as a whole.
fn text_fields(read: &[u8]) -> Values {
    let text = String::from_utf8_lossy(read);
    let Some((boundary, _)) = text.split_once("\r\n") else {
        return Vec::new();
    };
    let parts = text.split(boundary).skip(1);
    // What follows the last boundary may be half of a field.
    let whole = text.matches(boundary).count().saturating_sub(1);
    parts
        .take(whole)
        .map_while(|part| {
            let (head, value) = part.trim_start_matches("\r\n").split_once("\r\n\r\n")?;
            let is_file = head.contains("filename=");
            let name = head.split_once("name=\"")?.1.split_once('"')?.0;
            let value = value.strip_suffix("\r\n").unwrap_or(value);
            (!is_file).then(|| (name.to_owned(), value.to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(fields: &[(&str, &str)]) -> Sent {
        Sent {
            fields: fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            ..Sent::default()
        }
    }

    #[test]
    fn the_way_back_is_a_path_of_this_market() {
        for (said, way) in [
            ("/log-in?next=%2Fcart", "/log-in?next=%2Fcart"),
            ("//evil.example/x", "/"),
            ("https://evil.example", "/"),
            ("/\\evil.example", "/"),
            ("", "/"),
        ] {
            assert_eq!(sent(&[(BACK_INPUT, said)]).back(), way, "{said}");
        }
        assert_eq!(sent(&[]).back(), "/");
    }

    #[test]
    fn secrets_and_what_the_page_put_there_are_not_shown_again() {
        let sent = sent(&[
            (TOKEN_INPUT, "a"),
            (BACK_INPUT, "/"),
            ("form[password]", "b"),
            ("form[email]", "c"),
        ]);
        assert_eq!(sent.values(), [("form[email]".into(), "c".into())]);
    }

    #[tokio::test]
    async fn a_multipart_form_gives_its_first_fields_and_stays_whole() {
        let form = "--x\r\nContent-Disposition: form-data; name=\"_token\"\r\n\r\nabc\r\n\
                    --x\r\nContent-Disposition: form-data; name=\"_back\"\r\n\r\n/here\r\n\
                    --x\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"_token\"\r\n\r\nPNG\r\n--x--\r\n";
        // However it is cut on its way.
        for length in [1, 7, 50, form.len()] {
            let pieces: Vec<_> = form
                .as_bytes()
                .chunks(length)
                .map(|piece| Ok::<_, axum::Error>(Bytes::copy_from_slice(piece)))
                .collect();
            let request = Request::builder()
                .header(CONTENT_TYPE, "multipart/form-data; boundary=x")
                .body(Body::from_stream(stream::iter(pieces)))
                .unwrap();
            let (sent, request) = Sent::read(request).await.unwrap();
            assert_eq!(sent.field("_token"), Some("abc"));
            assert_eq!(sent.back(), "/here");
            let whole = to_bytes(request.into_body(), MOST_BYTES).await.unwrap();
            assert_eq!(whole, form);
        }
    }
}
