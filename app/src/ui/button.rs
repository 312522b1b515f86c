use super::form::current_form;
use super::icon::Icon;
use crate::prelude::*;
use leptos::ev::MouseEvent;

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do here.
    #[default]
    Primary,
    /// Something else one may do.
    Secondary,
    /// Barely a button.
    Quiet,
    /// Takes something away.
    Danger,
}

impl ButtonKind {
    pub(super) const fn class(self) -> &'static str {
        match self {
            ButtonKind::Primary => "button button-primary",
            ButtonKind::Secondary => "button button-secondary",
            ButtonKind::Quiet => "button button-quiet",
            ButtonKind::Danger => "button button-danger",
        }
    }
}

/// The button that sends the form around it; it says when it works and can't be pressed twice.
#[component]
pub fn Submit(
    /// How much it asks to be pressed.
    #[prop(optional)]
    kind: ButtonKind,
    /// Across the whole width.
    #[prop(optional)]
    wide: bool,
    /// Smaller, for rows and cards.
    #[prop(optional)]
    small: bool,
    /// With `value`, what the form says of itself when this of its buttons sent it.
    #[prop(optional)]
    name: Option<&'static str>,
    /// See `name`.
    #[prop(optional)]
    value: Option<&'static str>,
    /// Cannot be pressed now.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// What it is about, said after the label by screen readers where the label alone would not tell buttons apart.
    #[prop(into, optional)]
    about: Option<String>,
    /// What tests find it by.
    #[prop(into, optional)]
    test_id: Option<String>,
    children: Children,
) -> impl IntoView {
    let pending = current_form().map_or_else(|| Signal::stored(false), |form| form.pending());
    // It can't be pressed while it works, and keeps the focus all the same: a disabled button would lose it. The
    // browser presses it, too, when a form is sent by the enter key.
    let press = move |event: MouseEvent| {
        if pending.get_untracked() {
            event.prevent_default();
        }
    };
    view! {
        <button
            type="submit"
            name=name
            value=value
            class=kind.class()
            class:button-wide=wide
            class:button-small=small
            class:is-pending=pending
            disabled=disabled
            aria-disabled=move || pending.get().then_some("true")
            aria-busy=move || pending.get().then_some("true")
            data-testid=test_id
            on:click=press
        >
            <span class="button-label">
                {children()}
                {about.map(|about| view! { <span class="sr-only">": " {about}</span> })}
            </span>
            <span class="button-spinner" aria-hidden="true"></span>
        </button>
    }
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// How much it asks to be pressed.
    #[prop(optional)]
    kind: ButtonKind,
    /// Across the whole width.
    #[prop(optional)]
    wide: bool,
    /// Smaller, for rows and cards.
    #[prop(optional)]
    small: bool,
    /// An icon before the words.
    #[prop(optional)]
    icon: Option<icondata_core::Icon>,
    /// What tests find it by.
    #[prop(into, optional)]
    test_id: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <a href=href class=kind.class() class:button-wide=wide class:button-small=small data-testid=test_id>
            {icon.map(|icon| view! { <Icon icon/> })}
            <span class="button-label">{children()}</span>
        </a>
    }
}
