//! What is wrong with a field stands there until somebody begins to correct it, and how long a text is before it is
//! too long: nothing that is typed or pasted is ever cut.

use super::form::FormState;
use crate::prelude::*;
use crate::ui::effect::effect;

/// What the last answer said of a field, until its text changes.
#[derive(Clone, Copy)]
pub struct Mistake {
    sentence: Signal<Option<String>>,
    corrected: RwSignal<bool>,
}

impl Mistake {
    /// What is wrong with the field of this name.
    #[must_use]
    pub fn of(form: Option<FormState>, field: &str) -> Mistake {
        let corrected = RwSignal::new(false);
        let told = form.map_or_else(|| Signal::stored(None), |form| form.error(field));
        if let Some(answer) = form.map(FormState::failure) {
            // Every answer speaks of the text that was sent with it.
            effect(move || {
                answer.track();
                corrected.set(false);
            });
        }
        Mistake {
            sentence: Signal::derive(move || told.get().filter(|_| !corrected.get())),
            corrected,
        }
    }

    /// The sentence, while it holds.
    #[must_use]
    pub fn sentence(self) -> Signal<Option<String>> {
        self.sentence
    }

    /// The text has changed.
    pub fn is_being_corrected(self) {
        if !self.corrected.get_untracked() {
            self.corrected.set(true);
        }
    }
}

/// How many characters a text has, as the market counts them.
#[must_use]
pub fn length_of(text: &str) -> usize {
    model::clean_prose(text).chars().count()
}

/// Says how long a text is when it comes near to what is kept of it, and that it is too long beyond.
#[component]
pub(super) fn Length(
    /// The characters typed so far.
    typed: Signal<usize>,
    /// The most that are kept.
    max: usize,
) -> impl IntoView {
    let is_over = move || typed.get() > max;
    let words = move || match typed.get() {
        length if length > max => format!("{} characters too many of {max}", length - max),
        length if length * 10 >= max * 9 => format!("{length} of {max} characters"),
        _ => String::new(),
    };
    view! {
        <p class="field-length" class:is-over=is_over aria-live="polite" data-testid="field-length">{words}</p>
    }
}
