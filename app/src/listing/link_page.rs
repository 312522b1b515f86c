use super::api::follow_link;
use super::{MarketTile, PasteLink};
use crate::error::{AppError, AppResult};
use crate::paths;
use crate::ui::{ButtonKind, Empty, Head, LinkButton, Loaded, PageHead, ProductGrid, use_page};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{LinkTarget, ProductCard};

/// Where a link leads, or what is wrong with what was pasted.
type Followed = Result<LinkTarget, String>;

/// Where a pasted link leads.
#[component]
pub fn LinkPage() -> impl IntoView {
    let query = use_query_map();
    let link = Memo::new(move |_| query.with(|query| query.get("link").unwrap_or_default()));
    let followed = Resource::new_blocking(move || link.get(), follow);
    view! {
        <Head title="Follow a link" robots=false/>
        <PageHead title="Where does this link lead?" sentence="Paste the address of a product or a store on this market."/>
        <Loaded resource=followed let:followed>
            <div class="grid gap-10">
                <PasteLink link=link.get_untracked() wrong=followed.as_ref().err().cloned()/>
                {followed.ok().map(|target| view! { <Target target/> })}
            </div>
        </Loaded>
    }
    .into_any()
}

/// What is wrong with a pasted text belongs at the box; anything else is the page's.
async fn follow(link: String) -> AppResult<Followed> {
    match follow_link(link).await {
        Ok(target) => Ok(Ok(target)),
        Err(AppError::Invalid(wrong)) => {
            Ok(Err(wrong.into_iter().map(|field| field.message).collect()))
        }
        Err(error) => Err(error),
    }
}

#[component]
fn Target(target: LinkTarget) -> impl IntoView {
    match target {
        LinkTarget::Product(card) => view! { <Found card=*card/> }.into_any(),
        LinkTarget::Store { slug, name } => view! {
            <Empty icon=icondata_lu::LuStore title=name sentence="This link leads to a store. Look through its shelf, and open the product you mean.">
                <LinkButton href=paths::store(&slug)>"See the store"</LinkButton>
            </Empty>
        }
        .into_any(),
        LinkTarget::NotFound => view! {
            <Empty
                icon=icondata_lu::LuSearchX
                title="Nothing stands there"
                sentence="The link belongs to this market, but no product is at its end, or not any more. Search for it by name."
            >
                <LinkButton href=paths::MARKET>"Search the marketplace"</LinkButton>
            </Empty>
        }
        .into_any(),
        LinkTarget::OtherShop { host } => view! {
            <Empty
                icon=icondata_lu::LuLink
                title=format!("That page belongs to {host}")
                sentence="Only products of this market's own stores can go on your shelf. If you make this product yourself, add it to your products."
            >
                <LinkButton href=paths::NEW_PRODUCT>"Add your own product"</LinkButton>
                <LinkButton href=paths::MARKET kind=ButtonKind::Secondary>"Search the marketplace"</LinkButton>
            </Empty>
        }
        .into_any(),
    }
}

#[component]
fn Found(card: ProductCard) -> impl IntoView {
    let is_owner = use_page().store().with_untracked(Option::is_some);
    let waits = is_owner && !card.mine && !card.on_my_shelf && card.offer.is_none();
    let href = card.href();
    let sentence = match (waits, card.sold_out) {
        (true, true) => {
            "It is sold out, so it can't go on your shelf now. It comes back when its maker restocks."
        }
        (true, false) => {
            "Its maker does not offer it to other stores at the moment. Look again later."
        }
        (false, _) => "",
    };
    view! {
        <section class="grid gap-6" aria-label="Found">
            <ProductGrid><MarketTile card eager=true/></ProductGrid>
            {waits.then(|| view! { <p class="lead">{sentence}</p> })}
            <p><a class="link" href=href>"See its page"</a></p>
        </section>
    }
    .into_any()
}
