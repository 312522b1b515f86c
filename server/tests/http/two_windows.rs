//! Forms of things that another window may change meanwhile: each field of each form, against each other one.

use app::error::AppError;
use market::Market;
use market::store::Owner;
use model::{Accent, Category, OfferId, OfferTerms, ProductId, StoreForm, Tokens};
use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, ORIGIN};
use reqwest::{Method, Response};
use std::collections::BTreeMap;
use std::path::Path;
use trial_http::functions::{log_in, one_of_everything, store};
use trial_http::running::{PAGE, Page, Running, function};

/// A field's place in its form (`[title]`), what it holds, and what is sent back as shown.
type Fields = BTreeMap<String, (String, String)>;

/// The forms that change what others may change too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Product,
    Store,
    Offer,
    Picture,
}

const FORMS: [Form; 4] = [Form::Product, Form::Store, Form::Offer, Form::Picture];

impl Form {
    fn function(self) -> &'static str {
        match self {
            Form::Product => "save_product",
            Form::Store => "save_store",
            Form::Offer => "change_offer",
            Form::Picture => "describe_picture",
        }
    }

    /// What it is about. All numbers are the first store's.
    fn subject(self) -> Option<(&'static str, &'static str)> {
        match self {
            Form::Product => Some(("product", "1")),
            Form::Store => None,
            Form::Offer => Some(("offer", "1")),
            Form::Picture => Some(("picture", "1")),
        }
    }

    /// What a page that is opened now shows.
    async fn opened(self, market: &Market, owner: Owner) -> Fields {
        let mut fields = Fields::new();
        let mut add = |name: &str, typed: &str, shown: &str| {
            fields.insert(format!("[{name}]"), (typed.to_owned(), shown.to_owned()));
        };
        match self {
            Form::Product => {
                let edit = market::product::form(market, owner, ProductId(1))
                    .await
                    .unwrap();
                let (form, shown) = (edit.form, edit.shown);
                add("title", &form.title, &shown.title);
                add("description", &form.description, &shown.description);
                add("category", &form.category, &shown.category);
                let rows = form.variants.iter().zip(&shown.variants).enumerate();
                for (at, (row, before)) in rows {
                    let mut add = |name: &str, typed: &str, shown: &str| {
                        add(&format!("variants][{at}][{name}"), typed, shown);
                    };
                    add("id", &row.id, &before.id);
                    add("name", &row.name, &before.name);
                    add("sku", &row.sku, &before.sku);
                    add("price", &row.price, &before.price);
                    add("stock", &row.stock, &before.stock);
                }
            }
            Form::Store => {
                let store = market::store::settings(market, owner).await.unwrap();
                let form = StoreForm::from((&store, market.info().currency));
                for (name, value) in [
                    ("name", &form.name),
                    ("tagline", &form.tagline),
                    ("about", &form.about),
                    ("accent", &form.accent),
                    ("shipping", &form.shipping),
                    ("free_shipping_from", &form.free_shipping_from),
                ] {
                    add(name, value, value);
                }
            }
            Form::Offer => {
                let row = market::offer::one(market, owner, OfferId(1)).await.unwrap();
                let form = OfferTerms {
                    rate: row.rate,
                    units: row.open_units,
                }
                .typed();
                add("rate", &form.rate, &form.rate);
                add("units", &form.units, &form.units);
            }
            Form::Picture => {
                let edit = market::product::form(market, owner, ProductId(1))
                    .await
                    .unwrap();
                let alt = &edit.pictures[0].alt;
                add("alt", alt, alt);
            }
        }
        fields
    }

    /// Something that a field has not held yet.
    fn other(self, field: &str, number: usize) -> String {
        let last = field.trim_end_matches(']').rsplit('[').next().unwrap();
        match last {
            "category" => Category::ALL[number % Category::ALL.len()].to_string(),
            "accent" => Accent::ALL[number % Accent::ALL.len()].to_string(),
            "price" | "shipping" | "free_shipping_from" => format!("{}.50", number + 1),
            "stock" => (number + 100).to_string(),
            "rate" => format!("0.{}", number % 80 + 11),
            "units" => (number % 8 + 1).to_string(),
            _ => format!("Word {number}\nand “more” & <b>"),
        }
        .replace('\n', if last == "description" { "\r\n" } else { " " })
    }
}

/// A store's owner at a server.
struct Maker {
    server: Running,
    owner: Owner,
    page: Page,
}

async fn a_maker() -> Maker {
    let server = Running::with(&[("rate_limits", "off")]).await;
    let owner = store(&server, "mara@post.example", "Kiln").await;
    one_of_everything(&server, owner).await;
    let cookie = log_in(&server, "mara@post.example").await;
    let page = server.open(&cookie).await;
    Maker {
        server,
        owner,
        page,
    }
}

/// Sends a form whose page showed `window`, with one field changed, as a script or as a browser without one.
async fn sent(
    Maker {
        server,
        owner,
        page,
    }: &Maker,
    form: Form,
    window: &Fields,
    (field, value): (&str, &str),
    accept: &str,
) -> Response {
    let mut body = url::form_urlencoded::Serializer::new(String::new());
    if accept == PAGE {
        body.append_pair("_token", &page.token);
        body.append_pair("_back", "/dashboard/store");
    }
    if let Some((name, id)) = form.subject() {
        body.append_pair(name, id);
    }
    for (name, (typed, shown)) in window {
        let typed = if name == field { value } else { typed };
        body.append_pair(&format!("form{name}"), typed);
        body.append_pair(&format!("shown{name}"), shown);
    }
    if form == Form::Offer {
        let now = form.opened(&server.market, *owner).await;
        body.append_pair("cost", &cost(&now, (field, value)));
    }
    let request = server.request(Method::POST, &function(form.function()));
    let request = match accept {
        PAGE => request.header(COOKIE, &page.cookie),
        _ => page.send(request),
    };
    request
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(ACCEPT, accept)
        .header(ORIGIN, &server.public_url)
        .body(body.finish())
        .send()
        .await
        .unwrap()
}

/// What the offer comes to with this change over what it is now: for somebody who has looked at it again.
fn cost(now: &Fields, (field, value): (&str, &str)) -> String {
    let of = |name: &str| match field == name {
        true => value.to_owned(),
        false => now[name].0.clone(),
    };
    let rate = Tokens::parse(&of("[rate]")).unwrap();
    rate.times(of("[units]").parse().unwrap()).unwrap().typed()
}

#[tokio::test]
async fn a_form_changes_only_what_it_showed() {
    let maker = a_maker().await;
    let (market, owner) = (&maker.server.market, maker.owner);
    let script = "application/json";
    let mut number = 0;
    for form in FORMS {
        let fields: Vec<String> = form.opened(market, owner).await.into_keys().collect();
        let fields: Vec<&String> = fields.iter().filter(|f| !f.ends_with("[id]")).collect();
        for there in &fields {
            for here in &fields {
                let before = form.opened(market, owner).await;
                let mut new = |field: &str| {
                    loop {
                        number += 1;
                        let new = form.other(field, number);
                        if new != before[field].0 {
                            return new;
                        }
                    }
                };
                let (theirs, mine) = (new(there), new(here));
                let other = (there.as_str(), theirs.as_str());
                let saved = sent(&maker, form, &before, other, script).await;
                assert_eq!(saved.status(), 200, "{form:?}{there} alone: {theirs}");
                let between = form.opened(market, owner).await;

                let own = (here.as_str(), mine.as_str());
                let answer = sent(&maker, form, &before, own, script).await;

                let status = answer.status().as_u16();
                let text = answer.text().await.unwrap();
                let after = form.opened(market, owner).await;
                if there == here {
                    assert_eq!(status, 409, "{form:?}{here} by two: {text}");
                    let AppError::Clash(clashes) = serde_json::from_str(&text).unwrap() else {
                        panic!("{form:?}{here}: {text}");
                    };
                    assert_eq!(clashes.len(), 1, "{clashes:?}");
                    assert_eq!(after, between, "{form:?}{here}: nothing is saved");
                    assert_eq!(clashes[0].now, between[*here].0);
                } else {
                    assert_eq!(status, 200, "{form:?}{there} and {here}: {text}");
                    assert_eq!(after[*there], between[*there], "{form:?}{there} stays");
                    let mine = mine.replace("\r\n", "\n");
                    assert_eq!(after[*here].0, mine, "{form:?}{here} is saved");
                }
            }
        }
    }
}

#[tokio::test]
async fn without_a_script_both_stand_side_by_side_and_nothing_typed_is_lost() {
    let maker = a_maker().await;
    let (market, owner) = (&maker.server.market, maker.owner);
    let form = Form::Store;
    let window = form.opened(market, owner).await;
    let theirs = ("[tagline]", "Thrown by hand");
    sent(&maker, form, &window, theirs, PAGE).await;

    let mine = ("[tagline]", "Turned on a wheel");
    let answer = sent(&maker, form, &window, mine, PAGE).await;
    assert_eq!(answer.status(), 409);
    let page = answer.text().await.unwrap();
    for part in [
        r#"name="form[tagline]" value="Turned on a wheel""#,
        r#"name="form[tagline]" value="Thrown by hand""#,
        r#"name="shown[tagline]" value="Thrown by hand""#,
        "Choose below what stands",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }

    // What the page sends when "What you typed" is left chosen.
    let mut window = form.opened(market, owner).await;
    window.get_mut("[tagline]").unwrap().1 = "Thrown by hand".to_owned();
    sent(&maker, form, &window, mine, PAGE).await;
    let now = form.opened(market, owner).await;
    assert_eq!(now["[tagline]"].0, "Turned on a wheel");
}

/// Forms that make something new, that are the sender's alone, or that say in another way what they started from: by a
/// key, by what a parcel or an import has come to, by all differences that were shown.
const OTHER_FORMS: &[&str] = &[
    "apply_changes",
    "begin_shop_import",
    "cancel_units",
    "change_password",
    "create_product",
    "find_link",
    "import_shop",
    "log_in",
    "open_offer",
    "open_store",
    "place_order",
    "save_import",
    "ship_parcel",
    "sign_up",
];

#[test]
fn every_form_that_changes_something_says_what_it_showed() {
    let features = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    let mut without = Vec::new();
    for feature in std::fs::read_dir(features).unwrap() {
        let Ok(api) = std::fs::read_to_string(feature.unwrap().path().join("api.rs")) else {
            continue;
        };
        for function in api.split("#[server]\npub async fn ").skip(1) {
            let (name, rest) = function.split_once('(').unwrap();
            let arguments = rest.split("->").next().unwrap();
            if arguments.contains("form:") && !arguments.contains("shown:") {
                without.push(name.to_owned());
            }
        }
    }
    without.sort();
    assert_eq!(without, OTHER_FORMS);
    for form in FORMS {
        assert!(!OTHER_FORMS.contains(&form.function()));
    }
}
