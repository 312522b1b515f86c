//! The product's pictures, in the page's order, the main one first.

use super::marks::Marks;
use super::outline::heading::words;
use super::outline::{Outline, Spot};

/// More than a gallery holds.
const MOST: usize = 40;

/// Pictures that are looked at.
const MOST_READ: usize = 2000;

struct Picture {
    spot: usize,
    url: String,
    score: i32,
}

/// Addresses as written, best first.
pub fn find(outline: &Outline<'_>) -> Vec<String> {
    let title = outline
        .heading
        .as_ref()
        .map(|(_, text)| words(text))
        .unwrap_or_default();
    let mut pictures: Vec<Picture> = outline
        .spots
        .iter()
        .enumerate()
        .filter(|(_, spot)| spot.name() == "img")
        .take(MOST_READ)
        .filter_map(|(index, spot)| {
            let url = address(outline, index, spot)?;
            let score = judge(outline, index, spot, &url, &title);
            (score >= 40).then_some(Picture {
                spot: index,
                url,
                score,
            })
        })
        .collect();
    let Some(main) = pictures
        .iter()
        .rev()
        .max_by_key(|picture| picture.score)
        .map(|picture| (picture.spot, picture.score))
    else {
        return Vec::new();
    };
    // The rest of the gallery stands near the main picture; others are somebody else's.
    pictures.retain(|picture| {
        picture.spot == main.0
            || outline.nearness(picture.spot, main.0) >= 40
            || picture.score + 15 >= main.1
    });
    pictures.sort_by_key(|picture| (picture.spot != main.0, picture.spot));
    let mut urls: Vec<String> = Vec::new();
    for picture in pictures {
        if !urls.contains(&picture.url) && urls.len() < MOST {
            urls.push(picture.url);
        }
    }
    urls
}

fn judge(outline: &Outline<'_>, index: usize, spot: &Spot<'_>, url: &str, title: &[String]) -> i32 {
    let around = outline
        .ancestors(index)
        .take(5)
        .filter_map(|at| outline.get(at))
        .filter(|spot| spot.text < 400)
        .fold(spot.own, |all, spot| all | spot.own);
    let mut score = 20;
    if let Some(heading) = outline.heading_at() {
        score += outline.nearness(index, heading) / 2;
    }
    if around.any(Marks::GALLERY) {
        score += 20;
    }
    if around.has(Marks::GALLERY | Marks::PRODUCT) {
        score += 6;
    }
    if spot.attr("itemprop").is_some_and(|prop| prop == "image") {
        score += 25;
    }
    if let Some(alt) = spot.attr("alt") {
        let alt = words(alt);
        let shared = alt.iter().filter(|word| title.contains(word)).count();
        if !alt.is_empty() && !title.is_empty() {
            let share = i32::try_from(30 * shared / title.len().max(1)).unwrap_or(0);
            score += share.min(30);
        }
    }
    score += size(spot);
    if spot.places.any(Marks::ELSEWHERE & !Marks::POPUP) {
        score -= 70;
    }
    if spot.places.any(Marks::DESCRIPTION) {
        score -= 15;
    }
    if (spot.own | around).any(Marks::DECORATION) && !spot.own.any(Marks::GALLERY) {
        score -= 30;
    }
    if around.any(Marks::THUMB) {
        score -= 8;
    }
    if around.any(Marks::BRAND) {
        score -= 40;
    }
    let lower = url.to_lowercase();
    if DECORATIONS.iter().any(|word| lower.contains(word)) {
        score -= 60;
    }
    score
}

/// What width and height attributes say: large is good, an icon isn't.
fn size(spot: &Spot<'_>) -> i32 {
    let pixels = |name: &str| {
        spot.attr(name)
            .and_then(|value| value.trim().trim_end_matches("px").parse::<u32>().ok())
    };
    match pixels("width").into_iter().chain(pixels("height")).max() {
        Some(0..=60) => -40,
        Some(61..=140) => -8,
        Some(300..) => 12,
        _ => 0,
    }
}

const DECORATIONS: [&str; 22] = [
    "logo",
    "sprite",
    "icon",
    "placeholder",
    "spacer",
    "pixel",
    "loader",
    "loading",
    "payment",
    "paypal",
    "visa",
    "flag",
    "avatar",
    "banner",
    "badge",
    "rating",
    "star.",
    "blank.",
    "spinner",
    "facebook.",
    "1x1",
    "transparent",
];

/// The largest version an image element offers: a zoom link around it, lazy sources, the widest of `srcset`.
fn address(outline: &Outline<'_>, index: usize, spot: &Spot<'_>) -> Option<String> {
    let zoomed = outline
        .ancestors(index)
        .take(2)
        .filter_map(|at| outline.get(at))
        .filter(|around| around.name() == "a")
        .find_map(|link| {
            [
                "data-zoom-image",
                "data-image",
                "data-zoom",
                "data-large",
                "href",
            ]
            .into_iter()
            .find_map(|name| link.attr(name).filter(|url| is_picture(url)))
        });
    let large = || {
        LARGE
            .into_iter()
            .find_map(|name| spot.attr(name).filter(|url| is_address(url)))
            .map(str::to_owned)
    };
    let set = || {
        ["srcset", "data-srcset", "data-lazy-srcset"]
            .into_iter()
            .find_map(|name| spot.attr(name).and_then(widest))
    };
    let plain = || {
        [
            "data-src",
            "data-original",
            "data-lazy",
            "data-lazy-src",
            "data-image",
            "data-echo",
            "src",
        ]
        .into_iter()
        .find_map(|name| spot.attr(name).filter(|url| is_address(url)))
        .map(str::to_owned)
    };
    zoomed
        .map(str::to_owned)
        .or_else(large)
        .or_else(set)
        .or_else(plain)
        .map(|url| url.trim().to_owned())
}

const LARGE: [&str; 8] = [
    "data-zoom-image",
    "data-large_image",
    "data-large-image",
    "data-large",
    "data-zoom",
    "data-zoom-src",
    "data-full",
    "data-magnify-src",
];

fn is_address(url: &str) -> bool {
    let url = url.trim();
    !url.is_empty()
        && url.len() <= 2048
        && !url.starts_with("data:")
        && !url.starts_with("javascript:")
        && !url.starts_with("blob:")
        && !url.contains("{{")
        && !url.starts_with('{')
        && !url.starts_with('#')
}

fn is_picture(url: &str) -> bool {
    let path = url
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    is_address(url)
        && [".jpg", ".jpeg", ".png", ".webp", ".avif"]
            .iter()
            .any(|ending| path.ends_with(ending))
}

/// The address with the largest descriptor of a `srcset`.
fn widest(set: &str) -> Option<String> {
    set.split(", ")
        .flat_map(|part| {
            part.split(",http").enumerate().map(|(at, part)| {
                if at == 0 {
                    part.to_owned()
                } else {
                    format!("http{part}")
                }
            })
        })
        .filter_map(|part| {
            let mut words = part.split_whitespace();
            let url = words.next()?.trim_end_matches(',').to_owned();
            let size = words
                .next()
                .and_then(|size| {
                    size.trim_end_matches([',', 'w', 'x', 'h'])
                        .parse::<f64>()
                        .ok()
                })
                .unwrap_or(1.0);
            is_address(&url).then_some((size, url))
        })
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, url)| url)
}
