//! Which address of a picture is the picture: not the placeholder that a script replaces, not the smallest size.

use scraper::ElementRef;

/// Where lazy pictures keep their address, the largest first.
const LAZY: [&str; 14] = [
    "data-zoom-image",
    "data-large_image",
    "data-large",
    "data-full",
    "data-zoom",
    "data-old-hires",
    "data-hires",
    "data-magnify-src",
    "data-src",
    "data-original",
    "data-lazy",
    "data-lazy-src",
    "data-flickity-lazyload",
    "data-image",
];

/// The best address that an `<img>` or `<picture>` has, as written.
#[must_use]
pub fn address_of(element: ElementRef<'_>) -> Option<String> {
    let element = match element.value().name() {
        "picture" => element
            .descendent_elements()
            .find(|inner| inner.value().name() == "img")?,
        _ => element,
    };
    let attribute = |name: &str| {
        element
            .value()
            .attr(name)
            .map(str::trim)
            .filter(|value| is_address(value))
    };
    LAZY.iter()
        .find_map(|name| attribute(name))
        .map(str::to_owned)
        .or_else(|| {
            ["data-srcset", "srcset"]
                .iter()
                .find_map(|name| largest(element.value().attr(name)?))
        })
        .or_else(|| attribute("src").map(str::to_owned))
}

/// Is this an address, and not an inlined picture or a script's argument?
fn is_address(value: &str) -> bool {
    !value.is_empty()
        && !value.starts_with("data:")
        && !value.starts_with('{')
        && !value.starts_with('[')
        && !value.starts_with("about:")
        && !value.contains(char::is_whitespace)
        && (value.contains('/') || value.contains('.'))
}

/// The largest candidate of a `srcset`.
fn largest(srcset: &str) -> Option<String> {
    srcset
        .split(", ")
        .flat_map(|part| {
            if part.contains(",http") || part.contains(",/") {
                part.split(',').collect()
            } else {
                vec![part]
            }
        })
        .filter_map(|candidate| {
            let mut words = candidate.split_whitespace();
            let address = words
                .next()
                .map(|word| word.trim_end_matches(','))
                .filter(|word| is_address(word))?;
            let size = words.next().and_then(|size| {
                size.trim_end_matches(['w', 'x', 'h', ','])
                    .parse::<f32>()
                    .ok()
            });
            Some((address, size.unwrap_or(1.0)))
        })
        .fold(None, |best: Option<(&str, f32)>, candidate| match best {
            Some(best) if best.1 >= candidate.1 => Some(best),
            _ => Some(candidate),
        })
        .map(|(address, _)| address.to_owned())
}
