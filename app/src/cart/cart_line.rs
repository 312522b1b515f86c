use super::UnitsInput;
use super::api::{RemoveLine, SetUnits};
use super::live::LiveCart;
use crate::prelude::*;
use crate::ui::{
    Alert, ButtonKind, Icon, MoneyText, PictureBox, ServerForm, Submit, Tone, use_form_keyed,
};
use model::{CartLineId, CartLineView, CartProblem, StoreId};

/// One line of the cart: what, from whose shelf, how many, what is wrong with it.
#[component]
pub fn CartLine(
    /// The line.
    line: CartLineView,
    /// The maker who ships it: the shelf is named when it is another store's.
    maker: StoreId,
) -> impl IntoView {
    let through = (line.seller != maker).then(|| format!("from the shelf of {}", line.seller_name));
    let full_title = match line.variant_name.as_str() {
        "" => line.title.clone(),
        variant => format!("{}, {variant}", line.title),
    };
    let can_change = !matches!(
        line.problem,
        Some(CartProblem::SoldOut | CartProblem::Withdrawn)
    );
    view! {
        <li class="cart-line" class:has-problem=line.problem.is_some() data-testid="cart-line">
            <a href=line.href.clone() class="cart-line-picture" tabindex="-1" aria-hidden="true">
                <PictureBox picture=line.picture.clone()/>
            </a>
            <div class="cart-line-words">
                <h3><a class="cart-line-title" href=line.href.clone()>{line.title.clone()}</a></h3>
                {(!line.variant_name.is_empty()).then(|| view! { <p>{line.variant_name.clone()}</p> })}
                {through.map(|through| view! { <p class="note">{through}</p> })}
                <p class="note"><MoneyText amount=line.price/>" each"</p>
                {line
                    .was
                    .map(|was| {
                        view! {
                            <p class="note note-warning" data-testid="cart-was">
                                "Was "<MoneyText amount=was/>" when you put it in"
                            </p>
                        }
                    })}
            </div>
            <p class="cart-line-total"><MoneyText amount=line.total/></p>
            <div class="cart-line-actions">
                {can_change.then(|| view! { <ChangeUnits line=line.clone() title=full_title.clone()/> })}
                <Remove line=line.id title=full_title/>
            </div>
            {line.problem.map(|problem| view! { <Problem problem/> })}
        </li>
    }
}

#[component]
fn ChangeUnits(line: CartLineView, title: String) -> impl IntoView {
    let form = use_form_keyed::<SetUnits>(line.id);
    if let Some(live) = use_context::<LiveCart>() {
        live.follow(form);
    }
    view! {
        <ServerForm form class="cart-units-form" bare=true>
            <input type="hidden" name="line" value=line.id.to_string()/>
            <UnitsInput
                units=line.units
                label=format!("Quantity of {title}")
                most=Signal::stored(line.most())
                sends=true
                test_id="cart-units"
            />
            <div class="without-script">
                <Submit kind=ButtonKind::Secondary small=true test_id="cart-update">"Update"</Submit>
            </div>
        </ServerForm>
    }
}

#[component]
fn Remove(line: CartLineId, title: String) -> impl IntoView {
    let form = use_form_keyed::<RemoveLine>(line);
    if let Some(live) = use_context::<LiveCart>() {
        live.follow(form);
    }
    view! {
        <ServerForm form class="contents" only_button=true>
            <input type="hidden" name="line" value=line.to_string()/>
            <Submit kind=ButtonKind::Quiet small=true about=title test_id="cart-remove">
                <Icon icon=icondata_lu::LuTrash2/>
                "Remove"
            </Submit>
        </ServerForm>
    }
}

#[component]
fn Problem(problem: CartProblem) -> impl IntoView {
    view! {
        <div class="cart-line-problem">
            <Alert tone=Tone::Warning test_id="cart-problem">{problem.sentence()}</Alert>
        </div>
    }
}
