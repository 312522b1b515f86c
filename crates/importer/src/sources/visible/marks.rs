//! What the words in `class` and `id` say an element is for.
//!
//! Shops name things alike in every software and most languages: `product-price`, `prijs`, `add-to-cart`.

use std::collections::HashMap;
use std::ops::{BitAnd, BitOr, BitOrAssign, Not};
use std::sync::LazyLock;

/// A set of purposes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u64);

impl Marks {
    pub const NONE: Marks = Marks(0);
    pub const PRICE: Marks = Marks(1);
    /// The price before: crossed out, regular, recommended.
    pub const OLD: Marks = Marks(1 << 1);
    /// The price today.
    pub const NOW: Marks = Marks(1 << 2);
    pub const PRODUCT: Marks = Marks(1 << 3);
    pub const TITLE: Marks = Marks(1 << 4);
    pub const RELATED: Marks = Marks(1 << 5);
    pub const HEADER: Marks = Marks(1 << 6);
    pub const FOOTER: Marks = Marks(1 << 7);
    pub const NAV: Marks = Marks(1 << 8);
    pub const CART: Marks = Marks(1 << 9);
    /// Stands among others alike, each with a link, a picture and a number.
    pub const CARD: Marks = Marks(1 << 10);
    pub const SHIPPING: Marks = Marks(1 << 11);
    pub const INSTALMENT: Marks = Marks(1 << 12);
    /// A price per kilogram, per piece of a pack.
    pub const UNIT: Marks = Marks(1 << 13);
    pub const SAVING: Marks = Marks(1 << 14);
    pub const REVIEW: Marks = Marks(1 << 15);
    pub const POPUP: Marks = Marks(1 << 16);
    pub const HIDDEN: Marks = Marks(1 << 17);
    pub const STOCK: Marks = Marks(1 << 18);
    pub const SOLD_OUT: Marks = Marks(1 << 19);
    pub const BUY: Marks = Marks(1 << 20);
    pub const BUTTON: Marks = Marks(1 << 21);
    pub const GALLERY: Marks = Marks(1 << 22);
    pub const DESCRIPTION: Marks = Marks(1 << 23);
    pub const TRAIL: Marks = Marks(1 << 24);
    pub const BRAND: Marks = Marks(1 << 25);
    pub const SKU: Marks = Marks(1 << 26);
    pub const OPTION: Marks = Marks(1 << 27);
    pub const CENTS: Marks = Marks(1 << 28);
    pub const DISABLED: Marks = Marks(1 << 29);
    pub const SPEC: Marks = Marks(1 << 30);
    pub const THUMB: Marks = Marks(1 << 31);
    /// Not the picture of a thing: a logo, a payment method, a flag.
    pub const DECORATION: Marks = Marks(1 << 32);
    pub const LOG_IN: Marks = Marks(1 << 33);
    pub const SEARCH: Marks = Marks(1 << 34);
    pub const ARTICLE: Marks = Marks(1 << 35);
    /// Words that turn "price" into something else: a slider, an alert, a history.
    pub const NOT_MONEY: Marks = Marks(1 << 36);
    pub const GTIN: Marks = Marks(1 << 37);
    /// Named a card; the page's own product is often named so too.
    pub const CARD_NAME: Marks = Marks(1 << 38);

    /// Marks that say where on the page everything below is.
    pub const PLACES: Marks = Marks(
        Self::RELATED.0
            | Self::HEADER.0
            | Self::FOOTER.0
            | Self::NAV.0
            | Self::CART.0
            | Self::CARD.0
            | Self::SHIPPING.0
            | Self::INSTALMENT.0
            | Self::UNIT.0
            | Self::REVIEW.0
            | Self::POPUP.0
            | Self::HIDDEN.0
            | Self::DESCRIPTION.0
            | Self::TRAIL.0
            | Self::OPTION.0
            | Self::SAVING.0
            | Self::NOT_MONEY.0
            | Self::GALLERY.0
            | Self::LOG_IN.0,
    );

    /// Places where nothing is about the page's own product.
    pub const ELSEWHERE: Marks = Marks(
        Self::RELATED.0
            | Self::HEADER.0
            | Self::FOOTER.0
            | Self::NAV.0
            | Self::CART.0
            | Self::CARD.0
            | Self::REVIEW.0
            | Self::POPUP.0
            | Self::LOG_IN.0,
    );

    #[must_use]
    pub fn any(self, other: Marks) -> bool {
        self.0 & other.0 != 0
    }

    #[must_use]
    pub fn has(self, other: Marks) -> bool {
        self.0 & other.0 == other.0
    }
}

impl BitOr for Marks {
    type Output = Marks;
    fn bitor(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }
}

impl BitAnd for Marks {
    type Output = Marks;
    fn bitand(self, other: Marks) -> Marks {
        Marks(self.0 & other.0)
    }
}

impl BitOrAssign for Marks {
    fn bitor_assign(&mut self, other: Marks) {
        self.0 |= other.0;
    }
}

impl Not for Marks {
    type Output = Marks;
    fn not(self) -> Marks {
        Marks(!self.0)
    }
}

/// Words beyond this many say nothing new (and utility classes come in hundreds).
const MOST_WORDS: usize = 60;

/// The marks of a `class` or `id`: `BuyBox-price--old`, `add_to_cart`, `productTitle`.
pub fn of(names: &str) -> Marks {
    let mut marks = Marks::NONE;
    let mut count = 0;
    if hides(names) {
        marks |= Marks::HIDDEN;
    }
    for name in names.split_ascii_whitespace() {
        // Parts of a product have headers and footers of their own: `product__header`.
        if name.eq_ignore_ascii_case("header") {
            marks |= Marks::HEADER;
        } else if name.eq_ignore_ascii_case("footer") {
            marks |= Marks::FOOTER;
        }
        let mut before = String::new();
        let mut earlier = String::new();
        for word in words(name) {
            count += 1;
            if count > MOST_WORDS {
                return marks;
            }
            marks |= meaning(&word);
            if !before.is_empty() {
                let pair = format!("{before}{word}");
                marks |= meaning(&pair);
                if !earlier.is_empty() {
                    marks |= meaning(&format!("{earlier}{pair}"));
                }
            }
            earlier = std::mem::replace(&mut before, word);
        }
    }
    marks
}

/// Whether a whole class hides the element everywhere. `d-none d-md-block` and `hidden-xs` hide it on some screens.
fn hides(names: &str) -> bool {
    let hidden = names.split_ascii_whitespace().any(|name| {
        matches!(
            name,
            "hidden"
                | "hide"
                | "d-none"
                | "is-hidden"
                | "u-hidden"
                | "invisible"
                | "visually-hidden"
                | "sr-only"
                | "js-hide"
                | "jsHide"
                | "none"
                | "display-none"
                | "ng-hide"
                | "screen-reader-text"
                | "visuallyhidden"
                | "dn"
                | "aok-hidden"
                | "u-hide"
                | "isHidden"
                | "no-display"
        )
    });
    hidden
        && !names.split_ascii_whitespace().any(|name| {
            name.ends_with("-block")
                || name.ends_with("-flex")
                || name.ends_with("-inline")
                || name.ends_with(":block")
                || name.ends_with(":flex")
                || name.contains("visible")
        })
}

/// Lower-case words of a name, cut at marks and at a capital after a small letter.
fn words(name: &str) -> impl Iterator<Item = String> + '_ {
    let mut rest = name;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let mut word = String::new();
        let mut was_small = false;
        for c in rest.chars() {
            if !c.is_alphanumeric() || (was_small && c.is_uppercase()) {
                break;
            }
            was_small = c.is_lowercase();
            word.extend(c.to_lowercase());
        }
        let taken = rest
            .char_indices()
            .nth(word.chars().count())
            .map_or(rest.len(), |(at, _)| at);
        rest = rest.get(taken..).unwrap_or_default();
        (!word.is_empty()).then_some(word)
    })
}

fn meaning(word: &str) -> Marks {
    MEANINGS.get(word).copied().unwrap_or(Marks::NONE)
}

const WORDS: &[(Marks, &str)] = &[
    (
        Marks::PRICE,
        "price prices pricing preis preise prix precio precios preco preço prezzo prijs pris cena ceny cenu \
         hinta ar ara pret fiyat fiyati stoimost tsena kaina hind amount money kakaku mrp pricebox pricetag \
         productprice saleprice finalprice currentprice ourprice specialprice sellingprice priceitem bdi \
         pricevalue itemprice offerprice newprice priceamount pricenow actualprice",
    ),
    (
        Marks::OLD,
        "old was before crossed strike striked striken strikethrough linethrough listprice msrp rrp uvp original \
         previous regular regularprice oldprice wasprice antes anterior tachado barre barred streich streichpreis \
         statt ancien ancienne avant stara stare puvodni przed vorher compareprice compareat \
         priceold pricewas del retail retailprice suggested przekreslona listino cancelled",
    ),
    (
        Marks::NOW,
        "now current final sale special actual new our nowprice saleprice finalprice currentprice \
         specialprice pricenew pricenow newprice discounted promo offer best main selling sell aktuell \
         actuel atual actuales reduced sales deal topay aktualna akcni discountprice pricediscount \
         discountedprice pricediscounted",
    ),
    (
        Marks::PRODUCT,
        "product products produkt produit producto produto prodotto artikel article item pdp prod productdetail \
         productpage productinfo tovar ürün tuote termek detail details productdetails buybox productmain",
    ),
    (
        Marks::TITLE,
        "title name heading headline titel titre titulo nombre nazwa nazev producttitle productname itemtitle \
         pagetitle h1 posttitle",
    ),
    (
        Marks::RELATED,
        "related similar recommend recommends recommended recommendation recommendations upsell upsells \
         crosssell crosssells alsobought alsoviewed alsolike youmaylike youmayalso recentlyviewed viewed \
         crossselling accessories accessory alternatives bundle bundles frequently boughttogether reco \
         recos relacionados aehnliche ahnliche suggestions zubehoer zubehör souvisejici suggested \
         completelook shopthelook lastseen lastviewed otherproducts moreproducts personalized \
         personalised",
    ),
    (
        Marks::HEADER,
        "topbar masthead siteheader announcement usp usps mainheader globalheader headertop topheader \
         headerwrapper headerinner",
    ),
    (
        Marks::FOOTER,
        "sitefooter mainfooter pagefooter globalfooter footertop footerbottom",
    ),
    (
        Marks::NAV,
        "nav navbar navigation menu megamenu submenu mainmenu topmenu flyout dropdownmenu",
    ),
    (
        Marks::CART,
        "minicart cartdrawer minibasket cartitem cartitems carttotal cartsummary headercart cartpopup \
         sidecart basketitem topcart cartpreview cartlist cartcount subtotal",
    ),
    (
        Marks::CARD_NAME,
        "card cards tile tiles productcard producttile productitem productslist productlist productgrid \
         productlisting productsgrid productsrow productthumb teaser teasers productcarousel productslider \
         productteaser listingitem",
    ),
    (
        Marks::SHIPPING,
        "shipping delivery versand versandkosten livraison envio envío frete spedizione verzending levering frakt \
         dostawa doprava dostavka postage freight kargo teslimat toimitus",
    ),
    (
        Marks::INSTALMENT,
        "installment installments instalment instalments klarna afterpay affirm clearpay sezzle paypal finance \
         financing finanzierung financement raten ratenzahlung parcelas parcelamento parcela cuotas leasing \
         credit monthly emi splatky raty laybuy zip zippay humm scalapay oney alma mensualite splitit \
         loyalty points bonuspoints cashback insurance warranty giftcard trustedshops",
    ),
    (
        Marks::UNIT,
        "unitprice baseprice grundpreis perunit priceperunit unitpricing refunit basicprice basepreis ppu \
         priceper jednotkova pricebase measureprice unitcost vpe perkg perlitre",
    ),
    (
        Marks::SAVING,
        "save saving savings saved discount discounts rabatt rabais remise descuento desconto sconto \
         korting sleva zlava znizka percent percentage youssave yousave economia ahorro ersparnis \
         priceoff discountlabel coupon voucher",
    ),
    (
        Marks::REVIEW,
        "review reviews comment comments testimonials testimonial bewertung bewertungen avis opinie \
         recensioni valoraciones questions qna faq ugc",
    ),
    (
        Marks::POPUP,
        "modal popup overlay cookie cookies offcanvas drawer lightbox dialog consent gdpr newsletter toast \
         tooltip quickview",
    ),
    (
        Marks::STOCK,
        "stock availability available avail dostupnost lager lagerstatus lagerbestand verfuegbarkeit verfügbarkeit \
         verfugbarkeit disponibilite disponibilidad disponibilidade disponibilita dispo voorraad saatavuus \
         varasto dostepnosc sklad skladem skladom nalichie nalichiye inventory stockstatus stocklevel instock \
         outofstock soldout unavailable keszlet stoc stok zaloga zalihe deliverytime lieferzeit leverbaar",
    ),
    (
        Marks::SOLD_OUT,
        "outofstock soldout oos outstock nostock ausverkauft agotado esgotado esaurito \
         uitverkocht epuise rupture noinstock notinstock stockout",
    ),
    (
        Marks::BUY,
        "addtocart addtobasket addtobag buy buynow addcart cartadd btncart addtotrolley tocart tobasket \
         addbasket basketadd productform cartbutton buybutton purchase kaufen acheter comprar kopen koop kop \
         dokosika dokosiku dokoszyka kupit inwarenkorb addtocartbutton cartbtn buybtn btnbuy btnaddtocart \
         singleaddtocartbutton sepeteekle ajoutpanier panier carrello aggiungi",
    ),
    (Marks::BUTTON, "btn button cta submit"),
    (
        Marks::GALLERY,
        "gallery galleria galerie galeria zoom mainimage productimage productimages productimg productphoto \
         productphotos productmedia mainimg imagemain bigimage imagezoom fotorama slick swiper carousel media \
         photo photos images photoswipe fancybox mainphoto productgallery picture pictures imagegallery",
    ),
    (
        Marks::DESCRIPTION,
        "description descriptions desc beschreibung descripcion descricao descrizione omschrijving popis \
         opis opisanie beskrivning beskrivelse kuvaus leiras descriere productdescription longdescription \
         shortdescription aciklama produktbeschreibung",
    ),
    (
        Marks::TRAIL,
        "breadcrumb breadcrumbs crumb crumbs brotkrumen ariane filariane migas drobeckova navigationpath kruimelpad",
    ),
    (
        Marks::BRAND,
        "brand brands manufacturer marke marca marque merk vendor hersteller fabricante fabricant producent vyrobce \
         producer designer märke merke productbrand brandname maker vyrobca",
    ),
    (
        Marks::SKU,
        "sku artnr artikelnummer artikelnr productcode productid itemnumber partnumber artno articlenumber itemno \
         modelno reference referencia referenz codigo kod artikul articul catalognumber productnumber \
         productsku skuvalue itemcode artnum partno mpn stylenumber code",
    ),
    (Marks::GTIN, "gtin ean ean13 upc barcode isbn gtin13"),
    (
        Marks::OPTION,
        "variant variants variation variations swatch swatches option options sizes size colors colours color \
         colour attribute attributes quantity qty",
    ),
    (
        Marks::CENTS,
        "cents cent decimal decimals fraction minor pence penny grosze centimes cts fractional centavos decimalpart \
         pricecents pricefraction pricedecimal",
    ),
    (Marks::DISABLED, "disabled isdisabled inactive"),
    (
        Marks::SPEC,
        "specs spec specification specifications attributes features feature technical datasheet parameters \
         params properties characteristics caracteristiques caracteristicas technische eigenschaften \
         additional parametry",
    ),
    (Marks::THUMB, "thumb thumbs thumbnail thumbnails mini"),
    (
        Marks::DECORATION,
        "logo logos icon icons sprite payment payments badge badges flag flags avatar banner banners social \
         placeholder loader loading spinner pixel spacer emoji star stars rating seal trust captcha",
    ),
    (
        Marks::LOG_IN,
        "login signin logon register signup myaccount account loginform",
    ),
    (
        Marks::SEARCH,
        "searchresults searchresult resultcount noresults",
    ),
    (
        Marks::ARTICLE,
        "blog post posts entry author byline blogpost articlebody postcontent entrycontent",
    ),
    (
        Marks::NOT_MONEY,
        "filter filters facet facets alert history tier quantitydiscount staffelpreise tierprice \
         pricealert notify matching guarantee countdown minimum",
    ),
];

static MEANINGS: LazyLock<HashMap<&'static str, Marks>> = LazyLock::new(|| {
    let mut meanings: HashMap<&'static str, Marks> = HashMap::new();
    for (marks, words) in WORDS {
        for word in words.split_ascii_whitespace() {
            *meanings.entry(word).or_default() |= *marks;
        }
    }
    meanings
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_an_element_is_for() {
        let check = |names: &str, marks: Marks| {
            assert!(of(names).has(marks), "{names}: {:?}", of(names));
        };
        check("BuyBox-price--old", Marks::PRICE | Marks::OLD);
        check("add_to_cart", Marks::BUY);
        check("productTitle", Marks::PRODUCT | Marks::TITLE);
        check("single-add-to-cart-button btn", Marks::BUY | Marks::BUTTON);
        check("stock out-of-stock", Marks::STOCK | Marks::SOLD_OUT);
        check("product__unit-price", Marks::UNIT);
        check("mini-cart", Marks::CART);
        assert_eq!(of("w-full flex"), Marks::NONE);
    }
}
