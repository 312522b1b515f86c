//! The page, flat: every element with its marks, its place, and how much text it holds.

use scraper::ElementRef;

use super::marks::Marks;
use crate::document::Document;

pub(super) mod heading;
mod places;
mod text;
mod walk;

/// On a page with fewer elements everything is near.
const SMALL_PAGE: usize = 256;

/// An element as a person would meet it, top to bottom.
pub struct Spot<'a> {
    pub element: ElementRef<'a>,
    pub parent: Option<usize>,
    /// The element before it in the same parent.
    pub before: Option<usize>,
    /// The index after its last descendant: everything in `index..end` is inside it.
    pub end: usize,
    /// What its own names say.
    pub own: Marks,
    /// Where it is: the places of all its ancestors and its own.
    pub places: Marks,
    /// Bytes of text inside.
    pub text: usize,
    pub has_digit: bool,
    has_link: bool,
    has_image: bool,
}

impl<'a> Spot<'a> {
    pub fn name(&self) -> &'a str {
        self.element.value().name()
    }

    /// Whether there is a link in it, or it is one.
    pub fn has_link(&self) -> bool {
        self.has_link
    }

    pub fn attr(&self, name: &str) -> Option<&'a str> {
        self.element.value().attr(name)
    }
}

/// The page, flat.
pub struct Outline<'a> {
    pub spots: Vec<Spot<'a>>,
    /// The element that names the product, and the name.
    pub heading: Option<(usize, String)>,
}

impl<'a> Outline<'a> {
    pub fn of(document: &'a Document) -> Self {
        let mut outline = Self {
            spots: walk::spots(document),
            heading: None,
        };
        outline.heading = heading::find(document, &outline);
        outline.mark_cards();
        outline.mark_related_sections();
        outline.settle_places();
        outline
    }

    pub fn get(&self, index: usize) -> Option<&Spot<'a>> {
        self.spots.get(index)
    }

    pub fn heading_at(&self) -> Option<usize> {
        self.heading.as_ref().map(|(index, _)| *index)
    }

    /// Indices of the ancestors, nearest first.
    pub fn ancestors(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.spots.get(index).and_then(|spot| spot.parent), |at| {
            self.spots.get(*at).and_then(|spot| spot.parent)
        })
    }

    /// Indices of the direct children.
    pub fn children(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.spots.get(index).map_or(0, |spot| spot.end);
        let mut next = index + 1;
        std::iter::from_fn(move || {
            let at = next;
            (at < end).then(|| {
                next = self.spots.get(at).map_or(end, |spot| spot.end).max(at + 1);
                at
            })
        })
    }

    pub fn contains(&self, outer: usize, inner: usize) -> bool {
        self.spots
            .get(outer)
            .is_some_and(|spot| (outer..spot.end).contains(&inner))
    }

    /// How near two elements are, 0 to 100: what matters is how little of the page holds both.
    pub fn nearness(&self, one: usize, other: usize) -> i32 {
        let holder = std::iter::once(one)
            .chain(self.ancestors(one))
            .find(|at| self.contains(*at, other));
        let size = holder
            .and_then(|at| self.spots.get(at).map(|spot| spot.end - at))
            .unwrap_or(self.spots.len());
        let (size, all) = (digits_of(size), digits_of(self.spots.len().max(SMALL_PAGE)));
        100 - 100 * size / all.max(1)
    }
}

/// A hundredth of the natural logarithm's scale is enough to compare sizes.
fn digits_of(size: usize) -> i32 {
    let bits = usize::BITS - size.leading_zeros();
    let below = if bits > 3 {
        size >> (bits - 3)
    } else {
        size << (3 - bits)
    } & 3;
    i32::try_from(bits * 4).unwrap_or(0) + i32::try_from(below).unwrap_or(0)
}
