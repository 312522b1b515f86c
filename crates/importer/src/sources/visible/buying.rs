//! Can it be bought? The buy button, and what the page says about stock.

use std::sync::LazyLock;

use super::marks::Marks;
use super::outline::{Outline, Spot};
use crate::draft::Availability;
use crate::text::availability;
use crate::text::phrases::Phrases;

/// The button that puts the product into the cart, and its notice.
pub struct Buying {
    pub button: Option<usize>,
    pub availability: Option<Availability>,
}

/// The longest text of a button or a notice.
const LONGEST: usize = 160;
/// Buttons that are looked at.
const MOST: usize = 2000;
/// How near a notice must stand.
const ENOUGH: i32 = 35;

pub fn find(outline: &Outline<'_>) -> Buying {
    let mut button: Option<(i32, usize)> = None;
    let mut refusal: Option<(i32, usize)> = None;
    let mut count = 0;
    for (index, spot) in outline.spots.iter().enumerate() {
        if !is_button(spot) || spot.text > LONGEST || is_around_or_in_one(outline, index, spot) {
            continue;
        }
        count += 1;
        if count > MOST {
            break;
        }
        let label = label_of(outline, index, spot);
        if label.is_empty() && !spot.own.any(Marks::BUY) {
            continue;
        }
        let lower = label.to_lowercase();
        let score = standing(outline, index, spot);
        // A button with a text for each state says nothing by its refusal, and a link to another page speaks of that one.
        if refuses(&lower) && !offers(&lower) {
            if !leads_away(spot) && score > 0 && refusal.is_none_or(|(most, _)| score > most) {
                refusal = Some((score, index));
            }
        } else if offers(&lower)
            || (spot.own.any(Marks::BUY) && !spot.own.any(Marks::RELATED | Marks::CARD))
        {
            let disabled = spot.own.any(Marks::DISABLED);
            let score = score + if offers(&lower) { 20 } else { 0 } - if disabled { 10 } else { 0 };
            if button.is_none_or(|(most, _)| score > most) {
                button = Some((score, index));
            }
        }
    }
    let button = button.filter(|(score, _)| *score > 0);
    let can_buy = button.is_some_and(|(_, index)| {
        outline.get(index).is_some_and(|spot| {
            !spot.own.any(Marks::SOLD_OUT | Marks::DISABLED) && !spot.places.any(Marks::HIDDEN)
        })
    });
    let notice = notice(outline, button.map(|(_, index)| index), can_buy);
    let availability = match (refusal, notice) {
        (Some((refused, _)), _)
            if !can_buy || button.is_none_or(|(score, _)| refused > score + 10) =>
        {
            Some(Availability::OutOfStock)
        }
        (_, Some(said)) => Some(said),
        _ if can_buy => Some(Availability::InStock),
        _ if is_marked_sold_out(outline) => Some(Availability::OutOfStock),
        _ => None,
    };
    Buying {
        button: button.map(|(_, index)| index),
        availability,
    }
}

/// Whether a block around the heading is named after being sold out: `product outofstock`.
fn is_marked_sold_out(outline: &Outline<'_>) -> bool {
    outline.heading_at().is_some_and(|heading| {
        outline
            .ancestors(heading)
            .filter_map(|at| outline.get(at))
            .any(|spot| spot.own.any(Marks::SOLD_OUT))
    })
}

fn is_button(spot: &Spot<'_>) -> bool {
    match spot.name() {
        "button" => true,
        "input" => spot.attr("type").is_some_and(|kind| {
            matches!(
                kind.to_ascii_lowercase().as_str(),
                "submit" | "button" | "image"
            )
        }),
        "a" => spot.own.any(Marks::BUTTON | Marks::BUY) && spot.text > 0,
        "div" | "span" => spot.own.any(Marks::BUTTON) && spot.text > 0,
        _ => false,
    }
}

/// A link to another page. What it says of stock is about what is sold there.
fn leads_away(spot: &Spot<'_>) -> bool {
    spot.name() == "a"
        && spot
            .attr("href")
            .is_some_and(|href| href.starts_with("http") || href.starts_with('/'))
}

/// A block that is named after the buttons in it, or a part of one: both say what the button says.
fn is_around_or_in_one(outline: &Outline<'_>, index: usize, spot: &Spot<'_>) -> bool {
    let inside = || (index + 1..spot.end).filter_map(|at| outline.get(at));
    matches!(spot.name(), "div" | "span")
        && (in_button(outline, index)
            || inside().any(|inner| matches!(inner.name(), "button" | "input" | "a")))
}

fn label_of(outline: &Outline<'_>, index: usize, spot: &Spot<'_>) -> String {
    let text = outline.text(index, LONGEST);
    if !text.is_empty() {
        return text;
    }
    ["value", "aria-label", "title", "alt"]
        .into_iter()
        .find_map(|name| spot.attr(name).filter(|value| !value.trim().is_empty()))
        .map(|value| value.chars().take(LONGEST).collect())
        .unwrap_or_default()
}

/// How much an element stands where the product is; negative in other places.
fn standing(outline: &Outline<'_>, index: usize, spot: &Spot<'_>) -> i32 {
    let near = outline.heading_at().map_or(30, |heading| {
        let before = if index < heading { -15 } else { 0 };
        outline.nearness(index, heading) + before
    });
    let elsewhere = if spot.places.any(Marks::ELSEWHERE) {
        -100
    } else {
        0
    };
    10 + near + elsewhere
}

/// The first notice about stock beside the product.
fn notice(outline: &Outline<'_>, button: Option<usize>, can_buy: bool) -> Option<Availability> {
    let mut best: Option<(i32, Availability)> = None;
    let mut in_stock = false;
    for (index, spot) in outline.spots.iter().enumerate() {
        let small = spot.text > 0 && spot.text <= LONGEST;
        if !small
            || spot
                .places
                .any(Marks::ELSEWHERE | Marks::HIDDEN | Marks::DESCRIPTION)
        {
            continue;
        }
        if matches!(
            spot.name(),
            "option" | "select" | "a" | "button" | "h1" | "title" | "label" | "input"
        ) {
            continue;
        }
        if spot.own.any(Marks::OPTION)
            || in_button(outline, index)
            || in_table_of_shops(outline, index)
        {
            continue;
        }
        let named = spot.own.any(Marks::STOCK) || is_in_notice(outline, index);
        if !named && (spot.text > 60 || !is_leaf(outline, index)) {
            continue;
        }
        let near = outline
            .heading_at()
            .map_or(20, |heading| outline.nearness(index, heading));
        let near_button = button.map_or(0, |button| outline.nearness(index, button) / 2);
        let score = near + near_button + if named { 25 } else { 0 };
        if score < ENOUGH {
            continue;
        }
        let text = outline.text(index, LONGEST);
        let said = match availability::read(&text) {
            Some(said) => said,
            None if spot.own.any(Marks::SOLD_OUT) && spot.text < 40 && !text.is_empty() => {
                Availability::OutOfStock
            }
            None => continue,
        };
        // Unnamed text counts when it says it plainly: a notice, not a sentence that mentions stock.
        if !named && (!is_plain(&text, said) || (can_buy && !said.can_be_ordered())) {
            continue;
        }
        in_stock |= said == Availability::InStock;
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, said));
        }
    }
    // Pages keep the texts for other states at hand, hidden by style sheets.
    if can_buy && in_stock {
        return Some(Availability::InStock);
    }
    best.map(|(_, said)| said)
}

/// Whether it is one of few things in a block named after stock: `availability-box`.
fn is_in_notice(outline: &Outline<'_>, index: usize) -> bool {
    is_leaf(outline, index)
        && outline
            .ancestors(index)
            .take(2)
            .filter_map(|at| outline.get(at))
            .any(|spot| spot.own.any(Marks::STOCK) && spot.text <= LONGEST)
}

/// Whether it stands in a table's row with a link: what one of several shops has.
fn in_table_of_shops(outline: &Outline<'_>, index: usize) -> bool {
    outline
        .ancestors(index)
        .take(4)
        .filter_map(|at| outline.get(at))
        .any(|spot| spot.name() == "tr" && spot.has_link())
}

fn in_button(outline: &Outline<'_>, index: usize) -> bool {
    outline
        .ancestors(index)
        .take(3)
        .filter_map(|at| outline.get(at))
        .any(|spot| {
            matches!(spot.name(), "button" | "label" | "select")
                || spot.own.any(Marks::OPTION)
                || (spot.name() == "a" && spot.own.any(Marks::BUY | Marks::BUTTON))
        })
}

fn is_leaf(outline: &Outline<'_>, index: usize) -> bool {
    outline
        .children(index)
        .all(|child| outline.get(child).is_none_or(|spot| spot.text == 0))
        || !outline.own_text(index).is_empty()
}

/// Whether a text without a telling name is nothing but a notice.
fn is_plain(text: &str, said: Availability) -> bool {
    let words = text.split_whitespace().count();
    match said {
        Availability::OutOfStock | Availability::Discontinued => words <= 6,
        _ => words <= 5,
    }
}

fn offers(label: &str) -> bool {
    label.chars().count() <= 100 && BUY.within(label)
}

fn refuses(label: &str) -> bool {
    REFUSE.within(label)
        || availability::read(label).is_some_and(|said| {
            matches!(said, Availability::OutOfStock | Availability::Discontinued)
        })
}

static BUY: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    add to cart | add to basket | add to bag | add to trolley | add to my cart | add to shopping | buy now | buy it now | \
    buy online | add to order | purchase | shop now | order now | add item | pre-order | preorder | add to box | \
    in den warenkorb | in den einkaufswagen | in den korb | in die tasche | jetzt kaufen | kaufen | bestellen | \
    in winkelwagen | in winkelmand | in mijn winkel | toevoegen aan winkel | bestel | koop nu | \
    ajouter au panier | ajouter à mon panier | au panier | acheter | commander | \
    añadir al carrito | agregar al carrito | agregar al carro | añadir a la cesta | añadir a la bolsa | comprar | \
    al carrito | agregar a la bolsa | adicionar ao carrinho | adicionar à sacola | adicionar ao cesto | \
    aggiungi al carrello | acquista | aggiungi alla borsa | metti nel carrello | \
    do koszyka | dodaj do koszyka | kup teraz | kupuję | do košíka | vložit do košíku | do košíku | koupit | kúpiť | \
    přidat do košíku | pridať do košíka | kosárba | vásárlás | megveszem | adaugă în coș | adauga in cos | în coș | cumpără | \
    купить | в корзину | добавить в корзину | заказать | в кошик | купити | до кошика | добави в количката | купи | \
    lägg i varukorg | lägg till i varukorg | köp | i varukorgen | legg i handlekurv | kjøp | læg i kurv | tilføj til kurv | køb | \
    lisää ostoskoriin | ostoskoriin | lisää koriin | sepete ekle | satın al | προσθήκη στο καλάθι | αγορά | στο καλάθι | \
    dodaj u košaricu | u košaricu | dodaj v košarico | v košarico | dodaj u korpu | į krepšelį | grozā | ostukorvi | \
    カートに入れる | カートへ | 購入 | カゴに | 加入购物车 | 加入購物車 | 立即购买 | 立即購買 | 장바구니 | 구매하기 | \
    เพิ่มลงตะกร้า | หยิบใส่ | สั่งซื้อ | thêm vào giỏ | mua ngay | tambah ke keranjang | beli sekarang | \
    הוסף לסל | הוסף לעגלה | הוספה לסל | קנה עכשיו | أضف إلى السلة | أضف للسلة | اشتري الآن",
    )
});

static REFUSE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    notify me | email me when | e-mail me when | tell me when | let me know when | waitlist | waiting list | wait list | \
    back in stock | notify when | alert me | request when | get notified | remind me | \
    benachrichtig | bescheid wenn | erinnere mich | prévenez-moi | m'avertir | me prévenir | alerte stock | m'alerter | \
    avísame | avisarme | notificarme | avise-me | avisa-me | avisar-me | avise me | avvisami | avvertimi | \
    houd me op de hoogte | mail mij | breng mij op de hoogte | powiadom | hlídat dostupnost | strážiť dostupnosť | \
    értesít | anunță-mă | notifică | сообщить о поступлении | уведомить | сообщить, когда | повідомити | уведоми ме | \
    meddela mig | varsle meg | giv besked | få besked | ilmoita kun | gelince haber ver | stoğa gelince | \
    ενημέρωσέ με | obavijesti me | obvesti me | 入荷通知 | 再入荷 | 到货通知 | 貨到通知 | 到貨通知 | 재입고 알림 | עדכנו אותי",
    )
});
