//! Addresses of products: what in them counts clicks, and when two lead to the same page.

use url::Url;

/// The longest address that is taken from a page, in bytes. Hardly a server answers a longer one.
const LONGEST: usize = 2048;

/// Parameters by which advertisers, mailings and shop software follow a visitor. They never decide
/// what a page shows.
const TRACKING: [&str; 84] = [
    "_bta_c",
    "_bta_tid",
    "_branch_match_id",
    "_branch_referrer",
    "_encoding",
    "_fid",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "_kx",
    "_openstat",
    "_pos",
    "_psq",
    "_sid",
    "_ss",
    "_v",
    "aff",
    "aff_id",
    "affid",
    "affiliate",
    "affiliate_id",
    "algo_exp_id",
    "algo_pvid",
    "ascsubtag",
    "awc",
    "campaignid",
    "cjdata",
    "cjevent",
    "cmpid",
    "cvid",
    "dclid",
    "dib",
    "dib_tag",
    "ef_id",
    "epik",
    "fb_action_ids",
    "fbclid",
    "gad",
    "gad_campaignid",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "hsctatracking",
    "ici",
    "igsh",
    "igshid",
    "irclickid",
    "irgwc",
    "itm_campaign",
    "itm_medium",
    "itm_source",
    "jsessionid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mibextid",
    "mkt_tok",
    "msclkid",
    "ml_subscriber",
    "ml_subscriber_hash",
    "oly_anon_id",
    "oly_enc_id",
    "phpsessid",
    "pr_prod_strat",
    "pr_rec_id",
    "pr_rec_pid",
    "pr_ref_pid",
    "pr_seq",
    "ref",
    "ref_",
    "ref_src",
    "referrer",
    "s_kwcid",
    "sca_ref",
    "scm",
    "spm",
    "srsltid",
    "sscid",
    "ttclid",
    "twclid",
    "wbraid",
    "yclid",
];

/// Beginnings of such parameters' names.
const TRACKING_BEGINS: [&str; 10] = [
    "utm_", "utm-", "pk_", "mtm_", "matomo_", "piwik_", "hsa_", "pd_rd_", "pf_rd_", "vero_",
];

/// Parameters that choose among a product's variants, or how its page is shown: the product is the
/// same without them.
const SAME_PRODUCT: [&str; 9] = [
    "variant",
    "variation_id",
    "color",
    "colour",
    "size",
    "quantity",
    "qty",
    "currency",
    "country",
];

/// WooCommerce's beginning for the same: `attribute_pa_size=m`.
const SAME_PRODUCT_BEGINS: [&str; 1] = ["attribute_"];

/// What a page writes where an address belongs, if that is one on the web.
#[must_use]
pub fn on_the_web(page: &Url, written: &str) -> Option<Url> {
    let written = written.trim();
    if written.len() > LONGEST {
        return None;
    }
    let url = page.join(written).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    (is_web && url.as_str().len() <= LONGEST).then_some(url)
}

/// The address without what only counts clicks, and without a fragment that names a place in the page.
/// Parameters keep their order and spelling.
#[must_use]
pub fn without_tracking(url: &Url) -> Url {
    let mut clean = url.clone();
    if !clean.fragment().is_some_and(is_route) {
        clean.set_fragment(None);
    }
    if let Some(query) = url.query() {
        let kept: Vec<&str> = query
            .split('&')
            .filter(|pair| !pair.is_empty() && !is_tracking(&name(pair)))
            .collect();
        let kept = kept.join("&");
        clean.set_query(Some(kept.as_str()).filter(|kept| !kept.is_empty()));
    }
    clean
}

/// The same text for every address of one product's page in one shop.
///
/// Forgotten are scheme, `www.`, port, letter case of the host, tracking, fragment, a slash at the end,
/// spelling of escapes, the order of parameters, the variant that is shown, and the collection that a
/// product was found in. Parameters that may name the product (`?id=`, `?p=`, `?sku=`) stay.
#[must_use]
pub fn same_page(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
    let host = host.trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    let mut key = format!("{host}{}", path(url));
    let mut parameters: Vec<(String, String)> = url
        .query_pairs()
        .map(|(name, value)| (name.to_lowercase(), value.into_owned()))
        .filter(|(name, _)| !is_tracking(name) && !is_presentation(name))
        .collect();
    parameters.sort();
    parameters.dedup();
    for (index, (name, value)) in parameters.iter().enumerate() {
        key.push(if index == 0 { '?' } else { '&' });
        key.extend(url::form_urlencoded::byte_serialize(name.as_bytes()));
        key.push('=');
        key.extend(url::form_urlencoded::byte_serialize(value.as_bytes()));
    }
    if let Some(route) = url.fragment().filter(|fragment| is_route(fragment)) {
        key.push('#');
        key.push_str(route);
    }
    key
}

/// The path's parts, each decoded and encoded again in one way.
fn path(url: &Url) -> String {
    let parts: Vec<String> = url
        .path()
        .split('/')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let part = part.split(";jsessionid=").next().unwrap_or_default();
            let plain = percent_encoding::percent_decode_str(part).collect::<Vec<u8>>();
            percent_encoding::percent_encode(&plain, percent_encoding::NON_ALPHANUMERIC).to_string()
        })
        .collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    // Shopify shows a product below each collection that it is in, and to programs with an ending.
    let parts = match parts.as_slice() {
        [before @ .., "collections", _, "products", product] => {
            [before, &["products", without_data_ending(product)]].concat()
        }
        [before @ .., "products", product] => {
            [before, &["products", without_data_ending(product)]].concat()
        }
        other => other.to_vec(),
    };
    parts
        .iter()
        .fold(String::new(), |path, part| path + "/" + part)
}

fn without_data_ending(product: &str) -> &str {
    // The dot is escaped here like everything else.
    let shorter = product
        .strip_suffix("%2Ejs")
        .or_else(|| product.strip_suffix("%2Ejson"));
    shorter.unwrap_or(product)
}

/// `#!/product/7` and `#/product/7`: pages of shops that are put together in the browser.
fn is_route(fragment: &str) -> bool {
    fragment.starts_with("!/") || fragment.starts_with('/')
}

fn name(pair: &str) -> String {
    let name = pair.split('=').next().unwrap_or_default();
    let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
    name.to_lowercase()
}

fn is_tracking(name: &str) -> bool {
    TRACKING.contains(&name) || TRACKING_BEGINS.iter().any(|begin| name.starts_with(begin))
}

fn is_presentation(name: &str) -> bool {
    SAME_PRODUCT.contains(&name)
        || SAME_PRODUCT_BEGINS
            .iter()
            .any(|begin| name.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(url: &str) -> String {
        without_tracking(&Url::parse(url).unwrap()).into()
    }

    fn key(url: &str) -> String {
        same_page(&Url::parse(url).unwrap())
    }

    #[test]
    fn tracking_is_taken_out_and_all_else_stays_as_it_was() {
        let mug = "https://shop.example/mug";
        for tracking in [
            "utm_source=mail&utm_medium=x",
            "gclid=a",
            "fbclid=b",
            "ref=home",
            "UTM_Source=mail",
            "_pos=1&_sid=2&_ss=r",
            "srsltid=z",
            "mc_cid=1&mc_eid=2",
            "utm%5Fsource=mail",
            "&",
            "",
        ] {
            assert_eq!(clean(&format!("{mug}?{tracking}")), mug, "{tracking}");
        }
        assert_eq!(clean("https://shop.example/mug#reviews"), mug);
        assert_eq!(
            clean("https://shop.example/p?id=7&utm_source=x&sku=A%20B&variant=3"),
            "https://shop.example/p?id=7&sku=A%20B&variant=3"
        );
        assert_eq!(
            clean("https://shop.example/?q=a+b&gclid=1"),
            "https://shop.example/?q=a+b"
        );
    }

    #[test]
    fn rule_k1_every_spelling_leads_to_the_same_page() {
        let mug = key("https://shop.example/products/blue-mug");
        for spelling in [
            "http://shop.example/products/blue-mug",
            "https://www.shop.example/products/blue-mug",
            "https://WWW.Shop.Example/products/blue-mug",
            "https://shop.example./products/blue-mug",
            "https://shop.example:443/products/blue-mug",
            "http://shop.example:80/products/blue-mug",
            "https://shop.example/products/blue-mug/",
            "https://shop.example//products/blue-mug",
            "https://shop.example/products/blue%2Dmug",
            "https://shop.example/products/blue-mug#details",
            "https://shop.example/products/blue-mug?",
            "https://shop.example/products/blue-mug?variant=123",
            "https://shop.example/products/blue-mug?utm_source=a&variant=123&gclid=x",
            "https://shop.example/products/blue-mug?attribute_pa_size=m",
            "https://shop.example/collections/mugs/products/blue-mug?_pos=2",
            "https://shop.example/products/blue-mug.js",
            "https://shop.example/products/blue-mug.json",
            "https://shop.example/x/../products/blue-mug",
        ] {
            assert_eq!(key(spelling), mug, "{spelling}");
        }
    }

    #[test]
    fn rule_k1_the_order_of_parameters_does_not_matter() {
        assert_eq!(
            key("https://a.example/p?b=2&a=1"),
            key("https://a.example/p?a=1&b=2&utm_id=3")
        );
        assert_eq!(
            key("https://a.example/p?ID=1"),
            key("https://a.example/p?id=1")
        );
        assert_eq!(
            key("https://a.example/p?q=a+b"),
            key("https://a.example/p?q=a%20b")
        );
    }

    #[test]
    fn rule_k1_different_products_stay_different() {
        let addresses = [
            "https://shop.example/",
            "https://shop.example/mug",
            "https://shop.example/cup",
            "https://shop.example/Mug",
            "https://other.example/mug",
            "https://eu.shop.example/mug",
            "https://shop.example/p?id=1",
            "https://shop.example/p?id=2",
            "https://shop.example/p?p=1",
            "https://shop.example/p?sku=1",
            "https://shop.example/p?sku=A",
            "https://shop.example/p?sku=a",
            "https://shop.example/p?id=1&x=2",
            "https://shop.example/p/id/1",
            "https://shop.example/p%2Fid%2F1",
            "https://shop.example/p?id=1%26x=2",
            "https://shop.example/#!/mug/p/7",
            "https://shop.example/#!/cup/p/8",
            "https://shop.example/products/mug",
            "https://shop.example/products/mug/reviews",
            "https://shop.example/collections/mugs",
        ];
        let keys: std::collections::HashSet<String> = addresses.iter().map(|a| key(a)).collect();
        assert_eq!(keys.len(), addresses.len());
    }

    #[test]
    fn strange_addresses_have_a_key_too() {
        for url in [
            "https://shop.example/%ff%fe?%ff=%fe&=&a",
            "https://[2606:4700::1]/",
            "data:x",
        ] {
            assert!(!key(url).contains(char::is_whitespace), "{url}");
        }
    }
}
