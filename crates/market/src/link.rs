//! A pasted link (K1): to a product or a store of this market, to a page a product came from, or somewhere else.

use crate::entity::{listing, product, store};
use crate::fresh::Standing;
use crate::import::{KnownPage, known_page};
use crate::listing::shown;
use crate::product::{cards, listed_cards};
use crate::store::Owner;
use crate::{Error, Market, Result};
use importer::fetch::check_spelling;
use model::{Checker, FieldError, LinkTarget, ProductCard, ProductState, limits};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use url::{Host, Url};

/// What a pasted link is. It is read once; whoever goes on with it takes this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// A product of this market on a shelf.
    Product {
        /// The shelf's part of the web address.
        store: String,
        /// The product's.
        product: String,
    },
    /// A store of this market, by its part of the web address.
    Store(String),
    /// A page of this market that is neither.
    ElsewhereHere,
    /// A page of another shop.
    OtherShop(ShopPage),
}

/// The address of a page in another shop. Whether it may be asked for is the importer's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShopPage {
    /// Without `www.`.
    host: String,
    url: Url,
}

impl ShopPage {
    pub(crate) fn url(&self) -> &Url {
        &self.url
    }
}

impl Link {
    /// Reads what somebody pasted. Nothing is fetched.
    ///
    /// # Errors
    /// [`Error::Invalid`] on `link` when the text is no link.
    pub fn read(market: &Market, text: &str) -> Result<Link> {
        let mut check = Checker::new();
        let ask = "Paste a link to a product or a store.";
        let text = check.required("link", text, limits::LINK, ask);
        let text = check.finish(text)?;
        read(&text, &market.settings().public_url).ok_or_else(|| {
            wrong("This is not a link. Copy it from your browser's address bar and paste it here.")
        })
    }

    /// The page of another shop that it leads to.
    ///
    /// # Errors
    /// [`Error::Invalid`] on `link` when it leads to this market.
    pub fn to_other_shop(self) -> Result<ShopPage> {
        match self {
            Link::OtherShop(page) => Ok(page),
            Link::Product { .. } | Link::Store(_) | Link::ElsewhereHere => Err(wrong(
                "This link leads to a page of this market. Paste one to a product in another shop.",
            )),
        }
    }
}

/// What is wrong with what was pasted.
pub(crate) fn wrong(sentence: impl Into<String>) -> Error {
    Error::Invalid(vec![FieldError::new("link", sentence)])
}

/// Finds what a link leads to. Nothing is fetched. A link to a shelf that no longer shows the product leads to the same
/// product on its maker's shelf.
///
/// # Errors
/// [`Error::Database`] only.
pub async fn follow(market: &Market, viewer: Option<Owner>, link: &Link) -> Result<LinkTarget> {
    match link {
        Link::Product { store, product } => {
            let card = find_product(market, viewer, store, product).await?;
            Ok(card.map_or(LinkTarget::NotFound, |card| {
                LinkTarget::Product(Box::new(card))
            }))
        }
        Link::Store(slug) => {
            let row = store::Entity::find()
                .filter(store::Column::Slug.eq(slug))
                .one(market.reader())
                .await?;
            Ok(row.map_or(LinkTarget::NotFound, |row| LinkTarget::Store {
                slug: row.slug,
                name: row.name,
            }))
        }
        Link::ElsewhereHere => Ok(LinkTarget::NotFound),
        Link::OtherShop(page) => other_shop(market, viewer, page).await,
    }
}

/// A page that some maker's product came from leads to that product; the viewer's own comes first.
async fn other_shop(market: &Market, viewer: Option<Owner>, page: &ShopPage) -> Result<LinkTarget> {
    let card = |product| async move {
        let card = cards(market.fresh().await, viewer, [product]).await?.pop();
        Ok(card.map_or(LinkTarget::NotFound, |card| {
            LinkTarget::Product(Box::new(card))
        }))
    };
    match known_page(market.reader(), viewer, &page.url).await? {
        Some(KnownPage::Own(product)) if product.state == ProductState::Draft => {
            Ok(LinkTarget::OwnDraft {
                product: product.id,
                title: product.title,
            })
        }
        Some(KnownPage::Own(product) | KnownPage::Published(product)) => card(product.id).await,
        Some(KnownPage::Importing(import)) => Ok(LinkTarget::Import(import)),
        None => Ok(LinkTarget::OtherShop {
            host: page.host.clone(),
        }),
    }
}

async fn find_product(
    market: &Market,
    viewer: Option<Owner>,
    store_slug: &str,
    product_slug: &str,
) -> Result<Option<ProductCard>> {
    let db = market.reader();
    let shelf = store::Entity::find()
        .filter(store::Column::Slug.eq(store_slug))
        .one(db)
        .await?;
    let product = product::Entity::find()
        .filter(product::Column::Slug.eq(product_slug))
        .filter(shown::published())
        .one(db)
        .await?;
    let (Some(shelf), Some(product)) = (shelf, product) else {
        return Ok(None);
    };
    let on_it = Condition::all()
        .add(listing::Column::StoreId.eq(shelf.id))
        .add(listing::Column::ProductId.eq(product.id));
    if let Some(listing) = shown::listings().filter(on_it.clone()).one(db).await? {
        let at = Standing::of(&listing);
        return Ok(listed_cards(market.fresh().await, viewer, [at])
            .await?
            .pop());
    }
    match listing::Entity::find().filter(on_it).one(db).await? {
        Some(_) => Ok(cards(market.fresh().await, viewer, [product.id])
            .await?
            .pop()),
        None => Ok(None),
    }
}

/// Reads a link against this market's own address. `None` when it is none.
fn read(text: &str, own_address: &str) -> Option<Link> {
    if text.contains(char::is_whitespace) {
        return None;
    }
    let own = Url::parse(own_address).ok()?;
    let link = if text.starts_with('/') && !text.starts_with("//") {
        own.join(text).ok()?
    } else if text.contains("://") {
        Url::parse(text).ok()?
    } else {
        Url::parse(&format!("https://{}", text.trim_start_matches('/'))).ok()?
    };
    // With a name before the host it is an e-mail address, or wants to look like another host.
    if !matches!(link.scheme(), "http" | "https") || !link.username().is_empty() {
        return None;
    }
    let place = place(&link)?;
    if Some(&place) != self::place(&own).as_ref() {
        let is_clear = is_public_name(&link) && check_spelling(text).is_ok();
        return is_clear.then_some(Link::OtherShop(ShopPage {
            host: place.0,
            url: link,
        }));
    }
    let path = link.path().to_lowercase();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    Some(match parts[..] {
        ["s", store] => Link::Store(store.to_owned()),
        ["s", store, product] => Link::Product {
            store: store.to_owned(),
            product: product.to_owned(),
        },
        _ => Link::ElsewhereHere,
    })
}

/// A link's host without `www.`, and its port unless it is a usual one.
fn place(link: &Url) -> Option<(String, Option<u16>)> {
    let host = link.host_str()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    Some((
        host.to_owned(),
        link.port().filter(|port| !matches!(port, 80 | 443)),
    ))
}

/// A single word is no shop: somebody typed something else into the box.
fn is_public_name(link: &Url) -> bool {
    match link.host() {
        Some(Host::Domain(name)) => name.trim_matches('.').contains('.'),
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<Link>) {
        assert_eq!(read(text, "https://shelfshare.example"), expected, "{text}");
    }

    fn mug() -> Option<Link> {
        Some(Link::Product {
            store: "kiln".into(),
            product: "blue-mug".into(),
        })
    }

    fn other(host: &str, url: &str) -> Option<Link> {
        Some(Link::OtherShop(ShopPage {
            host: host.into(),
            url: Url::parse(url).unwrap(),
        }))
    }

    #[test]
    fn every_spelling_of_a_link_to_a_product_is_read() {
        for text in [
            "https://shelfshare.example/s/kiln/blue-mug",
            "http://shelfshare.example/s/kiln/blue-mug/",
            "https://www.shelfshare.example/s/kiln/blue-mug?ref=mail#pictures",
            "HTTPS://Shelfshare.Example:443/S/Kiln/Blue-Mug",
            "http://shelfshare.example:80/s/kiln//blue-mug",
            "shelfshare.example/s/kiln/blue-mug",
            "www.shelfshare.example/s/kiln/blue-mug",
            "//shelfshare.example/s/kiln/blue-mug",
            "/s/kiln/blue-mug",
            "/s/./kiln/blue-mug",
        ] {
            check(text, mug());
        }
        let local = "http://127.0.0.1:3000";
        assert_eq!(read("127.0.0.1:3000/s/kiln/blue-mug", local), mug());
        assert_eq!(
            read("http://127.0.0.1:3001/s/kiln", local),
            other("127.0.0.1", "http://127.0.0.1:3001/s/kiln")
        );
    }

    #[test]
    fn other_links_are_told_apart_from_no_link() {
        check("/s/kiln", Some(Link::Store("kiln".into())));
        check(
            "https://shelfshare.example/s/kiln/?page=2",
            Some(Link::Store("kiln".into())),
        );
        check("https://shelfshare.example/", Some(Link::ElsewhereHere));
        check("/s/kiln/blue-mug/more", Some(Link::ElsewhereHere));
        check(
            "https://other.example/s/kiln/blue-mug",
            other("other.example", "https://other.example/s/kiln/blue-mug"),
        );
        check(
            "shop.other.example/x",
            other("shop.other.example", "https://shop.other.example/x"),
        );
        for no_link in [
            "blue",
            "blue mug",
            "javascript:alert(1)",
            "mailto:a@b.example",
            "ana@b.example",
            "https://shelfshare.example@other.example/",
            r"https://other.example\@shelfshare.example/",
            "ftp://shelfshare.example/s/kiln",
            "https://",
            "http://[",
            "///",
        ] {
            check(no_link, None);
        }
    }
}
