//! Light, dark or as the system says. The choice is kept in a cookie, so that the first byte of a page is
//! already right.

use crate::done::Done;
use crate::error::AppResult;
use crate::prelude::*;
use crate::ui::effect::effect;
use crate::ui::icon::Icon;
use crate::ui::page_state::use_page;
use crate::ui::{ServerForm, use_form};
use crate::wire::theme::Theme;

const fn icon_of(theme: Theme) -> icondata_core::Icon {
    match theme {
        Theme::System => icondata_lu::LuMonitor,
        Theme::Light => icondata_lu::LuSun,
        Theme::Dark => icondata_lu::LuMoon,
    }
}

const fn label_of(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "Follow the system",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
    }
}

/// The three-way switch.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let form = use_form::<SetTheme>();
    let chosen = use_page().theme();
    let mut before = None;
    effect(move || {
        let theme = chosen.get();
        if before.replace(theme).is_some_and(|before| before != theme) {
            apply(theme);
        }
    });
    let choices = [Theme::Light, Theme::System, Theme::Dark].map(|theme| {
        view! {
            <button
                type="submit"
                name="theme"
                value=theme.as_str()
                class="theme-choice"
                title=label_of(theme)
                aria-label=label_of(theme)
                aria-pressed=move || (chosen.get() == theme).to_string()
                on:click=move |_| chosen.set(theme)
                data-testid=format!("theme-{}", theme.as_str())
            >
                <Icon icon=icon_of(theme)/>
            </button>
        }
    });
    view! {
        <ServerForm form class="theme-switch" only_button=true>
            <fieldset class="contents">
                <legend class="sr-only">"Theme"</legend>
                {choices.collect_view()}
            </fieldset>
        </ServerForm>
    }
}

/// Puts the theme on `<html>`, which is outside of what the app renders.
fn apply(theme: Theme) {
    let Some(html) = document().document_element() else {
        return;
    };
    let _ = match theme.attribute() {
        Some(name) => html.set_attribute("data-theme", name),
        None => html.remove_attribute("data-theme"),
    };
}

/// Keeps the choice in a cookie for a year.
#[server]
pub async fn set_theme(theme: Theme) -> AppResult<Done> {
    crate::server::remember_theme(theme);
    Ok(Done::quietly())
}
