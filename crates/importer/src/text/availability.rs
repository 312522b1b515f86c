//! A stock notice as schema.org or a person writes it.

use std::sync::LazyLock;

use super::phrases::Phrases;
use crate::draft::Availability;

/// Longer texts are not notices.
const LONGEST: usize = 300;

/// What a short text says about availability: a schema.org address or word in any spelling, or prose in the
/// languages shops use most. Nothing if it says nothing, or only what other sizes or shops have.
#[must_use]
pub fn read(text: &str) -> Option<Availability> {
    let text = text.trim();
    if text.is_empty() || text.chars().nth(LONGEST).is_some() {
        return None;
    }
    token(text).or_else(|| prose(text))
}

/// `http://schema.org/ instock `, `InStock`, `Outofstock`, `SoldOut`, `in_stock`, `preorder`.
#[must_use]
pub fn token(text: &str) -> Option<Availability> {
    let last = text.rsplit(['/', '#']).next()?;
    let word: String = last
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    Some(match word.as_str() {
        "instock"
        | "onlineonly"
        | "limitedavailability"
        | "available"
        | "limited"
        | "lowstock"
        | "instocknow"
        | "availablefororder"
        | "madetoorder"
        | "onstock"
        | "inventoryavailable" => Availability::InStock,
        "outofstock" | "soldout" | "oos" | "unavailable" | "notavailable" | "notinstock"
        | "reserved" | "nostock" | "outstock" => Availability::OutOfStock,
        "preorder" | "presale" | "comingsoon" => Availability::PreOrder,
        "backorder" | "backordered" | "availableonbackorder" => Availability::BackOrder,
        "instoreonly" | "storeonly" => Availability::InStoreOnly,
        "discontinued" | "eol" => Availability::Discontinued,
        _ => return None,
    })
}

/// Phrases are tried in this order: "not available" holds "available".
fn prose(text: &str) -> Option<Availability> {
    let lower = text.to_lowercase();
    let lower = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    if DISCONTINUED.in_words(&lower) {
        Some(Availability::Discontinued)
    } else if BACK_ORDER.in_words(&lower) {
        Some(Availability::BackOrder)
    } else if PRE_ORDER.in_words(&lower) {
        Some(Availability::PreOrder)
    } else if OUT_OF_STOCK.in_words(&lower) {
        Some(Availability::OutOfStock)
    } else if IN_STORE_ONLY.in_words(&lower) {
        Some(Availability::InStoreOnly)
    } else if IN_STOCK.in_words(&lower) || counts_stock(&lower) {
        Some(Availability::InStock)
    } else {
        None
    }
}

/// `Only 3 left`, `12 in stock`, `noch 4 Stück`.
fn counts_stock(text: &str) -> bool {
    let count = text
        .split(|c: char| !c.is_ascii_digit())
        .find(|digits| !digits.is_empty())
        .and_then(|digits| digits.parse::<u32>().ok());
    count.is_some_and(|count| count > 0) && LEFT.in_words(text)
}

static LEFT: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new("left | noch | plus que | restant | quedan | remaining | zbývá | осталось")
});

static DISCONTINUED: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "discontinued | no longer in production | no longer made | nicht mehr im sortiment | \
         nicht mehr hergestellt | plus commercialisé* | descatalogad* | fuori produzione | fuori catalogo | \
         uit assortiment | utgått ur sortimentet | udgået | poistunut valikoimasta | wycofany ze sprzedaży | \
         ukončený prodej | prodej ukončen | predaj ukončený | снят с производства | fora de linha | \
         descontinuad* | üretimi durduruldu | 販売終了 | 生産終了 | 단종",
    )
});

static BACK_ORDER: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    on backorder | on back order | available on backorder | back-order* | backorder* | back order* | \
    im zulauf | in nachlieferung | nachbestellt | na objednanie | na dotaz | sur commande | bajo pedido | sob encomenda | por encomenda | \
    su ordinazione | su richiesta | op bestelling | na zamówienie | na objednávku | на заказ | под заказ | \
    під замовлення | beställningsvara | bestillingsvare | bestellbar | tilaustuote | rendelésre | la comandă | \
    по поръчка | 取り寄せ",
    )
});

static PRE_ORDER: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    pre-order* | preorder* | pre order* | presale | pre-sale | vorbestell* | précommande* | pré-commande* | \
    precommande* | preventa | pre-venta | pré-venda | pre-venda | prevendita | preordin* | pre-ordin* | \
    voorbestel* | pre-bestel* | förbeställ* | forhåndsbestill* | forudbestil* | ennakkotila* | przedsprzedaż* | \
    předobjedn* | predobjedn* | előrendel* | precomand* | предзаказ* | предварительный заказ | ön sipariş | \
    coming soon | 予約 | 预售 | 預購 | 예약",
    )
});

static OUT_OF_STOCK: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    out of stock | out-of-stock | no longer available | no longer sold | nicht mehr lieferbar | \
    nicht mehr erhältlich | nicht mehr verfügbar | plus disponible | plus en vente | n'est plus vendu | ya no está disponible | \
    ya no disponible | non più disponibile | niet meer leverbaar | niet meer verkrijgbaar | снято с продажи | \
    sold out | soldout | not in stock | not available | unavailable | no stock | \
    temporarily out | 0 in stock | stock: 0 | out of print | when back in stock | when available | \
    this item has been sold | item sold | zero stock | none left | currently not | not currently | momentálne nie je | momentálně není | nie je možné produkt kúpiť | nelze koupit | \
    ausverkauft | nicht auf lager | \
    nicht verfügbar | nicht lieferbar | vergriffen | nicht vorrätig | zurzeit nicht | derzeit nicht | \
    momentan nicht | aktuell nicht | leider nicht | nicht am lager | nicht erhältlich | nicht bestellbar | \
    ist verkauft | rupture* | épuisé* | epuise | indisponible* | non disponible | non disponibile | non disponibili | pas disponible | \
    plus en stock | hors stock | victime de son succès | n'est pas en stock | agotad* | sin stock | \
    sin existencias | no disponible | fuera de stock | no hay stock | no está disponible | esgotad* | \
    sem stock | sem estoque | fora de estoque | indisponível | indisponivel | não disponível | \
    produto indisponível | esgotat | exhaurit | esaurit* | non in stock | terminato | non è disponibile | \
    attualmente non | non acquistabile | uitverkocht | niet op voorraad | niet beschikbaar | niet leverbaar | \
    tijdelijk uit | slutsåld* | slut i lager | ej i lager | finns ej | inte i lager | tillfälligt slut | \
    slut på lager | ej tillgänglig* | utsolgt | ikke på lager | ikke tilgjengelig | udsolgt | \
    ikke tilgængelig | loppu | loppuunmyyty | ei varastossa | ei saatavilla | loppunut | wyprzedan* | \
    niedostępn* | brak w magazynie | brak towaru | produkt niedostępny | chwilowo brak | brak na stanie | \
    vyprodán* | není skladem | nedostupn* | nie je skladom | vypredan* | momentálně nedostupné | \
    nie je dostupn* | není na skladě | nincs raktáron | nincs készleten | elfogyott | nem kapható | \
    nem elérhető | nem rendelhető | stoc epuizat | epuizat | indisponibil* | nu este în stoc | fără stoc | \
    stoc 0 | изчерпан* | няма наличност | не е наличен | неналичн* | няма в наличност | нет в наличии | \
    нет на складе | распродан* | закончился | отсутствует | недоступ* | нет в продаже | немає в наявності | \
    нема в наявності | закінчився | немає на складі | εξαντλ* | μη διαθέσιμο | δεν είναι διαθέσιμο | \
    εκτός αποθέματος | tükendi | stokta yok | stok yok | stokta bulunmuyor | mevcut değil | rasprodan* | \
    nije dostupn* | nema na zalihi | nedostupan | ni na zalogi | razprodan* | ni na voljo | nema na stanju | \
    läbi müüdud | ei ole laos | nav pieejams | nav noliktavā | išparduota | neturime | nėra sandėlyje | אזל | \
    אזל מהמלאי | לא במלאי | חסר במלאי | לא זמין | غير متوفر | غير متاح | نفذت الكمية | نفد | نفدت | ناموجود | \
    habis | stok habis | tidak tersedia | hết hàng | tạm hết hàng | sản phẩm đã hết | สินค้าหมด | หมดสต็อก | \
    สินค้าไม่พร้อม | 在庫切れ | 在庫なし | 在庫がありません | 売り切れ | 売切れ | 品切れ | 完売 | 入荷待ち | 缺货 | 售罄 | 无货 | 缺貨 | 售完 | 已售完 | \
    補貨中 | 품절 | 매진 | 재고 없음 | 일시품절",
    )
});

static IN_STORE_ONLY: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    in store only | in-store only | only in store* | available in store only | available in stores only | \
    nur in der filiale | nur im markt | nur im laden | nur vor ort | uniquement en magasin | \
    disponible uniquement en magasin | solo en tienda* | solo in negozio | apenas em loja | só em loja | \
    alleen in de winkel | endast i butik | kun i butikk | kun i butik | vain myymälä* | tylko w sklepie | \
    pouze na prodejně | iba v predajni | только в магазин*",
    )
});

static IN_STOCK: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    in stock | instock | in-stock | available | ready to ship | ships today | ships in | ships within | \
    usually ships | usually dispatched | stock available | dispatched within | add to cart | add to basket | \
    add to bag | auf lager | verfügbar | lieferbar | sofort lieferbar | vorrätig | am lager | versandfertig | \
    lieferzeit* | lagernd | en stock | disponible* | disponibile | disponibili | disponibilità immediata | \
    expédié sous | hay stock | en existencia | disponível | disponivel | em stock | em estoque | \
    pronta entrega | in magazzino | op voorraad | beschikbaar | leverbaar | i lager | finns i lager | \
    på lager | varastossa | saatavilla | tillgänglig* | tilgjengelig* | dostępny | dostępna | dostępne | w magazynie | na stanie | \
    skladem | skladom | na skladě | na sklade | dostupný | dostupná | dostupné | dostupan | dostupna | dostupno | raktáron | készleten | elérhető | în stoc | \
    in stoc | disponibil | в наличност | наличен | налично | в наличии | есть на складе | в наявності | \
    є в наявності | διαθέσιμο | άμεσα διαθέσιμο | σε απόθεμα | stokta | stokta var | na zalihi | na zalogi | \
    na voljo | na stanju | laos | pieejams | noliktavā | sandėlyje | turime | במלאי | זמין | متوفر | متاح | \
    موجود | tersedia | còn hàng | มีสินค้า | พร้อมส่ง | 在庫あり | 在庫有り | 有货 | 现货 | 有貨 | 現貨 | 재고 있음 | 구매 가능",
    )
});

#[cfg(test)]
mod tests {
    use super::*;
    use Availability::{BackOrder, Discontinued, InStock, InStoreOnly, OutOfStock, PreOrder};

    #[test]
    fn a_notice_says_whether_it_can_be_bought() {
        let check = |text: &str, expected: Option<Availability>| {
            assert_eq!(read(text), expected, "{text:?}");
        };
        check("http://schema.org/ instock ", Some(InStock));
        check("https://schema.org/InStock", Some(InStock));
        check("InStock", Some(InStock));
        check("Outofstock", Some(OutOfStock));
        check("SoldOut", Some(OutOfStock));
        check("out_of_stock", Some(OutOfStock));
        check("schema:PreOrder", Some(PreOrder));
        check("LimitedAvailability", Some(InStock));
        check("http://schema.org/InStoreOnly", Some(InStoreOnly));
        check("Discontinued", Some(Discontinued));
        check("Nicht mehr lieferbar", Some(OutOfStock));
        check("Currently unavailable.", Some(OutOfStock));
        check("Available", Some(InStock));
        check("Nicht auf Lager", Some(OutOfStock));
        check("Auf Lager, Lieferzeit 2 Tage", Some(InStock));
        check("Momentan nicht verfügbar", Some(OutOfStock));
        check("Rupture de stock", Some(OutOfStock));
        check("Agotado", Some(OutOfStock));
        check("Produto esgotado", Some(OutOfStock));
        check("Non disponibile", Some(OutOfStock));
        check("Niet op voorraad", Some(OutOfStock));
        check("Na zamówienie", Some(BackOrder));
        check("Vorbestellbar ab Mai", Some(PreOrder));
        check("Skladem", Some(InStock));
        check("Není skladem", Some(OutOfStock));
        check("нет в наличии", Some(OutOfStock));
        check("Strážiť cenu a dostupnosť", None);
        check("Dostupné ihned", Some(InStock));
        check("在庫切れ", Some(OutOfStock));
        check("只今在庫あり", Some(InStock));
        check("Only 3 left", Some(InStock));
        check("Only 0 left", None);
        check("Blue cotton shirt", None);
        check("", None);
    }
}
