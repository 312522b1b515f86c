//! Which of the market's categories a page's own category or title belongs to.

use importer::Draft;
use model::Category;

/// Words that name a category wherever they stand, from the general beginnings of words. The first hit counts, so
/// the narrow ones come first.
const WORDS: &[(Category, &[&str])] = &[
    (
        Category::Books,
        &[
            "book", "zine", "novel", "comic", "magazine", "livre", "buch", "libro",
        ],
    ),
    (
        Category::Paper,
        &[
            "notebook",
            "paper",
            "pen",
            "pencil",
            "card",
            "poster",
            "print",
            "stationery",
            "desk",
        ],
    ),
    (
        Category::Garden,
        &["garden", "plant", "seed", "pot", "flower", "bulb"],
    ),
    (
        Category::Kitchen,
        &[
            "kitchen",
            "mug",
            "cup",
            "plate",
            "bowl",
            "knife",
            "pan",
            "glass",
            "tableware",
            "teapot",
            "cookware",
            "dinnerware",
        ],
    ),
    (
        Category::Food,
        &[
            "food",
            "drink",
            "coffee",
            "tea",
            "chocolate",
            "spice",
            "honey",
            "jam",
            "wine",
            "beer",
            "snack",
            "sauce",
            "grocery",
        ],
    ),
    (
        Category::Body,
        &[
            "bath",
            "body",
            "soap",
            "shampoo",
            "skin",
            "cosmetic",
            "beauty",
            "fragrance",
            "perfume",
            "lotion",
        ],
    ),
    (
        Category::Wear,
        &[
            "clothing",
            "apparel",
            "shirt",
            "dress",
            "shoe",
            "sock",
            "bag",
            "hat",
            "scarf",
            "jacket",
            "jewelry",
            "jewellery",
            "trousers",
            "sweater",
            "hoodie",
        ],
    ),
    (
        Category::Play,
        &["toy", "game", "puzzle", "doll", "lego", "play"],
    ),
    (
        Category::Outdoors,
        &[
            "outdoor", "sport", "bike", "bicycle", "camping", "hiking", "climbing", "fishing",
            "fitness",
        ],
    ),
    (
        Category::Home,
        &[
            "home",
            "living",
            "lamp",
            "candle",
            "blanket",
            "furniture",
            "cushion",
            "vase",
            "decor",
            "rug",
        ],
    ),
];

/// What the page's category, else its title, points at; `None` when neither does.
pub(super) fn guess(draft: &Draft) -> Option<Category> {
    // The most special part of a category says most.
    let path = draft
        .category
        .iter()
        .flat_map(|path| path.value.iter().rev());
    let title = draft.title.iter().map(|title| &title.value);
    path.chain(title).find_map(|text| of(text))
}

fn of(text: &str) -> Option<Category> {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let names = |word: &&str| {
        WORDS.iter().find_map(|(category, known)| {
            let hit =
                |known: &&str| word.strip_suffix('s').unwrap_or(word) == *known || word == known;
            known.iter().any(hit).then_some(*category)
        })
    };
    words.iter().find_map(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_name_a_category_and_parts_of_words_do_not() {
        for (text, category) in [
            ("Coffee mugs", Some(Category::Food)),
            ("Blue Mug", Some(Category::Kitchen)),
            ("Garden & Patio", Some(Category::Garden)),
            ("Men's T-Shirts", Some(Category::Wear)),
            ("A cupboard", None),
            ("", None),
        ] {
            assert_eq!(of(text), category, "{text}");
        }
    }
}
