//! How a page comes to life in the browser: what it loads, where it is attached, and what is left when that fails.

use crate::parts::{Part, SHOP};
use crate::prelude::*;
use leptos::nonce::use_nonce;
use std::sync::{Arc, LazyLock};

/// The id of the element that comes to life. Whatever extensions put beside it does not matter.
pub const ROOT: &str = "market";

const COME_ALIVE: &str = include_str!("come_alive.js");

/// What stands in every page, without what is only for those who read it here.
static SCRIPT: LazyLock<String> = LazyLock::new(|| {
    include_str!("translated.js")
        .lines()
        .chain(COME_ALIVE.lines())
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
});

/// The browser's side of one build: its files, and a name by which a page that has stood open for long can tell
/// that another build answers.
#[derive(Clone, Debug)]
pub struct Build {
    /// The build's name.
    pub id: Arc<str>,
    /// The address of the stylesheet that every page loads.
    pub style: Arc<str>,
    /// The address of the script that loads the module.
    pub script: Arc<str>,
    /// The address of the WebAssembly module.
    pub module: Arc<str>,
    /// What each part is made of.
    pub parts: Arc<[PartFiles]>,
}

/// The browser's side of one part.
#[derive(Clone, Debug)]
pub struct PartFiles {
    /// Which part.
    pub part: Part,
    /// The address of its stylesheet.
    pub style: Arc<str>,
    /// The addresses of its modules; none while nobody has listed them.
    pub modules: Vec<Arc<str>>,
}

impl Build {
    /// What a part is made of.
    #[must_use]
    pub fn of_part(&self, part: Part) -> Option<&PartFiles> {
        self.parts.iter().find(|files| files.part == part)
    }
}

/// The style of the page: what every page loads, and what its part has beside that.
#[component]
pub fn Style(
    /// What is loaded.
    files: Build,
    /// The part that the page is in.
    part: Option<Part>,
) -> impl IntoView {
    let link = |name: &'static str, address: &str| view! { <link rel="stylesheet" href=address.to_owned() data-style=name/> };
    let of_part = part.and_then(|part| files.of_part(part));
    view! {
        {link(SHOP, &files.style)}
        {of_part.map(|files| link(files.part.name(), &files.style))}
    }
}

/// Loads what brings the page to life.
#[component]
pub fn ComeAlive(
    /// What is loaded.
    files: Build,
    /// The part that the page is in.
    part: Option<Part>,
) -> impl IntoView {
    let Build { script, module, .. } = &files;
    let of_part = part.and_then(|part| files.of_part(part));
    let of_part = of_part.map_or(&[][..], |files| &files.modules);
    let start = format!("{}({script:?}, {module:?}, {of_part:?});", *SCRIPT);
    view! { <script type="module" nonce=use_nonce()>{start}</script> }
}

/// Loads the part of the app that the page is in, without which it can't come to life.
///
/// # Errors
/// When it did not come.
#[cfg(feature = "hydrate")]
pub async fn load_part() -> Result<(), crate::parts::Missing> {
    let path = window().location().pathname().unwrap_or_default();
    match Part::at(&path) {
        Some(part) => part.load().await,
        None => Ok(()),
    }
}

/// Attaches the app to the HTML the server sent.
#[cfg(feature = "hydrate")]
pub fn come_alive<V: IntoView + 'static>(app: fn() -> V) {
    use leptos::wasm_bindgen::{JsCast, throw_str};
    let root = document()
        .get_element_by_id(ROOT)
        .and_then(|root| root.dyn_into().ok());
    match root {
        Some(root) => leptos::mount::hydrate_from(root, app).forget(),
        None => throw_str("the page has no element to come to life"),
    }
}

#[cfg(test)]
mod tests {
    use super::{COME_ALIVE, ROOT};
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    /// The names that follow `marker` in the sources of the app.
    fn names_after(marker: &str) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|end| end == "rs") {
                    let source = fs::read_to_string(path).unwrap();
                    let found = source.split(marker).skip(1).map(|rest| {
                        let end = rest.find(|c: char| !c.is_ascii_lowercase());
                        rest[..end.unwrap_or(rest.len())].to_owned()
                    });
                    names.extend(found.filter(|name| !name.is_empty()));
                }
            }
        }
        names
    }

    #[test]
    fn what_is_broken_hears_none_of_the_events_the_app_listens_to() {
        let list = COME_ALIVE.split(['[', ']']).nth(1).unwrap();
        let silenced: BTreeSet<_> = list
            .split(',')
            .map(|name| name.trim().trim_matches('"').to_owned())
            .collect();
        let heard = names_after(concat!(" on", ":"))
            .into_iter()
            .chain(names_after(concat!("(ev", "::")))
            .chain(names_after(concat!("untyped", "(\"")))
            .chain(names_after(concat!("listen(&document()", ", \"")))
            .chain(names_after(concat!("listen(&window()", ", \"")))
            // The router's own.
            .chain(["click", "popstate", "submit"].map(str::to_owned))
            .collect::<BTreeSet<_>>();
        assert!(heard.len() > 3, "{heard:?}");
        assert_eq!(
            heard.difference(&silenced).collect::<Vec<_>>(),
            Vec::<&String>::new()
        );
    }

    #[test]
    fn the_element_that_comes_to_life_is_the_one_that_is_sent() {
        assert!(COME_ALIVE.contains(&format!("getElementById({ROOT:?})")));
    }
}
