//! Which heading names the product.

use std::sync::LazyLock;

use super::Outline;
use crate::document::Document;
use crate::sources::visible::marks::Marks;
use crate::text::phrases::Phrases;

/// The longest text that is still a name.
const LONGEST: usize = 400;

/// The element that names what the page is about, and its text.
///
/// Pages have several headings (an account box, an empty cart); the right one shares its words with the page's title.
pub fn find(document: &Document, outline: &Outline<'_>) -> Option<(usize, String)> {
    let titles = [document.title(), document.meta("og:title")];
    let known: Vec<String> = titles
        .iter()
        .flatten()
        .flat_map(|title| words(title))
        .collect();
    let mut best: Option<(i32, usize, String)> = None;
    for (index, spot) in outline.spots.iter().enumerate() {
        let level = match spot.name() {
            "h1" => 40,
            "h2" => 18,
            "h3" => 8,
            _ if spot.own.has(Marks::TITLE | Marks::PRODUCT) => 14,
            _ => continue,
        };
        if spot.text == 0 || spot.text > LONGEST * 4 {
            continue;
        }
        let text = name_in(outline, index, &known);
        let found = words(&text);
        if found.is_empty() || text.len() > LONGEST || is_notice(&text) {
            continue;
        }
        let shared = found.iter().filter(|word| known.contains(word)).count();
        let likeness = if known.is_empty() {
            20
        } else {
            let of_text = 60 * shared / found.len();
            let of_title = 20 * shared / known.len().max(1);
            i32::try_from(of_text + of_title).unwrap_or(0)
        };
        if likeness < 20 && level < 40 {
            continue;
        }
        let mut score = level + likeness;
        if spot.own.any(Marks::TITLE) && spot.own.any(Marks::PRODUCT) {
            score += 14;
        } else if spot.own.any(Marks::TITLE) {
            score += 6;
        }
        if spot.own.any(Marks::HIDDEN) {
            score -= 12;
        }
        let around = outline
            .ancestors(index)
            .filter_map(|at| outline.get(at))
            .filter(|spot| !matches!(spot.name(), "html" | "body"))
            .fold(Marks::NONE, |marks, spot| {
                marks
                    | spot.own
                    | if spot.name() == "footer" {
                        Marks::FOOTER
                    } else {
                        Marks::NONE
                    }
            });
        if around.any(Marks::RELATED | Marks::FOOTER | Marks::REVIEW | Marks::CART) {
            score -= 14;
        }
        if spot.own.any(Marks::TRAIL) {
            score -= 30;
        }
        if around.any(Marks::POPUP | Marks::NAV | Marks::LOG_IN) {
            score -= 8;
        }
        if best.as_ref().is_none_or(|(most, _, _)| score > *most) {
            best = Some((score, index, text));
        }
    }
    best.filter(|(score, _, _)| *score >= 30)
        .map(|(_, index, text)| (index, text))
}

/// The name in a heading that may also hold a price, buttons, links and lists of its own.
fn name_in(outline: &Outline<'_>, index: usize, known: &[String]) -> String {
    let index = innermost(outline, index);
    let whole = outline.text(index, LONGEST * 2);
    let mut priced = false;
    let crowded = outline.children(index).any(|child| {
        outline.get(child).is_some_and(|spot| {
            priced |= spot.own.any(Marks::PRICE);
            let block = matches!(
                spot.name(),
                "div" | "ul" | "form" | "button" | "p" | "select" | "input"
            );
            let link = spot.name() == "a" && !shares_words(&outline.text(child, 80), known);
            block || link || spot.own.any(Marks::PRICE | Marks::BUTTON | Marks::POPUP)
        })
    });
    if !crowded {
        return without_price(&whole);
    }
    let named = outline
        .children(index)
        .filter(|child| {
            outline
                .get(*child)
                .is_some_and(|spot| spot.own.any(Marks::TITLE))
        })
        .map(|child| outline.text(child, LONGEST))
        .find(|text| shares_words(text, known));
    let own = outline.own_text(index);
    if let Some(named) = named {
        named
    } else if own.chars().filter(|c| c.is_alphabetic()).count() >= 3 && shares_words(&own, known) {
        without_price(&own)
    } else if priced {
        whole.split(" - ").next().unwrap_or(&whole).to_owned()
    } else {
        without_price(&whole)
    }
}

/// Goes down while one child holds all the text.
fn innermost(outline: &Outline<'_>, index: usize) -> usize {
    let mut at = index;
    for _ in 0..8 {
        let mut full = outline
            .children(at)
            .filter(|child| outline.get(*child).is_some_and(|spot| spot.text > 0));
        match (full.next(), full.next()) {
            (Some(only), None) if outline.own_text(at).is_empty() => at = only,
            _ => break,
        }
    }
    at
}

fn shares_words(text: &str, known: &[String]) -> bool {
    known.is_empty() || words(text).iter().any(|word| known.contains(word))
}

/// Small ads begin with the price: `$60 · Skateboard`.
fn without_price(name: &str) -> String {
    let Some((lead, rest)) = name.split_once(['·', '|', '•']) else {
        return name.to_owned();
    };
    let is_price = lead.chars().any(|c| c.is_ascii_digit())
        && lead.chars().any(|c| "$€£¥₹".contains(c))
        && lead.chars().filter(|c| c.is_alphabetic()).count() <= 3;
    if is_price {
        rest.trim().to_owned()
    } else {
        name.to_owned()
    }
}

/// Words of a name, lower case; short ones don't tell.
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn is_notice(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "cookie",
        "covid",
        "newsletter",
        "javascript",
        "your cart",
        "shopping cart",
        "my account",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

/// Whether a section's heading says that other products follow.
pub fn announces_others(text: &str) -> bool {
    let lower = text.to_lowercase();
    OTHERS.within(&lower)
}

static OTHERS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    related | similar | you may | you might | also like | also bought | also viewed | recommended | recommend | \
    recently viewed | frequently bought | customers also | goes well with | more from | other products | \
    complete the | accessories | bestseller | best seller | new arrivals | featured products | trending | \
    pairs well | shop the look | people also | last viewed | \
    ähnliche | passend | zubehör | kunden kauften | auch interessieren | empfehl | zuletzt angesehen | weitere artikel | \
    das könnte | dazu passt | \
    produits similaires | vous aimerez | vous pourriez | produits associés | également | similaires | accessoires | \
    complétez | articles vus | \
    relacionados | también te | te puede interesar | similares | otros clientes | productos vistos | recomendad | \
    accesorios | quienes compraron | quem comprou | você também | veja também | talvez | acessórios | vistos recentemente | \
    prodotti correlati | potrebbe | potrebbero | altri prodotti | accessori | consigliat | simili | visti di recente | \
    gerelateerd | misschien ook | vergelijkbaar | anderen bekeken | bijpassend | ook bekeken | aanbevolen | \
    podobne | powiązane | inni klienci | polecane | zobacz też | akcesoria | podobné | související | příslušenství | \
    příbuzné | mohlo by | doporuč | odporúč | príslušenstvo | súvisiace | kapcsolódó | hasonló | ajánlott | \
    produse similare | recomandate | de asemenea | свързани | подобни | похожие | сопутствующие | рекомендуем | \
    с этим товаром | вы смотрели | аксессуары | схожі | супутні | liknande | relaterade | andra köpte | tillbehör | \
    du kanske | lignende | relaterte | relaterede | tilbehør | andre kjøpte | andre købte | samankaltais | muut ostivat | \
    saattaisit | lisävarusteet | benzer | ilgili ürünler | bunlar da | σχετικά | παρόμοια | povezani | slični | \
    podobni | sorodni | おすすめ | 関連 | 最近チェック | 相关 | 推荐 | 相關 | 推薦 | 관련 | 추천 | מוצרים נוספים | דומים | \
    منتجات مشابهة | ذات صلة",
    )
});
