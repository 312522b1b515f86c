//! Pictures of products, sent by their makers: a plain form with any number of files, or a page's script that
//! sends them one by one and wants to know each.

use crate::middleware::body_limit::Limit;
use crate::middleware::request_id;
use crate::refusal::Refusal;
use crate::site::Site;
use app::catalogue::pictures_added;
use app::done::own_path;
use app::error::AppError;
use app::flash::{Flash, Refused, Said};
use app::paths;
use app::server::SESSION_ACCOUNT;
use app::server::forms::SESSION_FLASH;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State};
use axum::http::header::{ACCEPT, REFERER};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use axum::{Json, Router};
use market::store::Owner;
use model::{AccountId, Picture, ProductId, limits};
use tower_sessions::Session;

/// What the parts around the files themselves may take, in bytes.
const ENVELOPE: usize = 16 * 1024;

/// The largest request: as many of the largest pictures as a product can have. They are stored as they come in,
/// so that no more than two are ever in memory.
pub fn limit(site: &Site) -> Limit {
    Limit(site.config.max_upload_bytes * limits::PICTURES + ENVELOPE)
}

/// `POST /upload/product/{id}` with a field `picture` for each file and `alt`, which says what it shows when
/// there is just one; more than one are described later.
pub fn routes() -> Router<Site> {
    // The limit around this route is the one that counts.
    Router::new()
        .route("/upload/product/{id}", post(product_picture))
        .layer(DefaultBodyLimit::disable())
}

async fn product_picture(
    State(site): State<Site>,
    Path(id): Path<ProductId>,
    session: Session,
    request: Request,
) -> Response {
    let asking = Asking {
        headers: request.headers().clone(),
        path: request.uri().path().to_owned(),
        session,
    };
    // Who may not do this need not send megabytes first.
    let owner = match asking.owner(&site).await {
        Ok(owner) => owner,
        Err(error) => return asking.answer(Err(error), Vec::new()).await,
    };
    let mut coming_in = ComingIn {
        site: &site,
        owner,
        product: id,
        stored: Vec::new(),
        alt: String::new(),
    };
    match coming_in.store(request).await {
        Ok(()) => asking.answer(Ok(coming_in.stored), Vec::new()).await,
        Err(Broken::TooLarge) => Refusal::to_headers(&asking.headers, &asking.path)
            .too_large(site.config.max_upload_bytes),
        Err(Broken::Unreadable) => asking.answer(Err(AppError::Unreadable), Vec::new()).await,
        Err(Broken::Refused(error)) => {
            let typed = vec![("alt".to_owned(), coming_in.alt)];
            asking.answer(Err(error), typed).await
        }
    }
}

/// What is still needed of the request once its body is read.
struct Asking {
    headers: HeaderMap,
    path: String,
    session: Session,
}

impl Asking {
    async fn owner(&self, site: &Site) -> Result<Owner, AppError> {
        let account = self
            .session
            .get::<AccountId>(SESSION_ACCOUNT)
            .await?
            .ok_or(AppError::SignIn)?;
        Ok(market::account::signed(&site.market, account)
            .await?
            .store_owner()?)
    }

    /// `typed` is what the form gets back when it is refused.
    async fn answer(
        self,
        stored: Result<Vec<Picture>, AppError>,
        typed: Vec<(String, String)>,
    ) -> Response {
        let stored = stored.map_err(|error| self.numbered(error));
        if self.wants_page() {
            self.answer_page(stored, typed).await
        } else {
            answer_script(stored)
        }
    }

    /// Back to the page the form stood on, which then shows the pictures or says what is wrong.
    async fn answer_page(
        self,
        stored: Result<Vec<Picture>, AppError>,
        typed: Vec<(String, String)>,
    ) -> Response {
        let back = self.page_before();
        let flash = match stored {
            Ok(pictures) => {
                let said = Said::done(pictures_added(pictures.len()));
                Flash::on(&back, Some(said), None)
            }
            Err(AppError::SignIn) => {
                return Redirect::to(&paths::log_in_then(&back)).into_response();
            }
            Err(error) => {
                let refused = Refused {
                    action: self.path,
                    values: typed,
                    error,
                };
                Flash::on(&back, None, Some(refused))
            }
        };
        if let Err(error) = self.session.insert(SESSION_FLASH, flash).await {
            tracing::error!(%error, "what the next page should show could not be kept");
        }
        Redirect::to(&back).into_response()
    }

    /// Outside of a page's context an error does not know the request's number by itself.
    fn numbered(&self, error: AppError) -> AppError {
        match error {
            AppError::Internal { .. } => AppError::Internal {
                request_id: request_id::of(&self.headers).to_owned(),
            },
            other => other,
        }
    }

    fn wants_page(&self) -> bool {
        let accept = self
            .headers
            .get(ACCEPT)
            .and_then(|accept| accept.to_str().ok());
        accept.is_some_and(|accept| accept.contains("text/html"))
    }

    /// The page of ours that the form stood on; the list of products when that is not known.
    fn page_before(&self) -> String {
        let address = self
            .headers
            .get(REFERER)
            .and_then(|referer| referer.to_str().ok()?.parse::<Uri>().ok());
        let path = address
            .as_ref()
            .and_then(Uri::path_and_query)
            .map(ToString::to_string);
        own_path(path.as_deref(), paths::DASHBOARD_PRODUCTS)
    }
}

/// A script sends one picture at a time and is told about that one.
fn answer_script(stored: Result<Vec<Picture>, AppError>) -> Response {
    match stored {
        Ok(mut pictures) => Json(pictures.pop()).into_response(),
        Err(error) => {
            let status =
                StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, Json(error)).into_response()
        }
    }
}

/// A form that is being read, and what of it is stored already.
struct ComingIn<'a> {
    site: &'a Site,
    owner: Owner,
    product: ProductId,
    stored: Vec<Picture>,
    alt: String,
}

/// One file as it came in.
struct Sent {
    name: String,
    bytes: Vec<u8>,
}

impl ComingIn<'_> {
    /// Reads the form to its end and stores each picture once the next begins. The last waits for the end: what
    /// it shows is said after it. Fields of other names are skipped.
    async fn store(&mut self, request: Request) -> Result<(), Broken> {
        let mut form = Multipart::from_request(request, &())
            .await
            .map_err(|_| Broken::Unreadable)?;
        let mut last: Option<Sent> = None;
        while let Some(field) = form.next_field().await? {
            match field.name() {
                Some("picture") => {
                    let sent = self.read(field).await?;
                    if sent.bytes.is_empty() {
                        continue;
                    }
                    if let Some(earlier) = last.replace(sent) {
                        self.add(earlier, String::new()).await?;
                    }
                }
                Some("alt") => self.alt = field.text().await?,
                _ => {}
            }
        }
        let Some(last) = last else {
            let error = AppError::field("picture", "Choose a JPEG, PNG or WebP file.");
            return Err(Broken::Refused(error));
        };
        let alt = if self.stored.is_empty() {
            self.alt.clone()
        } else {
            String::new()
        };
        self.add(last, alt).await
    }

    /// One file, unless it is longer than a picture may be.
    async fn read(&self, mut field: Field<'_>) -> Result<Sent, Broken> {
        let name = field.file_name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await? {
            if bytes.len() + chunk.len() > self.site.config.max_upload_bytes {
                return Err(Broken::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(Sent { name, bytes })
    }

    async fn add(&mut self, sent: Sent, alt: String) -> Result<(), Broken> {
        let Sent { name, bytes } = sent;
        let market = &self.site.market;
        match market::picture::add(market, self.owner, self.product, bytes, alt).await {
            Ok(picture) => {
                self.stored.push(picture);
                Ok(())
            }
            Err(error) => Err(Broken::Refused(self.among_several(error.into(), &name))),
        }
    }

    /// When others went well, a refusal says which one did not.
    fn among_several(&self, error: AppError, name: &str) -> AppError {
        match (error, self.stored.len()) {
            (AppError::Conflict(sentence), stored @ 1..) => {
                let added = pictures_added(stored);
                AppError::Conflict(format!("{added} “{name}” is not: {sentence}"))
            }
            (error, _) => error,
        }
    }
}

/// Why a form was not stored to its end.
enum Broken {
    /// A file, or all of it, is too long.
    TooLarge,
    /// It is no form, or breaks off.
    Unreadable,
    /// The market said no, or there was no file.
    Refused(AppError),
}

impl From<MultipartError> for Broken {
    fn from(error: MultipartError) -> Self {
        match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            _ => Self::Unreadable,
        }
    }
}
