//! Pictures of products, sent by their makers: a plain form, or a page's script that wants to know the picture.

use crate::middleware::body_limit::Limit;
use crate::middleware::request_id;
use crate::refusal::Refusal;
use crate::site::Site;
use app::done::own_path;
use app::error::AppError;
use app::flash::{Flash, Refused, Said};
use app::paths;
use app::server::SESSION_ACCOUNT;
use app::server::forms::SESSION_FLASH;
use axum::extract::multipart::MultipartError;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State};
use axum::http::header::{ACCEPT, REFERER};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use axum::{Json, Router};
use market::store::Owner;
use model::{AccountId, Picture, ProductId};
use tower_sessions::Session;

/// What the parts around the file itself may take, in bytes.
const ENVELOPE: usize = 16 * 1024;

/// The largest request, which is a little more than the largest picture.
pub fn limit(site: &Site) -> Limit {
    Limit(site.config.max_upload_bytes + ENVELOPE)
}

/// `POST /upload/product/{id}` with the fields `picture` (the file) and `alt` (what it shows; may be missing).
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
        Err(error) => return asking.answer(Err(error), String::new()).await,
    };
    let sent = match read(request).await {
        Ok(sent) => sent,
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return Refusal::to_headers(&asking.headers, &asking.path)
                .too_large(site.config.max_upload_bytes);
        }
        Err(_unreadable) => {
            return asking
                .answer(Err(AppError::Unreadable), String::new())
                .await;
        }
    };
    if sent.picture.is_empty() {
        let error = AppError::field("picture", "Choose a JPEG, PNG or WebP file.");
        return asking.answer(Err(error), sent.alt).await;
    }
    let stored =
        market::picture::add(&site.market, owner, id, sent.picture, sent.alt.clone()).await;
    asking
        .answer(stored.map_err(AppError::from), sent.alt)
        .await
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

    async fn answer(self, stored: Result<Picture, AppError>, alt: String) -> Response {
        let stored = stored.map_err(|error| self.numbered(error));
        if self.wants_page() {
            self.answer_page(stored, alt).await
        } else {
            answer_script(stored)
        }
    }

    /// Back to the page the form stood on, which then shows the picture or says what is wrong.
    async fn answer_page(self, stored: Result<Picture, AppError>, alt: String) -> Response {
        let back = self.page_before();
        let flash = match stored {
            Ok(_) => {
                let said = Said::done("The picture is added.".to_owned());
                Flash::on(&back, Some(said), None)
            }
            Err(AppError::SignIn) => {
                return Redirect::to(&paths::log_in_then(&back)).into_response();
            }
            Err(error) => {
                let refused = Refused {
                    action: self.path,
                    values: vec![("alt".to_owned(), alt)],
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

fn answer_script(stored: Result<Picture, AppError>) -> Response {
    match stored {
        Ok(picture) => Json(picture).into_response(),
        Err(error) => {
            let status =
                StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, Json(error)).into_response()
        }
    }
}

/// What came in.
#[derive(Default)]
struct Sent {
    picture: Vec<u8>,
    alt: String,
}

/// Reads the form. A body that is none, or that breaks off, is an error; fields of other names are skipped.
async fn read(request: Request) -> Result<Sent, Broken> {
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| Broken::NoForm)?;
    let mut sent = Sent::default();
    while let Some(field) = form.next_field().await? {
        match field.name() {
            Some("picture") => sent.picture = field.bytes().await?.to_vec(),
            Some("alt") => sent.alt = field.text().await?,
            _ => {}
        }
    }
    Ok(sent)
}

enum Broken {
    NoForm,
    Inside(MultipartError),
}

impl Broken {
    fn status(&self) -> StatusCode {
        match self {
            Self::NoForm => StatusCode::BAD_REQUEST,
            Self::Inside(error) => error.status(),
        }
    }
}

impl From<MultipartError> for Broken {
    fn from(error: MultipartError) -> Self {
        Self::Inside(error)
    }
}
