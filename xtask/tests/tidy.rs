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

/// A table that one module of the market writes.
struct Table {
    /// Its entity, and its name in SQL.
    entity: &'static str,
    name: &'static str,
    /// Columns that nobody else writes, as fields of a row.
    columns: &'static [&'static str],
    /// Where it is written: modules of the market.
    writer: &'static str,
}

const LEDGER: &[Table] = &[
    Table {
        entity: "transfer",
        name: "transfers",
        columns: &["debit", "credit"],
        writer: "ledger",
    },
    Table {
        entity: "ledger_account",
        name: "ledger_accounts",
        columns: &["balance"],
        writer: "ledger",
    },
];

const STOCK: Table = Table {
    entity: "variant",
    name: "variants",
    columns: &["received", "on_hand", "held"],
    writer: "stock",
};

impl Table {
    /// How a text writes its columns, or makes and removes its rows by statement.
    fn writes(&self, source: &str) -> Vec<String> {
        let code = without_comments(source);
        let mut found = Vec::new();
        for column in self.columns {
            for write in [format!("{column}:Set("), format!("{column}=Set(")] {
                if has_name(&code, &write) {
                    found.push(write);
                }
            }
            let end = format!("Column::{}", camel(column));
            for call in ["col_expr(", ".value(", "update_column(", ".set("] {
                let mut first_arguments = code
                    .split(call)
                    .skip(1)
                    .map(|rest| rest.split([',', ')']).next().unwrap());
                if first_arguments.any(|argument| argument.ends_with(&end)) {
                    found.push(format!("{call}{end}"));
                }
            }
        }
        for statement in ["insert", "delete", "update_many"] {
            let write = format!("{}::Entity::{statement}", self.entity);
            if has_name(&code, &write) {
                found.push(write);
            }
        }
        let sql = words(source);
        for write in ["insert into", "update", "delete from"] {
            let write = format!(" {write} {} ", self.name);
            if sql.contains(&write) {
                found.push(write);
            }
        }
        found
    }

    /// Who else writes it. What makes the tables may, and so may a migration that fills them anew.
    fn strays(&self) -> Vec<(String, Vec<String>)> {
        let may = [self.writer, "entity", "migration"];
        let may = may.map(|module| format!("crates/market/src/{module}"));
        let others = sources("crates/market/src").into_iter();
        others
            .filter(|(name, _)| !may.iter().any(|m| name.starts_with(m)))
            .map(|(name, source)| (name, self.writes(&source)))
            .filter(|(_, writes)| !writes.is_empty())
            .collect()
    }
}

/// The code without spaces and comments, so that it is the same however it is laid out.
fn without_comments(source: &str) -> String {
    let code = source.lines().filter_map(|line| line.split("//").next());
    code.flat_map(str::chars)
        .filter(|c| !c.is_whitespace())
        .collect()
}

/// Whether a text stands there that begins with a name, and not with the end of one: `source_variant` is no `variant`.
fn has_name(code: &str, text: &str) -> bool {
    let is_in_a_name = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(text)
        .any(|(at, _)| !code[..at].ends_with(is_in_a_name))
}

/// The words of a text, each between two spaces.
fn words(source: &str) -> String {
    let words = source.split(|c: char| !c.is_alphanumeric() && c != '_');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" ").to_lowercase())
}

/// `on_hand` as the name of its column, `OnHand`.
fn camel(field: &str) -> String {
    let words = field.split('_').map(|word| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    });
    words.collect()
}

#[test]
fn only_the_ledger_writes_the_ledger() {
    for table in LEDGER {
        assert_eq!(table.strays(), [], "{}", table.name);
        // Nobody else makes a row of it either.
        let may = ["crates/market/src/ledger/", "crates/market/src/entity/"];
        let row = format!("{}::ActiveModel", table.entity);
        assert_eq!(strays("crates", &row, &may), Vec::<String>::new(), "{row}");
    }
}

#[test]
fn only_stock_writes_stock() {
    assert_eq!(STOCK.strays(), []);
}

#[test]
fn what_writes_a_table_is_recognised() {
    for write in [
        "variant::ActiveModel { id: Set(id), on_hand: Set(4), ..Default::default() }",
        "row.held = Set(0);",
        "update.col_expr(variant::Column::OnHand, after())",
        "use variant::Column;\nupdate\n    .col_expr(\n        Column::Received,\n        more,\n    )",
        "variant::Entity::delete_by_id(id)",
        "\"UPDATE variants SET held = 0\"",
        "\"INSERT INTO variants\n   (id) VALUES (1)\"",
    ] {
        assert_ne!(STOCK.writes(write), Vec::<String>::new(), "{write}");
    }
    for other in [
        "offer::ActiveModel { held_units: Set(0), ..Default::default() }",
        "source_variant::Entity::insert(row)",
        "update.col_expr(offer::Column::HeldUnits, held)",
        "variant::Model { on_hand, held, ..row }",
        "find.filter(variant::Column::OnHand.gt(0))",
        "order.state == OrderState::Held // held: Set(0)",
        "SELECT SUM(on_hand) FROM variants",
    ] {
        assert_eq!(STOCK.writes(other), Vec::<String>::new(), "{other}");
    }
}

/// Functions of the market that may be longer than a hundred lines, each with the reason.
const LONG: &[(&str, &str)] = &[];

#[test]
fn functions_of_the_market_can_be_read_at_once() {
    let mut long = Vec::new();
    for (name, source) in sources("crates/market/src") {
        let lines: Vec<&str> = source.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let Some(function) = function(line) else {
                continue;
            };
            let begins = |line: &&&str| line.ends_with(['{', '}', ';']);
            if !lines[at..].iter().find(begins).unwrap().ends_with('{') {
                continue;
            }
            let indent = &line[..line.len() - line.trim_start().len()];
            let end = format!("{indent}}}");
            let length = lines[at..].iter().position(|line| *line == end).unwrap() + 1;
            if length > 100 && !LONG.iter().any(|(known, _reason)| *known == function) {
                long.push(format!("{function} in {name} has {length} lines"));
            }
        }
    }
    assert_eq!(long, Vec::<String>::new());
}

/// The name of the function that begins on this line.
fn function(line: &str) -> Option<&str> {
    let code = line.trim_start();
    let begins = ["fn ", "pub ", "pub(", "async fn ", "const fn "];
    if !begins.iter().any(|word| code.starts_with(word)) {
        return None;
    }
    let (_, name) = code.split_once("fn ")?;
    name.split(['(', '<']).next()
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
fn what_a_server_function_takes_and_gives_is_a_word_of_the_model() {
    let is_api = |(name, _): &(String, String)| name.ends_with("/api.rs");
    let has_type = |source: &str| {
        let begins = |line: &str| line.starts_with("pub struct ") || line.starts_with("pub enum ");
        source.lines().any(begins)
    };
    let own: Vec<String> = sources("app/src")
        .into_iter()
        .filter(is_api)
        .filter(|(_, source)| has_type(source))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(own, Vec::<String>::new());
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
