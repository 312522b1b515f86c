//! The `<form>` around fields: sends what they hold, and acts on the answer.

use super::form::Form;
use super::send::typed_in;
use crate::error::AppError;
use crate::paths;
use crate::prelude::*;
use crate::ui::Tone;
use crate::ui::alert::Alert;
use crate::ui::confirm::close_question_around;
use crate::ui::effect::effect;
use crate::ui::page_state::use_page;
use crate::ui::toast::use_toasts;
use crate::wire::names::{BACK_INPUT, BUTTON_INPUT, KEY_INPUT, TOKEN_INPUT};
use leptos::context::Provider;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::Location;

/// The `<form>` around fields, with the summary of what went wrong on top.
#[component]
pub fn ServerForm(
    /// From [`use_form`](super::use_form).
    form: Form,
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
    let state = form.state.with_shown_sent_back(shared);
    let node = NodeRef::<html::Form>::new();
    let page = use_page();
    follow_answers(form, node, only_button);
    let key = form.key.get_value();
    let submit = move |event: SubmitEvent| {
        if native || event.default_prevented() {
            return;
        }
        event.prevent_default();
        match typed_in(&event) {
            Some(typed) => form.sending.send(page, typed),
            // A form of ours always can; nothing could be sent that would be read on the other side.
            None => form.sending.fail(AppError::Unreadable),
        }
    };
    view! {
        <form
            node_ref=node
            method="post"
            action=form.sending.path()
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
fn OnceInput(form: Form) -> impl IntoView {
    let page = use_page();
    let key = RwSignal::new(page.next_key());
    form.when_it_works(move || key.set(page.next_key()));
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
fn follow_answers(form: Form, node: NodeRef<html::Form>, only_button: bool) {
    let page = use_page();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let location = use_location();
    let answer = form.answer();
    effect(move || {
        if let Some(Err(error)) = answer.get() {
            page.renewal().doubt(&error);
        }
    });
    effect(move || match answer.get() {
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
fn here(location: &Location) -> String {
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
