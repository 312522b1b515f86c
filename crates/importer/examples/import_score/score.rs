//! Precision, recall and F1 of each field over whole pages, and the single marks of the small cases.

use importer::batch::Answer;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

const FIELDS: [&str; 12] = [
    "title",
    "price",
    "currency",
    "compare_at_price",
    "availability",
    "sku",
    "brand",
    "gtin",
    "mpn",
    "image",
    "canonical_url",
    "variant_count",
];

/// One page and what is right about it. A field with several values may have any of them, an empty one has to stay
/// empty, and one that isn't listed doesn't count.
#[derive(Debug, Deserialize)]
pub struct Case {
    pub url: Option<String>,
    pub site: String,
    pub kind: Kind,
    pub fields: BTreeMap<String, Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    HtmlPage,
    Syntax,
    PlatformCase,
    BotWall,
    NotProduct,
}

/// What was counted.
#[derive(Debug, Default)]
pub struct Score {
    fields: BTreeMap<&'static str, Tally>,
    sold_out: Tally,
    /// Of walls, pages that are no products and small cases: how many, and how many right.
    named: BTreeMap<&'static str, (u32, u32)>,
    misses: Vec<String>,
}

#[derive(Debug, Default)]
struct Tally {
    right: u32,
    wrong: u32,
    missed: u32,
    support: u32,
    sites: BTreeMap<String, (u32, u32)>,
}

impl Score {
    pub fn of(cases: &BTreeMap<String, Case>, answers: &BTreeMap<String, Answer>) -> Self {
        let mut score = Self::default();
        for (id, case) in cases {
            let answer = answers.get(id).cloned().unwrap_or_default();
            match case.kind {
                Kind::HtmlPage => score.page(id, case, &answer),
                Kind::BotWall => score.name("bot walls named", id, answer.bot_wall),
                Kind::NotProduct => score.name("other pages named", id, answer.not_product),
                Kind::Syntax | Kind::PlatformCase => score.small(id, case, &answer),
            }
        }
        score
    }

    fn name(&mut self, what: &'static str, id: &str, is_right: bool) {
        let (all, right) = self.named.entry(what).or_default();
        *all += 1;
        *right += u32::from(is_right);
        if !is_right {
            self.misses.push(format!("{what}: {id}"));
        }
    }

    fn page(&mut self, id: &str, case: &Case, answer: &Answer) {
        for field in FIELDS {
            let Some(listed) = case.fields.get(field).and_then(Value::as_array) else {
                continue;
            };
            let mut right: BTreeSet<String> = listed
                .iter()
                .filter_map(|value| normal(field, &text(value)?))
                .collect();
            let given = given(field, answer).and_then(|value| normal(field, &value));
            if field == "price"
                && let (Some(pairs), Some(given)) =
                    (case.fields.get("price_currency_pairs"), &given)
            {
                let is_pair = pairs.as_array().into_iter().flatten().any(|pair| {
                    normal("price", &text(&pair[0]).unwrap_or_default()).as_ref() == Some(given)
                        && pair[1].as_str() == answer.currency.as_deref()
                });
                if !is_pair {
                    right.remove(given);
                }
            }
            let expects = !listed.is_empty();
            let hit = given
                .as_ref()
                .map_or(!expects, |given| right.contains(given));
            let tally = self.fields.entry(field).or_default();
            tally.support += u32::from(expects);
            match (&given, hit) {
                (None, _) => tally.missed += u32::from(expects),
                (Some(_), true) => tally.right += 1,
                (Some(_), false) => {
                    tally.wrong += 1;
                    tally.missed += u32::from(expects);
                }
            }
            let site = tally.sites.entry(case.site.clone()).or_default();
            site.0 += 1;
            site.1 += u32::from(hit);
            if !hit {
                self.misses
                    .push(format!("{field}: {id} has {given:?}, right is {right:?}"));
            }
            if field == "availability" {
                let is_sold_out = right.len() == 1 && right.contains("OutOfStock");
                let says = given.as_deref() == Some("OutOfStock");
                self.sold_out.support += u32::from(is_sold_out);
                self.sold_out.right += u32::from(is_sold_out && says);
                self.sold_out.missed += u32::from(is_sold_out && !says);
                self.sold_out.wrong += u32::from(says && !right.contains("OutOfStock"));
            }
        }
    }

    fn small(&mut self, id: &str, case: &Case, answer: &Answer) {
        for (field, listed) in &case.fields {
            let is_right = match (field.as_str(), listed) {
                ("not_product", Value::Bool(expected)) => answer.not_product == *expected,
                ("price_high", _) => continue,
                ("price_low", Value::Array(values)) => matches("price", values, answer),
                (field, Value::Array(values)) => matches(field, values, answer),
                _ => continue,
            };
            self.name("marks of small cases", &format!("{id} {field}"), is_right);
        }
    }

    pub fn write(&self, out: &mut impl Write, verbose: bool) -> io::Result<()> {
        for field in FIELDS {
            if let Some(tally) = self.fields.get(field) {
                tally.write(field, out)?;
            }
        }
        if self.sold_out.support > 0 {
            self.sold_out.write("OutOfStock", out)?;
        }
        for (what, (all, right)) in &self.named {
            writeln!(out, "{what}: {right}/{all}")?;
        }
        for miss in self.misses.iter().filter(|_| verbose) {
            writeln!(out, "    {miss}")?;
        }
        Ok(())
    }
}

impl Tally {
    fn write(&self, name: &str, out: &mut impl Write) -> io::Result<()> {
        let ratio = |part: u32, whole: u32| {
            if whole == 0 {
                0.0
            } else {
                f64::from(part) / f64::from(whole)
            }
        };
        let precision = ratio(self.right, self.right + self.wrong);
        let recall = ratio(self.right, self.right + self.missed);
        let f1 = if precision + recall > 0.0 {
            2.0 * precision * recall / (precision + recall)
        } else {
            0.0
        };
        write!(
            out,
            "{name:17} F1 {f1:.3}  P {precision:.3}  R {recall:.3}  support {:4}",
            self.support
        )?;
        if let Ok(sites) = u32::try_from(self.sites.len())
            && sites > 0
        {
            let mean = self
                .sites
                .values()
                .map(|(all, right)| ratio(*right, *all))
                .sum::<f64>()
                / f64::from(sites);
            write!(out, "  mean over {sites} sites {mean:.3}")?;
        }
        writeln!(out)
    }
}

fn matches(field: &str, listed: &[Value], answer: &Answer) -> bool {
    let given = given(field, answer).and_then(|value| normal(field, &value));
    if listed.is_empty() {
        return given.is_none();
    }
    listed
        .iter()
        .filter_map(|value| normal(field, &text(value)?))
        .any(|right| Some(right) == given)
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn given(field: &str, answer: &Answer) -> Option<String> {
    text(serde_json::to_value(answer).ok()?.get(field)?)
}

/// Two spellings of one value become one.
fn normal(field: &str, value: &str) -> Option<String> {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(match field {
        "price" | "compare_at_price" => value.parse::<Decimal>().ok()?.normalize().to_string(),
        "title" | "brand" => value.to_lowercase(),
        "image" => without_scheme(&value).split('?').next()?.to_owned(),
        "canonical_url" => {
            let address = without_scheme(&value).trim_start_matches("//");
            address
                .strip_prefix("www.")
                .unwrap_or(address)
                .trim_end_matches('/')
                .to_owned()
        }
        "gtin" => value
            .chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
            .trim_start_matches('0')
            .to_owned(),
        "availability" => value.rsplit('/').next()?.to_owned(),
        _ => value,
    })
}

fn without_scheme(address: &str) -> &str {
    address
        .strip_prefix("https:")
        .or_else(|| address.strip_prefix("http:"))
        .unwrap_or(address)
}
