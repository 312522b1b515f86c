//! A page as a parser of HTML sees it.

use html5ever::driver::{self, ParseOpts};
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use scraper::node::Node;
use scraper::{ElementRef, Html, HtmlTreeSink, Selector};

/// Parses a page as a browser does, with scripts or without.
pub fn parse(html: &str, scripting_enabled: bool) -> Html {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts {
            scripting_enabled,
            ..TreeBuilderOpts::default()
        },
        ..ParseOpts::default()
    };
    driver::parse_document(HtmlTreeSink::new(Html::new_document()), options).one(html)
}

/// The elements and comments of a page, each with its depth and the names of its attributes: everything but words.
pub fn skeleton(page: &Html) -> String {
    let mut lines = Vec::new();
    for node in page.tree.root().descendants() {
        let depth = " ".repeat(node.ancestors().count());
        match node.value() {
            Node::Element(element) => {
                let mut names = element.attrs().map(|(name, _)| name).collect::<Vec<_>>();
                names.sort_unstable();
                lines.push(format!("{depth}<{} {}>", element.name(), names.join(" ")));
            }
            Node::Comment(_) => lines.push(format!("{depth}<!---->")),
            _ => {}
        }
    }
    lines.join("\n")
}

/// The page's title, as the browser's tab shows it.
pub fn title(page: &Html) -> String {
    page.select(&selector("head > title"))
        .map(|title| title.text().collect::<String>())
        .collect()
}

/// A form that is posted.
pub struct Form {
    pub action: String,
    pub fields: Vec<Field>,
}

pub struct Field {
    pub name: String,
    pub value: String,
    /// How much can be typed here; nothing can be typed where it is none.
    pub room: Option<usize>,
}

/// The first link to something below this path.
pub fn link(page: &Html, below: &str) -> String {
    page.select(&selector(&format!("a[href^='{below}']")))
        .find_map(|link| link.attr("href"))
        .unwrap_or_else(|| panic!("no link below {below}"))
        .to_owned()
}

/// The facts for search engines.
pub fn facts(page: &Html) -> String {
    page.select(&selector("script[type='application/ld+json']"))
        .map(|script| script.text().collect::<String>())
        .collect()
}

impl Form {
    /// Whether something can be typed.
    pub fn is_typed_into(&self) -> bool {
        self.fields.iter().any(|field| field.room.is_some())
    }

    /// What is sent when `says` types into each field, given its place, its name and its room.
    pub fn filled(&self, says: impl Fn(usize, &str, usize) -> String) -> Vec<(String, String)> {
        let typed = |(place, field): (usize, &Field)| {
            let text = field.room.map_or_else(
                || field.value.clone(),
                |room| says(place, &field.name, room),
            );
            (field.name.clone(), text)
        };
        self.fields.iter().enumerate().map(typed).collect()
    }
}

/// The forms of a page that are sent to server functions.
pub fn forms(page: &Html) -> Vec<Form> {
    page.select(&selector("form[method=post][action^='/api/']"))
        .map(|form| Form {
            action: form.attr("action").unwrap().to_owned(),
            fields: form
                .select(&selector(
                    "input[name], textarea[name], select[name], button[name]",
                ))
                .filter_map(field)
                .collect(),
        })
        .collect()
}

fn field(element: ElementRef<'_>) -> Option<Field> {
    let mut value = element.attr("value").unwrap_or_default().to_owned();
    let room = element
        .attr("maxlength")
        .map_or(38, |most| most.parse().unwrap());
    // The shortest there is; all others have room for more than that.
    let is_postcode = element
        .attr("name")
        .is_some_and(|name| name.contains("postcode"));
    let room = if is_postcode { 20 } else { room };
    let kind = element.attr("type").unwrap_or("text");
    let room = match (element.value().name(), kind) {
        ("button", _) | ("input", "hidden") => None,
        ("input", "radio" | "checkbox") if element.attr("checked").is_none() => return None,
        ("input", "radio" | "checkbox" | "file") => None,
        ("select", _) => {
            let choice = selector("option[value]:not([value=''])");
            value = element.select(&choice).next()?.attr("value")?.to_owned();
            None
        }
        _ => Some(room),
    };
    Some(Field {
        name: element.attr("name")?.to_owned(),
        value,
        room,
    })
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}
