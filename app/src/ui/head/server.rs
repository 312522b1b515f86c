#![expect(
    clippy::disallowed_methods,
    reason = "this is where titles are made safe to write"
)]

use super::{PageHead, whole_title};
use crate::prelude::*;
use crate::ui::address::page_in_query;
use crate::ui::markup::escaped;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Position, PositionState, Render, RenderHtml};
use leptos_meta::{Link, Meta, Title};

/// Writes a page's head, as soon as what it gives is rendered.
pub(super) fn write_head(head: PageHead) -> Unseen {
    let PageHead {
        title,
        description,
        picture,
        kind,
        canonical,
        robots,
    } = head;
    let whole_title = whole_title(&title, page_in_query().get_untracked().number());
    let tags = view! {
        // The library writes a title as it is.
        <Title text=escaped(&whole_title)/>
        <Meta property="og:title" content=title/>
        {description
            .map(|text| {
                view! {
                    <Meta name="description" content=text.clone()/>
                    <Meta property="og:description" content=text/>
                }
            })}
        {kind.map(|kind| view! { <Meta property="og:type" content=kind/> })}
        {picture.map(|url| view! { <Meta property="og:image" content=url/> })}
        {canonical.map(|url| view! { <Link rel="canonical" href=url/> })}
        {(!robots).then(|| view! { <Meta name="robots" content="noindex"/> })}
    };
    Unseen(tags)
}

/// What is rendered but stands nowhere in the page: tags find their way into the head by themselves.
pub(super) struct Unseen(AnyView);

impl Render for Unseen {
    type State = ();

    fn build(self) {}

    fn rebuild(self, (): &mut ()) {}
}

impl AddAnyAttr for Unseen {
    type Output<A: Attribute> = Unseen;

    fn add_any_attr<A: Attribute>(self, _: A) -> Unseen {
        self
    }
}

impl RenderHtml for Unseen {
    type AsyncOutput = Unseen;
    type Owned = Unseen;

    const MIN_LENGTH: usize = <() as RenderHtml>::MIN_LENGTH;
    const EXISTS: bool = <() as RenderHtml>::EXISTS;

    fn dry_resolve(&mut self) {
        self.0.dry_resolve();
    }

    async fn resolve(self) -> Unseen {
        Unseen(self.0.resolve().await)
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        let (mut elsewhere, mut first) = (String::new(), Position::FirstChild);
        self.0.to_html_with_buf(
            &mut elsewhere,
            &mut first,
            escape,
            mark_branches,
            Vec::new(),
        );
        // What a browser has in its place.
        ().to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) {}

    fn into_owned(self) -> Unseen {
        self
    }
}
