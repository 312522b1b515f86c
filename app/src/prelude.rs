//! What pages and components are written with: the library's own prelude, and views of one type.

pub(crate) use leptos::prelude::*;

use std::any::Any;

/// As the library's macro of this name, but every view is an [`AnyView`]: what is shown perhaps, or several times, is then
/// compiled once and not for each kind of element, which is a good part of what browsers load.
macro_rules! view {
    ($($tokens:tt)*) => {
        $crate::prelude::erased(::leptos::view! { $($tokens)* })
    };
}
pub(crate) use view;

/// A view without its type.
pub(crate) fn erased<T: RenderHtml + Send + 'static>(view: View<T>) -> AnyView {
    let mut view = Some(view.into_inner());
    // One that has none already stays as it is.
    let any: &mut dyn Any = &mut view;
    let already = any.downcast_mut::<Option<AnyView>>();
    match already.and_then(Option::take) {
        Some(view) => view,
        None => view.into_any(),
    }
}
