//! What a page without product markup is: a list, a search, an article, a log-in, an error, a front page.

use std::sync::LazyLock;

use url::Url;

use crate::document::Document;
use crate::draft::{Confidence, Source};
use crate::not_a_draft::NotADraft;
use crate::reading::Reading;
use crate::sources::visible::marks::Marks;
use crate::sources::visible::outline::{Outline, Spot};
use crate::text::phrases::Phrases;

/// What tells one kind of page from another.
pub struct Signs {
    path: String,
    query: Option<String>,
    /// Title and heading, lower case.
    title: String,
    heading: String,
    /// Bytes of visible text.
    text: usize,
    /// A price, the button to buy, and a name stand together.
    shop_window: ShopWindow,
    /// Links to other products, each with a picture and a price.
    cards: usize,
    asks_password: bool,
    og_type: String,
    /// Types that JSON-LD and microdata name, lower case.
    types: Vec<String>,
    paragraphs: usize,
}

/// How much of a product the visible page shows.
#[derive(Clone, Copy, Debug, Default)]
struct ShopWindow {
    price: bool,
    clear: bool,
    buy: bool,
    sold_out: bool,
    facts: bool,
    /// Pictures that aren't other products'.
    picture: bool,
}

impl Signs {
    pub fn of(document: &Document, url: &Url, outline: &Outline<'_>, readings: &[Reading]) -> Self {
        let shown = readings
            .iter()
            .find(|reading| reading.source == Source::Visible);
        let visible = ShopWindow {
            price: shown.is_some_and(|reading| reading.price.is_some()),
            clear: shown.is_some_and(|reading| reading.confidence >= Confidence::Likely),
            buy: shown.is_some_and(|reading| {
                reading
                    .availability
                    .is_some_and(|said| said.can_be_ordered())
            }),
            sold_out: shown.is_some_and(|reading| {
                reading
                    .availability
                    .is_some_and(|said| !said.can_be_ordered())
            }),
            picture: shown.is_some_and(|reading| !reading.images.is_empty()),
            facts: shown.is_some_and(|reading| {
                reading.sku.is_some() || reading.gtin.is_some() || reading.mpn.is_some()
            }) || spec_rows(outline) >= 4,
        };
        Self {
            path: url.path().to_lowercase(),
            query: url.query().map(str::to_lowercase),
            title: document.title().unwrap_or_default().to_lowercase(),
            heading: outline
                .heading
                .as_ref()
                .map(|(_, text)| text.to_lowercase())
                .unwrap_or_default(),
            text: outline.spots.first().map_or(0, |root| root.text),
            shop_window: visible,
            cards: outline
                .spots
                .iter()
                .filter(|spot| is_card(outline, spot))
                .count(),
            asks_password: outline.spots.iter().any(|spot| {
                spot.name() == "input"
                    && spot
                        .attr("type")
                        .is_some_and(|kind| kind.eq_ignore_ascii_case("password"))
                    && !spot.places.any(
                        Marks::HEADER | Marks::POPUP | Marks::HIDDEN | Marks::FOOTER | Marks::NAV,
                    )
            }),
            og_type: document.meta("og:type").unwrap_or_default().to_lowercase(),
            types: types(document),
            paragraphs: outline
                .spots
                .iter()
                .filter(|spot| {
                    spot.name() == "p" && spot.text > 120 && !spot.places.any(Marks::ELSEWHERE)
                })
                .count(),
        }
    }

    fn is_type(&self, names: &[&str]) -> bool {
        self.types.iter().any(|name| names.contains(&name.as_str()))
    }

    fn says_product(&self) -> bool {
        (self.og_type.starts_with("product") || self.og_type == "og:product")
            && self.og_type != "product.group"
            || self.is_type(&[
                "product",
                "productgroup",
                "individualproduct",
                "productmodel",
                "vehicle",
                "car",
                "book",
            ])
    }

    /// Everything a product's page shows.
    fn shows_product(&self) -> bool {
        let window = self.shop_window;
        let sellable = window.buy || window.sold_out;
        (window.clear && sellable)
            || (window.price && sellable && window.facts)
            || (self.says_product() && (window.price || sellable))
    }
}

/// The kind, or nothing for what may well be a product.
pub fn find(signs: &Signs) -> Option<NotADraft> {
    let window = signs.shop_window;
    let first_path = signs.path.trim_matches('/');
    if is_error(signs) {
        return Some(NotADraft::ErrorPage);
    }
    if is_log_in(signs, first_path) {
        return Some(NotADraft::LogIn);
    }
    if is_search(signs, first_path) {
        return Some(NotADraft::Search);
    }
    if is_front(signs, first_path) && !(window.clear && window.buy && signs.cards < 3) {
        return Some(NotADraft::FrontPage);
    }
    if is_list(signs, first_path) {
        return Some(NotADraft::Category);
    }
    if is_article(signs, first_path) {
        return Some(NotADraft::Article);
    }
    let nothing =
        !window.price && !window.buy && !window.sold_out && !window.facts && !signs.says_product();
    nothing.then_some(NotADraft::NoProduct)
}

fn is_error(signs: &Signs) -> bool {
    if signs.shows_product() {
        return false;
    }
    let named = |text: &str| {
        text.chars().count() <= 120
            && (ERRORS.in_words(text)
                || text
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|word| matches!(word, "404" | "410" | "500" | "503"))
                    && !signs.shop_window.price)
    };
    named(&signs.heading) || named(&signs.title)
}

fn is_log_in(signs: &Signs, path: &str) -> bool {
    if signs.shop_window.clear || signs.says_product() {
        return false;
    }
    let named = LOG_IN.is(&signs.heading) || LOG_IN.begins(&signs.title);
    let path = path.rsplit('/').next().unwrap_or_default();
    let by_path = [
        "login",
        "signin",
        "sign-in",
        "log-in",
        "logon",
        "register",
        "account",
        "connexion",
        "anmelden",
    ]
    .iter()
    .any(|word| path.starts_with(word));
    (signs.asks_password && (named || by_path || (!signs.shop_window.price && signs.text < 3000)))
        || (named && by_path)
}

fn is_search(signs: &Signs, path: &str) -> bool {
    let by_path = path.split('/').any(|part| {
        matches!(
            part.trim_end_matches(".html")
                .trim_end_matches(".php")
                .trim_end_matches(".aspx"),
            "search"
                | "suche"
                | "recherche"
                | "buscar"
                | "busca"
                | "busqueda"
                | "ricerca"
                | "zoeken"
                | "szukaj"
                | "hledat"
                | "vyhledavani"
                | "vyhladavanie"
                | "hledani"
                | "catalogsearch"
                | "searchresults"
                | "search-results"
                | "sok"
                | "haku"
                | "wyszukiwanie"
                | "poisk"
                | "arama"
                | "kereses"
                | "cautare"
                | "pesquisa"
                | "s"
                | "sr"
        )
    });
    let by_query = signs.query.as_deref().is_some_and(|query| {
        query.split('&').any(|pair| {
            pair.split_once('=').is_some_and(|(key, value)| {
                !value.is_empty()
                    && matches!(
                        key,
                        "q" | "query"
                            | "search"
                            | "s"
                            | "keyword"
                            | "keywords"
                            | "searchterm"
                            | "search_query"
                            | "k"
                            | "_nkw"
                            | "text"
                            | "term"
                            | "searchtext"
                    )
            })
        })
    });
    let named = SEARCHES.within(&signs.heading) || SEARCHES.within(&signs.title);
    let evidence = u8::from(by_path)
        + u8::from(by_query)
        + 2 * u8::from(named)
        + u8::from(signs.is_type(&["searchresultspage"])) * 2;
    evidence >= 2 && !(signs.shop_window.clear && signs.shop_window.buy && signs.cards < 6)
        || (evidence >= 1 && !signs.shows_product() && signs.cards >= 3)
}

fn is_front(signs: &Signs, path: &str) -> bool {
    let home = path.is_empty()
        || matches!(
            path,
            "index.html" | "index.php" | "home" | "default.aspx" | "index.htm" | "shop" | "store"
        )
        || (path.len() == 2 && path.bytes().all(|byte| byte.is_ascii_lowercase()))
        || (path.len() == 5
            && path
                .as_bytes()
                .get(2)
                .is_some_and(|byte| matches!(byte, b'-' | b'_')));
    home && signs.query.is_none()
}

fn is_list(signs: &Signs, path: &str) -> bool {
    let window = signs.shop_window;
    if signs.is_type(&["collectionpage", "offercatalog"])
        && !signs.says_product()
        && !(window.clear && window.buy)
    {
        return true;
    }
    if signs.og_type == "product.group" {
        return true;
    }
    let by_path = [
        "collections",
        "category",
        "categories",
        "kategorie",
        "categoria",
        "catalog",
        "product-category",
        "c",
        "brands",
        "shop",
    ];
    let parts: Vec<&str> = path.split('/').collect();
    let listed = parts.iter().any(|part| by_path.contains(part))
        && !parts
            .iter()
            .any(|part| matches!(*part, "products" | "product" | "p" | "dp" | "item"));
    if signs.shows_product() && !(listed && signs.cards >= 12) {
        return false;
    }
    let lone = window.facts || (window.picture && (window.price || window.sold_out));
    (signs.cards >= 4 && !lone) || (listed && signs.cards >= 2)
}

/// Many cards, and nothing to buy beside them.
pub fn is_plain_list(signs: &Signs) -> bool {
    let window = signs.shop_window;
    signs.cards >= 8 && !window.buy && !window.sold_out && !window.clear && !window.facts
}

fn is_article(signs: &Signs, path: &str) -> bool {
    let window = signs.shop_window;
    if signs.shows_product() || (window.clear && window.facts) {
        return false;
    }
    let typed = signs.og_type == "article"
        || signs.is_type(&[
            "article",
            "newsarticle",
            "blogposting",
            "recipe",
            "techarticle",
            "reportagenewsarticle",
            "faqpage",
            "howto",
        ]);
    let by_path = path.split('/').any(|part| {
        matches!(
            part,
            "blog"
                | "blogs"
                | "news"
                | "article"
                | "articles"
                | "magazin"
                | "magazine"
                | "ratgeber"
                | "journal"
                | "stories"
                | "post"
                | "recipes"
                | "about"
                | "about-us"
                | "faq"
                | "help"
                | "press"
        )
    });
    let evidence = u8::from(typed) + u8::from(by_path) + u8::from(signs.paragraphs >= 4);
    (!window.buy && evidence >= 2) || (evidence >= 1 && !window.price && !window.buy)
}

/// The outermost element of another product's card that shows a price or a number.
fn is_card(outline: &Outline<'_>, spot: &Spot<'_>) -> bool {
    spot.own.any(Marks::CARD)
        && spot.has_digit
        && spot.text > 8
        && spot.text < 1200
        && !spot.places.any(Marks::FOOTER | Marks::NAV | Marks::HEADER)
        && spot
            .parent
            .and_then(|parent| outline.get(parent))
            .is_none_or(|parent| !parent.places.any(Marks::CARD) || !parent.own.any(Marks::CARD))
}

/// Rows of a name and a value, as spec tables have and lists of products don't.
fn spec_rows(outline: &Outline<'_>) -> usize {
    outline
        .spots
        .iter()
        .enumerate()
        .filter(|(_, spot)| {
            matches!(spot.name(), "tr" | "dt") && !spot.places.any(Marks::ELSEWHERE)
        })
        .filter(|(index, spot)| {
            spot.name() == "dt"
                || outline
                    .children(*index)
                    .filter(|cell| outline.get(*cell).is_some_and(|cell| cell.text > 0))
                    .count()
                    == 2
        })
        .take(10)
        .count()
}

/// The types that the page's data names. Reads the text, since broken JSON has types too.
fn types(document: &Document) -> Vec<String> {
    let mut types = Vec::new();
    for element in document.elements() {
        if let Some(item) = element.value().attr("itemtype") {
            types.extend(
                item.rsplit('/')
                    .next()
                    .map(|name| name.trim().to_ascii_lowercase()),
            );
        }
        let json = element.value().name() == "script"
            && element
                .value()
                .attr("type")
                .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"));
        if json {
            let text: String = element.text().collect();
            for (at, _) in text.match_indices("\"@type\"").take(200) {
                let rest = text.get(at + 7..).unwrap_or_default();
                let name: String = rest
                    .chars()
                    .skip_while(|c| !c.is_alphabetic())
                    .take_while(|c| c.is_alphanumeric())
                    .collect();
                types.push(name.to_ascii_lowercase());
            }
        }
    }
    types.sort_unstable();
    types.dedup();
    types
}

static ERRORS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    not found | page not found | can't find that page | cannot be found | couldn't find | could not be found | doesn't exist | \
    does not exist | no longer exists | page unavailable | page is missing | page you requested | oops | something went wrong | \
    internal server error | service unavailable | temporarily unavailable | bad gateway | an error occurred | error 404 | \
    seite nicht gefunden | nicht gefunden | existiert nicht | seite wurde nicht | page introuvable | introuvable | page non trouvée | \
    n'existe pas | página no encontrada | no encontrada | no se encuentra | no existe | página não encontrada | não encontrada | \
    pagina non trovata | non trovata | non esiste | pagina niet gevonden | niet gevonden | bestaat niet | nie znaleziono | \
    strona nie istnieje | stránka nenalezena | nenalezena | stránka neexistuje | stránka nebola nájdená | nenašla | \
    oldal nem található | nem található | pagina nu a fost găsită | pagina nu există | страница не найдена | не найдена | \
    сторінку не знайдено | страницата не е намерена | sidan hittades inte | hittades inte | siden ble ikke funnet | siden blev ikke fundet | \
    ikke fundet | sivua ei löytynyt | ei löytynyt | sayfa bulunamadı | bulunamadı | δεν βρέθηκε | stranica nije pronađena | \
    ページが見つかりません | 页面不存在 | 找不到 | 페이지를 찾을 수 없습니다 | הדף לא נמצא | الصفحة غير موجودة",
    )
});

static LOG_IN: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    log in | login | sign in | log in to | customer login | my account | account login | register | create account | create an account | \
    anmelden | einloggen | kundenlogin | connexion | se connecter | s'identifier | iniciar sesión | acceder | entrar | iniciar sessão | \
    accedi | inloggen | zaloguj się | logowanie | přihlášení | prihlásenie | bejelentkezés | autentificare | вход | войти | увійти | \
    logga in | logg inn | log ind | kirjaudu | giriş yap | σύνδεση | prijava | ログイン | 登录 | 登入 | 로그인 | התחברות | تسجيل الدخول",
    )
});

static SEARCHES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    search results | results for | search result | you searched for | search: | suchergebnis | suche nach | ergebnisse für | \
    résultats de recherche | résultats pour | resultados de búsqueda | resultados para | resultados de la búsqueda | \
    resultados da pesquisa | resultados da busca | risultati della ricerca | risultati per | zoekresultaten | wyniki wyszukiwania | \
    výsledky vyhledávání | výsledky hledání | výsledky vyhľadávania | keresési eredmények | rezultatele căutării | rezultate pentru | \
    результаты поиска | результати пошуку | резултати от търсене | sökresultat | søkeresultater | søgeresultater | hakutulokset | \
    arama sonuçları | αποτελέσματα αναζήτησης | rezultati pretrage | rezultati iskanja | 検索結果 | 搜索结果 | 검색결과",
    )
});
