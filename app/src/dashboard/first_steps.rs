use crate::paths;
use crate::prelude::*;
use crate::ui::Icon;
use model::Overview;

/// What a new store does first; gone once all is done or something has been sold.
#[component]
pub fn FirstSteps(
    /// How far the store is.
    figures: Overview,
    /// It has sold something.
    sold: bool,
) -> impl IntoView {
    let steps = [
        Step {
            done: figures.products > 0,
            href: paths::NEW_PRODUCT,
            words: "Publish a product",
            why: "It stands on your own shelf at once.",
        },
        Step {
            done: figures.open_offers > 0,
            href: paths::NEW_OFFER,
            words: "Make an offer",
            why: "Set tokens aside for every unit another store sells, and others can carry it.",
        },
        Step {
            done: figures.carried > 0,
            href: paths::MARKET,
            words: "Add something to your shelf",
            why: "Carry what another maker offers; you earn tokens, the maker packs and ships.",
        },
    ];
    let done = steps.iter().filter(|step| step.done).count();
    let all = steps.len();
    (done < all && !sold).then(|| {
        view! {
            <section class="panel first-steps" data-testid="first-steps">
                <div class="first-steps-head">
                    <h2>"First steps"</h2>
                    <p>{format!("{done} of {all} done")}</p>
                </div>
                <ol>{steps.map(|step| view! { <StepLine step/> }).collect_view()}</ol>
            </section>
        }
    })
}

#[derive(Clone, Copy)]
struct Step {
    done: bool,
    href: &'static str,
    words: &'static str,
    why: &'static str,
}

#[component]
fn StepLine(step: Step) -> impl IntoView {
    let (icon, state) = if step.done {
        (icondata_lu::LuCircleCheck, "Done: ")
    } else {
        (icondata_lu::LuCircle, "To do: ")
    };
    view! {
        <li class="first-step" class:is-done=step.done>
            <Icon icon/>
            <div>
                <p><span class="sr-only">{state}</span><a href=step.href>{step.words}</a></p>
                <p class="first-step-why">{step.why}</p>
            </div>
        </li>
    }
}
