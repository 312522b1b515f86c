//! A reader for what is almost JSON. One pass, a depth limit, no recursion beyond it, never an error: what can't be
//! understood becomes null, what isn't closed is closed.

use serde_json::{Map, Number, Value};

/// Deeper values become null. Every page's data is shallower, and `serde_json` stops at 128 too.
const DEEPEST: usize = 100;

/// The object or array at the beginning of a text, and where it ends.
pub fn read(text: &str) -> Option<(Value, usize)> {
    let mut reader = Reader {
        text,
        at: 0,
        depth: 0,
    };
    reader.skip_blank();
    matches!(reader.peek(), Some(b'{' | b'[')).then(|| {
        let value = reader.value();
        (value, reader.at)
    })
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn starts_with(&self, prefix: &str) -> bool {
        self.text
            .as_bytes()
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(prefix.as_bytes()))
    }

    /// Goes over one character.
    fn step(&mut self) {
        self.at += self.rest().chars().next().map_or(1, char::len_utf8);
    }

    /// Goes to the end of the next `end`, or of the text.
    fn skip_past(&mut self, end: &str) {
        self.at = self
            .rest()
            .find(end)
            .map_or(self.text.len(), |found| self.at + found + end.len());
    }

    /// Whitespace and comments.
    fn skip_blank(&mut self) {
        while let Some(byte) = self.peek() {
            if self.starts_with("//") {
                self.skip_past("\n");
            } else if self.starts_with("/*") {
                self.skip_past("*/");
            } else if self.starts_with("<!--") {
                self.skip_past("-->");
            } else if byte.is_ascii_whitespace() || byte < b' ' {
                self.at += 1;
            } else if self.starts_with("\u{feff}") || self.starts_with("\u{a0}") {
                self.step();
            } else {
                break;
            }
        }
    }

    fn value(&mut self) -> Value {
        self.skip_blank();
        let value = match self.peek() {
            Some(b'{' | b'[') if self.depth >= DEEPEST => {
                self.at += super::balanced_end(self.rest()).unwrap_or(1);
                Value::Null
            }
            Some(b'{') => self.object(),
            Some(b'[') => self.array(),
            Some(quote @ (b'"' | b'\'' | b'`')) => Value::String(self.string(quote)),
            Some(_) => self.word(),
            None => Value::Null,
        };
        self.skip_blank();
        // An expression goes on (`"a" + b`): what was read so far has to do.
        if !matches!(
            self.peek(),
            None | Some(b',' | b'}' | b']' | b':' | b'"' | b'\'' | b'{' | b'[')
        ) {
            self.skip_expression();
        }
        value
    }

    fn object(&mut self) -> Value {
        let mut members = Map::new();
        self.depth += 1;
        self.at += 1;
        loop {
            self.skip_blank();
            let before = self.at;
            match self.peek() {
                None => break,
                Some(b'}') => {
                    self.at += 1;
                    break;
                }
                Some(b']') => break,
                Some(b',' | b':') => self.at += 1,
                Some(_) => {
                    let key = self.key();
                    self.skip_blank();
                    if self.peek() == Some(b':') {
                        self.at += 1;
                        let value = self.value();
                        members.insert(key, value);
                    } else {
                        self.skip_expression();
                    }
                }
            }
            if self.at == before {
                self.step();
            }
        }
        self.depth -= 1;
        Value::Object(members)
    }

    fn array(&mut self) -> Value {
        let mut values = Vec::new();
        self.depth += 1;
        self.at += 1;
        loop {
            self.skip_blank();
            let before = self.at;
            match self.peek() {
                None => break,
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                Some(b'}') => break,
                Some(b',' | b':') => self.at += 1,
                Some(_) => values.push(self.value()),
            }
            if self.at == before {
                self.step();
            }
        }
        self.depth -= 1;
        Value::Array(values)
    }

    fn key(&mut self) -> String {
        match self.peek() {
            Some(quote @ (b'"' | b'\'' | b'`')) => self.string(quote),
            _ => {
                let end = self
                    .rest()
                    .find(|c: char| !(c.is_alphanumeric() || "_$-@.".contains(c)))
                    .unwrap_or(self.rest().len());
                let key = self.rest().get(..end).unwrap_or_default().to_owned();
                self.at += end;
                key
            }
        }
    }

    fn string(&mut self, quote: u8) -> String {
        let mut text = String::new();
        self.at += 1;
        while let Some(byte) = self.peek() {
            if byte == b'\\' {
                self.at += 1;
                self.escape(&mut text);
            } else if byte == quote {
                self.at += 1;
                if self.string_ends_here() {
                    break;
                }
                text.push(char::from(quote));
            } else {
                let Some(character) = self.rest().chars().next() else {
                    break;
                };
                text.push(if character < ' ' { ' ' } else { character });
                self.at += character.len_utf8();
            }
        }
        text
    }

    /// After a quote: does what follows look like the end of a string, or was it a quote inside of one, like the inch
    /// mark of `"17" monitor"`?
    fn string_ends_here(&self) -> bool {
        let after = self.rest().trim_start_matches([' ', '\t', '\r']);
        let next_line = after.starts_with('\n');
        let after = after.trim_start();
        match after.as_bytes().first() {
            None | Some(b',' | b':' | b'}' | b']' | b';' | b')' | b'+' | b'.') => true,
            Some(b'/') => after.starts_with("//") || after.starts_with("/*"),
            Some(b'<') => after.starts_with("<!--"),
            Some(b'"' | b'\'' | b'{' | b'[') => next_line,
            Some(_) => next_line && !after.contains('"'),
        }
    }

    fn escape(&mut self, text: &mut String) {
        let Some(character) = self.rest().chars().next() else {
            return;
        };
        self.at += character.len_utf8();
        match character {
            'n' | 'r' | 't' | 'v' => text.push(if character == 'n' { '\n' } else { ' ' }),
            'b' | 'f' | '0' | '\n' | '\r' => {}
            'x' => self
                .hex(2)
                .and_then(char::from_u32)
                .into_iter()
                .for_each(|c| text.push(c)),
            'u' => {
                let Some(unit) = self.hex(4) else { return };
                let code = match unit {
                    0xd800..=0xdbff if self.starts_with("\\u") => {
                        self.at += 2;
                        let low = self.hex(4).unwrap_or(0xdc00);
                        0x10000 + ((unit - 0xd800) << 10) + (low.saturating_sub(0xdc00) & 0x3ff)
                    }
                    unit => unit,
                };
                text.push(char::from_u32(code).unwrap_or('\u{fffd}'));
            }
            other => text.push(other),
        }
    }

    fn hex(&mut self, digits: usize) -> Option<u32> {
        let text = self.rest().get(..digits)?;
        let value = u32::from_str_radix(text, 16).ok()?;
        self.at += digits;
        Some(value)
    }

    /// A number, `true`, `null`, `!0`; anything else is an expression and null.
    fn word(&mut self) -> Value {
        let end = self
            .rest()
            .find(|c: char| c.is_whitespace() || ",}]:;{[\"'`/()<".contains(c))
            .unwrap_or(self.rest().len());
        let word = self.rest().get(..end).unwrap_or_default().to_owned();
        self.at += end;
        match word.as_str() {
            "true" | "!0" | "True" => Value::Bool(true),
            "false" | "!1" | "False" => Value::Bool(false),
            word => number(word).unwrap_or_else(|| {
                self.skip_expression();
                Value::Null
            }),
        }
    }

    /// Goes to the comma or bracket that ends an expression.
    fn skip_expression(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b',' | b'}' | b']' if depth == 0 => return,
                b'(' | b'{' | b'[' => depth += 1,
                b')' | b'}' | b']' => depth = depth.saturating_sub(1),
                b'"' | b'\'' | b'`' => {
                    self.at = super::string_end(self.text.as_bytes(), self.at, byte)
                }
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.at.min(self.text.len());
    }
}

fn number(word: &str) -> Option<Value> {
    if !word.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) {
        return None;
    }
    let word = word.trim_start_matches('+');
    if let Ok(whole) = word.parse::<i64>() {
        // A number with a leading zero is an identifier that lost its quotes.
        let is_identifier = word.len() > 1 && word.starts_with('0');
        return Some(if is_identifier {
            Value::String(word.to_owned())
        } else {
            Value::from(whole)
        });
    }
    word.parse::<f64>()
        .ok()
        .and_then(Number::from_f64)
        .map(Value::Number)
}

#[cfg(test)]
mod tests {
    use crate::json::{read, read_prefix};
    use serde_json::{Value, json};

    #[track_caller]
    fn check(text: &str, expected: Value) {
        assert_eq!(read(text), Some(expected), "{text}");
    }

    #[test]
    fn damage_that_shops_do() {
        check(r#"{"a": 1, "b": [1, 2,],}"#, json!({"a": 1, "b": [1, 2]}));
        check("{\"a\": \"one\n two\"}", json!({"a": "one  two"}));
        check(
            "// note\n{\"a\": 1 /* two */, //\"b\": 2\n \"c\": 3}",
            json!({"a": 1, "c": 3}),
        );
        check("<!-- {\"a\": 1} -->", json!({"a": 1}));
        check("//<![CDATA[\n{\"a\": 1};\n//]]>", json!({"a": 1}));
        check("/*<![CDATA[*/{\"a\": 1}/*]]>*/", json!({"a": 1}));
        check(r#"{"a": 1};"#, json!({"a": 1}));
        check(
            r#"{"size": "17" monitor", "b": 2}"#,
            json!({"size": "17\" monitor", "b": 2}),
        );
        check("{\"a\": 1 \"b\": 2}", json!({"a": 1, "b": 2}));
        check("{\"a\": \"x\"\n\"b\": \"y\"}", json!({"a": "x", "b": "y"}));
        check(r#"{"a": [1, 2"#, json!({"a": [1, 2]}));
        check(
            "{&quot;a&quot;: &quot;b &amp; c&quot;}",
            json!({"a": "b & c"}),
        );
        check(r#"{"a": "it\'s"}"#, json!({"a": "it's"}));
    }

    #[test]
    fn literals_of_scripts() {
        check(
            "{a: 'x', $b: !0, c: undefined, d: .5, e: 007}",
            json!({"a": "x", "$b": true, "c": null, "d": 0.5, "e": "007"}),
        );
        check(
            "{a: f(1, {b: 2}), c: 'x' + y, d: new Date(\"2020\")}",
            json!({"a": null, "c": "x", "d": null}),
        );
        check(r"{a: '\u00e9\x41\ud83d\ude00'}", json!({"a": "éA😀"}));
        let (value, end) = read_prefix("{a: '}'}; b()").unwrap();
        assert_eq!((value, end), (json!({"a": "}"}), 8));
    }

    #[test]
    fn no_nesting_is_too_deep() {
        for text in ["[", "{\"a\":", "[{a:"] {
            let deep = text.repeat(100_000);
            let _ = read(&deep);
            let _ = read_prefix(&deep);
        }
    }

    #[test]
    fn what_is_not_json_is_nothing() {
        for text in ["", "hello", "12", "<p>"] {
            assert_eq!(
                read(text).filter(|value| value.is_object() || value.is_array()),
                None
            );
        }
    }
}
