use super::PasteLink;
use super::api::{FindLink, follow_link};
use crate::error::{AppError, AppResult};
use crate::listing::MarketTile;
use crate::paths;
use crate::prelude::*;
use crate::ui::address::word_in_query;
use crate::ui::{
    ButtonKind, Empty, Head, LinkButton, Loaded, PageHead, ProductGrid, ServerForm, Submit,
    input_name, load, use_form_keyed, use_page,
};
use model::{LinkTarget, ProductCard};

/// Where a link leads, or what is wrong with what was pasted.
type Followed = Result<LinkTarget, String>;

/// Where a pasted link leads.
#[component]
pub fn LinkPage() -> AnyView {
    let link = word_in_query("link");
    let followed = load(move || link.get(), follow);
    view! {
        <Head title="Follow a link" robots=false/>
        <PageHead title="Where does this link lead?" sentence="Paste the address of a product or a store on this market, or of a page in any other shop."/>
        <Loaded load=followed let:followed>
            <div class="link-page">
                <PasteLink link=link.get_untracked() wrong=followed.as_ref().err().cloned()/>
                {followed.ok().map(|target| view! { <Target target link=link.get_untracked()/> })}
            </div>
        </Loaded>
    }
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
fn Target(target: LinkTarget, link: String) -> impl IntoView {
    match target {
        LinkTarget::Product(card) => view! { <Found card=*card/> },
        LinkTarget::Store { slug, name } => view! {
            <Empty icon=icondata_lu::LuStore title=name sentence="This link leads to a store. Look through its shelf, and open the product you mean.">
                <LinkButton href=paths::store(&slug)>"See the store"</LinkButton>
            </Empty>
        },
        LinkTarget::NotFound => view! {
            <Empty
                icon=icondata_lu::LuSearchX
                title="Nothing stands there"
                sentence="The link belongs to this market, but no product is at its end, or not any more. Search for it by name."
            >
                <LinkButton href=paths::MARKET>"Search the marketplace"</LinkButton>
            </Empty>
        },
        LinkTarget::OwnDraft { product, title } => view! {
            <Empty icon=icondata_lu::LuPackage title=title sentence="This is a product of your own that shoppers can't see yet.">
                <LinkButton href=paths::edit_product(product)>"Go on with it"</LinkButton>
            </Empty>
        },
        LinkTarget::Import(import) => view! {
            <Empty icon=icondata_lu::LuImport title="You pasted this link before" sentence="What was found on its page waits for you.">
                <LinkButton href=paths::import(import)>"See how far it is"</LinkButton>
            </Empty>
        },
        LinkTarget::OtherShop { host } => view! { <OtherShop host link/> },
    }
}

/// A page of another shop: its product becomes one of the viewer's own (K2), once she has a store for it.
#[component]
fn OtherShop(host: String, link: String) -> impl IntoView {
    let page = use_page();
    let (viewer, store) = (page.viewer(), page.store());
    // Whoever has just signed up comes here before the page knows of it.
    let who = Memo::new(move |_| (viewer.with(Option::is_some), store.with(Option::is_some)));
    let title = format!("That page belongs to {host}");
    move || for_viewer(who.get(), title.clone(), link.clone())
}

/// What somebody with an account, or with a store, can do with another shop's page.
fn for_viewer((account, store): (bool, bool), title: String, link: String) -> AnyView {
    let here = paths::follow_link(&link);
    match (account, store) {
        (_, true) => view! {
            <Empty
                icon=icondata_lu::LuImport
                title
                sentence="Do you make what it sells? Then it is read into a draft of your own product: title, price, variants and pictures, for you to check."
            >
                <ReadIt link/>
                <LinkButton href=paths::NEW_PRODUCT kind=ButtonKind::Secondary>"Fill in by hand"</LinkButton>
            </Empty>
        },
        (true, false) => view! {
            <Empty
                icon=icondata_lu::LuStore
                title
                sentence="Do you make what it sells? Open a store, and it is read into a draft of your own product. The link is kept for you."
            >
                <LinkButton href=paths::open_store_then(&here) test_id="open-store-for-link">"Open a store"</LinkButton>
                <LinkButton href=paths::MARKET kind=ButtonKind::Secondary>"Search the marketplace"</LinkButton>
            </Empty>
        },
        (false, false) => view! {
            <Empty
                icon=icondata_lu::LuLogIn
                title
                sentence="Do you make what it sells? Log in, and it is read into a draft of your own product. The link is kept for you."
            >
                <LinkButton href=paths::log_in_then(&here) test_id="log-in-for-link">"Log in"</LinkButton>
                <LinkButton href=paths::sign_up_then(&here) kind=ButtonKind::Secondary>"Sign up"</LinkButton>
            </Empty>
        },
    }
}

#[component]
fn ReadIt(link: String) -> impl IntoView {
    let form = use_form_keyed::<FindLink>("read-it");
    view! {
        <ServerForm form class="contents" only_button=true>
            <input type="hidden" name=input_name("link") value=link/>
            <Submit test_id="read-link">"Read this page"</Submit>
        </ServerForm>
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
        <section class="link-found" aria-labelledby="found">
            <h2 id="found" class="sr-only">"Found"</h2>
            <ProductGrid><MarketTile card eager=true/></ProductGrid>
            {waits.then(|| view! { <p class="lead">{sentence}</p> })}
            <p><a class="link" href=href>"See its page"</a></p>
        </section>
    }
}
