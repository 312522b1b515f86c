//! Which modules of a crate need each other in a circle, read off its source.

use std::collections::{BTreeMap, BTreeSet};

/// A module's place in its crate: the names from the root on.
type Place = Vec<String>;

/// The modules in circles, and those that need one of them, each with what it needs: first among the crate's top
/// modules, then inside of each of these, as many levels down as `levels` says. A module and those inside of it are
/// one thing; only neighbours are compared.
pub fn circles(
    crate_source: &str,
    files: &[(String, String)],
    levels: usize,
) -> BTreeMap<String, BTreeSet<String>> {
    let modules: Vec<(Place, &str)> = files
        .iter()
        .map(|(name, source)| (place_of(crate_source, name), source.as_str()))
        .collect();
    let needs: Vec<(&Place, Place)> = modules
        .iter()
        .flat_map(|(module, source)| {
            let needed = paths_in(source, module);
            needed.into_iter().map(move |path| (module, path))
        })
        .collect();
    let rooms: BTreeSet<&[String]> = modules
        .iter()
        .flat_map(|(module, _)| {
            (0..module.len().min(levels)).filter_map(move |end| module.get(..end))
        })
        .collect();
    rooms
        .into_iter()
        .flat_map(|room| circles_in(room, &modules, &needs))
        .collect()
}

/// The circles among the modules that stand directly in `room`.
fn circles_in(
    room: &[String],
    modules: &[(Place, &str)],
    needs: &[(&Place, Place)],
) -> BTreeMap<String, BTreeSet<String>> {
    let within = |place: &Place| {
        place
            .strip_prefix(room)
            .and_then(|rest| rest.first().cloned())
    };
    let mut graph: BTreeMap<String, BTreeSet<String>> = modules
        .iter()
        .filter_map(|(module, _)| within(module))
        .map(|name| (name, BTreeSet::new()))
        .collect();
    for (module, path) in needs {
        if let (Some(module), Some(needed)) = (within(module), within(path))
            && module != needed
            && let Some(all) = graph.get_mut(&module)
        {
            all.insert(needed);
        }
    }
    // What needs only what is gone goes too; what is left then is in a circle, or needs one.
    while let Some(free) = graph
        .iter()
        .find(|(_, needed)| needed.iter().all(|module| !graph.contains_key(module)))
        .map(|(module, _)| module.clone())
    {
        graph.remove(&free);
    }
    let full = |name: String| [room, &[name]].concat().join("::");
    graph
        .into_iter()
        .map(|(name, needed)| (full(name), needed))
        .collect()
}

/// `app/src/cart/mod.rs` → `cart`; `app/src/lib.rs` is the root.
fn place_of(crate_source: &str, file: &str) -> Place {
    let within = file.split(crate_source).nth(1).unwrap_or_default();
    let within = within.trim_start_matches('/').trim_end_matches(".rs");
    let mut place: Place = within.split('/').map(str::to_owned).collect();
    place.pop_if(|last| matches!(last.as_str(), "mod" | "lib" | "main"));
    place
}

/// Every path in a module that begins with `crate` or `super`, from the crate's root on.
fn paths_in(source: &str, module: &Place) -> Vec<Place> {
    let code: Vec<&str> = source
        .lines()
        .filter_map(|line| line.split("//").next())
        .collect();
    let code = code.join("\n");
    let tests = code.find("mod tests {").unwrap_or(code.len());
    let mut paths = Vec::new();
    for (at, _) in code
        .match_indices("crate::")
        .chain(code.match_indices("super::"))
    {
        let is_inside_path =
            code[..at].ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c));
        if is_inside_path {
            continue;
        }
        let mut here = module.clone();
        if at > tests {
            here.push("tests".to_owned());
        }
        follow(&code[at..], here, &mut paths);
    }
    paths
}

/// Reads on from `here`: `super::{a, b::c}` gives two paths.
fn follow(code: &str, mut here: Place, paths: &mut Vec<Place>) {
    let mut rest = code.trim_start();
    loop {
        if let Some(inside) = rest.strip_prefix('{') {
            for part in parts(inside) {
                follow(part, here.clone(), paths);
            }
            return;
        }
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        match word {
            "" | "self" => {}
            "crate" => here.clear(),
            "super" => drop(here.pop()),
            name => here.push(name.to_owned()),
        }
        match after.strip_prefix("::") {
            Some(after) => rest = after.trim_start(),
            None => return paths.push(here),
        }
    }
}

/// What stands between the commas, up to the brace that ends the list.
fn parts(inside: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, letter) in inside.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                parts.push(inside[start..at].trim());
                start = at + 1;
                if letter == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

#[test]
fn paths_are_read_however_they_are_written() {
    let source = "use crate::a::B;\nuse super::{c, d::{E, self}}; // crate::no\nfn f() { super::super::g(); }";
    let module = ["x", "y"].map(str::to_owned).to_vec();
    let paths: Vec<String> = paths_in(source, &module)
        .iter()
        .map(|path| path.join("::"))
        .collect();
    assert_eq!(paths, ["a::B", "x::c", "x::d::E", "x::d", "g"]);
}

#[test]
fn a_circle_is_seen_at_each_level_and_a_row_is_none() {
    let files = |files: &[(&str, &str)]| -> Vec<(String, String)> {
        files
            .iter()
            .map(|(name, source)| (format!("k/src/{name}.rs"), (*source).to_owned()))
            .collect()
    };
    let row = files(&[
        ("a", "use crate::{b, c};"),
        ("b", "use crate::c;"),
        ("c", ""),
    ]);
    assert!(circles("k/src", &row, 9).is_empty());
    let inside = files(&[
        ("a/mod", ""),
        ("a/b", "use super::c;"),
        ("a/c", "use crate::a::b;"),
    ]);
    assert!(circles("k/src", &inside, 1).is_empty());
    let found: Vec<String> = circles("k/src", &inside, 9).into_keys().collect();
    assert_eq!(found, ["a::b", "a::c"]);
}
