//! Ways to damage a page.

use crate::seeds::Seed;
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

/// As much as is ever fetched.
const LARGEST: usize = 2 * 1024 * 1024;

/// What pages are made of, and what attacks are made of.
const WORDS: [&str; 64] = [
    "<",
    ">",
    "</",
    "/>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<script>",
    "</script>",
    "<style>",
    "<template>",
    "<svg>",
    "<math><mtext><table><mglyph><style>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<script type=\"application/ld+json\">",
    "<plaintext>",
    "<select><option>",
    "<frameset>",
    "<base href=\"javascript:\">",
    "<base href=\"http://[\">",
    "<meta charset=utf-16>",
    "<meta http-equiv=refresh content=\"0;url=data:\">",
    "<a href=\"javascript:alert(1)\">",
    "<img src=\"data:image/png;base64,AAAA\">",
    "<img srcset=\", , 1x,\">",
    "<div itemscope itemtype=\"http://schema.org/Product\">",
    "itemprop=\"price\"",
    "itemref=\"a a a\"",
    "<b><i><u>",
    "<table><tr><td>",
    "<ul><li>",
    "<font>",
    "&#0;",
    "&#x110000;",
    "&amp;amp;lt;script&amp;gt;",
    "&notanentity",
    "\0",
    "\u{202e}",
    "\u{feff}",
    "\u{fffd}",
    "\u{1f}",
    "\u{1f600}",
    "\u{130}",
    "ß",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\u0000",
    "\\ud800",
    "\\",
    "null",
    "1e999",
    "-0",
    "99999999999999999999999999",
    "0.000000000000000000000000001",
    "€",
    "$1.2.3,4,5",
    "\"@type\":\"Product\",",
    "\"@id\":\"#p\"",
    "\"offers\":",
    "javascript:alert(1)//",
];

/// One to four kinds of damage, one after the other.
pub fn mutated(random: &mut StdRng, page: &[u8], others: &[Seed]) -> Vec<u8> {
    let mut page = page.to_vec();
    for _ in 0..random.random_range(1..5) {
        match random.random_range(0..14) {
            0 => flip(random, &mut page),
            1 | 2 => insert_word(random, &mut page),
            3 => drop_part(random, &mut page),
            4 => repeat_part(random, &mut page),
            5 => swap_parts(random, &mut page),
            6 => splice(random, &mut page, others),
            7 => page.truncate(place(random, &page)),
            8 => nest(random, &mut page),
            9 => change_numbers(random, &mut page),
            10 => replace_word(random, &mut page),
            11 => flood(random, &mut page),
            12 => deep_json(random, &mut page),
            _ => reencode(random, &mut page),
        }
        page.truncate(LARGEST);
    }
    page
}

fn place(random: &mut StdRng, page: &[u8]) -> usize {
    random.random_range(0..=page.len())
}

/// A part of at most `longest` bytes.
fn part(random: &mut StdRng, page: &[u8], longest: usize) -> std::ops::Range<usize> {
    let start = place(random, page);
    let length = random.random_range(0..=longest.min(page.len() - start));
    start..start + length
}

fn word(random: &mut StdRng) -> &'static str {
    WORDS.choose(random).unwrap()
}

fn insert(page: &mut Vec<u8>, at: usize, what: &[u8]) {
    page.splice(at..at, what.iter().copied());
}

fn flip(random: &mut StdRng, page: &mut [u8]) {
    for _ in 0..random.random_range(1..20) {
        if let Some(at) = page
            .len()
            .checked_sub(1)
            .map(|last| random.random_range(0..=last))
        {
            page[at] ^= 1 << random.random_range(0..8);
        }
    }
}

fn insert_word(random: &mut StdRng, page: &mut Vec<u8>) {
    for _ in 0..random.random_range(1..10) {
        let at = place(random, page);
        insert(page, at, word(random).as_bytes());
    }
}

/// Puts a word where another text began with the same kind of character, so that the rest stays whole.
fn replace_word(random: &mut StdRng, page: &mut Vec<u8>) {
    for _ in 0..random.random_range(1..10) {
        let start = place(random, page);
        let is_end = |byte: &u8| !byte.is_ascii_alphanumeric();
        let Some(begin) = page[start..].iter().position(|byte| !is_end(byte)) else {
            return;
        };
        let begin = start + begin;
        let length = page[begin..].iter().position(is_end).unwrap_or(0);
        page.splice(begin..begin + length, word(random).bytes());
    }
}

fn drop_part(random: &mut StdRng, page: &mut Vec<u8>) {
    let part = part(random, page, 4096);
    page.drain(part);
}

fn repeat_part(random: &mut StdRng, page: &mut Vec<u8>) {
    let part = part(random, page, 2048);
    let most = (LARGEST / part.len().max(1)).min(3000);
    let times = [2, 10, 100, most]
        .choose(random)
        .copied()
        .unwrap_or(2)
        .min(most);
    let repeated = page[part.clone()].repeat(times);
    insert(page, part.end, &repeated);
}

fn swap_parts(random: &mut StdRng, page: &mut Vec<u8>) {
    let part = part(random, page, 4096);
    let moved: Vec<u8> = page.drain(part).collect();
    let at = place(random, page);
    insert(page, at, &moved);
}

fn splice(random: &mut StdRng, page: &mut Vec<u8>, others: &[Seed]) {
    let other = &others.choose(random).unwrap().bytes;
    let from = part(random, other, 20_000);
    let at = place(random, page);
    insert(page, at, &other[from]);
}

/// Opens elements that are never closed, or closed as often.
fn nest(random: &mut StdRng, page: &mut Vec<u8>) {
    let elements = [
        "div",
        "ul><li",
        "b",
        "font",
        "table><tr><td",
        "a",
        "svg",
        "p",
        "span itemscope",
        "select",
        "button",
        "form",
        "i><p",
    ];
    let element = elements.choose(random).unwrap();
    let times = *[10, 200, 2000, 60_000].choose(random).unwrap();
    let opened = format!("<{element}>").repeat(times);
    let at = place(random, page);
    insert(page, at, opened.as_bytes());
    if random.random_bool(0.5) {
        let name = element.split(['>', ' ']).next().unwrap_or_default();
        page.extend(format!("</{name}>").repeat(times).bytes());
    }
}

fn change_numbers(random: &mut StdRng, page: &mut [u8]) {
    let often = random.random_range(0.01..0.5);
    for byte in page
        .iter_mut()
        .filter(|byte| byte.is_ascii_digit() || **byte == b'.')
    {
        if random.random_bool(often) {
            *byte = *b"0123456789.,'-e ".choose(random).unwrap();
        }
    }
}

/// The same few characters, very often.
fn flood(random: &mut StdRng, page: &mut Vec<u8>) {
    let word = word(random);
    let times = random.random_range(1..=LARGEST / 2 / word.len());
    let times = if random.random_bool(0.7) {
        times.min(5000)
    } else {
        times
    };
    let at = place(random, page);
    insert(page, at, word.repeat(times).as_bytes());
}

fn deep_json(random: &mut StdRng, page: &mut Vec<u8>) {
    let open = [
        "[",
        "{\"a\":",
        "{\"offers\":[",
        "{\"@graph\":[",
        "[[",
        "{\"@type\":\"Product\",\"isRelatedTo\":",
    ];
    let deep = open
        .choose(random)
        .unwrap()
        .repeat(*[50, 200, 100_000].choose(random).unwrap());
    let start = b"application/ld+json\">";
    let script = page.windows(start.len()).position(|part| part == start);
    match script {
        Some(at) if random.random_bool(0.7) => insert(page, at + start.len(), deep.as_bytes()),
        _ => page.extend(format!("<script type=\"application/ld+json\">{deep}</script>").bytes()),
    }
}

fn reencode(random: &mut StdRng, page: &mut Vec<u8>) {
    let text = String::from_utf8_lossy(page).into_owned();
    *page = match random.random_range(0..4) {
        0 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        1 => [
            &[0xfe, 0xff][..],
            &text
                .encode_utf16()
                .flat_map(u16::to_be_bytes)
                .collect::<Vec<u8>>(),
        ]
        .concat(),
        2 => text
            .chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
            .collect(),
        _ => [&[0xef, 0xbb, 0xbf][..], text.to_uppercase().as_bytes()].concat(),
    };
}
