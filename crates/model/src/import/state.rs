use crate::text_enum::text_enum;

text_enum! {
    /// How far a pasted link has come on its way to a product.
    ImportState {
        /// It waits for its turn.
        Waiting = "waiting",
        /// The page is being fetched.
        Reading = "reading",
        /// What the page says is being found out.
        Understanding = "understanding",
        /// Its pictures are being copied.
        Pictures = "pictures",
        /// Ready to be checked by a person.
        Ready = "ready",
        /// Nothing was found, or the page could not be read: to be filled in by hand, or tried again.
        Failed = "failed",
        /// It has become a product.
        Saved = "saved",
        /// Thrown away.
        Discarded = "discarded",
    }
}

impl ImportState {
    /// The state's name on a screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            ImportState::Waiting => "Waiting",
            ImportState::Reading => "Reading the page",
            ImportState::Understanding => "Understanding it",
            ImportState::Pictures => "Copying pictures",
            ImportState::Ready => "Ready to check",
            ImportState::Failed => "Could not be read",
            ImportState::Saved => "Saved as a product",
            ImportState::Discarded => "Discarded",
        }
    }

    /// The market is still at it: worth looking again in a moment.
    #[must_use]
    pub const fn is_working(self) -> bool {
        matches!(
            self,
            ImportState::Waiting
                | ImportState::Reading
                | ImportState::Understanding
                | ImportState::Pictures
        )
    }

    /// A person can fill in the rest and save it.
    #[must_use]
    pub const fn can_be_saved(self) -> bool {
        matches!(self, ImportState::Ready | ImportState::Failed)
    }
}
