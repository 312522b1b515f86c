//! What people and the market do with links.

use super::{Store, World};
use market::link::{self, Link};
use market::{Result, import};
use model::{
    Currency, ImportCheck, ImportForm, ImportId, KeepInStep, LinkTarget, Pasted, ProductId,
    ShopImportId,
};

impl World {
    /// Where a link leads whoever looks at it.
    pub async fn follow(&self, viewer: Option<&Store>, link: &str) -> Result<LinkTarget> {
        let link = Link::read(&self.market, link)?;
        link::follow(&self.market, viewer.map(|store| store.owner), &link).await
    }

    pub async fn paste(&self, store: &Store, link: &str) -> Pasted {
        self.try_paste(store, link).await.unwrap()
    }

    pub async fn try_paste(&self, store: &Store, link: &str) -> Result<Pasted> {
        let page = Link::read(&self.market, link)?.to_other_shop()?;
        import::start(&self.market, store.owner, page).await
    }

    pub async fn paste_shop(&self, store: &Store, link: &str) -> Result<ShopImportId> {
        let page = Link::read(&self.market, link)?.to_other_shop()?;
        import::start_shop(&self.market, store.owner, page).await
    }

    /// Pastes a link and waits until it was read.
    pub async fn imported(&self, store: &Store, link: &str) -> ImportId {
        let Pasted::Import(id) = self.paste(store, link).await else {
            panic!("{link} is a product already")
        };
        self.read().await;
        id
    }

    /// The market reads what is due.
    pub async fn read(&self) {
        import::work(&self.market).await.unwrap();
    }

    pub async fn import(&self, store: &Store, id: ImportId) -> ImportCheck {
        import::one(&self.market, store.owner, id).await.unwrap()
    }

    /// Publishes an import as it was found, but for what `change` makes of it.
    pub async fn publish(
        &self,
        store: &Store,
        id: ImportId,
        change: impl FnOnce(&mut ImportForm),
    ) -> ProductId {
        let mut form = self.import(store, id).await.form;
        form.category = "kitchen".into();
        change(&mut form);
        let new = form.validate(Currency::Usd).unwrap();
        import::publish(&self.market, store.owner, id, new)
            .await
            .unwrap()
    }

    /// A product that was imported from a page and is on its maker's shelf.
    pub async fn published_from(
        &self,
        store: &Store,
        link: &str,
        stock: i64,
        how: KeepInStep,
    ) -> ProductId {
        let id = self.imported(store, link).await;
        self.publish(store, id, |form| {
            form.variants[0].stock = stock.to_string();
            form.keep_in_step = how.to_string();
        })
        .await
    }

    /// How many picture files there are.
    pub fn picture_files(&self) -> usize {
        let folder = self.market.settings().data_dir.join("pictures");
        let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
        files.filter(|entry| entry.path().is_file()).count()
    }
}
