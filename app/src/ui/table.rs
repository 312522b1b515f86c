use crate::prelude::*;

/// A table that becomes a stack of cards on a phone. Rows are `<tr>` of [`Cell`]s.
#[component]
pub fn Table(
    /// What the table holds, for screen readers.
    #[prop(into)]
    caption: String,
    /// The columns' names; an empty one is for actions.
    columns: Vec<&'static str>,
    /// What tests find it by.
    #[prop(into, optional)]
    test_id: Option<String>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="table-box">
            <table class="rows" data-testid=test_id>
                <caption class="sr-only">{caption}</caption>
                <thead>
                    <tr>
                        {columns
                            .into_iter()
                            .map(|name| match name {
                                "" => view! { <th scope="col"><span class="sr-only">"Actions"</span></th> },
                                name => view! { <th scope="col">{name}</th> },
                            })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

/// One cell; on a phone its column's name stands before it.
#[component]
pub fn Cell(
    /// The column's name; an empty one lets the cell fill the card.
    #[prop(optional)]
    column: &'static str,
    /// Figures stand to the right.
    #[prop(optional)]
    figures: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <td data-column=column class:figures=figures>
            <div class="cell">{children()}</div>
        </td>
    }
}
