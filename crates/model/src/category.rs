use crate::text_enum::text_enum;

text_enum! {
    /// Where a product stands in the marketplace.
    Category {
        Home = "home", Kitchen = "kitchen", Books = "books", Paper = "paper", Food = "food",
        Body = "body", Wear = "wear", Play = "play", Garden = "garden", Outdoors = "outdoors",
    }
}

impl Category {
    /// The category's name on a screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Category::Home => "Home & living",
            Category::Kitchen => "Kitchen & table",
            Category::Books => "Books & zines",
            Category::Paper => "Paper & desk",
            Category::Food => "Food & drink",
            Category::Body => "Bath & body",
            Category::Wear => "Clothing & bags",
            Category::Play => "Toys & games",
            Category::Garden => "Garden & plants",
            Category::Outdoors => "Sport & outdoors",
        }
    }
}
