//! Pictures of products, sent by their makers: a plain form with any number of files, or a page's script that
//! sends them one by one and wants to know each.

use crate::middleware::body_limit::Limit;
use crate::middleware::request_id;
use crate::refusal::size;
use crate::site::Site;
use app::catalogue::pictures_added;
use app::done::Done;
use app::error::AppError;
use app::server::SESSION_ACCOUNT;
use app::server::forms::{self, Aside, Values};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use market::once::Sending;
use market::store::Owner;
use model::{AccountId, Checker, Picture, ProductId, limits};
use tower_sessions::Session;

/// The most read of one text between the files, in bytes: ten times the longest that is taken, so that its end is
/// not cut off unsaid.
const MOST_TYPED: usize = 10 * 4 * limits::ALT;

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
    let number = request_id::of(request.headers()).to_owned();
    // Who may not do this need not send megabytes first.
    let owner = match owner(&site, &session).await {
        Ok(owner) => owner,
        Err(error) => return refused(numbered(error, &number), Values::new()),
    };
    let mut coming_in = ComingIn {
        site: &site,
        owner,
        product: id,
        stored: Vec::new(),
        once: String::new(),
        alt: String::new(),
    };
    match coming_in.store(request).await {
        Ok(()) => added(coming_in.stored),
        Err(broken) => {
            let error = match broken {
                Broken::TooLarge => {
                    let most = size(site.config.max_upload_bytes);
                    AppError::TooLarge(format!("That is too large. Send at most {most}."))
                }
                Broken::Unreadable => AppError::Unreadable,
                Broken::Refused(error) => numbered(error, &number),
            };
            refused(error, vec![("alt".to_owned(), coming_in.alt)])
        }
    }
}

async fn owner(site: &Site, session: &Session) -> Result<Owner, AppError> {
    let account = session
        .get::<AccountId>(SESSION_ACCOUNT)
        .await?
        .ok_or(AppError::SignIn)?;
    Ok(market::account::signed(&site.market, account)
        .await?
        .store_owner()?)
}

/// A script sends one picture at a time and is told about that one; a person is told how many there are.
fn added(mut pictures: Vec<Picture>) -> Response {
    let aside = Aside {
        done: Done::say(pictures_added(pictures.len())),
        typed: Values::new(),
    };
    let mut response = Json(pictures.pop()).into_response();
    response.extensions_mut().insert(aside);
    response
}

/// `typed` is what the form gets back.
fn refused(error: AppError, typed: Values) -> Response {
    let mut response = forms::refusal(&error);
    let aside = Aside {
        done: Done::default(),
        typed,
    };
    response.extensions_mut().insert(aside);
    response
}

/// Outside of a page's context an error does not know the request's number by itself.
fn numbered(error: AppError, number: &str) -> AppError {
    match error {
        AppError::Internal { .. } => AppError::Internal {
            request_id: number.to_owned(),
        },
        other => other,
    }
}

/// A form that is being read, and what of it is stored already.
struct ComingIn<'a> {
    site: &'a Site,
    owner: Owner,
    product: ProductId,
    stored: Vec<Picture>,
    /// The form's key: sent twice, its pictures are there once.
    once: String,
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
                Some("alt") => self.alt = text(field).await?,
                Some("once") => self.once = text(field).await?,
                // What follows may be as long as it likes; none of it is kept.
                _ => {}
            }
        }
        let mut check = Checker::new();
        check.optional("alt", &self.alt, limits::ALT);
        if last.is_none() {
            check.refuse("picture", "Choose a JPEG, PNG or WebP file.");
        }
        let last = check
            .finish(last)
            .map_err(|wrong| Broken::Refused(wrong.into()))?;
        let Some(last) = last else {
            return Ok(());
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
        // Each file of the form is one of its things.
        let sending = Sending::under(&self.once).part(self.stored.len());
        let added =
            market::picture::add_once(market, self.owner, self.product, bytes, alt, sending);
        match added.await {
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

/// A text between the files: no more of it is read than a field may have, and a little to say that it is too long.
async fn text(mut field: Field<'_>) -> Result<String, Broken> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await? {
        let room = MOST_TYPED.saturating_sub(bytes.len());
        bytes.extend(chunk.iter().take(room));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
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
