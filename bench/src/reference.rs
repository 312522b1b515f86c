//! What pages could cost: the same amount of text by axum and maud, from memory, with nothing else to do. It says how much
//! of the machine is left after HTTP itself.

use crate::Outcome;
use axum::Router;
use axum::extract::Path;
use axum::response::Html;
use axum::routing::get;
use maud::{DOCTYPE, html};
use std::sync::LazyLock;

struct Good {
    title: String,
    maker: String,
    path: String,
    price: i64,
}

static GOODS: LazyLock<Vec<Good>> = LazyLock::new(|| {
    let good = |number: i64| Good {
        title: format!("A thing that somebody made, number {number}"),
        maker: format!("Store {}", number % 60),
        path: format!("/s/store-{}/thing-{number}", number % 60),
        price: 2_500 + number,
    };
    (0..1_000).map(good).collect()
});

/// Serves pages of as many cards as are asked for.
pub async fn serve(port: u16) -> Outcome {
    let pages = Router::new().route("/{cards}", get(page));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    Ok(axum::serve(listener, pages).await?)
}

async fn page(Path(cards): Path<usize>) -> Html<String> {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head { title { "The marketplace" } meta charset="utf-8"; }
            body {
                main class="page" {
                    h1 { "The marketplace" }
                    ul class="cards" {
                        @for good in GOODS.iter().cycle().take(cards) { (card(good)) }
                    }
                }
            }
        }
    };
    Html(page.into_string())
}

fn card(good: &Good) -> maud::Markup {
    html! {
        li class="card" {
            a class="card-picture" href=(good.path) {
                img src={ "/pictures" (good.path) "-400.jpg" } width="400" height="400" loading="lazy" alt=(good.title);
            }
            h3 class="card-title" { a href=(good.path) { (good.title) } }
            p class="card-maker" { "by " a href={ "/s" (good.maker) } { (good.maker) } }
            p class="card-price" data-cents=(good.price) { "$" (good.price / 100) "." (good.price % 100) }
            form method="post" action="/api/add" {
                input type="hidden" name="listing" value=(good.price);
                input type="hidden" name="units" value="1";
                button type="submit" { "Add to cart" }
            }
        }
    }
}
