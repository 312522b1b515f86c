//! Fields of a form that changes what others may change while it stands open.
//!
//! Each sends back what it showed. Where two have changed the same, both stand side by side, and one is chosen: with
//! and without JavaScript, by the same two inputs.

use super::field::input_name;
use super::form::current_form;
use crate::done::Done;
use crate::error::AppError;
use crate::prelude::*;
use crate::wire::names::SHOWN;
use model::Clash;

/// The fields that two have changed, until the form works: the last one known of each.
pub(super) fn clashes(
    answer: impl With<Value = Option<Result<Done, AppError>>> + Send + Sync + 'static,
    before: Vec<Clash>,
) -> Signal<Vec<Clash>> {
    let clashes = Memo::new(move |known: Option<&Vec<Clash>>| {
        let mut known = known.unwrap_or(&before).clone();
        answer.with(|answer| match answer {
            Some(Ok(_)) => known.clear(),
            Some(Err(AppError::Clash(new))) => {
                known.retain(|clash| new.iter().all(|other| other.field != clash.field));
                known.extend(new.iter().cloned());
            }
            _ => {}
        });
        known
    });
    clashes.into()
}

/// A field's inputs, and what they showed. In a form that is not shared these are just the inputs.
#[component]
pub fn Shared(
    /// The field's name, as `validate()` says it.
    #[prop(into)]
    name: String,
    /// What it shows when the page is made.
    #[prop(into)]
    shown: String,
    /// The words for each value, where the value is not what people read.
    #[prop(optional)]
    words: Vec<(String, String)>,
    children: Children,
) -> impl IntoView {
    let Some(form) = current_form().filter(|form| form.is_shared()) else {
        return children().into_any();
    };
    let clash = form.clash(&name);
    let input = input_name(&name);
    let sent_back = input.replacen("form", SHOWN, 1);
    let at_first = form.shown(&sent_back, shown);
    let shown = move || {
        clash.with(|clash| {
            clash
                .as_ref()
                .map_or_else(|| at_first.clone(), |clash| clash.shown.clone())
        })
    };
    let both = move || clash.with(Option::is_some);
    view! {
        <input type="hidden" name=sent_back value=shown/>
        // It takes its inputs out of the form while both stand side by side; readers hear of no group.
        <fieldset role="presentation" class=move || if both() { "hidden" } else { "contents" } disabled=both>
            <legend hidden=true></legend>
            {children()}
        </fieldset>
        {move || {
            clash.get().map(|clash| view! { <Choose input=input.clone() clash words=words.clone()/> })
        }}
    }
}

/// What was typed and what is there now, of which one is sent.
#[component]
fn Choose(input: String, clash: Clash, words: Vec<(String, String)>) -> impl IntoView {
    let in_words = |value: &str| {
        let known = words.iter().find(|(word, _)| word == value);
        match known.map_or(value, |(_, words)| words) {
            "" => "nothing".to_owned(),
            words => words.to_owned(),
        }
    };
    let choice = |value: String, mine: bool| {
        let (label, test_id) = match mine {
            true => ("What you typed", "clash-mine"),
            false => ("What is there now", "clash-now"),
        };
        let shows = in_words(&value);
        view! {
            <label class="step-choice">
                <input
                    type="radio"
                    name=input.clone()
                    value=value
                    checked=mine
                    aria-invalid=mine.then_some("true")
                    data-testid=test_id
                />
                <span>
                    <span class="step-choice-label">{label}</span>
                    <span class="clash-value">{shows}</span>
                </span>
            </label>
        }
    };
    view! {
        <div class="step-choices" role="radiogroup" aria-label="Which of them stands?" data-testid=format!("clash-{}", clash.field)>
            {choice(clash.typed, true)}
            {choice(clash.now, false)}
        </div>
    }
}
