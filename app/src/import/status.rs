//! The colours of how far an import is.

use crate::ui::{Status, Tone};
use model::{ImportState, ShopImportState};

impl Status for ImportState {
    fn label(self) -> &'static str {
        self.label()
    }

    fn tone(self) -> Tone {
        match self {
            ImportState::Waiting | ImportState::Discarded => Tone::Neutral,
            ImportState::Reading | ImportState::Understanding | ImportState::Pictures => Tone::Info,
            ImportState::Ready => Tone::Warning,
            ImportState::Failed => Tone::Error,
            ImportState::Saved => Tone::Success,
        }
    }
}

impl Status for ShopImportState {
    fn label(self) -> &'static str {
        self.label()
    }

    fn tone(self) -> Tone {
        match self {
            ShopImportState::Listing | ShopImportState::Running => Tone::Info,
            ShopImportState::Listed | ShopImportState::Paused => Tone::Warning,
            ShopImportState::Done => Tone::Success,
            ShopImportState::Cancelled => Tone::Neutral,
            ShopImportState::Failed => Tone::Error,
        }
    }
}
