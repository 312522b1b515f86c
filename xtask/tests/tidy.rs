#![allow(
    clippy::unwrap_used,
    reason = "a test that can not read the tree has failed"
)]

//! The architecture's invariants that can be read off the source tree and the dependency tree.

mod layers;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every Rust file below a folder, with its path from the project's root.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root()).unwrap().display().to_string();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "no source below {folder}");
    found
}

/// The names of all packages that one is built with.
fn dependencies(arguments: &[&str]) -> Vec<String> {
    let cargo = Command::new(env!("CARGO"))
        .args([
            "tree", "--prefix", "none", "--edges", "normal", "--format", "{p}",
        ])
        .args(arguments)
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        cargo.status.success(),
        "{}",
        String::from_utf8_lossy(&cargo.stderr)
    );
    let names = String::from_utf8(cargo.stdout).unwrap();
    names
        .lines()
        .filter_map(|line| line.split(' ').next())
        .map(ToOwned::to_owned)
        .collect()
}

#[track_caller]
fn check_absent(arguments: &[&str], unwanted: &[&str]) {
    let present = dependencies(arguments);
    for name in unwanted {
        assert!(
            !present.iter().any(|p| p == name),
            "{arguments:?} must not depend on {name}"
        );
    }
}

/// Where a text occurs outside of the files that may have it.
fn strays(folder: &str, text: &str, may: &[&str]) -> Vec<String> {
    let has = |(name, source): &(String, String)| {
        source.contains(text) && !may.iter().any(|m| name.starts_with(m))
    };
    sources(folder)
        .iter()
        .filter(|file| has(file))
        .map(|(name, _)| name.clone())
        .collect()
}

#[test]
fn the_rules_know_neither_the_interface_nor_http() {
    for package in ["model", "market", "importer"] {
        check_absent(
            &["--package", package],
            &["leptos", "axum", "tower-sessions", "app", "server"],
        );
    }
    // Asking other shops is the importer's business alone.
    for package in ["model", "market"] {
        check_absent(
            &["--package", package, "--depth", "1"],
            &["http", "hyper", "reqwest", "tower", "tower-http"],
        );
    }
    check_absent(&["--package", "importer"], &["market", "model", "sea-orm"]);
}

#[test]
fn the_browser_gets_no_database_and_no_rules() {
    let arguments = [
        "--package",
        "frontend",
        "--target",
        "wasm32-unknown-unknown",
    ];
    check_absent(
        &arguments,
        &[
            "market",
            "sea-orm",
            "sqlx",
            "sqlx-core",
            "tokio",
            "axum",
            "argon2",
        ],
    );
}

#[test]
fn the_model_is_plain_data() {
    let direct = |arguments: &[&str]| {
        let all = [&["--package", "model", "--depth", "1"], arguments].concat();
        let mut names = dependencies(&all);
        names.retain(|name| name != "model");
        names.sort();
        names
    };
    // The tables of the world's letters are the server's alone: a browser has its own.
    assert_eq!(
        direct(&[]),
        [
            "deunicode",
            "idna",
            "serde",
            "thiserror",
            "unicode-normalization"
        ]
    );
    assert_eq!(
        direct(&["--target", "wasm32-unknown-unknown"]),
        ["js-sys", "serde", "thiserror"]
    );
}

#[test]
fn one_engine_of_each_kind() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    for name in ["sqlx-core", "tokio", "leptos", "axum", "sea-orm", "rustls"] {
        let copies = lock.matches(&format!("\nname = \"{name}\"\n")).count();
        assert!(copies <= 1, "{copies} versions of {name}");
    }
}

#[test]
fn only_the_ledger_writes_the_ledger() {
    let may = ["crates/market/src/ledger/", "crates/market/src/entity/"];
    for write in [
        "transfer::ActiveModel",
        "ledger_account::ActiveModel",
        "transfer::Entity::insert",
    ] {
        assert_eq!(
            strays("crates", write, &may),
            Vec::<String>::new(),
            "{write}"
        );
    }
}

#[test]
fn only_migrations_change_the_schema() {
    for word in ["CREATE TABLE", "ALTER TABLE", "DROP TABLE"] {
        let may = [
            "crates/market/src/migration/",
            "crates/market/src/db/tests.rs",
            "crates/market/tests/",
            "crates/trial/",
        ];
        assert_eq!(strays("crates", word, &may), Vec::<String>::new(), "{word}");
        assert_eq!(
            strays("server/src", word, &[]),
            Vec::<String>::new(),
            "{word}"
        );
        assert_eq!(strays("app/src", word, &[]), Vec::<String>::new(), "{word}");
    }
}

#[track_caller]
fn check_layers(crate_source: &str, levels: usize) {
    let circles = layers::circles(crate_source, &sources(crate_source), levels);
    assert!(circles.is_empty(), "modules in circles: {circles:#?}");
}

#[test]
fn no_module_of_the_app_needs_one_that_needs_it() {
    // The files of one room may lean on each other.
    check_layers("app/src", 1);
}

#[test]
fn no_module_of_the_importer_needs_one_that_needs_it() {
    check_layers("crates/importer/src", usize::MAX);
}

#[test]
fn server_code_in_the_app_is_told_apart_by_few_cfgs() {
    let many = sources("app/src")
        .into_iter()
        .filter(|(_, source)| source.contains("feature = \"ssr\""))
        .count();
    assert!(
        many <= 12,
        "{many} files of the app are told apart by feature; put server code into server/"
    );
}
