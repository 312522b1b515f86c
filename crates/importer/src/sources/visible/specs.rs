//! Labelled facts: brand and article numbers in spec tables, lists and lines like "SKU: 4711".

use std::sync::LazyLock;

use super::marks::Marks;
use super::outline::{Outline, Spot};
use crate::text::identifier;
use crate::text::phrases::Phrases;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Specs {
    pub brand: Option<String>,
    pub sku: Option<String>,
    pub gtin: Option<String>,
    pub mpn: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fact {
    Brand,
    Sku,
    Gtin,
    Mpn,
}

/// Elements that are looked at for a label.
const MOST: usize = 40_000;
/// The longest label and value together.
const LONGEST: usize = 160;

pub fn find(outline: &Outline<'_>) -> Specs {
    let mut specs = Specs::default();
    for (index, spot) in outline.spots.iter().enumerate().take(MOST) {
        if spot.places.any(Marks::ELSEWHERE | Marks::OPTION)
            || spot.text == 0
            || spot.text > LONGEST
        {
            continue;
        }
        if let Some((label, value)) = pair(outline, index, spot)
            && let Some(fact) = fact_of(&label)
        {
            specs.note(fact, &value);
        }
    }
    for (index, spot) in outline.spots.iter().enumerate() {
        if !spot.places.any(Marks::ELSEWHERE | Marks::OPTION) {
            specs.note_named(outline, index, spot);
        }
    }
    if specs.brand.is_none() {
        specs.brand = brand_in_heading(outline);
    }
    specs
}

impl Specs {
    /// Keeps the first value of each kind: the product's own facts come before others'.
    fn note(&mut self, fact: Fact, value: &str) {
        let slot = match fact {
            Fact::Brand => {
                if self.brand.is_none() {
                    self.brand = brand(value);
                }
                return;
            }
            Fact::Gtin => {
                if self.gtin.is_none() {
                    self.gtin = identifier::gtin(value);
                }
                return;
            }
            Fact::Sku => &mut self.sku,
            Fact::Mpn => &mut self.mpn,
        };
        if slot.is_none() {
            *slot = identifier::sku(value).filter(|number| is_number(number));
        }
    }

    /// Elements that class names or attributes call a brand or an article number.
    fn note_named(&mut self, outline: &Outline<'_>, index: usize, spot: &Spot<'_>) {
        if self.sku.is_none() {
            for (name, value) in spot.element.value().attrs() {
                if matches!(
                    name,
                    "data-sku" | "data-product-sku" | "data-product_sku" | "data-item-sku"
                ) {
                    self.note(Fact::Sku, value);
                }
            }
        }
        if spot.text > 80 {
            return;
        }
        if spot.text > 0 && spot.own.any(Marks::SKU) && self.sku.is_none() {
            let text = outline.text(index, 80);
            let text = unlabelled(&text);
            if text.chars().any(|c| c.is_ascii_digit()) {
                self.note(Fact::Sku, text);
            }
        }
        if spot.text > 0 && spot.own.any(Marks::GTIN) {
            self.note(Fact::Gtin, &outline.text(index, 80));
        }
        if self.brand.is_none() && near_heading(outline, index) {
            if spot.own.any(Marks::BRAND) && !spot.own.any(Marks::NAV) {
                let text = outline.text(index, 80);
                let text = match text.split_once(':') {
                    Some((label, rest)) if fact_of(label) == Some(Fact::Brand) => rest.to_owned(),
                    _ => text,
                };
                if text.is_empty() {
                    self.brand = logo_in(outline, index);
                } else if fact_of(&text).is_none() {
                    self.note(Fact::Brand, &text);
                }
            } else if spot.name() == "a" && spot.attr("href").is_some_and(is_brand_page) {
                let text = outline.text(index, 80);
                if text.is_empty() {
                    self.brand = logo_in(outline, index);
                } else {
                    self.note(Fact::Brand, &text);
                }
            }
        }
    }
}

/// Label and value: two cells, a term and its definition, a bold word and the rest, or a line with a colon.
fn pair(outline: &Outline<'_>, index: usize, spot: &Spot<'_>) -> Option<(String, String)> {
    match spot.name() {
        "dt" => {
            let next = outline.get(spot.end).filter(|next| next.name() == "dd")?;
            (next.text <= LONGEST)
                .then(|| (outline.text(index, 60), outline.text(spot.end, LONGEST)))
        }
        "tr" => {
            let cells: Vec<usize> = outline
                .children(index)
                .filter(|cell| {
                    outline
                        .get(*cell)
                        .is_some_and(|cell| matches!(cell.name(), "td" | "th"))
                })
                .take(3)
                .collect();
            let [label, value] = cells.as_slice() else {
                return None;
            };
            Some((outline.text(*label, 60), outline.text(*value, LONGEST)))
        }
        "li" | "p" | "div" | "span" | "td" | "dd" | "small" | "label" | "b" | "strong" | "h3"
        | "h4" | "h2" => {
            let mut children = outline.children(index);
            let first = children.next();
            let second = children.next();
            if let (Some(first), Some(second), None) = (first, second, children.next())
                && outline.own_text(index).trim_matches([' ', ':']).is_empty()
            {
                let label = outline.text(first, 60);
                let value = outline.text(second, LONGEST);
                if !label.is_empty() && !value.is_empty() {
                    return Some((label, value));
                }
            }
            let text = outline.text(index, LONGEST);
            if let Some((label, value)) = text.split_once([':', '：'])
                && !value.trim().is_empty()
            {
                return Some((label.to_owned(), value.trim().to_owned()));
            }
            if let Some(first) = first {
                let label = outline.text(first, 60);
                let value = text.strip_prefix(&label)?.trim();
                return (!label.is_empty() && !value.is_empty()).then(|| (label, value.to_owned()));
            }
            // "Item # 4711", "SKU 4711"
            let (label, value) = text.rsplit_once(' ')?;
            value
                .chars()
                .any(|c| c.is_ascii_digit())
                .then(|| (label.to_owned(), value.to_owned()))
        }
        _ => None,
    }
}

/// The number behind its label: `Item No. 4711`, `SKU: 4711`.
fn unlabelled(text: &str) -> &str {
    let cut = text
        .match_indices([' ', ':', '#'])
        .filter(|(at, _)| {
            text.get(..*at)
                .is_some_and(|label| fact_of(label).is_some())
        })
        .map(|(at, mark)| at + mark.len())
        .next_back();
    cut.and_then(|at| text.get(at..))
        .unwrap_or(text)
        .trim_start_matches([' ', ':', '#'])
}

fn fact_of(label: &str) -> Option<Fact> {
    let label = label
        .trim()
        .trim_end_matches([':', '.', '#', ' ', '：'])
        .to_lowercase();
    let label = label.trim_start_matches(['(', '•', '-', ' ']);
    if label.is_empty() || label.chars().count() > 40 {
        return None;
    }
    if GTIN.is(label) {
        Some(Fact::Gtin)
    } else if MPN.is(label) {
        Some(Fact::Mpn)
    } else if SKU.is(label) {
        Some(Fact::Sku)
    } else if BRAND.is(label) {
        Some(Fact::Brand)
    } else {
        None
    }
}

/// A brand as a word or a few; not a sentence, a link's "see all", or a country.
fn brand(text: &str) -> Option<String> {
    let text = text
        .trim()
        .trim_matches(['"', '|', ',', '-', ' ', '»', '«', ':', '(', ')']);
    let text = [
        "by ",
        "von ",
        "brand: ",
        "marke: ",
        "de la marque ",
        "visit the ",
        "more from ",
        "shop ",
    ]
    .iter()
    .find_map(|lead| {
        let head = text.get(..lead.len())?;
        head.eq_ignore_ascii_case(lead)
            .then(|| text.get(lead.len()..))?
    })
    .unwrap_or(text);
    let text = text.strip_suffix(" Store").unwrap_or(text).trim();
    let words = text.split_whitespace().count();
    let lower = text.to_lowercase();
    let nothing = matches!(
        lower.as_str(),
        "" | "-" | "n/a" | "none" | "brand" | "brands" | "unbranded" | "other"
    );
    let talks = [
        "http",
        "see all",
        "view all",
        "alle ",
        "all products",
        "more ",
    ]
    .iter()
    .any(|start| lower.starts_with(start));
    (words > 0
        && words <= 5
        && text.chars().count() <= 50
        && !nothing
        && !talks
        && lower.chars().any(char::is_alphabetic))
    .then(|| text.to_owned())
}

fn holds_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text
            .get(at + words.len()..)
            .and_then(|after| after.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// The heading's first words, if a link beside it or the alternative text of a small picture says just them.
fn brand_in_heading(outline: &Outline<'_>) -> Option<String> {
    let (heading, name) = outline.heading.as_ref()?;
    let lower = name.to_lowercase();
    // Links to the brands' own pages are everywhere; one of them names a part of the heading.
    let linked = outline
        .spots
        .iter()
        .enumerate()
        .filter(|(_, spot)| spot.name() == "a" && spot.text > 1 && spot.text <= 40)
        .filter(|(_, spot)| {
            spot.own.any(Marks::BRAND) || spot.attr("href").is_some_and(is_brand_page)
        })
        .map(|(index, _)| outline.text(index, 60))
        .filter(|text| text.chars().count() > 1 && holds_words(&lower, &text.to_lowercase()))
        .max_by_key(String::len)
        .and_then(|text| brand(&text));
    if linked.is_some() {
        return linked;
    }
    outline.spots.iter().enumerate().find_map(|(index, spot)| {
        let text = match spot.name() {
            "a" if spot.text > 1 && spot.text <= 40 => outline.text(index, 60),
            "img" => spot.attr("alt").unwrap_or_default().trim().to_owned(),
            _ => return None,
        };
        let begins = text.chars().count() >= 2
            && text.len() < name.len()
            && lower.starts_with(&text.to_lowercase())
            && lower
                .get(text.to_lowercase().len()..)
                .is_some_and(|rest| rest.starts_with(' '));
        let near = outline.nearness(index, *heading) >= 30
            && !spot.places.any(Marks::ELSEWHERE | Marks::TRAIL)
            && index != *heading;
        (begins && near).then(|| brand(&text))?
    })
}

fn is_number(text: &str) -> bool {
    text.split_whitespace().count() <= 4
        && (text.chars().any(|c| c.is_ascii_digit()) || text.split_whitespace().count() == 1)
        && !text.contains("://")
}

fn near_heading(outline: &Outline<'_>, index: usize) -> bool {
    outline
        .heading_at()
        .is_some_and(|heading| outline.nearness(index, heading) >= 25)
}

fn is_brand_page(href: &str) -> bool {
    let lower = href.to_lowercase();
    [
        "/brand/",
        "/brands/",
        "/marke/",
        "/marken/",
        "/marca/",
        "/marcas/",
        "/marque/",
        "/marques/",
        "/merk/",
        "/merken/",
        "/manufacturer",
        "/hersteller/",
        "/vendor",
        "/znacka/",
        "/znacky/",
        "/producent/",
        "/marka/",
        "/brend",
        "/fabricante/",
        "/collections/vendors",
    ]
    .iter()
    .any(|part| lower.contains(part))
}

/// A brand shown as a picture says its name in the alternative text.
fn logo_in(outline: &Outline<'_>, index: usize) -> Option<String> {
    let end = outline.get(index)?.end.min(index + 12);
    (index..end)
        .filter_map(|at| outline.get(at))
        .filter(|spot| spot.name() == "img")
        .filter_map(|spot| spot.attr("alt").or_else(|| spot.attr("title")))
        .find_map(|alt| brand(alt.trim_end_matches("logo").trim_end_matches("Logo")))
}

static BRAND: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    brand | brand name | manufacturer | make/manufacturer | make / manufacturer | brand/manufacturer | maker | vendor | make | by | label | publisher | designer | \
    marke | hersteller | fabrikat | produzent | herstellername | marque | fabricant | marque du produit | marca | fabricante | \
    nombre de marca | marca / fabricante | produttore | merk | fabrikant | merknaam | značka | výrobce | výrobca | producent | \
    marka | producător | producator | gyártó | márka | марка | производитель | бренд | производител | торговая марка | виробник | \
    varumärke | tillverkare | märke | merke | produsent | mærke | brand/mærke | valmistaja | merkki | tuotemerkki | \
    proizvajalec | blagovna znamka | proizvođač | brend | robna marka | marka / producent | κατασκευαστής | μάρκα | \
    tootja | bränd | kaubamärk | zīmols | ražotājs | gamintojas | prekės ženklas | üretici | marka adı | ブランド | メーカー | \
    品牌 | 브랜드 | 제조사 | מותג | יצרן | العلامة التجارية | الماركة | الشركة المصنعة | thương hiệu | แบรนด์ | ยี่ห้อ | merek",
    )
});

static SKU: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    sku | sku number | item | item no | item no. | item number | item # | item code | item id | product code | product id | \
    product number | product no | product no. | product # | product sku | style | style no | style number | style code | \
    article | article number | article no | article no. | art. no | art no | art. nr | art.nr | art.-nr | art-nr | artnr | \
    artikelnummer | artikelnr | artikel-nr | artikel-nr. | artikel nr | artikel | artikelnummer (sku) | bestellnummer | \
    bestell-nr | best.-nr | produktnummer | produkt-nr | produktcode | code | code article | code produit | référence | réf | \
    ref | ref. | reference | référence produit | réf. produit | n° d'article | referencia | referencia del producto | cod | cód | cod. | \
    código | código do produto | código del producto | codigo | cód. | cod. produs | cod produs | codice | codice articolo | \
    codice prodotto | cod. articolo | cod. art | rif | riferimento | referência | ref.ª | artikelcode | productcode | \
    productnummer | kód | kód produktu | kód zboží | kód tovaru | číslo produktu | objednací číslo | katalogové číslo | \
    kod produktu | kod | symbol | indeks | nr katalogowy | numer katalogowy | numer referencyjny | nr ref | \
    cikkszám | termékkód | cikkszam | артикул | код товара | код | код товару | арт | арт. | кат. номер | каталожен номер | код на продукта | \
    varenummer | varenr | varenr. | vare nr | produktnr | tuotenumero | tuotekoodi | tuotenro | šifra | šifra artikla | \
    šifra proizvoda | šifra izdelka | kataloški broj | koda izdelka | κωδικός | κωδικός προϊόντος | tootekood | preces kods | \
    prekės kodas | stok kodu | ürün kodu | stok kodu (sku) | model/sku | 商品コード | 品番 | 商品番号 | 货号 | 商品编号 | 商品編號 | \
    상품코드 | 상품번호 | מק\"ט | מקט | קוד מוצר | קוד פריט | מקט מוצר | قسيمة | رقم الموديل | رمز المنتج | mã sản phẩm | mã sp | รหัสสินค้า | kode produk | \
    cat. no | cat no | catalog number | catalogue number | stock code | stock number | stock # | asin | listing id | ad id | \
    post id | posting id | id",
    )
});

static GTIN: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    gtin | gtin-13 | gtin13 | gtin / ean | ean | ean code | ean-code | ean13 | ean-13 | ean kód | kod ean | ean/upc | upc | upc code | \
    barcode | bar code | isbn | isbn-13 | isbn13 | isbn-10 | isbn 13 | strichcode | code-barres | code barre | código de barras | \
    código ean | codice ean | codice a barre | streepjescode | kod kreskowy | čárový kód | čiarový kód | vonalkód | cod ean | \
    cod de bare | штрихкод | штрих-код | gtin/ean | ean / isbn | ean (gtin) | gtin/ean-code | ean-nummer | ean nummer | jan | janコード | \
    barkod | black code",
    )
});

static MPN: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    mpn | part number | part no | part no. | part # | manufacturer part number | manufacturer's part number | mfr part # | \
    mfr. part no | mfg part # | mfr part number | manufacturer number | manufacturer code | model | model number | model no | model no. | \
    model # | model name | model name/number | model name / number | model/part number | modell | modellnummer | modell-nr | herstellernummer | hersteller-nr | hersteller-nr. | \
    hersteller-artikelnummer | herstellerartikelnummer | herst.-nr | teilenummer | typenbezeichnung | modèle | référence fabricant | \
    numéro de modèle | modelo | número de modelo | número de pieza | numéro de pièce | modello | codice produttore | modelnummer | \
    fabrikantcode | kod producenta | symbol producenta | part number (p/n) | p/n | pn | produktové číslo | výrobní číslo | \
    kód výrobce | kód výrobcu | part no. výrobce | model produktu | gyártói cikkszám | cod producător | модель | артикул производителя | \
    код производителя | tillverkarens artikelnummer | tillv. artikelnr | produsentens varenummer | producentens varenummer | \
    valmistajan tuotekoodi | κωδικός κατασκευαστή | 型番 | 型号 | 型號 | 모델명 | דגם | الموديل",
    )
});
