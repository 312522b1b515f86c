//! A label, an input, a hint and what is wrong, tied together for eyes and screen readers alike.
#![expect(
    clippy::disallowed_methods,
    reason = "a text area's text is escaped here"
)]

use super::correction::{Length, Mistake, length_of};
use super::form::current_form;
use super::icon::Icon;
use super::markup::escaped;
use super::remark::{Remark, RemarkLine, remark_on};
use super::shared::Shared;
use crate::prelude::*;

/// The input's name on the wire: `email` → `form[email]`, `variants[0][price]` → `form[variants][0][price]`.
#[must_use]
pub fn input_name(field: &str) -> String {
    match field.split_once('[') {
        Some((head, rest)) => format!("form[{head}][{rest}"),
        None => format!("form[{field}]"),
    }
}

/// What all kinds of fields share: where the input is found, what it starts with and what is wrong with it.
struct Wiring {
    id: String,
    input: String,
    value: String,
    mistake: Mistake,
    length: RwSignal<usize>,
    hint_id: Option<String>,
    remark: Option<(String, Remark)>,
    error_id: String,
}

impl Wiring {
    fn new(name: &str, argument: Option<&str>, value: String, hint: Option<&str>) -> Wiring {
        let form = current_form();
        let input = match argument {
            Some(argument) => input_name(name).replacen("form", argument, 1),
            None => input_name(name),
        };
        let scope = form.map(|form| form.scope()).unwrap_or_default();
        let id = format!("{scope}{}", name.replace(['[', ']'], "-"));
        let value = form.map_or_else(|| value.clone(), |form| form.value(&input, value.clone()));
        Wiring {
            length: RwSignal::new(length_of(&value)),
            value,
            mistake: Mistake::of(form, name),
            hint_id: hint.map(|_| format!("{id}-hint")),
            remark: remark_on(name).map(|remark| (format!("{id}-remark"), remark)),
            error_id: format!("{id}-error"),
            id,
            input,
        }
    }

    /// The ids that describe the input at this moment.
    fn described_by(&self) -> impl Fn() -> Option<String> + Clone + Send + 'static {
        let remark = self.remark.as_ref().map(|(id, _)| id.clone());
        let always: Vec<String> = self.hint_id.clone().into_iter().chain(remark).collect();
        let (wrong, error) = (self.error_id.clone(), self.mistake.sentence());
        move || {
            let wrong = error.with(Option::is_some).then(|| wrong.clone());
            let ids = always.iter().cloned().chain(wrong).collect::<Vec<_>>();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    }

    fn invalid(&self) -> impl Fn() -> Option<&'static str> + Clone + Send + 'static {
        let error = self.mistake.sentence();
        move || error.with(Option::is_some).then_some("true")
    }

    /// What happens at every keystroke.
    fn typed(&self) -> impl Fn(&str) + Clone + 'static {
        let (mistake, length) = (self.mistake, self.length);
        move |text| {
            mistake.is_being_corrected();
            length.set(length_of(text));
        }
    }

    /// How long the text is, and how long it may be.
    fn measure(&self, max: Option<usize>) -> Option<(Signal<usize>, usize)> {
        max.map(|max| (self.length.into(), max))
    }
}

#[component]
fn Frame(
    name: String,
    shown: String,
    #[prop(optional)] words: Vec<(String, String)>,
    label: String,
    id: String,
    hint: Option<String>,
    hint_id: Option<String>,
    remark: Option<(String, Remark)>,
    optional: bool,
    quiet_label: bool,
    measure: Option<(Signal<usize>, usize)>,
    error: Signal<Option<String>>,
    error_id: String,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field" class:field-wrong=move || error.with(Option::is_some)>
            <label class="field-label" class:sr-only=quiet_label for=id>
                {label}
                {optional.then(|| view! { <span class="field-optional">"optional"</span> })}
            </label>
            <Shared name shown words>{children()}</Shared>
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            {remark.map(|(id, remark)| view! { <RemarkLine id remark/> })}
            {measure.map(|(typed, max)| view! { <Length typed max/> })}
            // Always there, so that its news is read out when it comes.
            <p class="field-error" id=error_id aria-live="polite" data-testid="field-error">
                {move || error.get()}
            </p>
        </div>
    }
}

/// One line of text; also passwords, e-mail addresses and numbers.
#[component]
pub fn Field(
    /// The field's name, as `validate()` says it.
    #[prop(into)]
    name: String,
    /// What to type here.
    #[prop(into)]
    label: String,
    /// The input's type.
    #[prop(default = "text")]
    kind: &'static str,
    /// What it starts with.
    #[prop(into, optional)]
    value: String,
    /// What it is now, in a shared form, where that is not what it starts with.
    #[prop(into, optional)]
    shown: Option<String>,
    /// A sentence that helps.
    #[prop(into, optional)]
    hint: Option<String>,
    /// The server function's argument it belongs to; `form` unless said.
    #[prop(optional)]
    argument: Option<&'static str>,
    /// What the browser may fill in.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// Which keyboard a phone shows.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// An example, shown while it is empty.
    #[prop(into, optional)]
    placeholder: Option<String>,
    /// The most characters that are kept. More can be typed, and is told.
    #[prop(into, optional)]
    max: Option<usize>,
    /// May be left empty.
    #[prop(optional)]
    optional: bool,
    /// The label is for screen readers only.
    #[prop(optional)]
    quiet_label: bool,
    /// Written before the input, such as `$`.
    #[prop(into, optional)]
    before: Option<String>,
    /// Written after the input, such as `RSS`.
    #[prop(into, optional)]
    after: Option<String>,
    /// Called with the text at every keystroke, for a live preview.
    #[prop(into, optional)]
    on_typed: Option<Callback<String>>,
    /// What tests find the input by.
    #[prop(into, optional)]
    test_id: Option<String>,
) -> impl IntoView {
    let shown = shown.unwrap_or_else(|| value.clone());
    let wiring = Wiring::new(&name, argument, value, hint.as_deref());
    let (described_by, invalid) = (wiring.described_by(), wiring.invalid());
    let (changed, measure) = (wiring.typed(), wiring.measure(max));
    view! {
        <Frame
            name=name.clone() shown
            label id=wiring.id.clone() hint hint_id=wiring.hint_id remark=wiring.remark optional quiet_label measure
            error=wiring.mistake.sentence() error_id=wiring.error_id
        >
            <div class="input-box">
                {before.map(|text| view! { <span class="input-aside" translate="no">{text}</span> })}
                <input
                    class="input-text"
                    id=wiring.id
                    name=wiring.input
                    type=kind
                    value=wiring.value
                    autocomplete=autocomplete
                    inputmode=inputmode
                    placeholder=placeholder
                    required=!optional
                    aria-invalid=invalid
                    aria-describedby=described_by
                    data-testid=test_id.unwrap_or(name)
                    on:input:target=move |event| {
                        let text = event.target().value();
                        changed(&text);
                        if let Some(typed) = on_typed {
                            typed.run(text);
                        }
                    }
                />
                {after.map(|text| view! { <span class="input-aside" translate="no">{text}</span> })}
            </div>
        </Frame>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// The field's name, as `validate()` says it.
    #[prop(into)]
    name: String,
    /// What to type here.
    #[prop(into)]
    label: String,
    /// What it starts with.
    #[prop(into, optional)]
    value: String,
    /// A sentence that helps.
    #[prop(into, optional)]
    hint: Option<String>,
    /// Lines shown.
    #[prop(default = 4)]
    rows: u16,
    /// The most characters that are kept. More can be typed, and is told.
    #[prop(into, optional)]
    max: Option<usize>,
    /// An example, shown while it is empty.
    #[prop(into, optional)]
    placeholder: Option<String>,
    /// May be left empty.
    #[prop(optional)]
    optional: bool,
    /// What tests find the input by.
    #[prop(into, optional)]
    test_id: Option<String>,
) -> impl IntoView {
    let shown = value.clone();
    let wiring = Wiring::new(&name, None, value, hint.as_deref());
    let (described_by, invalid) = (wiring.described_by(), wiring.invalid());
    let (changed, measure) = (wiring.typed(), wiring.measure(max));
    view! {
        <Frame
            name=name.clone() shown
            label id=wiring.id.clone() hint hint_id=wiring.hint_id remark=wiring.remark optional quiet_label=false measure
            error=wiring.mistake.sentence() error_id=wiring.error_id
        >
            <textarea
                class="input-text input-area"
                id=wiring.id
                name=wiring.input
                rows=rows
                placeholder=placeholder
                required=!optional
                aria-invalid=invalid
                aria-describedby=described_by
                data-testid=test_id.unwrap_or(name)
                on:input:target=move |event| changed(&event.target().value())
                inner_html=textarea_html(&wiring.value)
            ></textarea>
        </Frame>
    }
}

/// A text as the content of a `<textarea>`: it is not escaped on the way, and the parser of a page drops the
/// first line break, while a browser that builds the element by itself keeps it.
fn textarea_html(text: &str) -> String {
    let dropped = if cfg!(feature = "ssr") { "\n" } else { "" };
    format!("{dropped}{}", escaped(text))
}

/// One of a fixed list.
#[component]
pub fn Select(
    /// The field's name, as `validate()` says it.
    #[prop(into)]
    name: String,
    /// What to choose.
    #[prop(into)]
    label: String,
    /// The value sent and the words shown, in order.
    options: Vec<(String, String)>,
    /// The value it starts with.
    #[prop(into, optional)]
    value: String,
    /// A sentence that helps.
    #[prop(into, optional)]
    hint: Option<String>,
    /// May be left at its first option.
    #[prop(optional)]
    optional: bool,
    /// The label is for screen readers only.
    #[prop(optional)]
    quiet_label: bool,
    /// What tests find the input by.
    #[prop(into, optional)]
    test_id: Option<String>,
) -> impl IntoView {
    let shown = value.clone();
    let wiring = Wiring::new(&name, None, value, hint.as_deref());
    let (described_by, invalid) = (wiring.described_by(), wiring.invalid());
    let mistake = wiring.mistake;
    let chosen = wiring.value;
    view! {
        <Frame
            name=name.clone() shown words=options.clone()
            label id=wiring.id.clone() hint hint_id=wiring.hint_id remark=wiring.remark optional quiet_label measure=None
            error=mistake.sentence() error_id=wiring.error_id
        >
            <div class="input-box">
                <select
                    class="input-text input-select"
                    id=wiring.id
                    name=wiring.input
                    required=!optional
                    aria-invalid=invalid
                    aria-describedby=described_by
                    data-testid=test_id.unwrap_or(name)
                    on:change=move |_| mistake.is_being_corrected()
                >
                    {options
                        .into_iter()
                        .map(|(value, words)| {
                            let selected = value == chosen;
                            view! { <option value=value selected=selected>{words}</option> }
                        })
                        .collect_view()}
                </select>
                <Icon icon=icondata_lu::LuChevronDown class="input-chevron"/>
            </div>
        </Frame>
    }
}

/// A box to tick; sends `true` when it is.
#[component]
pub fn Checkbox(
    /// The field's name, as `validate()` says it.
    #[prop(into)]
    name: String,
    /// What ticking it means.
    #[prop(into)]
    label: String,
    /// Whether it starts ticked.
    #[prop(optional)]
    ticked: bool,
    /// What tests find the input by.
    #[prop(into, optional)]
    test_id: Option<String>,
) -> impl IntoView {
    let input = input_name(&name);
    let ticked = current_form().map_or(ticked, |form| form.ticked(&input, ticked));
    view! {
        <label class="tick">
            <input type="checkbox" name=input value="true" checked=ticked data-testid=test_id.unwrap_or(name)/>
            <span>{label}</span>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_on_the_wire_belong_to_the_form_argument() {
        assert_eq!(input_name("email"), "form[email]");
        assert_eq!(input_name("variants[0][price]"), "form[variants][0][price]");
    }

    #[test]
    fn a_text_area_never_opens_a_tag() {
        assert_eq!(
            textarea_html("</textarea><script>&").trim_start(),
            "&lt;/textarea&gt;&lt;script&gt;&amp;"
        );
    }
}
