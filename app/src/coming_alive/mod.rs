//! How a page comes to life in the browser: what it loads, where it is attached, and what is left when that fails.

use crate::parts::Part;
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
    /// The address of the stylesheet.
    pub style: Arc<str>,
    /// The address of the script that loads the module.
    pub script: Arc<str>,
    /// The address of the WebAssembly module.
    pub module: Arc<str>,
    /// The addresses of what each part is made of.
    pub parts: Arc<[(Part, Vec<Arc<str>>)]>,
}

impl Build {
    /// The addresses of what a part is made of; none while nobody has listed them.
    #[must_use]
    pub fn of_part(&self, part: Part) -> &[Arc<str>] {
        let found = self.parts.iter().find(|(other, _)| *other == part);
        found.map_or(&[], |(_, files)| files)
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
    let of_part = part.map(|part| files.of_part(part)).unwrap_or_default();
    let start = format!("{}({script:?}, {module:?}, {of_part:?});", *SCRIPT);
    view! {
        <link rel="modulepreload" href=script.to_string() nonce=use_nonce()/>
        <link rel="preload" href=module.to_string() r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
        <script type="module" nonce=use_nonce()>{start}</script>
    }
}

/// Loads the part of the app that the page is in, without which it can't come to life.
///
/// # Errors
/// When it did not come.
#[cfg(feature = "hydrate")]
pub async fn load_part() -> Result<(), leptos::wasm_split::SplitLoaderError> {
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
