//! The copied pictures, to choose from and to put in order. Without JavaScript the order is chosen by numbers and
//! seen after saving; with it the pictures move at once.

use crate::prelude::*;
use crate::ui::form::current_form;
use crate::ui::{Each, Field, Row, input_name};
use leptos::html;
use model::{ImportPicture, PictureChoice, limits};

/// One tile for each copied picture.
#[component]
pub fn PictureChoices(
    /// The pictures, in the page's order.
    pictures: Vec<ImportPicture>,
    /// What the form says of each, in the same order.
    choices: Vec<PictureChoice>,
) -> impl IntoView {
    let all = pictures.len();
    let tiles: Vec<_> = pictures
        .into_iter()
        .enumerate()
        .map(|(at, picture)| {
            let choice = choices.get(at).cloned().unwrap_or_default();
            Tile::new(at, picture, choice)
        })
        .collect();
    let place = |at: usize| tiles.get(at).map_or(usize::MAX, |tile| tile.place);
    let mut order = Vec::new();
    for at in 0..all {
        order.insert(
            order.partition_point(|other| place(*other) <= place(at)),
            at,
        );
    }
    let order = RwSignal::new(order);
    let row = move |at: usize| {
        let tile = tiles.get(at)?.clone();
        Some(Row::new(
            at,
            move || view! { <PictureTile tile order all/> },
        ))
    };
    let rows = move || order.get().into_iter().filter_map(&row).collect();
    let wrong = current_form().map_or_else(|| Signal::stored(None), |form| form.error("pictures"));
    let hint = format!(
        "Choose up to {}. The first is the one that lists show. Say what each shows, for people who do not see it.",
        limits::PICTURES
    );
    view! {
        <section class="panel form-stack" aria-labelledby="import-pictures">
            <div>
                <h2 id="import-pictures">"Pictures"</h2>
                <p class="field-hint">{hint}</p>
            </div>
            <p class="field-error" aria-live="polite" data-testid="pictures-error">{move || wrong.get()}</p>
            <ul class="import-pictures">
                <Each rows/>
            </ul>
        </section>
    }
}

/// A picture and what the form says of it, after a refusal what was typed.
#[derive(Clone)]
struct Tile {
    at: usize,
    picture: ImportPicture,
    chosen: bool,
    place: usize,
    alt: String,
}

impl Tile {
    fn new(at: usize, picture: ImportPicture, choice: PictureChoice) -> Tile {
        let (chosen, place) = (!choice.chosen.is_empty(), choice.place);
        let (chosen, place) = match current_form() {
            Some(form) => (
                form.ticked(&input(at, "chosen"), chosen),
                form.value(&input(at, "place"), place),
            ),
            None => (chosen, place),
        };
        Tile {
            at,
            picture,
            chosen,
            place: place.parse().unwrap_or(at + 1),
            alt: choice.alt,
        }
    }
}

fn input(at: usize, field: &str) -> String {
    input_name(&format!("pictures[{at}][{field}]"))
}

#[component]
fn PictureTile(tile: Tile, order: RwSignal<Vec<usize>>, all: usize) -> impl IntoView {
    let Tile {
        at,
        picture,
        chosen,
        alt,
        ..
    } = tile;
    let chosen = RwSignal::new(chosen);
    let place = Memo::new(move |_| order.with(|order| place_of(order, at)));
    let first_place = place.get_untracked();
    let select = NodeRef::<html::Select>::new();
    let move_to = move |to: usize| {
        order.update(|order| put(order, at, to));
        // A tile that moves loses the focus on the way.
        request_animation_frame(move || {
            if let Some(select) = select.get_untracked() {
                _ = select.focus();
            }
        });
    };
    let number = at + 1;
    view! {
        <li class="import-picture" class:is-out=move || !chosen.get() data-testid="import-picture">
            <input type="hidden" name=input(at, "id") value=picture.id.to_string()/>
            <label class="import-picture-box">
                <img src=picture.small() alt=picture.alt.clone() width="480" height="480" loading="lazy" decoding="async"/>
                <span class="import-picture-use">
                    <input
                        type="checkbox"
                        name=input(at, "chosen")
                        value="true"
                        checked=chosen.get_untracked()
                        on:change:target=move |event| chosen.set(event.target().checked())
                        data-testid="picture-use"
                    />
                    <span>"Use it"<span class="sr-only">{format!(": picture {number}")}</span></span>
                </span>
            </label>
            <div class="import-picture-place">
                <label>
                    <span class="sr-only">{format!("Place of picture {number}")}</span>
                    <span aria-hidden="true">"Place"</span>
                    <select
                        node_ref=select
                        name=input(at, "place")
                        prop:value=move || place.get().to_string()
                        on:change:target=move |event| {
                            if let Ok(to) = event.target().value().parse() {
                                move_to(to);
                            }
                        }
                        data-testid="picture-place"
                    >
                        {(1..=all)
                            .map(|number| view! { <option value=number.to_string() selected=number == first_place>{number}</option> })
                            .collect_view()}
                    </select>
                </label>
                {move || (place.get() > 1).then(|| view! {
                    <button
                        type="button"
                        class="button button-quiet button-small needs-script"
                        aria-label=format!("Make picture {number} the first")
                        on:click=move |_| move_to(1)
                        data-testid="picture-to-front"
                    >
                        "Make first"
                    </button>
                })}
            </div>
            <Field
                name=format!("pictures[{at}][alt]")
                label="What it shows"
                value=alt
                max=limits::ALT
                optional=true
            />
        </li>
    }
}

/// A picture's place, from 1.
fn place_of(order: &[usize], at: usize) -> usize {
    order
        .iter()
        .position(|other| *other == at)
        .map_or(1, |position| position + 1)
}

/// Puts picture `at` in place `to`, from 1; the others make room.
fn put(order: &mut Vec<usize>, at: usize, to: usize) {
    order.retain(|other| *other != at);
    let to = to.saturating_sub(1).min(order.len());
    order.insert(to, at);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_takes_its_place_and_the_others_make_room() {
        let mut order = vec![0, 1, 2, 3];
        put(&mut order, 2, 1);
        assert_eq!(order, [2, 0, 1, 3]);
        put(&mut order, 2, 3);
        assert_eq!(order, [0, 1, 2, 3]);
        put(&mut order, 0, 99);
        assert_eq!(order, [1, 2, 3, 0]);
        assert_eq!(place_of(&order, 0), 4);
    }
}
