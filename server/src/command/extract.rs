//! Reads a shop's page, from the web or a file, and shows what an import would find.

use super::{Failure, say};
use crate::cli::ExtractArguments;
use importer::batch;
use importer::fetch::{Fetcher, Settings};
use importer::{Draft, Sourced, import};
use std::io::{self, IsTerminal};
use std::path::Path;
use url::Url;

/// One page, or with `--batch` as many as there are lines on standard input.
pub async fn run(arguments: &ExtractArguments) -> Result<(), Failure> {
    if arguments.batch {
        return batch::run(io::stdin().lock(), io::stdout().lock(), io::stderr().lock()).map_err(
            Failure::io("can't go on reading requests and writing answers"),
        );
    }
    let Some(page) = &arguments.page else {
        return Err(Failure::Refused(
            "Name a link or a file, or use --batch.".into(),
        ));
    };
    let draft = if page.starts_with("http://") || page.starts_with("https://") {
        from_web(page).await?
    } else {
        from_file(page, arguments.url.as_deref())?
    };
    if io::stdout().is_terminal() {
        card(&draft);
    } else {
        let json = serde_json::to_string_pretty(&draft)
            .map_err(|error| Failure::Refused(error.to_string()))?;
        say(format_args!("{json}"));
    }
    Ok(())
}

async fn from_web(link: &str) -> Result<Draft, Failure> {
    let refused = |reason: &dyn std::fmt::Display| Failure::Refused(reason.to_string());
    let fetcher = Fetcher::new(&Settings::default()).map_err(|error| refused(&error))?;
    let url = fetcher
        .guard()
        .parse(link)
        .map_err(|error| refused(&error))?;
    let read = import::read(&fetcher, &url, &mut |_step| {})
        .await
        .map_err(|error| refused(&error))?;
    Ok(read.draft)
}

fn from_file(path: &str, url: Option<&str>) -> Result<Draft, Failure> {
    let parse = |url: &str| {
        Url::parse(url)
            .map_err(|error| Failure::Refused(format!("`{url}` is no web address: {error}")))
    };
    let url = url.map(parse).transpose()?;
    let page =
        batch::load(Path::new(path), url).map_err(Failure::io(format!("can't read {path}")))?;
    importer::extract(&page).map_err(|reason| Failure::Refused(reason.to_string()))
}

/// The draft for a person: a line for each field, with where it is from.
fn card(draft: &Draft) {
    let amount = |amount: &importer::Amount| {
        format!(
            "{} {}",
            amount.value,
            amount.currency.as_deref().unwrap_or("(no currency)")
        )
    };
    line("Title", draft.title.as_ref(), String::clone);
    line("Price", draft.price.as_ref(), amount);
    line("List price", draft.list_price.as_ref(), amount);
    line("Availability", draft.availability.as_ref(), |value| {
        value.as_str().to_owned()
    });
    line("Stock", draft.stock.as_ref(), u32::to_string);
    line("Brand", draft.brand.as_ref(), String::clone);
    line("SKU", draft.sku.as_ref(), String::clone);
    line("GTIN", draft.gtin.as_ref(), String::clone);
    line("MPN", draft.mpn.as_ref(), String::clone);
    line("Category", draft.category.as_ref(), |parts| {
        parts.join(" > ")
    });
    line("Address", draft.canonical_url.as_ref(), Url::to_string);
    for image in &draft.images {
        line("Picture", Some(image), |image| image.url.to_string());
    }
    for variant in &draft.variants {
        let options: Vec<&str> = variant
            .options
            .iter()
            .map(|(_, value)| value.as_str())
            .collect();
        let price = variant.price.as_ref().map(amount).unwrap_or_default();
        let availability = variant
            .availability
            .map(|value| value.as_str())
            .unwrap_or_default();
        say(format_args!(
            "{:13} {}  {price}  {availability}",
            "Variant",
            options.join(" / ")
        ));
    }
    line("Description", draft.description.as_ref(), |description| {
        description.text.chars().take(400).collect()
    });
    for warning in &draft.warnings {
        say(format_args!("{:13} {warning}", "Note"));
    }
}

fn line<T>(name: &str, found: Option<&Sourced<T>>, show: impl Fn(&T) -> String) {
    if let Some(found) = found {
        say(format_args!(
            "{name:13} {}  [{:?}, {:?}]",
            show(&found.value),
            found.source,
            found.confidence
        ));
    }
}
