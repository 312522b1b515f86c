use super::api::{SaveStore, read_own_store};
use super::fields::{ShippingFields, StoryFields};
use crate::paths;
use crate::prelude::*;
use crate::ui::{
    AskBeforeLeaving, ButtonKind, Changes, Field, Head, LinkButton, Loaded, PageHead, ServerForm,
    Submit, load, use_form, use_page,
};
use model::{StoreForm, StoreView, limits};

/// The store's settings.
#[component]
pub fn SettingsPage() -> AnyView {
    let changes = Changes::default();
    let store = load(move || changes.count(), |_| read_own_store());
    view! {
        <Head title="Store settings" robots=false/>
        <Loaded load=store let:store><Settings store changes/></Loaded>
    }
}

#[component]
fn Settings(store: StoreView, changes: Changes) -> impl IntoView {
    let form = use_form::<SaveStore>();
    changes.follow(form);
    let typed = StoreForm::from((&store, use_page().currency()));
    let front = paths::store(&store.slug);
    let view_store = front.clone();
    view! {
        <PageHead title="Store settings">
            <LinkButton href=view_store kind=ButtonKind::Secondary small=true test_id="view-store">"View store"</LinkButton>
        </PageHead>
        <ServerForm form shared=true class="form-stack settings-form" test_id="store-form">
            <AskBeforeLeaving form/>
            <section class="panel form-stack" aria-labelledby="front">
                <h2 id="front">"Your store front"</h2>
                <Field name="name" label="Name" value=typed.name.clone() max=limits::NAME/>
                <p class="note">"Web address: " <span class="store-address" data-testid="store-address">{front}</span></p>
                <StoryFields store=typed.clone()/>
            </section>
            <section class="panel form-stack" aria-labelledby="shipping">
                <h2 id="shipping">"Shipping"</h2>
                <ShippingFields store=typed/>
            </section>
            <div class="form-actions"><Submit test_id="save-store">"Save"</Submit></div>
        </ServerForm>
    }
}
