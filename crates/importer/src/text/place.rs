//! Where a page sells: the country decides what `$` and `kr` mean and what a bare number is in.

use url::Url;

use super::currency::{Currency, Sign};

/// The market a page serves, as far as its address and language tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// ISO 3166-1 alpha-2, lower case.
    country: Option<[u8; 2]>,
}

impl Place {
    /// Reads the country from `/de-at/` in the path, the top-level domain, a `uk.` in front of the
    /// domain, or the page's language (`en-GB`; `pl` alone means Poland), in that order.
    pub fn of(url: &Url, language: Option<&str>) -> Place {
        let host = url.host_str().unwrap_or_default();
        let country = locale_in_path(url)
            .or_else(|| country_of_domain(host))
            .or_else(|| {
                let first = host.split('.').next()?;
                (host.split('.').count() > 2)
                    .then(|| listed(first))
                    .flatten()
            })
            .or_else(|| country_of_language(language?));
        Place { country }
    }

    /// The currency people pay in there.
    pub fn currency(self) -> Option<Currency> {
        let country = self.country?;
        let country = std::str::from_utf8(&country).ok()?;
        let (_, code) = MONEY
            .iter()
            .find(|(countries, _)| countries.split(' ').any(|one| one == country))?;
        Currency::code(code)
    }

    /// What a sign stands for: one that several share by what the page says elsewhere, then by its country.
    pub(crate) fn settle(self, sign: Sign, known: Option<Currency>) -> Option<Currency> {
        match sign {
            Sign::Certain(currency) => Some(currency),
            Sign::Shared(codes) => {
                let shares = |currency: &Currency| codes.contains(currency.as_str());
                known
                    .filter(shares)
                    .or_else(|| self.currency().filter(shares))
                    .or_else(|| codes.split(' ').next().and_then(Currency::code))
            }
        }
    }
}

/// `/de-at/`, `/en_GB/`: the second half names a country. Only the first two parts of a path.
fn locale_in_path(url: &Url) -> Option<[u8; 2]> {
    url.path_segments()?.take(2).find_map(|segment| {
        let (language, region) = segment.split_once(['-', '_'])?;
        (language.len() == 2 && region.len() == 2).then(|| listed(region))?
    })
}

fn country_of_domain(host: &str) -> Option<[u8; 2]> {
    let last = host.rsplit('.').next()?;
    // Country domains sold to everyone say nothing.
    if matches!(
        last,
        "co" | "io" | "me" | "tv" | "ai" | "cc" | "ly" | "to" | "gg" | "fm" | "ws" | "eu" | "sh"
    ) && !host.ends_with(".com.co")
    {
        return None;
    }
    listed(last)
}

fn country_of_language(language: &str) -> Option<[u8; 2]> {
    let language = language.trim().to_ascii_lowercase();
    let mut parts = language.split(['-', '_']);
    let first = parts.next()?;
    if let Some(country) = parts.filter(|part| part.len() == 2).find_map(listed) {
        return Some(country);
    }
    let country = match first {
        "cs" => "cz",
        "da" => "dk",
        "sv" => "se",
        "nb" | "nn" | "no" => "no",
        "ja" => "jp",
        "ko" => "kr",
        "he" | "iw" => "il",
        "uk" => "ua",
        "el" => "gr",
        "et" => "ee",
        "sl" => "si",
        "vi" => "vn",
        "hi" => "in",
        "sr" => "rs",
        "ka" => "ge",
        "kk" => "kz",
        "be" => "by",
        "de" | "fr" | "it" | "nl" | "pl" | "fi" | "hu" | "ro" | "bg" | "tr" | "th" | "id"
        | "sk" | "lt" | "lv" | "hr" | "is" | "ru" => first,
        _ => return None,
    };
    listed(country)
}

/// A country this module knows the money of; `uk` is how the web writes `gb`.
fn listed(country: &str) -> Option<[u8; 2]> {
    let country = country.to_ascii_lowercase();
    let country = if country == "uk" { "gb" } else { &country };
    let known = country.len() == 2
        && MONEY
            .iter()
            .any(|(countries, _)| countries.split(' ').any(|one| one == country));
    known.then(|| country.as_bytes().try_into().ok())?
}

const MONEY: &[(&str, &str)] = &[
    (
        "de at fr it es pt nl be lu ie fi gr cy mt si sk ee lv lt hr bg mc sm va ad me xk re gp mq",
        "EUR",
    ),
    ("us pr ec sv pa gu", "USD"),
    ("gb im je gg", "GBP"),
    ("ch li", "CHF"),
    ("pl", "PLN"),
    ("cz", "CZK"),
    ("hu", "HUF"),
    ("ro", "RON"),
    ("md", "MDL"),
    ("se", "SEK"),
    ("no", "NOK"),
    ("dk fo gl", "DKK"),
    ("is", "ISK"),
    ("rs", "RSD"),
    ("ba", "BAM"),
    ("mk", "MKD"),
    ("al", "ALL"),
    ("tr", "TRY"),
    ("ru", "RUB"),
    ("ua", "UAH"),
    ("by", "BYN"),
    ("kz", "KZT"),
    ("uz", "UZS"),
    ("kg", "KGS"),
    ("ge", "GEL"),
    ("am", "AMD"),
    ("az", "AZN"),
    ("ca", "CAD"),
    ("au", "AUD"),
    ("nz", "NZD"),
    ("mx", "MXN"),
    ("br", "BRL"),
    ("ar", "ARS"),
    ("cl", "CLP"),
    ("co", "COP"),
    ("pe", "PEN"),
    ("uy", "UYU"),
    ("py", "PYG"),
    ("bo", "BOB"),
    ("ve", "VES"),
    ("cr", "CRC"),
    ("gt", "GTQ"),
    ("hn", "HNL"),
    ("ni", "NIO"),
    ("do", "DOP"),
    ("jm", "JMD"),
    ("tt", "TTD"),
    ("jp", "JPY"),
    ("cn", "CNY"),
    ("tw", "TWD"),
    ("hk", "HKD"),
    ("mo", "MOP"),
    ("kr", "KRW"),
    ("in", "INR"),
    ("pk", "PKR"),
    ("bd", "BDT"),
    ("lk", "LKR"),
    ("np", "NPR"),
    ("id", "IDR"),
    ("my", "MYR"),
    ("sg", "SGD"),
    ("ph", "PHP"),
    ("th", "THB"),
    ("vn", "VND"),
    ("kh", "KHR"),
    ("mm", "MMK"),
    ("mn", "MNT"),
    ("il", "ILS"),
    ("ae", "AED"),
    ("sa", "SAR"),
    ("qa", "QAR"),
    ("om", "OMR"),
    ("kw", "KWD"),
    ("bh", "BHD"),
    ("jo", "JOD"),
    ("iq", "IQD"),
    ("ir", "IRR"),
    ("lb", "LBP"),
    ("eg", "EGP"),
    ("ma", "MAD"),
    ("dz", "DZD"),
    ("tn", "TND"),
    ("za", "ZAR"),
    ("ng", "NGN"),
    ("ke", "KES"),
    ("gh", "GHS"),
    ("tz", "TZS"),
    ("ug", "UGX"),
    ("sn ci bj tg ml bf ne", "XOF"),
    ("cm ga td cg", "XAF"),
    ("mu", "MUR"),
    ("fj", "FJD"),
];
