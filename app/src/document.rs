//! The document around everything.

use crate::App;
use crate::coming_alive::{Build, ComeAlive, ROOT, Style};
use crate::parts::Part;
use crate::prelude::*;
use crate::ui::markup::json_in_script;
use leptos::nonce::use_nonce;
use leptos_meta::{MetaTags, provide_meta_context};

/// The whole document, as the server sends it.
#[expect(
    clippy::disallowed_methods,
    reason = "the one script in it is made safe to write by `json_in_script`"
)]
pub fn whole_page(build: Build) -> impl IntoView {
    provide_meta_context();
    let seed = crate::server::seed();
    let place = seed.stands_at.map(|path| stand_at(&path));
    let part = Part::at(&crate::server::path_of_request());
    let build_id = build.id.to_string();
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=seed.theme.attribute() data-build=build_id>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="preload" href="/fonts/figtree.woff2" r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
                <link rel="preload" href="/fonts/bricolage-grotesque.woff2" r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
                <link rel="manifest" href="/site.webmanifest"/>
                {place.map(|script| view! { <script nonce=use_nonce() inner_html=script></script> })}
                <Style files=build.clone() part/>
                <ComeAlive files=build part/>
                <MetaTags/>
            </head>
            <body>
                <div id=ROOT class="contents"><App/></div>
            </body>
        </html>
    }
}

/// Says where a page stands that was shown in the answer to a form, before anything looks at the address.
fn stand_at(path: &str) -> String {
    let path = json_in_script(&serde_json::Value::from(path));
    format!("history.replaceState(history.state, \"\", {path})")
}
