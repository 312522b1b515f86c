use super::api::{
    CancelShopImport, ImportShop, PauseShopImport, ResumeShopImport, read_shop_import,
};
use super::import_page::above;
use super::poll::poll;
use super::shop_items::ShopItems;
use super::shop_offer::ShopOffer;
use super::shop_progress::ShopProgress;
use crate::error::AppError;
use crate::paths;
use crate::prelude::*;
use crate::ui::address::{id_in_path, page_in_query};
use crate::ui::{
    Alert, Breadcrumbs, ButtonKind, Changes, Confirm, Head, LinkButton, Loaded, Pagination,
    ReloadWithoutScript, ServerForm, StatusBadge, Submit, Tone, input_name, load, use_form,
};
use model::{
    ImportProblem, PageRequest, ShopImportId, ShopImportPage as View, ShopImportState,
    ShopImportView,
};
use std::time::Duration;

/// How long to wait before asking again.
const AGAIN_AFTER: Duration = Duration::from_millis(1000);

/// A whole shop: what it sells, and how far its import is.
#[component]
pub fn ShopImportPage() -> AnyView {
    let id = id_in_path::<ShopImportId>("shop");
    let page = page_in_query();
    let changes = Changes::default();
    let shop = load(
        move || (id.get(), page.get(), changes.count()),
        |(id, page, _)| async move { read_shop_import(id.ok_or(AppError::NotFound)?, page).await },
    );
    view! {
        <Loaded load=shop let:shop>
            <Shop shop page=page.get_untracked() changes/>
        </Loaded>
    }
}

/// Built anew only when the state changes, so that no button goes from under a finger; figures and rows follow
/// by themselves.
#[component]
fn Shop(shop: View, page: PageRequest, changes: Changes) -> impl IntoView {
    let View { shop, items } = shop;
    let (id, state) = (shop.id, shop.state);
    let now = RwSignal::new(shop.clone());
    let rows = RwSignal::new(items.rows);
    if state.is_working() {
        poll(AGAIN_AFTER, move || async move {
            match read_shop_import(id, page).await {
                Ok(fresh) if fresh.shop.state == state => {
                    now.try_set(fresh.shop);
                    rows.try_set(fresh.items.rows);
                    true
                }
                // No connection for a moment: the work goes on without us.
                Err(error) if error.is_passing() => true,
                Ok(_) | Err(_) => {
                    changes.note();
                    false
                }
            }
        });
    }
    let title = format!("Import from {}", shop.host);
    let part = match state {
        ShopImportState::Listing => view! { <LookingFor/> },
        ShopImportState::Failed => view! { <NoList shop/> },
        ShopImportState::Listed => view! { <ShopOffer shop changes/> },
        _ => view! {
            <section class="panel import-shop-progress">
                <ShopProgress shop=now.into()/>
                <Controls id state changes/>
            </section>
        },
    };
    let has_list = !matches!(state, ShopImportState::Listing | ShopImportState::Failed);
    view! {
        <Head title=title.clone() robots=false/>
        <Breadcrumbs above=above() here=title.clone()/>
        <header class="page-head">
            <div class="shrinks">
                <h1>{title}</h1>
                <div class="page-head-state"><StatusBadge status=state/></div>
            </div>
        </header>
        <div class="import-shop">
            {part}
            {has_list.then(|| view! { <ShopItems rows/> })}
        </div>
        <Pagination page=items.page pages=items.pages/>
        {state.is_working().then(|| view! { <ReloadWithoutScript seconds=2/> })}
    }
}

#[component]
fn LookingFor() -> impl IntoView {
    view! {
        <section class="panel panel-stack" data-testid="shop-listing">
            <p role="status">"We are looking for everything this shop sells. This takes a moment; you may leave, it goes on without you."</p>
            <progress class="progress-bar" aria-label="Looking for products"></progress>
        </section>
    }
}

#[component]
fn NoList(shop: ShopImportView) -> impl IntoView {
    let problem = shop.problem.unwrap_or(ImportProblem::NoList);
    let form = use_form::<ImportShop>();
    view! {
        <section class="panel panel-stack" data-testid="shop-import-problem">
            <Alert tone=Tone::Error>
                <p>{problem.sentence()}</p>
                <p>{problem.advice()}</p>
            </Alert>
            <div class="form-actions">
                <LinkButton href=paths::DASHBOARD_IMPORTS>"Paste another link"</LinkButton>
                <ServerForm form class="contents" only_button=true>
                    <input type="hidden" name=input_name("link") value=shop.url/>
                    <Submit kind=ButtonKind::Secondary test_id="shop-import-again">"Try again"</Submit>
                </ServerForm>
            </div>
        </section>
    }
}

#[component]
fn Controls(id: ShopImportId, state: ShopImportState, changes: Changes) -> impl IntoView {
    let pause = use_form::<PauseShopImport>();
    let resume = use_form::<ResumeShopImport>();
    let cancel = use_form::<CancelShopImport>();
    changes.follow(pause);
    changes.follow(resume);
    changes.follow(cancel);
    let ongoing = matches!(state, ShopImportState::Running | ShopImportState::Paused);
    let step = match state {
        ShopImportState::Running => Some(view! {
            <ServerForm form=pause class="contents" only_button=true>
                <input type="hidden" name="shop" value=id.to_string()/>
                <Submit kind=ButtonKind::Secondary small=true test_id="shop-import-pause">"Pause"</Submit>
            </ServerForm>
        }),
        ShopImportState::Paused => Some(view! {
            <ServerForm form=resume class="contents" only_button=true>
                <input type="hidden" name="shop" value=id.to_string()/>
                <Submit small=true test_id="shop-import-resume">"Go on"</Submit>
            </ServerForm>
        }),
        _ => None,
    };
    ongoing.then(|| {
        view! {
            <div class="take-off">
                {step}
                <Confirm button="Cancel the rest" question="Stop importing this shop?" kind=ButtonKind::Quiet test_id="shop-import-cancel">
                    <p>"What was read already stays and can still be checked and published."</p>
                    <ServerForm form=cancel class="form-actions" only_button=true>
                        <input type="hidden" name="shop" value=id.to_string()/>
                        <Submit kind=ButtonKind::Danger small=true test_id="shop-import-cancel-confirm">"Cancel the rest"</Submit>
                    </ServerForm>
                </Confirm>
            </div>
        }
    })
    .into_any()
}
