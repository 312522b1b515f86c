//! Which of the amounts on a page is the product's price.
//!
//! Every amount is judged by what its element is called, where it is, and how near it stands to the heading and the
//! buy button.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::marks::Marks;
use super::outline::Outline;
use crate::draft::Amount;
use crate::text::phrases::Phrases;
use crate::text::price::{Hints, read, read_beside};

/// What the page asks for the product.
#[derive(Clone, Debug, PartialEq)]
pub struct Prices {
    pub price: Amount,
    /// The dearest of a range.
    pub high: Option<Amount>,
    pub list: Option<Amount>,
    /// A sign or a name says that it is money, and nothing else comes near.
    pub clear: bool,
}

struct Candidate {
    spot: usize,
    amount: Amount,
    text: String,
    /// The text around it, where labels like "was" and "per kg" stand.
    label: String,
    old: bool,
    score: i32,
}

/// The longest text of an element that is a price.
const LONGEST: usize = 90;
/// Pages have at most a few dozen; a list of thousands says nothing more.
const MOST: usize = 300;
/// Texts that are read as amounts.
const MOST_READ: usize = 5000;
/// Below this, better no price than a wrong one.
const ENOUGH: i32 = 56;

pub fn find(outline: &Outline<'_>, buy: Option<usize>, hints: &Hints) -> Option<Prices> {
    let mut candidates = collect(outline, hints);
    for candidate in &mut candidates {
        judge(outline, buy, candidate);
    }
    let repeated: Vec<Decimal> = candidates
        .iter()
        .filter(|candidate| candidate.score >= ENOUGH)
        .map(|candidate| candidate.amount.value)
        .collect();
    for candidate in &mut candidates {
        let times = repeated
            .iter()
            .filter(|value| **value == candidate.amount.value)
            .count();
        if times > 1 {
            candidate.score += 6;
        }
    }
    let best = pick(&candidates, false)
        .filter(|best| best.score >= ENOUGH)
        .or_else(|| pick(&candidates, true).filter(|best| best.score >= ENOUGH))?;
    let rivals = candidates.iter().any(|other| {
        !other.old && other.amount.value != best.amount.value && other.score + 8 > best.score
    });
    let list = candidates
        .iter()
        .filter(|other| other.old && other.score >= ENOUGH - 25)
        .filter(|other| other.amount.value > best.amount.value)
        .filter(|other| same_money(&other.amount, &best.amount))
        .max_by_key(|other| (outline.nearness(best.spot, other.spot), other.score))
        .map(|other| other.amount.clone());
    Some(Prices {
        price: best.amount.clone(),
        high: upper_end(&best.text, &best.amount, hints),
        list,
        clear: best.amount.currency.is_some() && best.score >= ENOUGH + 30 && !rivals,
    })
}

fn same_money(one: &Amount, other: &Amount) -> bool {
    one.currency.is_none() || other.currency.is_none() || one.currency == other.currency
}

/// The first that is about as good as the best: pages say the important thing first.
fn pick(candidates: &[Candidate], old: bool) -> Option<&Candidate> {
    let mut alike = candidates.iter().filter(|candidate| candidate.old == old);
    let most = alike.clone().map(|candidate| candidate.score).max()?;
    alike.find(|candidate| candidate.score + 6 > most)
}

/// `20 €` of `10 € – 20 €`.
fn upper_end(text: &str, low: &Amount, hints: &Hints) -> Option<Amount> {
    let (_, rest) = text.split_once(['–', '—', '-'])?;
    let high = read(rest, hints)?;
    (high.value > low.value && high.currency.is_some()).then_some(high)
}

/// The smallest elements that hold a whole amount each.
fn collect(outline: &Outline<'_>, hints: &Hints) -> Vec<Candidate> {
    #[derive(Clone, Copy, PartialEq, PartialOrd)]
    enum Inside {
        Nothing,
        /// Digits in an element named after prices, the sign maybe elsewhere.
        Digits,
        Money,
    }
    let readable = |index: usize| {
        outline.get(index).is_some_and(|spot| {
            spot.has_digit
                && spot.text <= LONGEST
                && !matches!(spot.name(), "option" | "select" | "title")
        })
    };
    let all = outline.spots.len();
    // A page with more numbers than this is a list, whatever comes after.
    let end = (0..all)
        .filter(|at| readable(*at))
        .nth(MOST_READ)
        .unwrap_or(all);
    let mut inside = vec![Inside::Nothing; all];
    let mut found: Vec<Candidate> = Vec::new();
    for index in (0..end).rev() {
        let Some(spot) = outline.get(index) else {
            continue;
        };
        let below = inside.get(index).copied().unwrap_or(Inside::Nothing);
        let mut state = below;
        if found.len() > MOST * 2 {
            // They come from the page's end; the first ones matter.
            found.drain(..MOST);
        }
        if readable(index) && below < Inside::Money {
            let text = outline.text(index, LONGEST * 2);
            if let Some(amount) = read(&text, hints) {
                if amount.currency.is_some() {
                    found.retain(|other| !outline.contains(index, other.spot));
                    found.push(candidate(outline, index, amount, text));
                    state = Inside::Money;
                } else if is_priced(outline, index) && is_mostly_digits(&text) {
                    let parts = found
                        .iter()
                        .filter(|other| outline.contains(index, other.spot))
                        .count();
                    if below == Inside::Nothing || parts > 1 {
                        found.retain(|other| !outline.contains(index, other.spot));
                        found.push(candidate(outline, index, amount, text));
                    }
                    state = Inside::Digits;
                }
            }
        }
        if let Some(parent) = spot.parent.and_then(|parent| inside.get_mut(parent))
            && *parent < state
        {
            *parent = state;
        }
    }
    if let Some((heading, _)) = outline.heading
        && !found
            .iter()
            .any(|other| outline.contains(heading, other.spot))
    {
        // Small ads say it in the heading: "$60 · Skateboard".
        let text = outline.own_text(heading);
        if let Some(amount) = read(&text, hints).filter(|amount| amount.currency.is_some()) {
            found.push(candidate(outline, heading, amount, text));
        }
    }
    // A sign that stands apart, beside elements with the number and with other prices.
    for candidate in &mut found {
        if candidate.amount.currency.is_none()
            && let Some(amount) = read_beside(&candidate.text, &candidate.label, hints)
        {
            candidate.amount = amount;
        }
    }
    found.retain(|candidate| candidate.amount.value > Decimal::ZERO);
    found.sort_by_key(|candidate| candidate.spot);
    found
}

fn candidate(outline: &Outline<'_>, spot: usize, amount: Amount, text: String) -> Candidate {
    let label = label_of(outline, spot);
    Candidate {
        spot,
        amount,
        text,
        label,
        old: false,
        score: 0,
    }
}

/// Whether names of the element, or of one shortly around it, speak of a price.
fn is_priced(outline: &Outline<'_>, index: usize) -> bool {
    std::iter::once(index)
        .chain(outline.ancestors(index).take(2))
        .filter_map(|at| outline.get(at))
        .any(|spot| spot.own.any(Marks::PRICE) && !spot.own.any(Marks::NOT_MONEY))
}

fn is_mostly_digits(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() <= 12
}

/// The text that introduces a price: what stands before it in its parent, or in the parent's own neighbour.
fn label_of(outline: &Outline<'_>, index: usize) -> String {
    let mut inner = index;
    for parent in outline.ancestors(index).take(2) {
        let before = outline
            .get(inner)
            .and_then(|spot| spot.before)
            .filter(|before| Some(*before) != outline.heading_at())
            .filter(|before| {
                outline
                    .get(*before)
                    .is_some_and(|spot| spot.text > 0 && spot.text <= 40)
            })
            .map(|before| outline.text(before, 40))
            // Another price is no label.
            .filter(|before| !before.chars().any(|c| c.is_ascii_digit()))
            .unwrap_or_default();
        let label = format!("{before} {}", outline.text_before(inner));
        if label
            .chars()
            .any(|c| c.is_alphabetic() || "€$£¥₹".contains(c))
        {
            return label;
        }
        inner = parent;
    }
    String::new()
}

/// The text right after a price: "/ kg", "a month", "off".
fn rest_of(outline: &Outline<'_>, index: usize, text: &str) -> String {
    let own: String = text
        .trim_start_matches(|c: char| !c.is_ascii_digit())
        .trim_start_matches(|c: char| !c.is_alphabetic() && c != '/')
        .chars()
        .take(30)
        .collect();
    let next = outline
        .get(index)
        .and_then(|spot| {
            outline
                .get(spot.end)
                .filter(|next| next.parent == spot.parent)
        })
        .filter(|next| next.text <= 24)
        .map(|_| outline.get(index).map_or(0, |spot| spot.end))
        .map(|next| outline.text(next, 24))
        // What begins with an amount is another price.
        .filter(|next| next.starts_with(|c: char| c == '/' || c.is_alphabetic()))
        .unwrap_or_default();
    format!("{own} {next}")
}

fn judge(outline: &Outline<'_>, buy: Option<usize>, candidate: &mut Candidate) {
    let Some(spot) = outline.get(candidate.spot) else {
        return;
    };
    let near: Vec<Marks> = std::iter::once(spot.own)
        .chain(outline.ancestors(candidate.spot).take(4).filter_map(|at| {
            let spot = outline.get(at)?;
            // A large block's names say nothing about one number in it.
            (spot.text <= 300).then_some(spot.own)
        }))
        .collect();
    let around = near.iter().fold(Marks::NONE, |all, marks| all | *marks);
    let text = candidate.text.to_lowercase();
    let lead: String = text.chars().take_while(|c| !c.is_ascii_digit()).collect();
    let lead = format!("{} {lead}", candidate.label.to_lowercase());
    let rest = rest_of(outline, candidate.spot, &text).to_lowercase();
    let mut score = 0;

    if candidate.amount.currency.is_some() {
        score += 30;
    }
    if spot.own.any(Marks::PRICE) {
        score += 25;
    } else if around.any(Marks::PRICE) {
        score += 16;
    }
    if around.has(Marks::PRICE | Marks::NOW) {
        score += 8;
    }
    if around.has(Marks::PRICE | Marks::PRODUCT) {
        score += 6;
    }
    if spot
        .attr("itemprop")
        .is_some_and(|prop| prop.eq_ignore_ascii_case("price"))
    {
        score += 20;
    }
    if matches!(spot.name(), "h1" | "h2" | "h3" | "strong" | "b" | "ins") {
        score += 5;
    }
    if let Some(heading) = outline.heading_at() {
        score += outline.nearness(candidate.spot, heading) * 5 / 10;
        let holds = outline.contains(heading, candidate.spot);
        score += if candidate.spot > heading || holds {
            8
        } else {
            -8
        };
        if candidate.spot == heading {
            score -= 10;
        }
    }
    if let Some(buy) = buy {
        score += outline.nearness(candidate.spot, buy) * 3 / 10;
    }

    if spot.places.any(Marks::ELSEWHERE) {
        score -= 70;
    }
    let side = Marks::SHIPPING | Marks::INSTALMENT | Marks::UNIT | Marks::SAVING | Marks::NOT_MONEY;
    // A badge that holds the price itself ("Sale: 20 €") is named both ways.
    if spot.own.any(side) && !spot.own.any(Marks::NOW) {
        score -= 60;
    } else if (around | spot.places).any(side) {
        score -= if spot.own.any(Marks::PRICE) { 14 } else { 30 };
    }
    if spot.places.any(Marks::OPTION) {
        score -= 12;
    }
    if spot.places.any(Marks::DESCRIPTION) && !spot.own.any(Marks::PRICE) {
        score -= 20;
    }
    if spot.places.any(Marks::HIDDEN) {
        score -= 20;
    }
    if outline
        .ancestors(candidate.spot)
        .take(4)
        .filter_map(|at| outline.get(at))
        .any(|spot| spot.name() == "a" && spot.attr("href").is_some_and(leads_away))
    {
        score -= 12;
    }
    if starts_with_plus(&text) || NOT_BEFORE.in_words(&lead) || NOT_AFTER.in_words(&rest) {
        score -= 60;
    }
    if PRICE_WORDS.in_words(&lead) {
        score += 14;
    }
    if NET.in_words(&lead) || NET.in_words(&rest) {
        score -= 25;
    }
    if Some(candidate.spot) != outline.heading_at()
        && text.chars().filter(|c| c.is_alphabetic()).count() > 25
    {
        score -= 20;
    }
    candidate.old = near
        .iter()
        .take(3)
        .any(|marks| marks.any(Marks::OLD) && !marks.any(Marks::NOW))
        || (BEFORE.in_words(&lead) && !TODAY.in_words(&lead));
    candidate.score = score;
}

fn leads_away(href: &str) -> bool {
    !href.is_empty() && !href.starts_with('#') && !href.starts_with("javascript:")
}

fn starts_with_plus(text: &str) -> bool {
    text.trim_start().starts_with('+')
}

/// Labels that say "price" and nothing else.
static PRICE_WORDS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "price | our price | your price | preis | prix | precio | preço | prezzo | prijs | cena | cena s dph | hinta | pris | \
        ár | preț | fiyat | цена | ціна | τιμή | cijena | kaina | hind | 価格 | 販売価格 | 价格 | 售价 | 가격 | מחיר | السعر | giá | ราคา | harga",
    )
});

/// Labels of the price before.
static BEFORE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    was | old price | regular price | original price | list price | rrp | msrp | r.r.p. | retail price | before | \
    typical price | compare at | instead of | reg. price | recommended retail price | mrp | \
    statt | uvp | unverb. preisempf. | vorher | bisher | alter preis | ursprünglich | ursprünglicher preis war | \
    prix conseillé | ancien prix | au lieu de | avant | prix public | antes | precio anterior | precio original | \
    precio normal | pvp recomendado | pvpr | de: | preço antigo | preço original | prezzo originale | invece di | \
    prezzo di listino | prezzo precedente | adviesprijs | van voor | was: | původní cena | běžná cena | pôvodná cena | \
    bežná cena | stara cena | cena regularna | najniższa cena | najniższa cena z 30 dni | poprzednia cena | \
    eredeti ár | preț vechi | prp | стара цена | старая цена | було | стара ціна | ord. pris | ordinarie pris | \
    rek. pris | tidligere pris | før | førpris | vejl. pris | veil. pris | norm. | ovh | αρχική τιμή | eski fiyat | \
    stara cijena | redna cena | prejšnja cena | 定価 | 通常価格 | メーカー希望小売価格 | 原价 | 原價 | 정가",
    )
});

static TODAY: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    now | sale price | current price | special price | our price | offer price | aktueller preis ist | jetzt | nur | \
    ahora | por: | ora | nu | now: | aktuální cena | naše cena | akční cena | promocyjna | nová cena | akciová cena | \
    nový | oferta | offerta | aktionspreis | angebotspreis | prix actuel | maintenant | precio actual",
    )
});

/// Labels before amounts that are not what the product costs.
static NOT_BEFORE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    save | you save | savings | sie sparen | ersparnis | gespart | économisez | ahorra | ahorras | ahorro | \
    risparmi | economize | você economiza | poupe | bespaar | korting | ušetříte | ušetríte | zľava | sleva | späť | \
    oszczędzasz | rabat | shipping | delivery | free shipping | free delivery | versand | versandkosten | versandkostenfrei | lieferung | \
    livraison | envío | envio | frete | spedizione | verzending | verzendkosten | doprava | dostawa | доставка | frakt | \
    orders over | bestellungen ab | minimum order | no pix | mensuales | cuotas | parcelas | instalments | installments | \
    payments of | afterpay | klarna | zip | laybuy | grundpreis | unit price | gift card | deposit | pfand | points | cashback | \
    in-store credit | voucher | coupon code | cena za | jednotková cena | cena jednostkowa | prix au | monthly | monatlich",
    )
});

/// Words after such amounts.
static NOT_AFTER: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    off | per month | /month | a month | / month | /mo | mtl | mtl. | monatlich | pro monat | im monat | mois | al mes | por mes | sem juros | \
    sin interés | sin intereses | interest-free | měsíčně | mesačne | miesięcznie | saved | gespart | \
    / kg | /kg | je kg | pro kg | per kg | / l | /l | je liter | per litre | pro l | / 100 ml | / 100 g | /100 | / 100 | / 1 l | / 1 kg | \
    per 100 | pro 100 | je 100 | / 1l | /1l | / liter | / litre | za kg | al kg | au kg | le kg | /stück | versandkosten | shipping | versand | delivery | \
    raten | cuotas | instalments | installments | payments",
    )
});

/// Prices without the tax that people pay.
static NET: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    excl. vat | ex. vat | ex vat | excl vat | exc vat | exc. vat | without vat | + vat | plus vat | excl. btw | excl. gst | ex gst | zzgl. mwst | bez dph | bez vat | hors taxe | \
    hors taxes | ht | netto | без ндс | brez ddv | excl. tax | áfa nélkül | bez pvn | exkl. moms | ex. moms | ekskl. moms | eks. mva | sin iva | \
    sem iva | iva esclusa | χωρίς φπα | без ддс | fără tva",
    )
});
