//! What a page asks the server for before it is shown.
//!
//! All pages load by one and the same resource, whose value is closed: text as the page or an answer brought it, or the
//! value itself. What loading takes is compiled once and not for each page; only [`Load`] knows what is inside.

use crate::error::{AppError, AppResult};
use crate::prelude::*;
use crate::wire::packed;
use leptos::server::codee::{Decoder, Encoder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::any::Any;
use std::convert::Infallible;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

/// What can be loaded.
pub trait Value: Clone + Serialize + DeserializeOwned + Send + Sync + 'static {}

impl<T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static> Value for T {}

/// Something that is loaded.
pub struct Load<T> {
    pub(super) cargo: Resource<AppResult<Cargo>, LoadedInPage>,
    value: PhantomData<fn() -> T>,
}

impl<T> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Load<T> {}

impl<T> Load<T> {
    /// Asks once more.
    pub fn again(self) {
        self.cargo.refetch();
    }
}

/// Loads what `fetch` brings for `source`, and again when `source` is another. The server sends the page with it.
pub fn load<S, T, F>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> F + Send + Sync + 'static,
) -> Load<T>
where
    S: Clone + PartialEq + Send + 'static,
    T: Value,
    F: Future<Output = AppResult<T>> + Send + 'static,
{
    let wanted = Arc::new(Mutex::new(Wanted::default()));
    let source = {
        let wanted = wanted.clone();
        move || {
            let now = source();
            wanted
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .want(now)
        }
    };
    let fetch = move |_| -> Fetching {
        let source = wanted
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .source
            .clone();
        // It is never asked for before it is wanted.
        let fetching = source.map(&fetch);
        Box::pin(async move {
            let loaded = match fetching {
                Some(fetching) => fetching.await.and_then(Cargo::of),
                None => Err(AppError::NotUnderstood),
            };
            #[cfg(feature = "ssr")]
            if loaded.is_err() {
                crate::server::guest::lacks_something();
            }
            loaded
        })
    };
    Load {
        cargo: resource(Box::new(source), Box::new(fetch)),
        value: PhantomData,
    }
}

/// What is wanted at last, and how often it was something else.
struct Wanted<S> {
    changes: u32,
    source: Option<S>,
}

impl<S> Default for Wanted<S> {
    fn default() -> Self {
        Wanted {
            changes: 0,
            source: None,
        }
    }
}

impl<S: PartialEq> Wanted<S> {
    fn want(&mut self, source: S) -> u32 {
        if self.source.as_ref() != Some(&source) {
            self.changes = self.changes.wrapping_add(1);
            self.source = Some(source);
        }
        self.changes
    }
}

type Fetching = Pin<Box<dyn Future<Output = AppResult<Cargo>> + Send>>;

fn resource(
    source: Box<dyn Fn() -> u32 + Send + Sync>,
    fetch: Box<dyn Fn(u32) -> Fetching + Send + Sync>,
) -> Resource<AppResult<Cargo>, LoadedInPage> {
    Resource::new_with_options(source, fetch, true)
}

/// A value, closed.
#[derive(Clone)]
pub(super) struct Cargo {
    value: Option<Arc<dyn Any + Send + Sync>>,
    text: Arc<str>,
}

impl Cargo {
    fn of<T: Value>(value: T) -> AppResult<Cargo> {
        // Only the server writes it into a page.
        let text = match cfg!(feature = "ssr") {
            true => packed::to_text(&packed::pack(&value)?),
            false => String::new(),
        };
        Ok(Cargo {
            value: Some(Arc::new(value)),
            text: text.into(),
        })
    }

    /// What is inside.
    pub fn open<T: Value>(&self) -> AppResult<T> {
        match &self.value {
            Some(value) => value.downcast_ref().cloned().ok_or(AppError::NotUnderstood),
            None => packed::read_text(&self.text),
        }
    }
}

/// How what was loaded stands in a page.
pub(super) struct LoadedInPage;

/// Before the text of a value.
const VALUE: char = '+';
/// Before the text of an error.
const ERROR: char = '-';

impl Encoder<AppResult<Cargo>> for LoadedInPage {
    type Error = Infallible;
    type Encoded = String;

    fn encode(loaded: &AppResult<Cargo>) -> Result<String, Infallible> {
        Ok(match loaded {
            Ok(cargo) => format!("{VALUE}{}", cargo.text),
            Err(error) => format!(
                "{ERROR}{}",
                packed::to_text(&packed::pack(error).unwrap_or_default())
            ),
        })
    }
}

impl Decoder<AppResult<Cargo>> for LoadedInPage {
    type Error = Infallible;
    type Encoded = str;

    fn decode(text: &str) -> Result<AppResult<Cargo>, Infallible> {
        Ok(match text.strip_prefix(VALUE) {
            Some(text) => Ok(Cargo {
                value: None,
                text: text.into(),
            }),
            None => {
                let error = text.strip_prefix(ERROR).unwrap_or_default();
                Err(packed::read_text(error).unwrap_or_else(|unreadable| unreadable))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Cargo, LoadedInPage, Wanted};
    use crate::error::{AppError, AppResult};
    use leptos::server::codee::{Decoder, Encoder};

    fn through_a_page(loaded: &AppResult<Cargo>) -> AppResult<Cargo> {
        let Ok(text) = LoadedInPage::encode(loaded);
        let Ok(read) = LoadedInPage::decode(&text);
        read
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn a_page_brings_what_was_loaded() {
        let loaded = Cargo::of(vec!["a".to_owned(), "+b\u{2028}".to_owned()]);
        let opened = loaded.as_ref().unwrap().open::<Vec<String>>();
        assert_eq!(through_a_page(&loaded).unwrap().open(), opened);
        assert_eq!(opened.unwrap().len(), 2);
    }

    #[test]
    fn a_page_brings_why_nothing_was() {
        let refused = Err(AppError::TooMany { retry_after: 5 });
        assert_eq!(through_a_page(&refused).err(), refused.err());
    }

    #[test]
    fn what_is_something_else_is_not_understood() {
        let Ok(Ok(cargo)) = LoadedInPage::decode("+\u{105}") else {
            panic!("a value");
        };
        assert_eq!(cargo.open::<String>(), Err(AppError::NotUnderstood));
        assert!(matches!(
            LoadedInPage::decode("?"),
            Ok(Err(AppError::NotUnderstood))
        ));
    }

    #[test]
    fn the_same_is_wanted_once() {
        let mut wanted = Wanted::default();
        let counts = [1, 1, 2, 2, 1].map(|source| wanted.want(source));
        assert_eq!(counts, [1, 1, 2, 2, 3]);
    }
}
