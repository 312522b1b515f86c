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

use super::send::send_form;
use crate::done::Done;
use crate::error::AppError;
use crate::flash::Refused;
use crate::paths;
use crate::ui::Tone;
use crate::ui::alert::Alert;
use crate::ui::confirm::close_question_around;
use crate::ui::page_state::use_page;
use crate::ui::shared::clashes;
use crate::ui::toast::use_toasts;
use leptos::context::Provider;
use leptos::ev::SubmitEvent;
use leptos::form::FromFormData;
use leptos::html;
use leptos::prelude::*;
use leptos::server_fn::client::browser::BrowserClient;
use leptos::server_fn::codec::{Json, PostUrl};
use leptos::server_fn::{Http, ServerFn};
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::Location;
use model::Clash;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A server function that a form can post to.
pub trait FormFn:
    ServerFn<
        Client = BrowserClient,
        Protocol = Http<PostUrl, Json>,
        Output = Done,
        Error = AppError,
    > + DeserializeOwned
    + Serialize
    + Clone
    + Send
    + Sync
    + 'static
{
}

impl<T> FormFn for T where
    T: ServerFn<
            Client = BrowserClient,
            Protocol = Http<PostUrl, Json>,
            Output = Done,
            Error = AppError,
        > + DeserializeOwned
        + Serialize
        + Clone
        + Send
        + Sync
        + 'static
{
}

/// The header in which a script of ours sends the token of its page.
pub const TOKEN_HEADER: &str = "x-page-token";

/// The hidden input with the token of the page, first in each form.
pub const TOKEN_INPUT: &str = "_token";

/// The hidden input with the path of the page the form stands on.
pub const BACK_INPUT: &str = "_back";

/// The hidden input of a log-in with the form that waits for it.
pub const KEPT_INPUT: &str = "_kept";

/// The hidden input that tells two forms of one server function apart.
pub const KEY_INPUT: &str = "_form";

/// The hidden input of a form that is only a button: nothing typed can be lost in it, so a guest who sends it
/// is led to the log-in at once.
pub const BUTTON_INPUT: &str = "_button";

/// The argument that gets what the fields of a shared form showed.
pub const SHOWN: &str = "shown";

/// What the fields inside a [`ServerForm`] need to know. It is found by context.
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

/// What sends a form of the server function `S`.
pub type FormAction<S> = Action<S, Result<Done, AppError>>;

/// A form of the server function `S`.
pub struct Form<S: FormFn> {
    action: FormAction<S>,
    state: FormState,
    key: StoredValue<Option<String>>,
}

impl<S: FormFn> Clone for Form<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: FormFn> Copy for Form<S> {}

impl<S: FormFn> std::ops::Deref for Form<S> {
    type Target = FormState;

    fn deref(&self) -> &FormState {
        &self.state
    }
}

impl<S: FormFn> Form<S> {
    /// The action, for a page that also sends the form by itself.
    #[must_use]
    pub fn action(self) -> FormAction<S> {
        self.action
    }
}

/// A form of the server function `S`; call it in the page and hand it to [`ServerForm`].
#[must_use]
pub fn use_form<S: FormFn>() -> Form<S> {
    form_with(None)
}

/// Like [`use_form`], where a page holds several forms of one server function: `key` tells them apart.
#[must_use]
pub fn use_form_keyed<S: FormFn>(key: impl ToString) -> Form<S> {
    form_with(Some(key.to_string()))
}

fn form_with<S: FormFn>(key: Option<String>) -> Form<S> {
    let page = use_page();
    let action = Action::new(move |input: &S| send_form(page, input.clone()));
    let refused = page.refused(S::PATH, key.as_deref());
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
    let value = action.value();
    let error = Signal::derive(move || match value.get() {
        Some(Ok(_)) => None,
        Some(Err(error)) => Some(error),
        None => before.clone(),
    });
    let scope = format!(
        "{}-{}-",
        S::PATH.rsplit('/').next().unwrap_or_default(),
        key.as_deref().unwrap_or_default()
    );
    let clashes = clashes(value, before_clashes);
    let state = FormState {
        clashes,
        shared: false,
        refused: StoredValue::new(refused),
        scope: StoredValue::new(scope),
        error,
        pending: action.pending().into(),
    };
    Form {
        action,
        state,
        key: StoredValue::new(key),
    }
}

/// The `<form>` around fields, with the summary of what went wrong on top.
#[component]
pub fn ServerForm<S: FormFn>(
    /// From [`use_form`].
    form: Form<S>,
    /// Classes of the `<form>`; fields are stacked by default.
    #[prop(into, default = "form-stack".into())]
    class: String,
    /// Leave out the summary where the page shows the error itself.
    #[prop(optional)]
    bare: bool,
    /// Nothing is typed here: what goes wrong becomes a toast.
    #[prop(optional)]
    only_button: bool,
    /// Sent twice it counts once: the function takes a key for it.
    #[prop(optional)]
    once: bool,
    /// The browser sends it by itself, also with JavaScript.
    #[prop(optional)]
    native: bool,
    /// What it changes may be changed by others meanwhile.
    #[prop(optional)]
    shared: bool,
    /// What tests find the form by.
    #[prop(into, optional)]
    test_id: Option<String>,
    children: Children,
) -> impl IntoView {
    let state = FormState {
        shared,
        ..form.state
    };
    let node = NodeRef::<html::Form>::new();
    follow_answers(form, node, only_button);
    let key = form.key.get_value();
    let submit = move |event: SubmitEvent| {
        if native || event.default_prevented() {
            return;
        }
        event.prevent_default();
        match S::from_event(&event) {
            Ok(input) => _ = form.action.dispatch(input),
            // A form of ours always can; nothing could be sent that would be read on the other side.
            Err(_) => form.action.value().set(Some(Err(AppError::Unreadable))),
        }
    };
    view! {
        <form
            node_ref=node
            method="post"
            action=S::url()
            class=class
            novalidate=""
            on:submit=submit
            data-testid=test_id
        >
            <Provider value=state>
                <PageInputs/>
                {once.then(|| view! { <OnceInput form/> })}
                {key.map(|key| view! { <input type="hidden" name=KEY_INPUT value=key/> })}
                {only_button.then(|| view! { <input type="hidden" name=BUTTON_INPUT value="true"/> })}
                {(!bare && !only_button).then(|| view! { <Summary failure=form.failure()/> })}
                {children()}
            </Provider>
        </form>
    }
    .into_any()
}

/// What each form says of the page it stands on; first in it, so that files need not be read before.
#[component]
pub fn PageInputs() -> impl IntoView {
    let token = use_page().form_token();
    let back = here(&use_location());
    view! {
        <input type="hidden" name=TOKEN_INPUT value=token/>
        <input type="hidden" name=BACK_INPUT value=back/>
    }
}

/// The key of what is sent next; after each success another.
#[component]
fn OnceInput<S: FormFn>(form: Form<S>) -> impl IntoView {
    let page = use_page();
    let key = RwSignal::new(page.next_key());
    let answer = form.action.value();
    Effect::new(move |_| {
        if answer.with(|answer| matches!(answer, Some(Ok(_)))) {
            key.set(page.next_key());
        }
    });
    view! { <input type="hidden" name="once" value=move || key.get()/> }
}

/// What went wrong with the whole form. A way out opens beside it, so that what was typed stays.
#[component]
fn Summary(failure: Signal<Option<AppError>>) -> impl IntoView {
    move || {
        failure.get().map(|error| {
            let way_out = match &error {
                AppError::SignIn => Some((paths::LOG_IN, "Log in, then send this again")),
                AppError::NeedsStore => {
                    Some((paths::OPEN_STORE, "Open a store, then send this again"))
                }
                _ => None,
            };
            view! {
                <Alert tone=Tone::Error test_id="form-error">
                    {error.to_string()}
                    {way_out
                        .map(|(href, words)| {
                            view! { " " <a class="link" href=href target="_blank">{words}</a> }
                        })}
                </Alert>
            }
        })
    }
}

/// Acts on each answer in the browser: toast, way on, header; or the first wrong field.
fn follow_answers<S: FormFn>(form: Form<S>, node: NodeRef<html::Form>, only_button: bool) {
    let page = use_page();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let location = use_location();
    let value = form.action.value();
    Effect::new(move |_| {
        if let Some(Err(error)) = value.get() {
            page.renewal().doubt(&error);
        }
    });
    Effect::new(move |_| match value.get() {
        None => {}
        Some(Ok(done)) => {
            // An answer that brings the cart brings all that can have changed in the header.
            if done.cart.is_none() {
                page.refresh();
            }
            close_question_around(node);
            if let Some(sentence) = done.say {
                toasts.say(sentence);
            }
            if let Some(path) = done.go {
                navigate(&path, NavigateOptions::default());
            }
        }
        Some(Err(AppError::SignIn)) if only_button => {
            page.refresh();
            navigate(
                &paths::log_in_then(&here(&location)),
                NavigateOptions::default(),
            );
        }
        Some(Err(error)) if only_button => toasts.complain(error.to_string()),
        // Also when her session is over: the page stays as it is, and what she typed with it, until she has logged in beside it.
        Some(Err(_)) => request_animation_frame(move || focus_first_mistake(node)),
    });
}

/// The path and query of the page the browser is on.
pub(crate) fn here(location: &Location) -> String {
    let path = location.pathname.get_untracked();
    location.search.with_untracked(|search| {
        if search.is_empty() {
            path.clone()
        } else {
            format!("{path}?{search}")
        }
    })
}

fn focus_first_mistake(node: NodeRef<html::Form>) {
    use leptos::wasm_bindgen::JsCast;
    let wrong = node
        .get_untracked()
        .and_then(|form| form.query_selector("[aria-invalid=true]").ok().flatten());
    if let Some(input) =
        wrong.and_then(|element| element.dyn_into::<leptos::web_sys::HtmlElement>().ok())
    {
        // An element that went away in the meantime needs no focus.
        let _ = input.focus();
    }
}
