use super::api::{OpenOffer, read_desk};
use super::choose_product::ChooseProduct;
use super::terms::{Terms, TermsFields, typed_in_query};
use crate::error::AppError;
use crate::paths;
use crate::prelude::*;
use crate::ui::address::from_query;
use crate::ui::{
    Alert, AskBeforeLeaving, Breadcrumbs, Head, LinkButton, Loaded, MoneyText, PageHead,
    PictureBox, ServerForm, load, use_form,
};
use model::{OfferDesk, ProductId, Tokens};

/// Opens an offer on the product in the address; without one, it is chosen first.
#[component]
pub fn NewOfferPage() -> AnyView {
    let asked = from_query(|query| query.get("product"));
    let content = move || match asked.get() {
        Some(product) => view! { <OnProduct product/> },
        None => view! { <ChooseProduct/> },
    };
    let above = vec![("Offers".to_owned(), paths::DASHBOARD_OFFERS.to_owned())];
    view! {
        <Head title="Make an offer" robots=false/>
        <Breadcrumbs above here="Make an offer"/>
        {content}
    }
}

#[component]
fn OnProduct(product: String) -> impl IntoView {
    let desk = load(
        move || product.parse::<ProductId>().ok(),
        |id| async move { read_desk(id.ok_or(AppError::NotFound)?).await },
    );
    view! { <Loaded load=desk let:desk><Desk desk/></Loaded> }
}

#[component]
fn Desk(desk: OfferDesk) -> impl IntoView {
    let content = match desk.open.clone() {
        Some(open) => view! {
            <Alert>
                <p>"This product has an open offer already."</p>
                <p class="offer-open-already"><LinkButton href=paths::edit_offer(open.id) small=true>"Change that offer"</LinkButton></p>
            </Alert>
        },
        None => view! { <OpenForm desk=desk.clone()/> },
    };
    view! {
        <PageHead title="Make an offer" sentence="Other stores earn these tokens for every unit they sell. You ship, and you are paid the full price."/>
        <div class="offer-page">
            <div class="offer-product">
                <PictureBox picture=desk.picture.clone() class="offer-product-picture"/>
                <div>
                    <p class="offer-product-title">{desk.title.clone()}</p>
                    <p class="note"><MoneyText amount=desk.price_from/> " · " {desk.coverable} " in stock"</p>
                </div>
            </div>
            {content}
        </div>
    }
}

#[component]
fn OpenForm(desk: OfferDesk) -> impl IntoView {
    let form = use_form::<OpenOffer>();
    let terms = Terms {
        wallet: desk.wallet,
        in_escrow: Tokens::ZERO,
        coverable: desk.coverable,
    };
    view! {
        <ServerForm form once=true test_id="offer-form">
            <AskBeforeLeaving form/>
            <input type="hidden" name="product" value=desk.product.to_string()/>
            <TermsFields terms start=typed_in_query()/>
        </ServerForm>
    }
}
