//! Many saved pages at once, on all cores: one JSON line in, one JSON line out, in the same order.

use crate::draft::{Draft, Sourced};
use crate::extract::extract;
use crate::not_a_draft::NotADraft;
use crate::page::Page;
use flate2::read::GzDecoder;
use serde::{Deserialize, Serialize};
use std::io::{BufRead, Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, io, thread};
use url::Url;

/// The longest page that is read, unpacked, in bytes.
const LONGEST: u64 = 16 * 1024 * 1024;
/// Pages read before the first answers are written.
const AT_ONCE: usize = 512;

/// A page that was saved.
#[derive(Clone, Debug, Deserialize)]
pub struct Request {
    pub id: String,
    /// Where the page was found. Absent or empty for a page without an address.
    pub url: Option<String>,
    /// A local `.html`, `.html.gz` or `.json` file.
    pub path: String,
}

/// What was found, flat; null where nothing was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub id: String,
    pub title: Option<String>,
    /// A decimal number.
    pub price: Option<String>,
    /// ISO 4217.
    pub currency: Option<String>,
    pub compare_at_price: Option<String>,
    /// One of the names of [`crate::Availability`].
    pub availability: Option<String>,
    pub sku: Option<String>,
    pub brand: Option<String>,
    pub gtin: Option<String>,
    pub mpn: Option<String>,
    pub image: Option<String>,
    pub canonical_url: Option<String>,
    pub variant_count: Option<usize>,
    /// A captcha or a queue stands before the page.
    pub bot_wall: bool,
    /// The page is something else than one product's page.
    pub not_product: bool,
}

/// Reads requests until there are no more. A line that is no request, and a file that can't be read, are told on
/// `complaints` and answered with nothing found, so that answers and requests stay in step.
///
/// # Errors
/// When reading requests or writing answers fails.
pub fn run(
    requests: impl BufRead,
    mut answers: impl Write,
    mut complaints: impl Write,
) -> io::Result<()> {
    let mut lines = requests.lines();
    loop {
        let lines: Vec<String> = lines
            .by_ref()
            .filter(|line| line.as_ref().map_or(true, |line| !line.trim().is_empty()))
            .take(AT_ONCE)
            .collect::<io::Result<_>>()?;
        if lines.is_empty() {
            return answers.flush();
        }
        for (answer, complaint) in answer_all(&lines) {
            if let Some(complaint) = complaint {
                writeln!(complaints, "{complaint}")?;
            }
            serde_json::to_writer(&mut answers, &answer)?;
            writeln!(answers)?;
        }
    }
}

/// The lines' answers, in their order, with what went wrong.
fn answer_all(lines: &[String]) -> Vec<(Answer, Option<String>)> {
    let cores = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(lines.len());
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((index, line)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, lines.get(at)?)))
        {
            done.push((index, answer_line(line)));
        }
        done
    };
    let mut done: Vec<_> = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .filter_map(|worker| worker.join().ok())
            .flatten()
            .collect()
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, answer)| answer).collect()
}

fn answer_line(line: &str) -> (Answer, Option<String>) {
    let request: Request = match serde_json::from_str(line) {
        Ok(request) => request,
        Err(error) => {
            return (
                Answer::default(),
                Some(format!("not a request: {error}: {line}")),
            );
        }
    };
    // What is no address is as good as none.
    let url = request.url.and_then(|url| Url::parse(url.trim()).ok());
    match load(Path::new(&request.path), url) {
        Ok(page) => (answer(request.id, &extract(&page)), None),
        Err(error) => {
            let complaint = format!("{}: {error}", request.path);
            (
                Answer {
                    id: request.id,
                    ..Answer::default()
                },
                Some(complaint),
            )
        }
    }
}

/// A saved page, unpacked if its name ends in `.gz`. `url` is where it was found, if that is known.
///
/// # Errors
/// When the file can't be read.
pub fn load(path: &Path, url: Option<Url>) -> io::Result<Page> {
    let file = fs::File::open(path)?;
    let mut bytes = Vec::new();
    if path.extension().is_some_and(|end| end == "gz") {
        GzDecoder::new(file).take(LONGEST).read_to_end(&mut bytes)?;
    } else {
        file.take(LONGEST).read_to_end(&mut bytes)?;
    }
    Ok(Page {
        url: url.unwrap_or_else(nowhere),
        content_type: None,
        bytes,
    })
}

/// A page without an address still needs one that its relative links can hang from; it never leaves the crate.
fn nowhere() -> Url {
    #[expect(clippy::expect_used, reason = "a constant")]
    Url::parse("https://page.invalid/page").expect("a right address")
}

/// A draft, or the reason that there is none, as one flat line.
#[must_use]
pub fn answer(id: String, extracted: &Result<Draft, NotADraft>) -> Answer {
    let draft = match extracted {
        Ok(draft) => draft,
        Err(reason) => {
            let is_wall = matches!(reason, NotADraft::BotWall | NotADraft::Queue);
            return Answer {
                id,
                bot_wall: is_wall,
                not_product: !is_wall,
                ..Answer::default()
            };
        }
    };
    let text = |found: &Option<Sourced<String>>| found.as_ref().map(|found| found.value.clone());
    let price = draft.price.as_ref().map(|found| &found.value);
    Answer {
        id,
        title: text(&draft.title),
        price: price.map(|price| price.value.normalize().to_string()),
        currency: price.and_then(|price| price.currency.clone()),
        compare_at_price: draft
            .list_price
            .as_ref()
            .map(|found| found.value.value.normalize().to_string()),
        availability: draft
            .availability
            .as_ref()
            .map(|found| found.value.as_str().to_owned()),
        sku: text(&draft.sku),
        brand: text(&draft.brand),
        gtin: text(&draft.gtin),
        mpn: text(&draft.mpn),
        image: draft
            .images
            .first()
            .map(|found| found.value.url.to_string()),
        canonical_url: draft
            .canonical_url
            .as_ref()
            .map(|found| found.value.to_string()),
        variant_count: Some(draft.variants.len()).filter(|count| *count > 0),
        bot_wall: false,
        not_product: false,
    }
}
