#![allow(
    clippy::unwrap_used,
    reason = "a test that can not read the tree has failed"
)]

//! That style and app fit: each rule is found by the name of what it is for, is used, and is loaded where it is needed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What is loaded: the shop's by every page, the others beside it by the pages of their part.
const SHEETS: [&str; 3] = ["shop", "till", "seller"];

/// Files that are named after nothing in the app, since all of it needs them.
const FOR_ALL: [&str; 5] = ["base", "common", "helpers", "print", "theme"];

/// Classes that a script looks for and no rule is about.
const HOOKS: [&str; 2] = ["asks-before-leaving", "leaves-the-page"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file below a folder whose name ends so, by its path there without that ending.
fn files(folder: &str, end: &str) -> BTreeMap<String, String> {
    let top = root().join(folder);
    let mut found = BTreeMap::new();
    let mut folders = vec![top.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(&top).unwrap().display().to_string();
            if path.is_dir() && name != "node_modules" {
                folders.push(path);
            } else if let Some(name) = name.strip_suffix(end) {
                found.insert(name.to_owned(), fs::read_to_string(&path).unwrap());
            }
        }
    }
    assert!(!found.is_empty(), "nothing below {folder}");
    found
}

fn style() -> BTreeMap<String, String> {
    files("style", ".css")
}

/// Every source of the app, without its comments.
fn app() -> BTreeMap<String, String> {
    let code = |source: String| -> String {
        let lines = source.split_inclusive('\n');
        lines
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect()
    };
    let files = files("app/src", ".rs");
    files
        .into_iter()
        .map(|(name, source)| (name, code(source)))
        .collect()
}

/// What a stylesheet imports.
fn imports(sheet: &str) -> BTreeSet<String> {
    let lines = sheet
        .lines()
        .filter_map(|line| line.strip_prefix("@import \"./"));
    lines
        .map(|line| line.split(".css\"").next().unwrap().to_owned())
        .collect()
}

/// The classes that rules are about.
fn classes_in_style(css: &str) -> BTreeSet<String> {
    let code = between(css, "*/", "/*");
    let code: String = code.split('"').step_by(2).collect();
    let names = code.split('.').skip(1).map(first_name);
    names
        .filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))
        .map(ToOwned::to_owned)
        .collect()
}

/// What lies between an end and the next beginning: a text without its comments.
fn between(text: &str, end: &str, begin: &str) -> String {
    let parts = text.split(end);
    parts
        .map(|part| part.split(begin).next().unwrap())
        .collect()
}

fn first_name(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    &text[..end.unwrap_or(text.len())]
}

/// The classes that a source gives to elements, as far as it says them itself.
fn classes_in_source(source: &str) -> BTreeSet<String> {
    let literal = ["class=\"", "class=format!(\""]
        .into_iter()
        .flat_map(|begin| {
            let rest = source.split(begin).skip(1);
            rest.flat_map(|rest| rest.split('"').next().unwrap().split_whitespace())
        });
    let literal = literal.filter(|name| !name.contains('{'));
    let switched = source.split(" class:").skip(1).map(first_name);
    let names = literal.chain(switched).filter(|name| !name.is_empty());
    names.map(ToOwned::to_owned).collect()
}

/// Every word that stands in a text of a source. One that ends with `{` is the beginning of words.
fn words_in_texts(source: &str) -> BTreeSet<String> {
    let texts = source
        .lines()
        .flat_map(|line| line.split('"').skip(1).step_by(2));
    let words = texts.flat_map(|text| text.split(|c: char| c.is_whitespace() || c == '}'));
    words.map(ToOwned::to_owned).collect()
}

#[test]
fn each_rule_is_used() {
    let mut used = BTreeSet::new();
    for source in app().values() {
        used.extend(words_in_texts(source));
        used.extend(classes_in_source(source));
    }
    let begun: Vec<&str> = used
        .iter()
        .filter_map(|word| word.strip_suffix('{'))
        .collect();
    for (file, css) in style() {
        for class in classes_in_style(&css) {
            let is_used = used.contains(&class)
                || begun
                    .iter()
                    .any(|begin| begin.len() > 2 && class.starts_with(begin));
            assert!(is_used, "nothing in the app is .{class} of {file}.css");
        }
    }
}

#[test]
fn each_class_has_a_rule() {
    let ruled: BTreeSet<String> = style()
        .values()
        .flat_map(|css| classes_in_style(css))
        .collect();
    for (file, source) in app() {
        for class in classes_in_source(&source) {
            let is_known = ruled.contains(&class) || HOOKS.contains(&class.as_str());
            assert!(is_known, "no rule is about .{class}, which {file}.rs uses");
        }
    }
}

#[test]
fn each_file_is_named_after_what_it_is_for() {
    for file in style().keys() {
        let source = root().join("app/src").join(file);
        let is_named = FOR_ALL.contains(&file.as_str())
            || SHEETS.contains(&file.as_str())
            || source.is_dir()
            || source.with_extension("rs").is_file();
        assert!(is_named, "no module of the app is called {file}");
    }
}

#[test]
fn each_file_is_loaded() {
    let style = style();
    let mut left: BTreeSet<&String> = style.keys().collect();
    left.retain(|file| !SHEETS.contains(&file.as_str()));
    let mut said = BTreeSet::new();
    for sheet in SHEETS {
        for file in imports(&style[sheet]) {
            assert!(style.contains_key(&file), "{sheet}.css imports {file}.css");
            left.remove(&file);
        }
        // What lies over what is settled before anything is loaded, so that it does not matter in which order they come.
        said.extend(style[sheet].lines().find(|line| line.starts_with("@layer")));
    }
    assert_eq!(left, BTreeSet::new(), "nobody imports these");
    assert_eq!(said.len(), 1, "the layers are the same everywhere");
}

#[test]
fn style_is_css() {
    for (file, css) in style() {
        for word in ["@apply", "@tailwind", "--tw-"] {
            assert!(!css.contains(word), "{word} in {file}.css");
        }
    }
}

/// The part that shows a module's things: the one whose list names its feature, or else the shop.
fn part_of(module: &str, app: &BTreeMap<String, String>) -> &'static str {
    let feature = feature_of(module);
    // What stands around pages belongs to several parts.
    let place = if feature == "shell" { module } else { feature };
    let named = format!("crate::{}::", place.replace('/', "::"));
    let mut parts = SHEETS[1..].iter().copied();
    let part = parts.find(|part| app[&format!("parts/{part}")].contains(&named));
    part.unwrap_or(SHEETS[0])
}

fn feature_of(module: &str) -> &str {
    module.split('/').next().unwrap()
}

/// Every component of the app, and the modules that have one of that name.
fn components(app: &BTreeMap<String, String>) -> BTreeMap<&str, Vec<&str>> {
    let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (module, source) in app {
        let functions = source.split("fn ").skip(1).map(first_name);
        for name in functions.filter(|name| is_component(name)) {
            found.entry(name).or_default().push(module);
        }
    }
    found
}

/// The components that a source shows. `Vec<Parcel>` is a type.
fn shown(source: &str) -> BTreeSet<&str> {
    let after_a_name = |c: char| c.is_ascii_alphanumeric() || c == ':';
    let tags = source
        .match_indices('<')
        .filter(|(at, _)| !source[..*at].ends_with(after_a_name))
        .map(|(at, _)| first_name(&source[at + 1..]));
    tags.filter(|name| is_component(name)).collect()
}

fn is_component(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// The modules whose components one shows, and those whose components these show.
fn shown_by<'a>(
    module: &'a str,
    app: &'a BTreeMap<String, String>,
    components: &BTreeMap<&'a str, Vec<&'a str>>,
) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::from([module]);
    let mut left = vec![module];
    while let Some(module) = left.pop() {
        for name in shown(&app[module]) {
            // Of two with one name it is the nearer one.
            let near = |other: &&str| (*other == module, feature_of(other) == feature_of(module));
            let all = components.get(name).into_iter().flatten().copied();
            if let Some(other) = all.max_by_key(near)
                && found.insert(other)
            {
                left.push(other);
            }
        }
    }
    found
}

#[test]
fn each_page_loads_what_it_shows() {
    let (style, app) = (style(), app());
    let components = components(&app);
    let all: BTreeSet<String> = style
        .values()
        .flat_map(|css| classes_in_style(css))
        .collect();
    for module in app.keys().filter(|module| feature_of(module) != "ui") {
        let part = part_of(module, &app);
        let files = [SHEETS[0], part].map(|sheet| imports(&style[sheet]));
        let ruled: BTreeSet<String> = files
            .iter()
            .flatten()
            .flat_map(|file| classes_in_style(&style[file]))
            .collect();
        for shown in shown_by(module, &app, &components) {
            for class in classes_in_source(&app[shown]).intersection(&all) {
                let has = ruled.contains(class);
                assert!(
                    has,
                    "{module}.rs shows {shown}.rs with .{class}, which the {part} does not load"
                );
            }
        }
    }
}
