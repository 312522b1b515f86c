//! What people type.

/// What breaks out of wherever it is written, if it is written as it is. No blanks, so that its words can be counted.
pub const HOSTILE: [&str; 4] = [
    "</title></script></textarea></style>--><\"'",
    "<!--<script>]]></noscript>{{&lt;&#60;\u{2028}",
    "<svg/onload=x><a/style=position:fixed>'\"&",
    "\"/><meta/http-equiv=refresh/content=0;u>`",
];

/// How the people of one market type.
#[derive(Clone, Copy)]
pub enum Voice {
    /// As one expects.
    Plain,
    /// With markup, beginning with this one of [`HOSTILE`].
    Hostile(usize),
}

impl Voice {
    /// The text for the field at this place of a form, with room for so many characters. Long ones have two
    /// paragraphs.
    pub fn says(self, place: usize, room: usize) -> String {
        let all = HOSTILE.concat();
        let markup = match self {
            Voice::Plain => all,
            Voice::Hostile(first) => [&HOSTILE[first..], &HOSTILE[..first]].concat().concat(),
        };
        let break_ = if room > 400 { "\n\n" } else { " " };
        let text = format!("A{place}{break_}{markup}");
        let text: String = text.chars().take(room).collect();
        match self {
            Voice::Plain => self.tame(&text),
            Voice::Hostile(_) => text,
        }
    }

    /// A word for an address.
    pub fn in_address(self) -> String {
        self.says(0, 100)
            .bytes()
            .map(|byte| format!("%{byte:02X}"))
            .collect()
    }

    fn tame(self, text: &str) -> String {
        text.chars()
            .map(|c| {
                if c.is_whitespace() && c != '\u{2028}' || c.is_ascii_alphanumeric() {
                    c
                } else {
                    'x'
                }
            })
            .collect()
    }
}
