use super::{PageHead, whole_title};
use crate::prelude::*;
use crate::ui::address::page_in_query;
use crate::ui::effect::effect;
use crate::ui::page_state::use_page;

/// What others are told in a page's head, except its title.
const TOLD: &str = "head > :is(meta[name=description], meta[name=robots], meta[property^='og:'], link[rel=canonical])";

/// The title follows; and, but for the first page, whose head is the server's, the address.
pub(super) fn write_head(head: PageHead) {
    let page = page_in_query();
    effect(move || {
        // It may be asked once more after the page has gone.
        let number = page.try_get().map_or(1, |page| page.number());
        document().set_title(&whole_title(&head.title, number));
    });
    if use_page().is_alive().get_untracked() {
        follow_address(head.canonical.as_deref());
    }
}

/// Nothing is told of the page before any more. Only a page's one true address, which browsers share, is told instead.
fn follow_address(address: Option<&str>) {
    let document = document();
    while let Ok(Some(told)) = document.query_selector(TOLD) {
        told.remove();
    }
    if let (Some(address), Ok(Some(head)), Ok(link)) = (
        address,
        document.query_selector("head"),
        document.create_element("link"),
    ) {
        // A browser that refuses shares the address it is on.
        let _ = link.set_attribute("rel", "canonical");
        let _ = link.set_attribute("href", address);
        let _ = head.append_child(&link);
    }
}
