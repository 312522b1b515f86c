use crate::text_enum::text_enum;

text_enum! {
    /// Why a link did not become a draft.
    ImportProblem {
        NotAllowed = "not_allowed", UnknownHost = "unknown_host", Unreachable = "unreachable",
        Insecure = "insecure", TooSlow = "too_slow", TooBig = "too_big", BrokenOff = "broken_off",
        Redirects = "redirects", Gone = "gone", Blocked = "blocked", Busy = "busy", ShopFailed = "shop_failed",
        File = "file", BotWall = "bot_wall", Queue = "queue", Category = "category", Search = "search",
        Article = "article", LogIn = "log_in", ErrorPage = "error_page", FrontPage = "front_page",
        TooComplex = "too_complex", NoProduct = "no_product", NoList = "no_list", Stopped = "stopped",
    }
}

impl ImportProblem {
    /// What happened, as a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            ImportProblem::NotAllowed => {
                "This link leads to an address that is not a shop on the internet."
            }
            ImportProblem::UnknownHost => "There is no website at this address.",
            ImportProblem::Unreachable => "The shop's website could not be reached.",
            ImportProblem::Insecure => {
                "The shop's website has no valid certificate, so what it shows can't be trusted."
            }
            ImportProblem::TooSlow => "The shop's website took too long to answer.",
            ImportProblem::TooBig => "The page is too big to read.",
            ImportProblem::BrokenOff => "The shop's website broke off in the middle of its answer.",
            ImportProblem::Redirects => {
                "The page sends visitors from one address to the next without end."
            }
            ImportProblem::Gone => "There is no page at this address any more.",
            ImportProblem::Blocked => "The shop does not let us read this page.",
            ImportProblem::Busy => "The shop asks us to wait before reading more of its pages.",
            ImportProblem::ShopFailed => "The shop's website has a problem of its own.",
            ImportProblem::File => "This link leads to a file, not to a page.",
            ImportProblem::BotWall => {
                "The shop asks visitors to prove that they are human, which we are not."
            }
            ImportProblem::Queue => "The shop has put its visitors in a queue.",
            ImportProblem::Category => "This page lists several products.",
            ImportProblem::Search => "This page shows what a search found.",
            ImportProblem::Article => "This page is an article, not a product.",
            ImportProblem::LogIn => "This page asks for a log-in.",
            ImportProblem::ErrorPage => "The shop says that this page is missing or broken.",
            ImportProblem::FrontPage => "This is a shop's front page, not a product.",
            ImportProblem::TooComplex => "This page is too large or too tangled to read.",
            ImportProblem::NoProduct => "No product was found on this page.",
            ImportProblem::NoList => "This shop has no list of its products that we can read.",
            ImportProblem::Stopped => "Something went wrong on our side while the page was read.",
        }
    }

    /// What to do about it, as a sentence.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            ImportProblem::NotAllowed | ImportProblem::UnknownHost | ImportProblem::Gone => {
                "Check that the link opens in a browser, or fill in the product by hand."
            }
            ImportProblem::Unreachable
            | ImportProblem::TooSlow
            | ImportProblem::BrokenOff
            | ImportProblem::Busy
            | ImportProblem::ShopFailed
            | ImportProblem::Queue
            | ImportProblem::Stopped => "Try again later, or fill in the product by hand.",
            ImportProblem::Insecure
            | ImportProblem::Blocked
            | ImportProblem::BotWall
            | ImportProblem::LogIn
            | ImportProblem::TooComplex => "Fill in the product by hand.",
            ImportProblem::Redirects => {
                "Open it in a browser and paste the address it ends at, or fill in the product by hand."
            }
            ImportProblem::Category | ImportProblem::FrontPage => {
                "Open one product and paste its link, or import all of them at once."
            }
            ImportProblem::TooBig
            | ImportProblem::File
            | ImportProblem::Search
            | ImportProblem::Article
            | ImportProblem::ErrorPage
            | ImportProblem::NoProduct => {
                "Open the product's own page and paste that link, or fill in the product by hand."
            }
            ImportProblem::NoList => "Paste the links of single products instead.",
        }
    }

    /// The same link may well be read later.
    #[must_use]
    pub const fn is_passing(self) -> bool {
        matches!(
            self,
            ImportProblem::UnknownHost
                | ImportProblem::Unreachable
                | ImportProblem::TooSlow
                | ImportProblem::BrokenOff
                | ImportProblem::Busy
                | ImportProblem::ShopFailed
                | ImportProblem::Queue
                | ImportProblem::Stopped
        )
    }

    /// The link leads to several products: the whole shop can be imported instead.
    #[must_use]
    pub const fn offers_whole_shop(self) -> bool {
        matches!(self, ImportProblem::Category | ImportProblem::FrontPage)
    }
}
