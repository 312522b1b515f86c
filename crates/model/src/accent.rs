use crate::text_enum::text_enum;

text_enum! {
    /// A store's colour.
    Accent {
        Clay = "clay", Amber = "amber", Olive = "olive", Fern = "fern", Teal = "teal",
        Sky = "sky", Indigo = "indigo", Plum = "plum", Rose = "rose", Slate = "slate",
    }
}

impl Accent {
    /// The colour's name on a screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Accent::Clay => "Clay",
            Accent::Amber => "Amber",
            Accent::Olive => "Olive",
            Accent::Fern => "Fern",
            Accent::Teal => "Teal",
            Accent::Sky => "Sky",
            Accent::Indigo => "Indigo",
            Accent::Plum => "Plum",
            Accent::Rose => "Rose",
            Accent::Slate => "Slate",
        }
    }
}
