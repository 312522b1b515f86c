//! What the importer says went wrong, in the words that are kept and shown.

use importer::NotADraft;
use importer::fetch::FetchError;
use importer::import::ImportError;
use importer::shop::ShopError;
use model::ImportProblem;
use std::time::Duration;

/// Why a page or a list could not be had, and how long the shop asked to be left alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trouble {
    pub problem: ImportProblem,
    pub wait: Option<Duration>,
}

impl From<ImportProblem> for Trouble {
    fn from(problem: ImportProblem) -> Trouble {
        Trouble {
            problem,
            wait: None,
        }
    }
}

impl From<ImportError> for Trouble {
    fn from(error: ImportError) -> Trouble {
        match error {
            ImportError::Fetch(error) => error.into(),
            ImportError::NotADraft(instead) => not_a_draft(instead).into(),
            ImportError::Unreadable => ImportProblem::Stopped.into(),
        }
    }
}

impl From<ShopError> for Trouble {
    fn from(error: ShopError) -> Trouble {
        match error {
            ShopError::Fetch(error) => error.into(),
            ShopError::NoProducts => ImportProblem::NoList.into(),
        }
    }
}

impl From<FetchError> for Trouble {
    fn from(error: FetchError) -> Trouble {
        let wait = match error {
            FetchError::Busy { wait } => wait,
            _ => None,
        };
        let problem = match error {
            FetchError::NotAllowed(_) => ImportProblem::NotAllowed,
            FetchError::UnknownHost => ImportProblem::UnknownHost,
            FetchError::Unreachable => ImportProblem::Unreachable,
            FetchError::Insecure => ImportProblem::Insecure,
            FetchError::TooSlow => ImportProblem::TooSlow,
            FetchError::TooBig => ImportProblem::TooBig,
            FetchError::BrokenOff => ImportProblem::BrokenOff,
            FetchError::TooManyRedirects => ImportProblem::Redirects,
            FetchError::Gone => ImportProblem::Gone,
            FetchError::Blocked => ImportProblem::Blocked,
            FetchError::Busy { .. } => ImportProblem::Busy,
            FetchError::Failed { .. } => ImportProblem::ShopFailed,
            FetchError::NotAPage { .. } | FetchError::NotAPicture { .. } => ImportProblem::File,
            FetchError::Unavailable => ImportProblem::Stopped,
        };
        Trouble { problem, wait }
    }
}

fn not_a_draft(instead: NotADraft) -> ImportProblem {
    match instead {
        NotADraft::BotWall => ImportProblem::BotWall,
        NotADraft::Queue => ImportProblem::Queue,
        NotADraft::Category => ImportProblem::Category,
        NotADraft::Search => ImportProblem::Search,
        NotADraft::Article => ImportProblem::Article,
        NotADraft::LogIn => ImportProblem::LogIn,
        NotADraft::ErrorPage => ImportProblem::ErrorPage,
        NotADraft::FrontPage => ImportProblem::FrontPage,
        NotADraft::NotHtml => ImportProblem::File,
        NotADraft::TooComplex => ImportProblem::TooComplex,
        NotADraft::NoProduct => ImportProblem::NoProduct,
    }
}
