//! Makes requests: one at a time per turn, redirect by redirect.

use super::answer::{self, Fetched, Refetched, Validators};
use super::client::client;
use super::error::FetchError;
use super::guard::Guard;
use super::pace::Paced;
use super::resolver::{Guarded, System};
use super::settings::{Limits, Settings};
use crate::page::Page;
use reqwest::dns::Resolve;
use reqwest::header::{ACCEPT, HeaderMap, IF_MODIFIED_SINCE, IF_NONE_MATCH, LOCATION, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Reads from other people's servers within the rules of this module. Cheap to clone.
#[derive(Clone)]
pub struct Fetcher(Arc<Inner>);

struct Inner {
    client: Client,
    guard: Arc<Guard>,
    limits: Limits,
    pages: Paced,
    images: Paced,
}

/// What is asked for, which decides about limits and turns.
#[derive(Clone, Copy)]
enum Kind {
    Page,
    Image,
    List,
    File,
}

impl Fetcher {
    /// Fails if this machine has no certificates to trust.
    pub fn new(settings: &Settings) -> Result<Self, FetchError> {
        Self::with_guard(settings, Guard::new(&settings.more_ports))
    }

    /// With a guard of one's own.
    ///
    /// # Errors
    /// As for [`Fetcher::new`].
    pub fn with_guard(settings: &Settings, guard: Guard) -> Result<Self, FetchError> {
        Self::with(settings, guard, Arc::new(System))
    }

    /// With a guard and a resolver of one's own.
    ///
    /// # Errors
    /// As for [`Fetcher::new`].
    pub fn with(
        settings: &Settings,
        guard: Guard,
        resolver: Arc<dyn Resolve>,
    ) -> Result<Self, FetchError> {
        let guard = Arc::new(guard);
        let resolver = Guarded {
            guard: Arc::clone(&guard),
            inner: resolver,
        };
        Ok(Self(Arc::new(Inner {
            client: client(settings, resolver)?,
            guard,
            limits: settings.limits,
            pages: Paced::new(settings.pages),
            images: Paced::new(settings.images),
        })))
    }

    pub fn guard(&self) -> &Guard {
        &self.0.guard
    }

    /// An HTML page.
    pub async fn page(&self, url: &Url) -> Result<Fetched, FetchError> {
        self.new_version(Kind::Page, url).await
    }

    /// An HTML page, if it is another one than `known`.
    pub async fn page_again(&self, url: &Url, known: &Validators) -> Result<Refetched, FetchError> {
        self.get(Kind::Page, url, known).await
    }

    /// A picture. What it really holds must still be found out by decoding it.
    pub async fn image(&self, url: &Url) -> Result<Fetched, FetchError> {
        self.new_version(Kind::Image, url).await
    }

    /// What a shop's platform tells programs about one product, or a page of a list: JSON.
    pub async fn list(&self, url: &Url) -> Result<Fetched, FetchError> {
        self.new_version(Kind::List, url).await
    }

    /// `robots.txt` or a sitemap, whatever type it is said to have.
    pub async fn file(&self, url: &Url) -> Result<Fetched, FetchError> {
        self.new_version(Kind::File, url).await
    }

    async fn new_version(&self, kind: Kind, url: &Url) -> Result<Fetched, FetchError> {
        match self.get(kind, url, &Validators::default()).await? {
            Refetched::Modified(fetched) => Ok(fetched),
            // Nobody asked whether it was.
            Refetched::NotModified => Err(FetchError::BrokenOff),
        }
    }

    async fn get(
        &self,
        kind: Kind,
        url: &Url,
        known: &Validators,
    ) -> Result<Refetched, FetchError> {
        self.0.guard.check(url)?;
        let pace = match kind {
            Kind::Image => &self.0.images,
            Kind::Page | Kind::List | Kind::File => &self.0.pages,
        };
        pace.turn(url.host_str().unwrap_or_default()).await;
        tokio::time::timeout(self.0.limits.time, self.follow(kind, url, known))
            .await
            .map_err(|_| FetchError::TooSlow)?
    }

    /// Goes from redirect to redirect until there is an answer.
    async fn follow(
        &self,
        kind: Kind,
        url: &Url,
        known: &Validators,
    ) -> Result<Refetched, FetchError> {
        let mut url = url.clone();
        for _ in 0..=self.0.limits.redirects {
            self.0.guard.check(&url)?;
            let response = self.request(kind, &url, known).await?;
            match redirect(&response) {
                Some(location) => url = self.0.guard.redirect(&url, &location)?,
                None if response.status() == StatusCode::NOT_MODIFIED => {
                    return Ok(Refetched::NotModified);
                }
                None => return self.receive(kind, url, response).await,
            }
        }
        Err(FetchError::TooManyRedirects)
    }

    async fn request(
        &self,
        kind: Kind,
        url: &Url,
        known: &Validators,
    ) -> Result<Response, FetchError> {
        let mut request = self
            .0
            .client
            .get(url.clone())
            .header(ACCEPT, kind.accepted());
        if let Some(etag) = &known.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(date) = &known.last_modified {
            request = request.header(IF_MODIFIED_SINCE, date);
        }
        Ok(request.send().await?)
    }

    async fn receive(
        &self,
        kind: Kind,
        url: Url,
        response: Response,
    ) -> Result<Refetched, FetchError> {
        check_status(&response)?;
        let headers = response.headers();
        let content_type = answer::content_type(headers);
        kind.check(content_type.as_deref())?;
        let validators = answer::validators(headers);
        let bytes = answer::body(response, kind.limit(&self.0.limits)).await?;
        let page = Page {
            url,
            content_type,
            bytes,
        };
        Ok(Refetched::Modified(Fetched { page, validators }))
    }
}

impl Kind {
    fn accepted(self) -> &'static str {
        match self {
            Self::Page => "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
            // What the market can show; servers that convert would otherwise send newer formats.
            Self::Image => "image/webp,image/png,image/jpeg,image/*;q=0.5",
            Self::List => "application/json,*/*;q=0.5",
            Self::File => "application/xml,text/xml,text/plain,*/*;q=0.5",
        }
    }

    fn limit(self, limits: &Limits) -> usize {
        match self {
            Self::Page => limits.page,
            Self::Image => limits.image,
            Self::List | Self::File => limits.list,
        }
    }

    /// Many servers give no type, or one that says nothing. Only a type that says something else counts.
    fn check(self, content_type: Option<&str>) -> Result<(), FetchError> {
        let Some(kind) = content_type.map(answer::media_type) else {
            return Ok(());
        };
        // JSON is what a shop's software tells programs: people do paste such links.
        let is_page = || {
            let readable = ["html", "text/", "json"];
            kind.is_empty() || readable.iter().any(|word| kind.contains(word))
        };
        let is_bytes = || {
            matches!(
                kind.as_str(),
                "application/octet-stream" | "binary/octet-stream"
            )
        };
        match self {
            Self::Page if !is_page() => Err(FetchError::NotAPage { kind: shown(kind) }),
            Self::Image if !kind.starts_with("image/") && !is_bytes() => {
                Err(FetchError::NotAPicture { kind: shown(kind) })
            }
            Self::Page | Self::Image | Self::List | Self::File => Ok(()),
        }
    }
}

/// A media type is shown to people, so it must look like one.
fn shown(kind: String) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '+' | '-' | '.');
    if kind.len() <= 80 && kind.chars().all(plain) {
        kind
    } else {
        "of an unknown type".into()
    }
}

/// Where the server sends us instead.
fn redirect(response: &Response) -> Option<String> {
    use StatusCode as S;
    let elsewhere = matches!(
        response.status(),
        S::MOVED_PERMANENTLY
            | S::FOUND
            | S::SEE_OTHER
            | S::TEMPORARY_REDIRECT
            | S::PERMANENT_REDIRECT
    );
    let location = response.headers().get(LOCATION).filter(|_| elsewhere)?;
    Some(String::from_utf8_lossy(location.as_bytes()).into_owned())
}

fn check_status(response: &Response) -> Result<(), FetchError> {
    let status = response.status();
    let wait = wait(response.headers());
    match status.as_u16() {
        200..300 => Ok(()),
        401 | 403 | 407 | 451 => Err(FetchError::Blocked),
        404 | 410 => Err(FetchError::Gone),
        429 => Err(FetchError::Busy { wait }),
        503 if wait.is_some() => Err(FetchError::Busy { wait }),
        status => Err(FetchError::Failed { status }),
    }
}

/// `Retry-After` in seconds, at most a day. (Its other form, a date, is hardly ever sent.)
fn wait(headers: &HeaderMap) -> Option<Duration> {
    const LONGEST: u64 = 24 * 60 * 60;
    let seconds: u64 = headers
        .get(RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()?;
    Some(Duration::from_secs(seconds.min(LONGEST)))
}
