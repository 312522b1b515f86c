//! Why a page gives no draft. Whatever looks at a page may be the one to say so.

use serde::{Deserialize, Serialize};

/// What a page is instead of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
pub enum NotADraft {
    #[error("The shop asks visitors to prove that they are human.")]
    BotWall,
    #[error("The shop has put visitors in a queue.")]
    Queue,
    #[error("This page lists several products. Open one of them and paste its link.")]
    Category,
    #[error("This page shows search results. Open one of them and paste its link.")]
    Search,
    #[error("This page is an article, not a product.")]
    Article,
    #[error("This page asks for a log-in.")]
    LogIn,
    #[error("The shop says that this page does not exist or failed.")]
    ErrorPage,
    #[error("This is a shop's front page. Open a product and paste its link.")]
    FrontPage,
    #[error("This link leads to a file, not to a web page.")]
    NotHtml,
    #[error("This page is too large or too tangled to read.")]
    TooComplex,
    #[error("No product was found on this page.")]
    NoProduct,
}
