//! Text as HTML, for the few places where nobody else escapes it.

/// A text as HTML that shows exactly it: between tags as well as in a quoted attribute, a `<title>` or a
/// `<textarea>`.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            // A page's parser would make a line feed of it.
            '\r' => html.push_str("&#13;"),
            _ => html.push(c),
        }
    }
    html
}

/// A JSON value as the content of a script: without `<` no text in it can end the script or begin a comment.
#[must_use]
pub fn json_in_script(value: &serde_json::Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_text_never_opens_or_closes_anything() {
        let text = "</title></textarea><!--\"'>&lt;";
        let html = escaped(text);
        assert!(!html.contains(['<', '>', '"', '\'']), "{html}");
        assert!(html.ends_with("&amp;lt;"), "{html}");
    }

    #[test]
    fn a_text_in_a_script_stays_the_same_text() {
        let facts = json!({ "name": "</script><!--<script>\u{2028}" });
        let json = json_in_script(&facts);
        assert!(!json.contains('<'), "{json}");
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&json).unwrap(),
            facts
        );
    }
}
