//! Currencies: ISO 4217 codes and the many ways shops write them.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use serde::{Serialize, Serializer};

/// An ISO 4217 code in use, or one withdrawn that old pages still show.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Reads a bare code in any case: `"eur"`, `" USD "`.
    pub fn code(text: &str) -> Option<Currency> {
        let bytes: [u8; 3] = text.trim().as_bytes().try_into().ok()?;
        let code = bytes.map(|byte| byte.to_ascii_uppercase());
        CODES.binary_search(&code).ok().map(|_| Currency(code))
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Digits after the decimal separator in ordinary prices.
    pub fn minor_digits(self) -> u32 {
        match &self.0 {
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG"
            | b"RWF" | b"UGX" | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            _ => 2,
        }
    }

    /// Whether shops leave the decimals away though the currency has them on paper,
    /// so that `24.990` is thousands even in data made for machines.
    pub(crate) fn is_written_whole(self) -> bool {
        self.minor_digits() == 0
            || matches!(&self.0, b"COP" | b"IDR" | b"HUF" | b"IRR" | b"LAK" | b"MMK")
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// How a currency stands in a text: named for certain, or by a sign several share.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sign {
    Certain(Currency),
    /// `$`, `kr`, `£` …: codes parted by spaces, the likeliest first; none for money
    /// that has no code (`₶`).
    Shared(&'static str),
}

struct Spelling {
    text: Vec<char>,
    sign: Sign,
    /// Single letters and words that are words elsewhere count in exactly this case.
    exact: bool,
}

/// The currency written at `at`, and how many characters it takes.
/// A spelling made of letters must not continue a word nor be continued by one.
pub(crate) fn written_at(text: &[char], at: usize) -> Option<(Sign, usize)> {
    let first = *text.get(at)?;
    if first.is_ascii_digit() || first == ' ' {
        return None;
    }
    let inside_word = at > 0 && first.is_alphabetic() && text[at - 1].is_alphabetic();
    if inside_word {
        return None;
    }
    if let Some(spellings) = SPELLINGS.get(&lower(first)) {
        for spelling in spellings {
            let Some(found) = text.get(at..at + spelling.text.len()) else {
                continue;
            };
            let same = found.iter().zip(&spelling.text).all(|(a, b)| {
                if spelling.exact {
                    a == b
                } else {
                    lower(*a) == lower(*b)
                }
            });
            let ends = !found.last().is_some_and(|c| c.is_alphabetic())
                || !text
                    .get(at + spelling.text.len())
                    .is_some_and(|c| c.is_alphabetic());
            if same && ends {
                return Some((spelling.sign, spelling.text.len()));
            }
        }
    }
    code_at(text, at).map(|currency| (Sign::Certain(currency), 3))
}

/// The first currency a short text names, for the text beside a price.
pub(crate) fn first_in(text: &[char]) -> Option<Sign> {
    (0..text.len()).find_map(|at| written_at(text, at).map(|(sign, _)| sign))
}

/// Three capitals standing alone. Codes that are common words in capitals do not count in prose.
fn code_at(text: &[char], at: usize) -> Option<Currency> {
    let found = text.get(at..at + 3)?;
    if text.get(at + 3).is_some_and(|c| c.is_alphabetic()) {
        return None;
    }
    let mut code = [0_u8; 3];
    for (byte, c) in code.iter_mut().zip(found) {
        if !c.is_ascii_uppercase() {
            return None;
        }
        *byte = u8::try_from(*c).ok()?;
    }
    if matches!(
        &code,
        b"ALL" | b"TOP" | b"CUP" | b"MOP" | b"SOS" | b"BAM" | b"LAK" | b"PEN" | b"GEL" | b"STD"
    ) {
        return None;
    }
    CODES.binary_search(&code).ok().map(|_| Currency(code))
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Signs and words that name one currency, in any case unless listed in [`EXACT`].
const CERTAIN: &[(&[u8; 3], &str)] = &[
    (b"AED", "aed د.إ"),
    (b"ALL", "lek lekë"),
    (b"AMD", "֏ դր դր."),
    (b"ARS", "ar$"),
    (b"AUD", "a$ au$ aud aud$ $au"),
    (b"AZN", "₼ azn"),
    (b"BAM", "km"),
    (b"BDT", "৳ tk tk. taka"),
    (b"BGN", "лв лв. лева bgn lv lv."),
    (b"BHD", "bd د.ب"),
    (b"BRL", "r$ brl"),
    (b"BYN", "br byn"),
    (b"BZD", "bz$"),
    (b"CAD", "ca$ c$ can$ cdn$ cad cad$ $ca"),
    (b"CHF", "chf sfr sfr."),
    (b"CLP", "clp clp$"),
    (b"CNY", "rmb cn¥ cny"),
    (b"COP", "col$ cop$ cop"),
    (b"CRC", "₡"),
    (b"CZK", "kč kc czk korun"),
    (b"DKK", "dkk dkr"),
    (b"DOP", "rd$"),
    (b"DZD", "da د.ج"),
    (b"EGP", "e£ l.e. le egp ج.م"),
    (b"EUR", "€ euro euros eur ευρώ евро"),
    (b"GBP", "gbp"),
    (b"GEL", "₾ gel ლარი"),
    (b"GHS", "gh₵ ₵ gh¢"),
    (b"GTQ", "q"),
    (b"HKD", "hk$ hkd"),
    (b"HRK", "kn hrk"),
    (b"HUF", "ft huf forint"),
    (b"IDR", "rp rp. idr"),
    (b"ILS", "₪ ש\"ח ש״ח nis ils"),
    (b"INR", "₹ inr"),
    (b"IQD", "د.ع"),
    (b"IRR", "تومان"),
    (b"ISK", "isk krónur"),
    (b"JMD", "j$"),
    (b"JOD", "jd د.أ"),
    (b"JPY", "円 jpy jp¥"),
    (b"KES", "ksh kshs ksh."),
    (b"KGS", "сом"),
    (b"KHR", "៛"),
    (b"KRW", "₩ 원 krw"),
    (b"KWD", "kd kwd د.ك"),
    (b"KZT", "₸ тг тг. тенге тңг"),
    (b"LAK", "₭"),
    (b"LBP", "ل.ل"),
    (b"LKR", "රු රු."),
    (b"MAD", "د.م د.م."),
    (b"MDL", "лей"),
    (b"MKD", "ден ден."),
    (b"MNT", "₮"),
    (b"MXN", "mx$ mex$ mxn mn$"),
    (b"MYR", "rm myr"),
    (b"NAD", "n$"),
    (b"NGN", "₦"),
    (b"NOK", "nok nkr"),
    (b"NZD", "nz$ nzd nzd$"),
    (b"OMR", "omr ر.ع ر.ع."),
    (b"PAB", "b/."),
    (b"PEN", "s/ s/."),
    (b"PHP", "₱ php"),
    (b"PKR", "pkr"),
    (b"PLN", "zł zl pln złotych"),
    (b"PYG", "₲ gs gs."),
    (b"QAR", "qr ر.ق"),
    (b"RON", "ron"),
    (b"RSD", "rsd рсд"),
    (b"RUB", "₽ rub rub. rur"),
    (b"SAR", "sr sar ر.س ⃁"),
    (b"SEK", "sek skr kronor"),
    (b"SGD", "s$ sg$ sgd"),
    (b"THB", "฿ บาท thb baht"),
    (b"TND", "dt د.ت"),
    (b"TRY", "₺ tl"),
    (b"TTD", "tt$"),
    (b"TWD", "nt$ ntd ntd$ 圓"),
    (b"TZS", "tsh"),
    (b"UAH", "₴ грн грн. гривень uah"),
    (b"UGX", "ush"),
    (b"USD", "us$ u$s u$d usd usd$ $us"),
    (b"UYU", "$u"),
    (b"UZS", "сум so'm"),
    (b"VES", "bs.f"),
    (b"VND", "₫ đ vnđ vnd đồng"),
    (b"ZAR", "r zar"),
];

/// Signs several currencies share; the first is meant where nothing says otherwise.
const SHARED: &[(&str, &str)] = &[
    (
        "$",
        "USD CAD AUD NZD MXN CLP ARS COP SGD HKD TWD UYU JMD TTD BBD BSD BZD DOP FJD NAD XCD BND BMD",
    ),
    ("£", "GBP EGP LBP GIP FKP SYP"),
    ("₤", "GBP TRY ITL"),
    ("¥", "JPY CNY"),
    ("元", "CNY TWD HKD JPY"),
    ("kr kr. kroner", "SEK NOK DKK ISK"),
    ("rs rs. ₨ रु रु. रू", "INR PKR LKR NPR MUR SCR"),
    ("руб руб. рублей рубля рубль р р.", "RUB BYN"),
    ("lei leu", "RON MDL"),
    ("din din. дин дин.", "RSD MKD"),
    ("bs bs.", "BOB VES"),
    ("fr. ₣", "CHF XOF XAF FRF"),
    ("fcfa cfa", "XOF XAF"),
    ("sh", "KES TZS UGX"),
    ("جنيه", "EGP SDG GBP"),
    ("درهم dhs dhs. dh", "AED MAD"),
    ("ريال ﷼", "SAR QAR OMR YER IRR"),
    ("دينار", "KWD BHD JOD IQD DZD TND LYD"),
    ("₶ ₿", ""),
];

/// Spellings that are ordinary letters or words in another case.
const EXACT: &str = "q r le sr qr bd jd da dt tl km rm br";

static SPELLINGS: LazyLock<HashMap<char, Vec<Spelling>>> = LazyLock::new(|| {
    let certain = CERTAIN
        .iter()
        .map(|(code, spellings)| (*spellings, Sign::Certain(Currency(**code))));
    let shared = SHARED
        .iter()
        .map(|(spellings, codes)| (*spellings, Sign::Shared(codes)));
    let mut by_first: HashMap<char, Vec<Spelling>> = HashMap::new();
    for (spellings, sign) in certain.chain(shared) {
        for word in spellings.split(' ') {
            let exact = EXACT.split(' ').any(|one| one == word);
            let text: Vec<char> = if exact {
                word.to_uppercase().chars().collect()
            } else {
                word.chars().collect()
            };
            if let Some(first) = text.first() {
                let listed = by_first.entry(lower(*first)).or_default();
                listed.push(Spelling { text, sign, exact });
            }
        }
    }
    for spellings in by_first.values_mut() {
        spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.text.len()));
    }
    by_first
});

/// Every code accepted, sorted: ISO 4217 in use, then withdrawn ones old pages show.
static CODES: LazyLock<Vec<[u8; 3]>> = LazyLock::new(|| {
    let listed = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL \
        BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN \
        ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK \
        JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD \
        MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR \
        PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB \
        TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER \
        ZAR ZMW ZWG \
        ATS BEF BYR DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LVL NLG PTE RUR SIT SKK UYI VEF";
    let mut codes: Vec<[u8; 3]> = listed
        .split_ascii_whitespace()
        .filter_map(|code| code.as_bytes().try_into().ok())
        .collect();
    codes.sort_unstable();
    codes
});
