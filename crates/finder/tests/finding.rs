//! Texts are found by what people type.

#![cfg(test)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on has failed"
)]

use finder::{Finder, Found, Keeper, Language, Text};
use std::ops::ControlFlow;
use std::path::Path;

fn open(folder: &Path, language: Language) -> (Keeper, Finder) {
    finder::open(folder, language, 0).unwrap()
}

/// The numbers that are found, the best first.
fn look(finder: &Finder, typed: &str) -> Option<(Vec<i64>, Found)> {
    let mut hits = Vec::new();
    let found = finder.find(typed, true, |some| {
        hits.extend_from_slice(some);
        ControlFlow::Continue(())
    });
    let found = found.unwrap()?;
    hits.sort_by(|one, other| {
        other
            .score
            .total_cmp(&one.score)
            .then(one.number.cmp(&other.number))
    });
    Some((hits.into_iter().map(|hit| hit.number).collect(), found))
}

fn numbers(finder: &Finder, typed: &str) -> Vec<i64> {
    look(finder, typed)
        .map(|(numbers, _)| numbers)
        .unwrap_or_default()
}

fn titled(title: &str) -> Text<'_> {
    Text {
        title,
        maker: "",
        body: "",
    }
}

/// A hundred things that shops of this kind sell, each called otherwise.
const THINGS: [&str; 100] = [
    "Glazed stoneware mug",
    "Oak serving board",
    "Linen apron",
    "Beeswax candle",
    "Copper kettle",
    "Walnut spoon",
    "Porcelain teapot",
    "Wool blanket",
    "Cotton tote bag",
    "Leather notebook",
    "Brass bookend",
    "Willow basket",
    "Felt slippers",
    "Ceramic planter",
    "Cedar soap dish",
    "Lavender soap bar",
    "Charcoal toothpaste",
    "Rosehip serum",
    "Almond scrub",
    "Citrus shampoo",
    "Honey granola",
    "Sourdough crackers",
    "Raspberry jam",
    "Pickled cucumbers",
    "Smoked paprika",
    "Ethiopian coffee beans",
    "Jasmine tea",
    "Dark chocolate truffles",
    "Olive tapenade",
    "Truffle salt",
    "Letterpress calendar",
    "Fountain pen",
    "Botanical postcards",
    "Marbled paper",
    "Wax seal stamp",
    "Graph pad",
    "Washi ribbon",
    "Sketching pencils",
    "Travel journal",
    "Birthday garland",
    "Detective novel",
    "Poetry anthology",
    "Mushroom handbook",
    "Bicycle zine",
    "Cookbook of soups",
    "Alphabet puzzle",
    "Wooden dinosaur",
    "Knitted rabbit",
    "Marble run",
    "Shadow theatre",
    "Memory cards",
    "Juggling balls",
    "Paper kite",
    "Spinning top",
    "Doll house",
    "Striped scarf",
    "Merino beanie",
    "Canvas rucksack",
    "Silk necktie",
    "Denim jacket",
    "Rain poncho",
    "Embroidered blouse",
    "Corduroy trousers",
    "Bamboo socks",
    "Suede gloves",
    "Tomato seeds",
    "Pruning shears",
    "Watering can",
    "Terracotta saucer",
    "Bird feeder",
    "Compost bin",
    "Garden twine",
    "Seed tin",
    "Hanging trellis",
    "Herb markers",
    "Camping lantern",
    "Enamel plate",
    "Folding knife",
    "Climbing chalk",
    "Waterproof matches",
    "Fishing lure",
    "Hammock",
    "Trail mix",
    "Thermos flask",
    "Compass",
    "Floor cushion",
    "Velvet curtain",
    "Pendant lamp",
    "Wall mirror",
    "Picture frame",
    "Jute rug",
    "Shelf bracket",
    "Coat hook",
    "Door mat",
    "Umbrella stand",
    "Cutlery drawer",
    "Whisk",
    "Rolling pin",
    "Pasta machine",
    "Nutmeg grater",
];

/// What a hundred people type who look for them: with a letter wrong, missing, too many or in the wrong place, in another
/// form, or not to the end.
const TYPED: [&str; 100] = [
    "stonewear mug",
    "oak bord",
    "linnen apron",
    "beeswax candels",
    "coper kettle",
    "walnut spoons",
    "porcelan",
    "woll blankets",
    "totes",
    "lether notebook",
    "bookends",
    "wilow basket",
    "felt sliper",
    "ceramics plant",
    "ceder soap",
    "lavendar soap",
    "charcaol",
    "rose serums",
    "almond scrubs",
    "citrus shampo",
    "granolla",
    "sourdogh",
    "rasberry",
    "cucumber pickle",
    "smoked papri",
    "ethiopian cofee",
    "jasmin tea",
    "dark choco",
    "tapenad",
    "truffle sal",
    "calender",
    "fountian pen",
    "botanical postcard",
    "marble paper",
    "wax stamps",
    "graph pads",
    "ribbons",
    "sketch pencil",
    "travel journals",
    "garlands",
    "detectiv",
    "poetry antho",
    "mushrom",
    "bicycle zines",
    "soup cookbooks",
    "alphabet puzle",
    "dinosaurs",
    "knited rabbit",
    "marble runs",
    "shadow theater",
    "memory card",
    "jugling",
    "kites",
    "spining top",
    "doll houses",
    "stripe scarf",
    "merino beany",
    "rucksac",
    "silk neckties",
    "jackets denim",
    "ponchos",
    "embroidery blouse",
    "cordury",
    "bamboo sock",
    "suede glove",
    "tomatoes seed",
    "pruning sheer",
    "water can",
    "teracotta",
    "birds feed",
    "composting",
    "garden twin",
    "seeds tin",
    "trelis",
    "herb marker",
    "camping lantren",
    "enamel plates",
    "folding knifes",
    "chalk climb",
    "waterproof match",
    "fishing lures",
    "hamock",
    "trail mixes",
    "termos",
    "compas",
    "cushions floor",
    "velvet curtians",
    "pendant lam",
    "miror",
    "picture frames",
    "jute rugs",
    "brackets",
    "hooks coat",
    "doors mat",
    "umbrela",
    "cuttlery",
    "wisk",
    "rolling pins",
    "pasta machin",
    "nutmeg grat",
];

#[test]
fn misspelt_bent_and_half_typed_words_find_what_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    let (mut keeper, finder) = open(folder.path(), Language::English);
    for (number, thing) in (0..).zip(THINGS) {
        keeper.put(number, &titled(thing)).unwrap();
    }
    keeper.save().unwrap();
    let mut missed = Vec::new();
    for (number, typed) in (0..).zip(TYPED) {
        let first: Vec<_> = numbers(&finder, typed).into_iter().take(5).collect();
        if !first.contains(&number) {
            missed.push((typed, first));
        }
    }
    assert!(missed.is_empty(), "{} of 100: {missed:?}", missed.len());
}

#[test]
fn a_title_counts_more_than_a_maker_and_a_maker_more_than_all_else() {
    let folder = tempfile::tempdir().unwrap();
    let (mut keeper, finder) = open(folder.path(), Language::English);
    let in_body = Text {
        title: "A board",
        maker: "Kiln",
        body: "Of birch.",
    };
    let by_maker = Text {
        title: "A board",
        maker: "Birch",
        body: "Of oak.",
    };
    let in_title = Text {
        title: "A birch",
        maker: "Kiln",
        body: "Of oak.",
    };
    for (number, text) in [(1, in_body), (2, by_maker), (3, in_title)] {
        keeper.put(number, &text).unwrap();
    }
    keeper.save().unwrap();
    assert_eq!(numbers(&finder, "birch"), [3, 2, 1]);
}

#[test]
fn a_text_is_found_as_it_was_put_in_last_once_it_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let (mut keeper, finder) = open(folder.path(), Language::English);
    keeper.put(7, &titled("Mug")).unwrap();
    assert!(numbers(&finder, "mug").is_empty());
    keeper.save().unwrap();
    assert_eq!(numbers(&finder, "mug"), [7]);
    keeper.put(7, &titled("Mug")).unwrap();
    assert_eq!(keeper.changes(), 0, "it is the same");
    keeper.put(7, &titled("Bowl")).unwrap();
    keeper.put(7, &titled("Vase")).unwrap();
    keeper.save().unwrap();
    assert_eq!((numbers(&finder, "vase"), finder.texts()), (vec![7], 1));
    assert!(numbers(&finder, "mug").is_empty() && numbers(&finder, "bowl").is_empty());
    keeper.remove(7).unwrap();
    keeper.save().unwrap();
    assert_eq!(finder.texts(), 0);
}

#[test]
fn nothing_is_looked_for_where_there_is_no_word() {
    let folder = tempfile::tempdir().unwrap();
    let (_keeper, finder) = open(folder.path(), Language::English);
    for typed in ["", "  ", "%", "👪", "-- !"] {
        assert!(look(&finder, typed).is_none(), "{typed}");
    }
    let (numbers, found) = look(&finder, "mug").unwrap();
    assert!(numbers.is_empty() && found.corrections.is_empty());
}

#[test]
fn what_is_asked_may_be_anything() {
    let folder = tempfile::tempdir().unwrap();
    let (mut keeper, finder) = open(folder.path(), Language::English);
    keeper.put(1, &titled("Mug \u{0} “ñ” 緑茶 𝔐𝔲𝔤")).unwrap();
    keeper.save().unwrap();
    let long = "ab ".repeat(50_000);
    for typed in [
        &*long,
        "\u{0}",
        "a\"b\\c",
        "緑",
        "( AND OR * ~2",
        "ß",
        &"x".repeat(10_000),
    ] {
        look(&finder, typed);
    }
    assert_eq!(numbers(&finder, "緑"), [1]);
}

#[test]
fn each_process_has_an_index_of_its_own_and_finds_the_last_ones() {
    let folder = tempfile::tempdir().unwrap();
    let (mut first, of_first) = open(folder.path(), Language::English);
    first.put(1, &titled("Mug")).unwrap();
    first.save_whole().unwrap();
    let (second, of_second) = open(folder.path(), Language::English);
    assert!(first.is_whole() && !second.is_whole());
    assert_eq!((of_first.texts(), of_second.texts()), (1, 0));
    drop((first, second));
    let (again, finder) = open(folder.path(), Language::English);
    assert!(again.is_whole());
    assert_eq!(numbers(&finder, "mugs"), [1]);
}

#[test]
fn an_index_for_another_language_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (mut keeper, _) = open(folder.path(), Language::English);
    keeper.put(1, &titled("Tassen")).unwrap();
    keeper.save_whole().unwrap();
    drop(keeper);
    let (mut keeper, finder) = open(folder.path(), Language::German);
    assert!(!keeper.is_whole());
    assert_eq!(finder.texts(), 0);
    keeper.put(1, &titled("Tassen")).unwrap();
    keeper.save_whole().unwrap();
    assert_eq!(numbers(&finder, "Tasse"), [1]);
}

#[test]
fn what_was_not_saved_is_lost_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (mut keeper, _) = open(folder.path(), Language::English);
    keeper.put(1, &titled("Mug")).unwrap();
    keeper.save().unwrap();
    keeper.put(2, &titled("Bowl")).unwrap();
    drop(keeper);
    let (keeper, finder) = open(folder.path(), Language::English);
    assert_eq!((numbers(&finder, "mug"), finder.texts()), (vec![1], 1));
    keeper.discard().unwrap();
    assert_eq!(open(folder.path(), Language::English).1.texts(), 0);
}

#[test]
fn a_folder_that_is_damaged_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (mut keeper, _) = open(folder.path(), Language::English);
    keeper.put(1, &titled("Mug")).unwrap();
    keeper.save_whole().unwrap();
    drop(keeper);
    std::fs::write(folder.path().join("0/meta.json"), "{").unwrap();
    let (keeper, finder) = open(folder.path(), Language::English);
    assert!(!keeper.is_whole());
    assert_eq!(finder.texts(), 0);
}
