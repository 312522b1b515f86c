//! Files that are asked for again and again are answered from memory.
//!
//! What is kept is the disk's own answer to a plain question, headers and all. Whoever wants a part of a file, or makes
//! conditions that only the disk can judge, is answered by the disk.

use crate::accepted::takes;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header::{
    ACCEPT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    IF_RANGE, IF_UNMODIFIED_SINCE, LAST_MODIFIED, RANGE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

/// All that is kept at a time, in bytes.
const ROOM: u64 = 32 << 20;

/// About as large is a file, in bytes: a small picture of a product.
const USUAL: usize = 16 << 10;

/// Larger ones are left to the disk, in bytes.
const LARGEST: u64 = 1 << 20;

/// What an entry takes beside its file, in bytes.
const ENTRY: u64 = 512;

/// What makes an answer another than the plain one.
const CONDITIONS: [HeaderName; 5] = [
    RANGE,
    IF_RANGE,
    IF_MATCH,
    IF_NONE_MATCH,
    IF_UNMODIFIED_SINCE,
];

/// The files that were asked for most.
pub struct Memory(Cache<Key, Arc<Kept>, Weight>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    path: Box<str>,
    packing: Packing,
}

/// How a client takes a file, as far as there are copies of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Packing {
    Brotli,
    Gzip,
    None,
}

/// A file as it was answered with.
pub struct Kept {
    headers: HeaderMap,
    body: Bytes,
    /// When it was changed last.
    pub changed: SystemTime,
    /// Since when it is kept.
    pub since: Instant,
}

#[derive(Clone)]
struct Weight;

impl Weighter<Key, Arc<Kept>> for Weight {
    fn weight(&self, key: &Key, kept: &Arc<Kept>) -> u64 {
        let bytes = key.path.len().saturating_add(kept.body.len());
        u64::try_from(bytes).unwrap_or(ROOM).saturating_add(ENTRY)
    }
}

impl Memory {
    pub fn new() -> Memory {
        let files = usize::try_from(ROOM).unwrap_or(usize::MAX) / USUAL;
        Memory(Cache::with_weighter(files, ROOM, Weight))
    }

    /// Answers from memory what is there and, as `is_current` judges, still so; everything else
    /// is answered by `disk`, and kept.
    pub async fn answer<F: Future<Output = Response>>(
        &self,
        mut request: Request,
        is_current: impl FnOnce(&Kept) -> bool,
        disk: impl FnOnce(Request) -> F,
    ) -> Response {
        if !is_plain(&request) {
            return disk(request).await;
        }
        let key = Key {
            path: request.uri().path().into(),
            packing: Packing::of(request.headers()),
        };
        if let Some(kept) = self.0.get(&key) {
            if is_current(&kept) {
                return kept.answer(&request);
            }
            self.0.remove(&key);
        }
        // What is kept is for everybody who takes files as she does.
        request
            .headers_mut()
            .insert(ACCEPT_ENCODING, key.packing.accepts());
        if request.method() != Method::GET {
            return disk(request).await;
        }
        self.keep(key, disk(request).await).await
    }

    async fn keep(&self, key: Key, response: Response) -> Response {
        let headers = response.headers();
        let length = headers.get(CONTENT_LENGTH).and_then(|length| {
            let length: u64 = length.to_str().ok()?.parse().ok()?;
            (length <= LARGEST).then_some(length)
        });
        let (Some(length), Some(changed), StatusCode::OK) =
            (length, time_in(headers, &LAST_MODIFIED), response.status())
        else {
            return response;
        };
        let (parts, body) = response.into_parts();
        let Ok(body) = to_bytes(body, usize::try_from(LARGEST).unwrap_or(usize::MAX)).await else {
            return failed();
        };
        // A file that was cut off while it was read.
        if u64::try_from(body.len()) != Ok(length) {
            return failed();
        }
        let kept = Kept {
            headers: parts.headers.clone(),
            body: body.clone(),
            changed,
            since: Instant::now(),
        };
        self.0.insert(key, Arc::new(kept));
        Response::from_parts(parts, Body::from(body))
    }
}

impl Kept {
    fn answer(&self, request: &Request) -> Response {
        let since = time_in(request.headers(), &IF_MODIFIED_SINCE);
        let is_known = since.is_some_and(|since| self.changed <= since);
        let body = if is_known || request.method() == Method::HEAD {
            Body::empty()
        } else {
            Body::from(self.body.clone())
        };
        let mut response = Response::new(body);
        *response.headers_mut() = self.headers.clone();
        if is_known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            for of_the_body in [CONTENT_LENGTH, CONTENT_TYPE] {
                response.headers_mut().remove(of_the_body);
            }
        }
        response
    }
}

impl Packing {
    fn of(headers: &HeaderMap) -> Packing {
        if takes(headers, "br") {
            Packing::Brotli
        } else if takes(headers, "gzip") {
            Packing::Gzip
        } else {
            Packing::None
        }
    }

    fn accepts(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Packing::Brotli => "br",
            Packing::Gzip => "gzip",
            Packing::None => "identity",
        })
    }
}

fn is_plain(request: &Request) -> bool {
    [Method::GET, Method::HEAD].contains(request.method())
        && CONDITIONS
            .iter()
            .all(|condition| !request.headers().contains_key(condition))
}

fn time_in(headers: &HeaderMap, name: &HeaderName) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(name)?.to_str().ok()?).ok()
}

fn failed() -> Response {
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::time::{Duration, UNIX_EPOCH};

    fn changed() -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_800_000_000)
    }

    fn asked(method: Method, headers: &[(HeaderName, &'static str)]) -> Request {
        let mut request = Request::new(Body::empty());
        *request.method_mut() = method;
        for (name, value) in headers {
            request
                .headers_mut()
                .insert(name, HeaderValue::from_static(value));
        }
        request
    }

    fn file(content: &'static str) -> Response {
        let mut response = Response::new(Body::from(content));
        let headers = response.headers_mut();
        headers.insert(CONTENT_LENGTH, HeaderValue::from(content.len()));
        let changed = httpdate::fmt_http_date(changed());
        headers.insert(LAST_MODIFIED, HeaderValue::from_str(&changed).unwrap());
        response
    }

    async fn body(response: Response) -> Bytes {
        to_bytes(response.into_body(), usize::MAX).await.unwrap()
    }

    #[tokio::test]
    async fn the_disk_is_asked_once_for_each_packing() {
        let memory = Memory::new();
        let asked_disk = Cell::new(0);
        let disk = |_| async {
            asked_disk.set(asked_disk.get() + 1);
            file("body{}")
        };
        for _ in 0..3 {
            let response = memory.answer(asked(Method::GET, &[]), |_| true, disk).await;
            assert_eq!(body(response).await, "body{}");
        }
        assert_eq!(asked_disk.get(), 1);
        let packed = asked(Method::GET, &[(ACCEPT_ENCODING, "gzip, br;q=0")]);
        memory.answer(packed, |_| true, disk).await;
        assert_eq!(asked_disk.get(), 2);
        let part = asked(Method::GET, &[(RANGE, "bytes=0-1")]);
        memory.answer(part, |_| true, disk).await;
        assert_eq!(asked_disk.get(), 3);
    }

    #[tokio::test]
    async fn what_is_not_so_any_more_is_not_answered() {
        let memory = Memory::new();
        memory
            .answer(asked(Method::GET, &[]), |_| true, async |_| file("old"))
            .await;
        let response = memory
            .answer(
                asked(Method::GET, &[]),
                |kept| kept.changed != changed(),
                async |_| file("new"),
            )
            .await;
        assert_eq!(body(response).await, "new");
    }

    #[tokio::test]
    async fn who_has_it_already_gets_no_body() {
        let memory = Memory::new();
        memory
            .answer(asked(Method::GET, &[]), |_| true, async |_| file("body{}"))
            .await;
        let nobody = async |_| file("asked again");
        let since = asked(
            Method::GET,
            &[(IF_MODIFIED_SINCE, "Fri, 15 Jan 2027 08:00:00 GMT")],
        );
        let response = memory.answer(since, |_| true, nobody).await;
        assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
        assert!(body(response).await.is_empty());
        let before = asked(
            Method::GET,
            &[(IF_MODIFIED_SINCE, "Fri, 15 Jan 2027 07:59:59 GMT")],
        );
        let response = memory.answer(before, |_| true, nobody).await;
        assert_eq!(body(response).await, "body{}");
        let head = memory
            .answer(asked(Method::HEAD, &[]), |_| true, nobody)
            .await;
        assert_eq!(head.headers()[CONTENT_LENGTH], "6");
        assert!(body(head).await.is_empty());
    }
}
