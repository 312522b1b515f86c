//! Which software a shop runs on, by what it leaves in every page.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Software {
    Shopify,
    WooCommerce,
    Squarespace,
    BigCartel,
}

const SIGNS: [(&str, Software); 8] = [
    ("Shopify.theme", Software::Shopify),
    ("Shopify.shop", Software::Shopify),
    ("cdn/shop/", Software::Shopify),
    ("wc-block-", Software::WooCommerce),
    ("plugins/woocommerce", Software::WooCommerce),
    ("Static.SQUARESPACE_CONTEXT", Software::Squarespace),
    ("assets.bigcartel.com", Software::BigCartel),
    ("bigcartel.com/theme_assets", Software::BigCartel),
];

pub(super) fn of(page: &[u8]) -> Option<Software> {
    let page = String::from_utf8_lossy(page);
    SIGNS
        .iter()
        .find(|(sign, _)| page.contains(sign))
        .map(|(_, software)| *software)
}
