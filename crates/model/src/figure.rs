//! Figures as people of all scripts write them, and the marks they put between them.

/// Where the ten figures of a script begin.
const ZEROS: [u32; 20] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66,
    0xe50, 0xed0, 0xf20, 0x1040, 0x17e0, 0x1810, 0xff10,
];

/// The same figure as it is stored: `7` for `７`, `٧` and `७`. `None` for what is no figure.
pub(crate) fn figure(c: char) -> Option<char> {
    let at = u32::from(c);
    let zero = ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&at))?;
    char::from_digit(at - zero, 10)
}

/// What stands between two groups of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Thousands to some, decimals to others.
    Dot,
    /// Thousands to some, decimals to others.
    Comma,
    /// Only ever before decimals.
    Point,
    /// Only ever between thousands; one of several, which no one number mixes.
    Between(char),
}

impl Mark {
    fn of(c: char) -> Option<Mark> {
        match c {
            '.' | '．' | '﹒' => Some(Mark::Dot),
            ',' | '，' | '﹐' => Some(Mark::Comma),
            '\u{66b}' => Some(Mark::Point),
            '\u{66c}' => Some(Mark::Between('\u{66c}')),
            '\'' | '’' | '‘' | 'ʼ' | '＇' => Some(Mark::Between('\'')),
            c if c.is_whitespace() => Some(Mark::Between(' ')),
            _ => None,
        }
    }
}

/// A number as it was written: groups of figures, and one mark between each two.
pub(crate) struct Written {
    pub groups: Vec<String>,
    pub marks: Vec<Mark>,
}

impl Written {
    /// `None` when there is anything but figures and marks, or no figure at all.
    pub fn read(text: &str) -> Option<Written> {
        let mut groups = vec![String::new()];
        let mut marks = Vec::new();
        for c in text.chars() {
            match (figure(c), Mark::of(c)) {
                (Some(figure), _) => groups.last_mut()?.push(figure),
                (None, Some(mark)) => {
                    marks.push(mark);
                    groups.push(String::new());
                }
                (None, None) => return None,
            }
        }
        let any = groups.iter().any(|group| !group.is_empty());
        any.then_some(Written { groups, marks })
    }

    /// Whether the first `count` groups are thousands, such as `12 345` and, as in India, `1,23,456`.
    pub fn is_grouped(&self, count: usize) -> bool {
        let groups = &self.groups[..count];
        let marks = &self.marks[..count - 1];
        let Some((first, rest)) = groups.split_first() else {
            return false;
        };
        let Some((last, between)) = rest.split_last() else {
            return false;
        };
        let one_kind = marks
            .iter()
            .all(|mark| *mark == marks[0] && *mark != Mark::Point);
        let long = |group: &String, length| group.len() == length;
        let begins = |most| (1..=most).contains(&first.len()) && !first.starts_with('0');
        let by_three = begins(3) && between.iter().all(|group| long(group, 3));
        let as_in_india =
            begins(2) && !between.is_empty() && between.iter().all(|group| long(group, 2));
        one_kind && long(last, 3) && (by_three || as_in_india)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_all_scripts_are_the_same_figures() {
        let read: Option<String> = "7７٧۷७৭๗".chars().map(figure).collect();
        assert_eq!(read.as_deref(), Some("7777777"));
        assert!("²½Ⅳ一x".chars().all(|c| figure(c).is_none()));
    }
}
