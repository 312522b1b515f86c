//! What was typed and not saved is not lost by a click elsewhere.
//!
//! A form that asks has an [`AskBeforeLeaving`] in it. While something in it is unlike what it started with, every
//! way out of the page leads to a question first: a link, a search, the log-out, back and forward, and, in the
//! browser's own words, closing the tab or loading another site. Without JavaScript nothing is asked.

use super::browser::{element_of, listen};
use super::form::Form;
use super::places::Here;
use crate::prelude::*;
use crate::ui::effect::effect;
use leptos::html;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{
    Element, Event, FormData, HtmlAnchorElement, HtmlFormElement, HtmlInputElement, MouseEvent,
    UrlSearchParams,
};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use std::cell::{Cell, RefCell};

/// The mark inside a form that asks.
const ASKS: &str = ".asks-before-leaving";

/// The mark inside a form that leads off the page when it is sent.
const LEAVES: &str = ".leaves-the-page";

/// A way out of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Way {
    /// To an address of the market.
    To(String),
    /// By sending the form with this action.
    Send(String),
    /// Through the history, by so many entries.
    Steps(i32),
}

/// Where somebody with unsaved work was about to go, and whether the question stands on the screen.
#[derive(Clone, Copy)]
pub struct Unsaved {
    way: StoredValue<Option<Way>>,
    asks: RwSignal<bool>,
}

impl Unsaved {
    fn ask(self, way: Way) {
        self.way.set_value(Some(way));
        self.asks.set(true);
    }

    fn take(self) -> Option<Way> {
        self.way.try_update_value(Option::take).flatten()
    }
}

/// Offers it to everything below. Called once, by the app.
pub(super) fn provide_unsaved() {
    provide_context(Unsaved {
        way: StoredValue::new(None),
        asks: RwSignal::new(false),
    });
}

fn use_unsaved() -> Unsaved {
    use_context::<Unsaved>().unwrap_or_else(|| Unsaved {
        way: StoredValue::new(None),
        asks: RwSignal::new(false),
    })
}

/// Inside a [`ServerForm`](super::ServerForm): what is typed there is asked about before the page is left.
#[component]
pub fn AskBeforeLeaving(
    /// The form around it.
    form: Form,
) -> impl IntoView {
    let mark = NodeRef::<html::Span>::new();
    let unsaved = use_unsaved();
    let go = use_way_out();
    let answer = form.answer();
    effect(move || {
        answer.with(|answer| match answer {
            None => {}
            Some(Ok(done)) => {
                if let Some(form) = mark.get_untracked().and_then(|mark| form_around(&mark)) {
                    is_saved(&form);
                }
                // The form's own way comes first.
                match unsaved.take() {
                    Some(way) if done.go.is_none() => go(way),
                    _ => {}
                }
            }
            Some(Err(_)) => drop(unsaved.take()),
        });
    });
    view! { <span hidden node_ref=mark class="asks-before-leaving"></span> }
}

/// Inside a form that leads off the page when it is sent.
#[component]
pub fn LeavesThePage() -> impl IntoView {
    view! { <span hidden class="leaves-the-page"></span> }
}

/// The question; once in the document.
#[component]
pub fn UnsavedQuestion() -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let unsaved = use_unsaved();
    let go = use_way_out();
    effect(move || {
        if let (true, Some(dialog)) = (unsaved.asks.get(), dialog.get()) {
            // It stands there already.
            let _ = dialog.show_modal();
        }
    });
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let save = move |_| {
        close();
        if let Some(form) = unsaved_form() {
            // A form that can't be sent keeps what was typed.
            let _ = form.request_submit();
        }
    };
    let leave = move |_| {
        close();
        while let Some(form) = unsaved_form() {
            is_given_up(&form);
        }
        if let Some(way) = unsaved.take() {
            go(way);
        }
    };
    let stay = move |_| {
        close();
        drop(unsaved.take());
    };
    view! {
        <dialog
            node_ref=dialog
            class="question"
            aria-labelledby="unsaved-question"
            data-testid="unsaved-question"
            on:close=move |_| unsaved.asks.set(false)
        >
            <h2 id="unsaved-question">"Your changes are not saved"</h2>
            <p>"Save them first, or leave this page without them."</p>
            <div class="form-actions">
                <button type="button" class="button button-primary" data-testid="unsaved-save" on:click=save>"Save"</button>
                <button type="button" class="button button-danger" data-testid="unsaved-leave" on:click=leave>
                    "Leave without saving"
                </button>
                <button type="button" class="button button-quiet" data-testid="unsaved-stay" on:click=stay>"Stay here"</button>
            </div>
        </dialog>
    }
}

/// Goes the way that was chosen before the question.
fn use_way_out() -> impl Fn(Way) + Clone + 'static {
    let navigate = use_navigate();
    move |way| match way {
        Way::To(path) => navigate(&path, NavigateOptions::default()),
        Way::Steps(steps) => go_in_history(steps),
        Way::Send(action) => {
            if let Some(form) = find_form(&format!("form[action=\"{action}\"]")) {
                drop(form.request_submit());
            }
        }
    }
}

/// Listens for as long as the document lives. Called once, inside the router.
pub(super) fn ask_before_leaving() {
    let unsaved = use_unsaved();
    effect(move || {
        follow_touches();
        listen(&document(), "click", move |event| {
            if let Some(way) = way_of_click(&event) {
                stop(&event);
                unsaved.ask(way);
            }
        });
        listen(&document(), "submit", move |event| {
            if let Some(way) = way_of_submit(&event) {
                stop(&event);
                unsaved.ask(way);
            }
        });
        listen(&window(), "beforeunload", |event| {
            if unsaved_form().is_some() {
                event.prevent_default();
            }
        });
    });
}

/// Going back can only be undone: the entry that was left is gone to again, and nobody else hears of it. Whoever
/// listens to the history first hears it first, so this is called before there is a router.
pub(super) fn hear_of_history_first(here: Here) {
    let unsaved = use_unsaved();
    let undone = Cell::new(false);
    listen(&window(), "popstate", move |event| {
        if undone.replace(false) {
            event.stop_immediate_propagation();
            return;
        }
        let steps = here.steps_away();
        if steps == 0 || unsaved_form().is_none() {
            return;
        }
        event.stop_immediate_propagation();
        undone.set(true);
        go_in_history(-steps);
        unsaved.ask(Way::Steps(steps));
    });
}

/// A way that is closed by now leaves everything as it is.
fn go_in_history(steps: i32) {
    let _ = window()
        .history()
        .and_then(|history| history.go_with_delta(steps));
}

/// A form that asks and was touched.
struct Touched {
    form: HtmlFormElement,
    /// What stood in it when it was touched first, or what was last saved.
    saved: String,
    /// What stood in it when it was last sent.
    sent: Option<String>,
}

thread_local! {
    static TOUCHED: RefCell<Vec<Touched>> = const { RefCell::new(Vec::new()) };
}

/// Keeps what stands in a form when it is touched first, and when it is sent.
fn follow_touches() {
    for touch in ["focusin", "pointerdown", "submit"] {
        listen(&document(), touch, move |event| {
            let Some(form) = asking_form(&event) else {
                return;
            };
            let now = typed(&form);
            TOUCHED.with_borrow_mut(|touched| {
                touched.retain(|known| known.form.is_connected());
                match touched.iter_mut().find(|known| known.form == form) {
                    Some(known) if touch == "submit" => known.sent = Some(now),
                    Some(_) => {}
                    None => touched.push(Touched {
                        form,
                        saved: now,
                        sent: None,
                    }),
                }
            });
        });
    }
}

/// What stands in a form's fields. What it carries hidden changes by itself.
fn typed(form: &HtmlFormElement) -> String {
    let Ok(data) = FormData::new_with_form(form) else {
        return String::new();
    };
    if let Ok(hidden) = form.query_selector_all("input[type=hidden]") {
        for at in 0..hidden.length() {
            if let Some(input) = hidden
                .item(at)
                .and_then(|input| input.dyn_into::<HtmlInputElement>().ok())
            {
                data.delete(&input.name());
            }
        }
    }
    as_query(&data)
}

/// What a form would send.
fn held(form: &HtmlFormElement) -> String {
    FormData::new_with_form(form)
        .map(|data| as_query(&data))
        .unwrap_or_default()
}

fn as_query(data: &FormData) -> String {
    UrlSearchParams::new_with_str_sequence_sequence(data)
        .map(|query| String::from(query.to_string()))
        .unwrap_or_default()
}

fn asking_form(event: &Event) -> Option<HtmlFormElement> {
    let form = form_around(&element_of(event)?)?;
    form.query_selector(ASKS).ok()??;
    Some(form)
}

fn form_around(element: &Element) -> Option<HtmlFormElement> {
    element.closest("form").ok()??.dyn_into().ok()
}

/// A form on the page in which something else stands than was saved. It is compared when somebody is about to leave,
/// not while she types: a key and the way out can come within one frame.
fn unsaved_form() -> Option<HtmlFormElement> {
    TOUCHED.with_borrow(|touched| {
        touched
            .iter()
            .find(|known| known.form.is_connected() && typed(&known.form) != known.saved)
            .map(|known| known.form.clone())
    })
}

fn find_form(selector: &str) -> Option<HtmlFormElement> {
    let form = document().query_selector(selector).ok()??;
    form.dyn_into().ok()
}

/// What was sent is saved; what was typed since is not.
fn is_saved(form: &HtmlFormElement) {
    with_touched(form, |known| {
        if let Some(sent) = known.sent.take() {
            known.saved = sent;
        }
    });
}

fn is_given_up(form: &HtmlFormElement) {
    with_touched(form, |known| known.saved = typed(form));
}

fn with_touched(form: &HtmlFormElement, tell: impl FnOnce(&mut Touched)) {
    TOUCHED.with_borrow_mut(|touched| {
        if let Some(known) = touched.iter_mut().find(|known| known.form == *form) {
            tell(known);
        }
    });
}

fn stop(event: &Event) {
    event.prevent_default();
    event.stop_propagation();
}

/// Where a click on a link would lead, if the router would follow it to another page.
fn way_of_click(event: &Event) -> Option<Way> {
    unsaved_form()?;
    let click = event.dyn_ref::<MouseEvent>()?;
    let with_key = click.meta_key() || click.alt_key() || click.ctrl_key() || click.shift_key();
    let link: HtmlAnchorElement = element_of(event)?
        .closest("a[href]")
        .ok()??
        .dyn_into()
        .ok()?;
    let location = window().location();
    let own = location
        .origin()
        .is_ok_and(|origin| origin == link.origin());
    let elsewhere = !link.target().is_empty() || link.has_attribute("download");
    let same_page = location
        .pathname()
        .is_ok_and(|path| path == link.pathname())
        && location
            .search()
            .is_ok_and(|search| search == link.search());
    let followed = own && !elsewhere && !same_page && !with_key && click.button() == 0;
    followed.then(|| {
        Way::To(format!(
            "{}{}{}",
            link.pathname(),
            link.search(),
            link.hash()
        ))
    })
}

/// Where sending another form would lead.
fn way_of_submit(event: &Event) -> Option<Way> {
    let unsaved = unsaved_form()?;
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    let action = form.get_attribute("action").unwrap_or_default();
    if form == unsaved {
        None
    } else if form.method() == "get" {
        Some(Way::To(format!("{action}?{}", held(&form))))
    } else {
        let leaves = form.query_selector(LEAVES).ok().flatten().is_some();
        leaves.then_some(Way::Send(action))
    }
}
