//! Pages that were made to be expensive, each in one way.

const MEBIBYTE: usize = 1024 * 1024;
/// As large as a page can be. Without optimisation that would take minutes.
const SIZE: usize = if cfg!(debug_assertions) {
    MEBIBYTE / 8
} else {
    2 * MEBIBYTE
};

/// Each with the reason for which it is here.
pub fn pages() -> Vec<(&'static str, Vec<u8>)> {
    let pages = [
        ("nested lists", filled("<ul><li>")),
        ("nested blocks", filled("<div>")),
        ("nested tables", filled("<table><tr><td>")),
        ("unclosed formatting", filled("<p><b><i><font color=red>")),
        ("links in links", filled("<a href=x>")),
        ("formatting across blocks", filled("<b><p></b>")),
        ("text before tables", filled("<table>x")),
        ("drawings", filled("<svg><g>")),
        ("formulas", filled("<math><mi>")),
        ("choices", filled("<select><option>x")),
        ("empty paragraphs", filled("<p>")),
        ("closing tags", filled("</p></br>")),
        ("comments", filled("<!-- - -- -->")),
        ("entities", filled("&amp;lt;&#x41;&nosuch")),
        ("unfinished tags", filled("<a <b <c ")),
        ("frames", filled("<frameset><frame>")),
        ("templates", filled("<template>")),
        ("brackets", filled("<")),
        ("nothing", filled("\0")),
        ("one line", filled("x")),
        (
            "one price after the other",
            filled("<span class=price>$1,299.00 </span>"),
        ),
        ("prices without spaces", filled("$1€2£3")),
        ("digits", filled("1234567890.,")),
        ("headings", filled("<h1>Mug</h1>")),
        ("buttons", filled("<button>Add to cart</button>")),
        (
            "pictures",
            filled("<img class=gallery src=/a.jpg srcset='/b.jpg 1x, /c.jpg 2x'>"),
        ),
        (
            "products",
            filled(
                "<div itemscope itemtype=http://schema.org/Product><b itemprop=name>x</b></div>",
            ),
        ),
        (
            "products in products",
            filled("<div itemscope itemprop=offers itemtype=http://schema.org/Offer>"),
        ),
        (
            "descriptions that are never closed",
            filled(
                "<div itemscope itemtype=http://schema.org/Product><p itemprop=description>x<span itemprop=sku>",
            ),
        ),
        (
            "properties of many names",
            filled(
                "<div itemscope itemprop='offers brand model' itemtype=http://schema.org/Product>",
            ),
        ),
        (
            "RDFa",
            filled("<div vocab=http://schema.org/ typeof=Product property=name>x</div>"),
        ),
        (
            "microformats",
            filled("<div class=h-product><b class=p-name>x</b></div>"),
        ),
        ("meta tags", filled("<meta property=og:title content=x>")),
        (
            "scripts",
            filled("<script type=application/ld+json>{\"@type\":\"Product\"}</script>"),
        ),
        (
            "specifications",
            filled("<tr><th>EAN</th><td>4006381333931</td></tr>"),
        ),
        (
            "crumbs",
            filled("<nav class=breadcrumb><a href=/>x</a></nav>"),
        ),
        ("classes", format!("<p class='{}'>x", filled("price "))),
        ("attributes", {
            let attributes: Vec<String> = (0..100_000).map(|n| format!("a{n}=1")).collect();
            format!("<p {}>", attributes.join(" "))
        }),
        ("references in a circle", {
            "<div id=a itemscope itemref='a b' itemtype=http://schema.org/Product><div id=b itemprop=offers itemscope \
             itemref='a b'>x</div></div>".repeat(500)
        }),
        (
            "many references",
            format!(
                "<div itemscope itemtype=http://schema.org/Product itemref='{}'></div>{}",
                "r ".repeat(SIZE / 4),
                "<p id=r itemprop=name>x</p>".repeat(10_000),
            ),
        ),
        ("deep data", script(&"[".repeat(MEBIBYTE))),
        ("deep objects", script(&"{\"offers\":".repeat(100_000))),
        (
            "deep products",
            script(&"{\"@type\":\"Product\",\"isRelatedTo\":[".repeat(50_000)),
        ),
        (
            "wide data",
            script(&format!(
                "[{}]",
                "{\"@type\":\"Product\",\"name\":\"x\"},".repeat(40_000)
            )),
        ),
        ("addresses without end", {
            let long = "a".repeat(MEBIBYTE);
            let variant = |color| {
                format!(
                    "{{\"@type\":\"Product\",\"color\":\"{color}\",\"url\":\"/{long}\",\"image\":\"/{long}.jpg\"}}"
                )
            };
            let (red, blue) = (variant("red"), variant("blue"));
            let data = format!(
                "{{\"@type\":\"ProductGroup\",\"name\":\"x\",\"hasVariant\":[{red},{blue}]}}"
            );
            format!("<link rel=canonical href='/{long}'>{}", script(&data))
        }),
        ("numbers", script(&format!("[{}]", "1,".repeat(900_000)))),
        (
            "offers",
            script(&format!(
                "{{\"@type\":\"Product\",\"name\":\"x\",\"offers\":[{}]}}",
                "{\"@type\":\"Offer\",\"price\":1,\"sku\":\"s\"},".repeat(40_000)
            )),
        ),
        (
            "ids in a circle",
            script(&format!(
                "[{}]",
                "{\"@id\":\"#a\",\"@type\":\"Product\",\"offers\":{\"@id\":\"#a\"}},"
                    .repeat(20_000)
            )),
        ),
        (
            "damaged data",
            script(&"{\"@type\":\"Product\",,,\"name\":'x',".repeat(40_000)),
        ),
        (
            "a long string",
            script(&format!(
                "{{\"@type\":\"Product\",\"description\":\"{}\"}}",
                filled("<p>x</p>")
            )),
        ),
        (
            "encoded twice",
            script(&format!(
                "{{\"@type\":\"Product\",\"name\":\"{}\"}}",
                filled("&amp;lt;b&amp;gt;")
            )),
        ),
        (
            "state",
            format!(
                "<script>window.dataLayer=[{}]</script>",
                "{\"product\":{\"price\":1}},".repeat(80_000)
            ),
        ),
        (
            "unfinished state",
            format!(
                "<script>var meta = {}</script>",
                "{\"product\":[".repeat(100_000)
            ),
        ),
        (
            "state by the thousand",
            "<script>window.__STATE__={\"product\":{\"price\":1}};</script>".repeat(20_000),
        ),
        (
            "braces",
            format!("<script>{}</script>", filled("var product = {")),
        ),
        ("JSON instead of a page", filled("{\"a\":[")),
    ];
    let mut pages: Vec<(&str, Vec<u8>)> = pages
        .into_iter()
        .map(|(name, page)| (name, cut(page.into_bytes())))
        .collect();
    let wide: Vec<u8> = "<p>x".encode_utf16().flat_map(u16::to_le_bytes).collect();
    pages.push((
        "two bytes a character",
        cut([&[0xff, 0xfe][..], &wide.repeat(300_000)].concat()),
    ));
    pages.push((
        "no text at all",
        cut((0..=255).cycle().take(SIZE).collect()),
    ));
    pages
}

/// A whole page of the same.
fn filled(part: &str) -> String {
    part.repeat(SIZE / part.len())
}

fn script(json: &str) -> String {
    format!("<script type=\"application/ld+json\">{json}</script><h1>Mug</h1>")
}

fn cut(mut page: Vec<u8>) -> Vec<u8> {
    page.truncate(SIZE);
    page
}
