//! Pages that are no product's, by name.

use crate::{page, read_at};
use importer::NotADraft;

#[track_caller]
fn check(address: &str, html: &str, right: NotADraft) {
    assert_eq!(
        read_at(address, html).map(|draft| draft.title),
        Err(right),
        "{html}"
    );
}

#[test]
fn walls() {
    check(
        "https://kiln.example/cup",
        "<html><head><title>Just a moment...</title></head><body><h1>kiln.example</h1><p>Checking your browser before accessing. Enable JavaScript and cookies to continue</p></body></html>",
        NotADraft::BotWall,
    );
    check(
        "https://kiln.example/cup",
        "<html><head><title>Queue</title></head><body><h1>You are now in line</h1><p>When it is your turn you will have 10 minutes to enter the website. queue-it.net</p></body></html>",
        NotADraft::Queue,
    );
}

#[test]
fn lists() {
    let cards: String = (0..24)
        .map(|n| format!("<li class=product-card><a href=/p/{n}><img src=/{n}.jpg alt=x><h3>Cup {n}</h3><span class=price>{n},50 €</span></a></li>"))
        .collect();
    let body = format!(
        "<p>24 products</p><select name=sort><option>Sort by price</option></select><ul class=product-grid>{cards}</ul><nav class=pagination><a href=?page=2>2</a></nav>"
    );
    let category = page("", &body).replace("Blue cup", "Cups");
    check(
        "https://kiln.example/category/cups",
        &category,
        NotADraft::Category,
    );
    let search = page("", &body).replace("Blue cup", "Search results for \u{201c}cup\u{201d}");
    check(
        "https://kiln.example/search?q=cup",
        &search,
        NotADraft::Search,
    );
}

#[test]
fn others() {
    let words = "Clay is a natural material that people have shaped for thousands of years, and it still is. ".repeat(6);
    let article = page(
        r#"<meta property="og:type" content="article"><script type="application/ld+json">{"@type": "BlogPosting", "headline": "How cups are made"}</script>"#,
        &format!("<article>{}</article>", format!("<p>{words}</p>").repeat(8)),
    )
    .replace("Blue cup", "How cups are made");
    check(
        "https://kiln.example/blog/how-cups-are-made",
        &article,
        NotADraft::Article,
    );
    let log_in = page(
        "",
        "<form><input name=email><input type=password name=password><button>Log in</button></form>",
    )
    .replace("Blue cup", "Log in");
    check("https://kiln.example/login", &log_in, NotADraft::LogIn);
    let missing = page(
        "",
        "<p>Sorry, the page you are looking for does not exist.</p>",
    )
    .replace("Blue cup", "404 - Page not found");
    check("https://kiln.example/gone", &missing, NotADraft::ErrorPage);
}
