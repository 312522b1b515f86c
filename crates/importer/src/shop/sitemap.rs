//! Sitemaps list a site's pages for search engines. Products are told from other pages by the file they
//! are listed in, or by their address.

use super::listing::{Gathering, Way};
use crate::fetch::Fetcher;
use crate::platform::Entry;
use flate2::read::MultiGzDecoder;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::Read;
use url::Url;

/// Files that are read at most, and bytes of each after decompression.
const FILES: usize = 40;
const LARGEST: u64 = 8 * 1024 * 1024;
/// Addresses that are taken from one file at most; the format's own limit.
const LONGEST: usize = 50_000;

/// Words for "product" in addresses of pages and of sitemaps.
const PRODUCT_WORDS: [&str; 19] = [
    "product",
    "products",
    "produkt",
    "produkte",
    "produkter",
    "produit",
    "produits",
    "producto",
    "productos",
    "produto",
    "produtos",
    "prodotto",
    "prodotti",
    "artikel",
    "item",
    "items",
    "p",
    "dp",
    "shop-item",
];

/// What one file lists.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sitemap {
    /// Further sitemaps.
    files: Vec<String>,
    pages: Vec<String>,
}

pub(super) async fn gather(fetcher: &Fetcher, gathering: &mut Gathering) {
    gathering.start(Way::Sitemap, true);
    let mut files: VecDeque<Url> = announced(fetcher, &gathering.link).await.into();
    let mut pages_elsewhere = Vec::new();
    let mut read_all = true;
    for _ in 0..FILES {
        let Some(url) = files.pop_front().filter(|_| !gathering.is_full()) else {
            break;
        };
        let sitemap = match fetcher.file(&url).await {
            Ok(file) => read(&file.page.bytes),
            Err(error) => {
                tracing::debug!(%error, %url, "a sitemap can't be read");
                read_all = false;
                continue;
            }
        };
        let further = sitemap.files.iter().filter_map(|file| url.join(file).ok());
        let (of_products, others): (Vec<Url>, Vec<Url>) = further.partition(lists_products);
        // Where products have files of their own, nothing else need be asked for.
        let further = if of_products.is_empty() {
            others
        } else {
            of_products
        };
        files.extend(further);
        let pages = sitemap.pages.iter().filter_map(|page| url.join(page).ok());
        if lists_products(&url) {
            let pages = pages.filter(|page| !is_front_page(page));
            gathering.add(pages.map(entry));
        } else {
            pages_elsewhere.extend(pages.filter(is_product));
        }
    }
    gathering.add(pages_elsewhere.into_iter().map(entry));
    if read_all && files.is_empty() && !gathering.is_full() {
        gathering.end();
    }
}

/// Sitemaps name no titles.
fn entry(page: Url) -> Entry {
    Entry {
        href: page.into(),
        title: None,
    }
}

/// The sitemaps that `robots.txt` names, or where they usually are.
async fn announced(fetcher: &Fetcher, link: &Url) -> Vec<Url> {
    let at = |path: &str| {
        let mut url = link.clone();
        url.set_path(path);
        url.set_query(None);
        url.set_fragment(None);
        url
    };
    let robots = fetcher.file(&at("/robots.txt")).await;
    let robots = robots.map(|file| file.page.bytes).unwrap_or_default();
    let named: Vec<Url> = sitemaps_in(&String::from_utf8_lossy(&robots))
        .filter_map(|file| link.join(file).ok())
        .take(FILES)
        .collect();
    if named.is_empty() {
        vec![at("/sitemap.xml"), at("/sitemap_index.xml")]
    } else {
        named
    }
}

fn sitemaps_in(robots: &str) -> impl Iterator<Item = &str> {
    robots.lines().filter_map(|line| {
        let (field, value) = line.split_once(':')?;
        field
            .trim()
            .eq_ignore_ascii_case("sitemap")
            .then(|| value.trim())
    })
}

/// Understands XML, plain text with an address per line, and both compressed. What is broken is read as
/// far as it makes sense.
fn read(bytes: &[u8]) -> Sitemap {
    let bytes = decompressed(bytes);
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('<') {
        return read_xml(text);
    }
    let addresses = text.lines().map(str::trim);
    let addresses = addresses.filter(|line| line.starts_with("http"));
    Sitemap {
        files: Vec::new(),
        pages: addresses.take(LONGEST).map(str::to_owned).collect(),
    }
}

fn decompressed(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return bytes.into();
    }
    let mut plain = Vec::new();
    // What came before an error is kept.
    let _ = MultiGzDecoder::new(bytes)
        .take(LARGEST)
        .read_to_end(&mut plain);
    plain.into()
}

fn read_xml(text: &str) -> Sitemap {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut sitemap = Sitemap::default();
    let mut of_files = false;
    let mut address: Option<String> = None;
    while sitemap.files.len() + sitemap.pages.len() < LONGEST {
        match reader.read_event() {
            Ok(Event::Start(tag)) => match tag.name().0 {
                "sitemap" => of_files = true,
                "url" => of_files = false,
                // `image:loc` and the like are something else.
                "loc" => address = Some(String::new()),
                _ => {}
            },
            Ok(Event::End(tag)) if tag.name().0 == "loc" => {
                let address = address.take().unwrap_or_default().trim().to_owned();
                let list = if of_files {
                    &mut sitemap.files
                } else {
                    &mut sitemap.pages
                };
                list.push(address);
            }
            Ok(Event::Text(part)) => extend(&mut address, &part.xml10_content()),
            Ok(Event::CData(part)) => extend(&mut address, &part.xml10_content()),
            Ok(Event::GeneralRef(entity)) => {
                let plain = format!("&{};", entity.xml10_content());
                extend(
                    &mut address,
                    &quick_xml::escape::unescape(&plain).unwrap_or_default(),
                );
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    sitemap
}

fn extend(address: &mut Option<String>, part: &str) {
    if let Some(address) = address {
        address.push_str(part);
    }
}

/// `sitemap_products_1.xml`, `product-sitemap.xml`, but not `product-category-sitemap.xml`.
fn lists_products(file: &Url) -> bool {
    let name = file.path().to_ascii_lowercase();
    let words: Vec<&str> = name.split(|c: char| !c.is_ascii_alphabetic()).collect();
    let of_groups = ["cat", "tag", "brand", "collection", "image"];
    words
        .iter()
        .any(|word| word.len() > 2 && PRODUCT_WORDS.contains(word))
        && !words
            .iter()
            .any(|word| of_groups.iter().any(|group| word.starts_with(group)))
}

/// An address with a word for "product" in it, and something behind.
fn is_product(page: &Url) -> bool {
    let Some(parts) = page.path_segments() else {
        return false;
    };
    let parts: Vec<String> = parts
        .filter(|part| !part.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let before_last = parts
        .split_last()
        .map(|(_, before)| before)
        .unwrap_or_default();
    before_last
        .iter()
        .any(|part| PRODUCT_WORDS.contains(&part.as_str()))
}

/// Some shops begin their list of products with it.
fn is_front_page(page: &Url) -> bool {
    page.path() == "/" && page.query().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    const PRODUCTS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
                xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
          <url><loc>https://shop.example/products/mug</loc>
            <image:image><image:loc>https://cdn.example/mug.jpg</image:loc></image:image></url>
          <url><loc> https://shop.example/p?id=1&amp;size=2 </loc></url>
          <url><loc><![CDATA[https://shop.example/products/cup]]></loc></url>
        </urlset>"#;

    #[test]
    fn pages_are_read_and_pictures_are_not() {
        let sitemap = read(PRODUCTS.as_bytes());
        assert_eq!(sitemap.files, Vec::<String>::new());
        assert_eq!(
            sitemap.pages,
            [
                "https://shop.example/products/mug",
                "https://shop.example/p?id=1&size=2",
                "https://shop.example/products/cup",
            ]
        );
    }

    #[test]
    fn an_index_names_files() {
        let index = "<sitemapindex><sitemap><loc>/a.xml</loc></sitemap>\
                     <sitemap><loc>/b.xml.gz</loc><lastmod>2026</lastmod></sitemap></sitemapindex>";
        assert_eq!(read(index.as_bytes()).files, ["/a.xml", "/b.xml.gz"]);
    }

    #[test]
    fn compressed_files_and_plain_text_are_read_too() {
        let mut file = GzEncoder::new(Vec::new(), Compression::default());
        file.write_all(PRODUCTS.as_bytes()).unwrap();
        assert_eq!(read(&file.finish().unwrap()), read(PRODUCTS.as_bytes()));
        let lines =
            "\u{feff}https://shop.example/p/1\nhttps://shop.example/p/2\r\nnot an address\n";
        assert_eq!(
            read(lines.as_bytes()).pages,
            ["https://shop.example/p/1", "https://shop.example/p/2"]
        );
    }

    #[test]
    fn a_broken_file_is_read_as_far_as_it_goes() {
        let broken =
            "<urlset><url><loc>https://shop.example/a?b&c</loc></uri><url><loc>https://sho";
        assert_eq!(
            read(broken.as_bytes()).pages,
            ["https://shop.example/a?b&c"]
        );
        for broken in [
            "",
            "<",
            "<!DOCTYPE",
            "<a><loc>",
            "\u{1f}\u{8b}",
            "<loc></loc></loc></loc>",
        ] {
            read(broken.as_bytes());
        }
        read(&[0x1f, 0x8b, 8, 0, 0]);
    }

    #[test]
    fn a_compressed_bomb_is_read_to_the_limit() {
        let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
        for _ in 0..64 {
            bomb.write_all(&vec![b' '; 1024 * 1024]).unwrap();
        }
        assert_eq!(decompressed(&bomb.finish().unwrap()).len(), 8 * 1024 * 1024);
    }

    #[test]
    fn robots_txt_names_sitemaps() {
        let robots =
            "User-agent: *\nDisallow: /cart\n sitemap : https://shop.example/a.xml\nSitemap:/b.xml";
        let named: Vec<&str> = sitemaps_in(robots).collect();
        assert_eq!(named, ["https://shop.example/a.xml", "/b.xml"]);
    }

    #[test]
    fn products_are_told_from_other_pages() {
        for product in [
            "https://shop.example/products/mug",
            "https://shop.example/shop/p/mug",
            "https://shop.example/de/produkt/becher/",
            "https://shop.example/product/kitchen/mug",
        ] {
            assert!(is_product(&Url::parse(product).unwrap()), "{product}");
        }
        for other in [
            "https://shop.example/",
            "https://shop.example/products",
            "https://shop.example/products/",
            "https://shop.example/blog/products-we-like",
            "https://shop.example/about",
        ] {
            assert!(!is_product(&Url::parse(other).unwrap()), "{other}");
        }
        let file = |file: &str| {
            lists_products(
                &Url::parse("https://shop.example")
                    .unwrap()
                    .join(file)
                    .unwrap(),
            )
        };
        assert!(file("/sitemap_products_1.xml?from=1&to=2"));
        assert!(file("/product-sitemap2.xml"));
        assert!(file("/sitemap/products.xml.gz"));
        assert!(!file("/product_cat-sitemap.xml"));
        assert!(!file("/product-category-sitemap.xml"));
        assert!(!file("/sitemap_collections_1.xml"));
        assert!(!file("/sitemap.xml"));
    }
}
