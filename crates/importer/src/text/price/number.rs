//! Digits with their separators, in every script and grouping shops use.

use rust_decimal::Decimal;

use crate::text::currency::Currency;

/// A text with one way to write digits, spaces, quotes and dashes; at most `longest` characters.
pub fn plain(text: &str, longest: usize) -> Vec<char> {
    let mut plain: Vec<char> = Vec::with_capacity(text.len().min(longest));
    for c in text.chars() {
        let c = match c {
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
            | '\u{ad}' => continue,
            '’' | '‘' | '´' | '`' | '′' | '٬' | '＇' => '\'',
            '٫' | '，' | '、' => ',',
            '．' | '。' => '.',
            '‐'..='―' | '−' | '－' | '─' => '-',
            '＄' => '$',
            '￥' => '¥',
            '￡' => '£',
            '￦' => '₩',
            '％' | '٪' => '%',
            '：' => ':',
            c if c.is_whitespace() => ' ',
            c => ascii_digit(c).unwrap_or(c),
        };
        if c == ' ' && plain.last().is_none_or(|last| *last == ' ') {
            continue;
        }
        plain.push(c);
        if plain.len() >= longest {
            break;
        }
    }
    plain
}

/// Digits of other scripts stand in rows of ten.
fn ascii_digit(c: char) -> Option<char> {
    const ZEROS: [char; 8] = ['٠', '۰', '०', '০', '๐', '၀', '០', '０'];
    let zero = ZEROS
        .into_iter()
        .map(u32::from)
        .find(|zero| (*zero..*zero + 10).contains(&u32::from(c)))?;
    char::from_digit(u32::from(c) - zero, 10)
}

/// Groups of digits and the separators between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// One more than the separators; the first is empty in `.75`.
    groups: Vec<String>,
    separators: Vec<char>,
}

impl Number {
    /// Reads a number that begins at `at`, and says where it ends.
    pub fn at(text: &[char], at: usize) -> Option<(Self, usize)> {
        let mut number = Self {
            groups: Vec::new(),
            separators: Vec::new(),
        };
        let mut next = at;
        if matches!(text.get(next), Some('.' | ',')) {
            // `.75`, `$..75`
            let digits = (next..next + 3).find(|at| is_digit(text, *at))?;
            if text
                .get(next..digits)?
                .iter()
                .any(|c| *c != '.' && *c != ',')
            {
                return None;
            }
            number.groups.push(String::new());
            number.separators.push('.');
            next = digits;
        }
        let (group, end) = digits(text, next)?;
        number.groups.push(group);
        next = end;
        while let Some((separator, begin)) = number.separator_at(text, next) {
            let Some((group, end)) = digits(text, begin) else {
                break;
            };
            number.separators.push(separator);
            number.groups.push(group);
            next = end;
        }
        Some((number, next))
    }

    /// A separator at `at` that another group follows, and where that group begins.
    fn separator_at(&self, text: &[char], at: usize) -> Option<(char, usize)> {
        let c = *text.get(at)?;
        match c {
            '.' | ',' if is_digit(text, at + 1) => Some((c, at + 1)),
            // `119. 95`: a separator that lost its place.
            '.' | ',' if text.get(at + 1) == Some(&' ') && self.separators.is_empty() => {
                let (group, end) = digits(text, at + 2)?;
                let ends = text.get(end).is_none_or(|c| *c == ' ' || *c == '*');
                (c == '.' && group.len() == 2 && ends).then_some((c, at + 2))
            }
            '\'' | ' ' => {
                let (group, end) = digits(text, at + 1)?;
                let grouped = group.len() == 3 && self.groups.last().is_some_and(|g| g.len() <= 3);
                // `1 234 567,00` is one number, `4.81 160` and `12 345678` are two.
                let alike = self.separators.iter().all(|separator| *separator == c);
                let glued = text.get(end).is_some_and(|c| c.is_alphabetic())
                    && super::currency::written_at(text, end).is_none();
                (grouped && alike && !(c == ' ' && glued)).then_some((c, at + 1))
            }
            _ => None,
        }
    }

    /// A count like the `4` of `4 × 12.50`.
    pub fn is_small_count(&self) -> bool {
        self.separators.is_empty() && self.groups.first().is_some_and(|digits| digits.len() <= 2)
    }

    /// Whether cents may still follow it: `35` in `35€ 99`.
    pub fn is_whole(&self) -> bool {
        self.decimal_point(None, false).is_none()
    }

    /// Adds the cents that stand apart.
    pub fn with_cents(mut self, cents: String) -> Self {
        self.separators.push(';');
        self.groups.push(cents);
        self
    }

    /// The amount. A currency of three decimals reads `1.250` as one and a quarter; so does a value for machines,
    /// unless its currency is written without decimals.
    pub fn value(&self, currency: Option<Currency>, machine: bool) -> Option<Decimal> {
        let point = self.decimal_point(currency, machine);
        let mut plain = String::new();
        for (index, group) in self.groups.iter().enumerate() {
            if Some(index) == point.map(|separator| separator + 1) {
                plain.push('.');
            }
            plain.push_str(group);
        }
        if plain.starts_with('.') {
            plain.insert(0, '0');
        }
        Decimal::from_str_exact(&plain)
            .ok()
            .or_else(|| plain.parse().ok())
    }

    /// Which separator parts whole units from the rest.
    fn decimal_point(&self, currency: Option<Currency>, machine: bool) -> Option<usize> {
        let last = self.separators.len().checked_sub(1)?;
        let mark = *self.separators.get(last)?;
        let after = self.groups.get(last + 1)?.len();
        if mark == ';' {
            return Some(last);
        }
        if mark == '\'' || mark == ' ' {
            return None;
        }
        let leading_point = self.groups.first().is_some_and(String::is_empty);
        let repeated = self.separators.iter().filter(|one| **one == mark).count() > 1;
        if self.separators.len() > 1 {
            if repeated && !(leading_point && self.separators.len() == 2) {
                // `1.234.567`; but `1.234.50` ends in cents.
                return (after == 2 && self.groups_of_three(last)).then_some(last);
            }
            // Two kinds: the last one is the point, unless the first was a stray one (`.75,333`).
            return (!(leading_point && after == 3)).then_some(last);
        }
        if leading_point || after != 3 {
            return Some(last);
        }
        let whole = self.groups.first()?;
        let thousands = whole.len() <= 3 && !whole.starts_with('0');
        let three_decimals = currency.is_some_and(|currency| currency.minor_digits() == 3);
        let written_whole = currency.is_some_and(Currency::is_written_whole);
        let point = mark == '.' && (three_decimals || (machine && !written_whole));
        (!thousands || point).then_some(last)
    }

    /// Whether the groups between the first and the one after `last` hold three digits each.
    fn groups_of_three(&self, last: usize) -> bool {
        self.groups
            .get(1..=last)
            .is_some_and(|groups| groups.iter().all(|group| group.len() == 3))
    }
}

fn is_digit(text: &[char], at: usize) -> bool {
    text.get(at).is_some_and(char::is_ascii_digit)
}

fn digits(text: &[char], at: usize) -> Option<(String, usize)> {
    let group: String = text
        .get(at..)?
        .iter()
        .take_while(|c| c.is_ascii_digit())
        .collect();
    let length = group.len();
    (length > 0).then_some((group, at + length))
}
