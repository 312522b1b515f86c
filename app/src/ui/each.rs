use crate::prelude::*;

/// A row of a list whose rows come, go and change places.
pub struct Row {
    key: String,
    show: Box<dyn FnOnce() -> AnyView + Send>,
}

impl Row {
    /// A row is known by its key: as long as that is in the list it stays as it is, with what was typed in it.
    pub fn new(key: impl ToString, show: impl FnOnce() -> AnyView + Send + 'static) -> Row {
        Row {
            key: key.to_string(),
            show: Box::new(show),
        }
    }
}

/// Shows such a list. It is the library's `For`, compiled once for all of them.
#[component]
pub fn Each<F: Fn() -> Vec<Row> + Send + Sync + 'static>(
    /// The rows that there are now.
    rows: F,
) -> AnyView {
    each(Box::new(rows))
}

fn each(rows: Box<dyn Fn() -> Vec<Row> + Send + Sync>) -> AnyView {
    view! { <For each=move || rows() key=|row| row.key.clone() children=|row: Row| (row.show)()/> }
}
