//! Forms that work hydrated and without JavaScript, show mistakes at the field and lose nothing typed.
//!
//! ```ignore
//! let form = use_form::<SaveTerms>();
//! view! {
//!     <ServerForm form>
//!         <input type="hidden" name="product" value=product.id.to_string()/>
//!         <Field name="rate" label="Reward for each unit sold" value=terms.rate.typed() inputmode="decimal"/>
//!         <Submit>"Save"</Submit>
//!     </ServerForm>
//! }
//! ```
//!
//! - The server function takes `form: SomeForm` (a struct of texts in `model` with `validate()`), may take
//!   more arguments, and returns `AppResult<Done>`.
//! - `name` is the field's name as `validate()` says it (`email`, `variants[0][price]`); the input is sent as
//!   `form[email]`, `form[variants][0][price]`. Hidden inputs for other arguments carry the argument's name.
//! - Hydrated, the form is sent by `fetch` ([`super::send`]): mistakes appear at the fields, the button shows that
//!   it works, the sentence of [`Done`] becomes a toast and its path is gone to; the header is read again.
//! - Without JavaScript a refused post is answered with the same page, which shows the same mistakes and
//!   everything that was typed except secrets (see `server::forms`).
//! - Each form brings the token of its page, without which nothing is changed, and the path it leads back to.
//! - Where sending twice would make two things, the function takes `once: String` and the form is `once`: the same
//!   form sent again gives the first answer.
//! - Two forms of one server function on one page need `use_form_keyed` to be told apart.
//! - A form that changes what others may change meanwhile is `shared=true`: each field sends back what it showed, as
//!   `shown[email]`, to an argument `shown` of the same type as `form`. See `ui::shared`.
//! - A form that is `only_button` has no summary: its errors are toasts, and a guest is led to the log-in.
//! - To show again what changed, make a resource depend on [`Changes`](super::Changes) that follow the form.

use super::send::Sending;
use crate::done::Done;
use crate::error::{AppError, AppResult};
use crate::prelude::*;
use crate::ui::effect::effect;
use crate::ui::page_state::use_page;
use crate::ui::shared::clashes;
use crate::wire::flash::Refused;
use leptos::server_fn::codec::{Json, PostUrl};
use leptos::server_fn::{Http, ServerFn};
use model::Clash;

/// A server function that a form can post to.
pub trait FormFn:
    ServerFn<Protocol = Http<PostUrl, Json>, Output = Done, Error = AppError>
{
}

impl<T> FormFn for T where
    T: ServerFn<Protocol = Http<PostUrl, Json>, Output = Done, Error = AppError>
{
}

/// What the fields inside a [`ServerForm`](super::ServerForm) need to know. It is found by context.
#[derive(Clone, Copy)]
pub struct FormState {
    refused: StoredValue<Option<Refused>>,
    scope: StoredValue<String>,
    error: Signal<Option<AppError>>,
    pending: Signal<bool>,
    clashes: Signal<Vec<Clash>>,
    shared: bool,
}

impl FormState {
    /// What an input starts with: what was typed before a refusal, else `default`.
    #[must_use]
    pub fn value(self, input: &str, default: String) -> String {
        self.refused.with_value(|refused| {
            refused
                .as_ref()
                .and_then(|refused| refused.typed(input))
                .map_or(default, ToOwned::to_owned)
        })
    }

    /// Whether a checkbox starts ticked. An unticked box is not sent, so after a refusal silence means no.
    #[must_use]
    pub fn ticked(self, input: &str, default: bool) -> bool {
        self.refused.with_value(|refused| {
            refused
                .as_ref()
                .map_or(default, |refused| refused.typed(input).is_some())
        })
    }

    pub(super) fn with_shown_sent_back(self, shared: bool) -> FormState {
        FormState { shared, ..self }
    }

    /// Its fields send back what they showed.
    #[must_use]
    pub fn is_shared(self) -> bool {
        self.shared
    }

    /// What a field showed: after a refusal what the refused form had shown, else `default`. What was not kept was
    /// not shown.
    #[must_use]
    pub fn shown(self, input: &str, default: String) -> String {
        self.refused.with_value(|refused| match refused {
            Some(refused) => refused.typed(input).unwrap_or_default().to_owned(),
            None => default,
        })
    }

    /// What two have changed a field to.
    #[must_use]
    pub fn clash(self, field: &str) -> Memo<Option<Clash>> {
        let field = field.to_owned();
        let clashes = self.clashes;
        Memo::new(move |_| {
            clashes.with(|clashes| clashes.iter().find(|clash| clash.field == field).cloned())
        })
    }

    /// What makes the ids of this form's fields unlike those of every other form on the page.
    #[must_use]
    pub fn scope(self) -> String {
        self.scope.get_value()
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn error(self, field: &str) -> Signal<Option<String>> {
        let field = field.to_owned();
        let error = self.error;
        Signal::derive(move || {
            error.with(|error| error.as_ref().and_then(|error| error.about(&field)))
        })
    }

    /// The error as a type, for a page that shows it in a way of its own.
    #[must_use]
    pub fn failure(self) -> Signal<Option<AppError>> {
        self.error
    }

    /// The error as a sentence.
    #[must_use]
    pub fn summary(self) -> Signal<Option<String>> {
        let error = self.error;
        Signal::derive(move || error.with(|error| error.as_ref().map(ToString::to_string)))
    }

    /// Whether an answer is awaited.
    #[must_use]
    pub fn pending(self) -> Signal<bool> {
        self.pending
    }
}

/// The form around a [`FormState`], when there is one.
#[must_use]
pub fn current_form() -> Option<FormState> {
    use_context::<FormState>()
}

/// A form of one server function. What it sends is what its inputs hold, as a browser without JavaScript would send it.
#[derive(Clone, Copy)]
pub struct Form {
    pub(super) sending: Sending,
    pub(super) state: FormState,
    pub(super) key: StoredValue<Option<String>>,
}

impl std::ops::Deref for Form {
    type Target = FormState;

    fn deref(&self) -> &FormState {
        &self.state
    }
}

impl Form {
    /// The last answer.
    #[must_use]
    pub fn answer(self) -> Signal<Option<AppResult<Done>>> {
        self.sending.answer()
    }

    /// Does something each time it works.
    pub fn when_it_works(self, then: impl Fn() + 'static) {
        let answer = self.answer();
        effect(move || {
            if answer.with(|answer| matches!(answer, Some(Ok(_)))) {
                then();
            }
        });
    }
}

/// A form of the server function `S`; call it in the page and hand it to [`ServerForm`](super::ServerForm).
#[must_use]
pub fn use_form<S: FormFn>() -> Form {
    form_with(S::PATH, None)
}

/// Like [`use_form`], where a page holds several forms of one server function: `key` tells them apart.
#[must_use]
pub fn use_form_keyed<S: FormFn>(key: impl ToString) -> Form {
    form_with(S::PATH, Some(key.to_string()))
}

fn form_with(path: &'static str, key: Option<String>) -> Form {
    let page = use_page();
    let sending = Sending::to(path);
    let refused = page.refused(path, key.as_deref());
    // Whoever was asked to log in and has done so only needs what she typed.
    let settled =
        |error: &AppError| *error == AppError::SignIn && page.viewer().get_untracked().is_some();
    let before = refused
        .as_ref()
        .map(|refused| refused.error.clone())
        .filter(|error| !settled(error));
    let before_clashes = match &before {
        Some(AppError::Clash(clashes)) => clashes.clone(),
        _ => Vec::new(),
    };
    let answer = sending.answer();
    let error = Signal::derive(move || match answer.get() {
        Some(Ok(_)) => None,
        Some(Err(error)) => Some(error),
        None => before.clone(),
    });
    let scope = format!(
        "{}-{}-",
        path.rsplit('/').next().unwrap_or_default(),
        key.as_deref().unwrap_or_default()
    );
    let clashes = clashes(answer, before_clashes);
    let state = FormState {
        clashes,
        shared: false,
        refused: StoredValue::new(refused),
        scope: StoredValue::new(scope),
        error,
        pending: sending.is_under_way(),
    };
    Form {
        sending,
        state,
        key: StoredValue::new(key),
    }
}
