use super::form::Form;
use crate::prelude::*;

/// How often the forms of a page have changed something: a source for the resource that shows it. A refused
/// form does not count, so that what was typed into it stays.
#[derive(Clone, Copy, Default)]
pub struct Changes(RwSignal<u32>);

impl Changes {
    /// How often; tracked.
    #[must_use]
    pub fn count(self) -> u32 {
        self.0.get()
    }

    /// Counts a change made without a form of the kit.
    pub fn note(self) {
        // The page may be gone by the time something is done.
        self.0.try_update(|count| *count = count.wrapping_add(1));
    }

    /// Counts the times this form works.
    pub fn follow(self, form: Form) {
        form.when_it_works(move || self.note());
    }
}
