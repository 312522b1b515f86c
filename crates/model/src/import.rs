use crate::{
    Checker, Currency, FieldError, ImportId, ImportPictureId, NewProduct, Page, Picture,
    ProductForm, ProductId, ShopImportId, Timestamp, VariantForm, limits, text_enum::text_enum,
};
use serde::{Deserialize, Serialize};

text_enum! {
    /// How far a pasted link has come on its way to a product.
    ImportState {
        /// It waits for its turn.
        Waiting = "waiting",
        /// The page is being fetched.
        Reading = "reading",
        /// What the page says is being found out.
        Understanding = "understanding",
        /// Its pictures are being copied.
        Pictures = "pictures",
        /// Ready to be checked by a person.
        Ready = "ready",
        /// Nothing was found, or the page could not be read: to be filled in by hand, or tried again.
        Failed = "failed",
        /// It has become a product.
        Saved = "saved",
        /// Thrown away.
        Discarded = "discarded",
    }
}

impl ImportState {
    /// The state's name on a screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            ImportState::Waiting => "Waiting",
            ImportState::Reading => "Reading the page",
            ImportState::Understanding => "Understanding it",
            ImportState::Pictures => "Copying pictures",
            ImportState::Ready => "Ready to check",
            ImportState::Failed => "Could not be read",
            ImportState::Saved => "Saved as a product",
            ImportState::Discarded => "Discarded",
        }
    }

    /// The market is still at it: worth looking again in a moment.
    #[must_use]
    pub const fn is_working(self) -> bool {
        matches!(
            self,
            ImportState::Waiting
                | ImportState::Reading
                | ImportState::Understanding
                | ImportState::Pictures
        )
    }

    /// A person can fill in the rest and save it.
    #[must_use]
    pub const fn can_be_saved(self) -> bool {
        matches!(self, ImportState::Ready | ImportState::Failed)
    }
}

text_enum! {
    /// Why a link did not become a draft.
    ImportProblem {
        NotAllowed = "not_allowed", UnknownHost = "unknown_host", Unreachable = "unreachable",
        Insecure = "insecure", TooSlow = "too_slow", TooBig = "too_big", BrokenOff = "broken_off",
        Redirects = "redirects", Gone = "gone", Blocked = "blocked", Busy = "busy", ShopFailed = "shop_failed",
        File = "file", BotWall = "bot_wall", Queue = "queue", Category = "category", Search = "search",
        Article = "article", LogIn = "log_in", ErrorPage = "error_page", FrontPage = "front_page",
        TooComplex = "too_complex", NoProduct = "no_product", NoList = "no_list", Stopped = "stopped",
    }
}

impl ImportProblem {
    /// What happened, as a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            ImportProblem::NotAllowed => {
                "This link leads to an address that is not a shop on the internet."
            }
            ImportProblem::UnknownHost => "There is no website at this address.",
            ImportProblem::Unreachable => "The shop's website could not be reached.",
            ImportProblem::Insecure => {
                "The shop's website has no valid certificate, so what it shows can't be trusted."
            }
            ImportProblem::TooSlow => "The shop's website took too long to answer.",
            ImportProblem::TooBig => "The page is too big to read.",
            ImportProblem::BrokenOff => "The shop's website broke off in the middle of its answer.",
            ImportProblem::Redirects => {
                "The page sends visitors from one address to the next without end."
            }
            ImportProblem::Gone => "There is no page at this address any more.",
            ImportProblem::Blocked => "The shop does not let us read this page.",
            ImportProblem::Busy => "The shop asks us to wait before reading more of its pages.",
            ImportProblem::ShopFailed => "The shop's website has a problem of its own.",
            ImportProblem::File => "This link leads to a file, not to a page.",
            ImportProblem::BotWall => {
                "The shop asks visitors to prove that they are human, which we are not."
            }
            ImportProblem::Queue => "The shop has put its visitors in a queue.",
            ImportProblem::Category => "This page lists several products.",
            ImportProblem::Search => "This page shows what a search found.",
            ImportProblem::Article => "This page is an article, not a product.",
            ImportProblem::LogIn => "This page asks for a log-in.",
            ImportProblem::ErrorPage => "The shop says that this page is missing or broken.",
            ImportProblem::FrontPage => "This is a shop's front page, not a product.",
            ImportProblem::TooComplex => "This page is too large or too tangled to read.",
            ImportProblem::NoProduct => "No product was found on this page.",
            ImportProblem::NoList => "This shop has no list of its products that we can read.",
            ImportProblem::Stopped => "Something went wrong on our side while the page was read.",
        }
    }

    /// What to do about it, as a sentence.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            ImportProblem::NotAllowed | ImportProblem::UnknownHost | ImportProblem::Gone => {
                "Check that the link opens in a browser, or fill in the product by hand."
            }
            ImportProblem::Unreachable
            | ImportProblem::TooSlow
            | ImportProblem::BrokenOff
            | ImportProblem::Busy
            | ImportProblem::ShopFailed
            | ImportProblem::Queue
            | ImportProblem::Stopped => "Try again later, or fill in the product by hand.",
            ImportProblem::Insecure
            | ImportProblem::Blocked
            | ImportProblem::BotWall
            | ImportProblem::LogIn
            | ImportProblem::TooComplex => "Fill in the product by hand.",
            ImportProblem::Redirects => {
                "Open it in a browser and paste the address it ends at, or fill in the product by hand."
            }
            ImportProblem::Category | ImportProblem::FrontPage => {
                "Open one product and paste its link, or import all of them at once."
            }
            ImportProblem::TooBig
            | ImportProblem::File
            | ImportProblem::Search
            | ImportProblem::Article
            | ImportProblem::ErrorPage
            | ImportProblem::NoProduct => {
                "Open the product's own page and paste that link, or fill in the product by hand."
            }
            ImportProblem::NoList => "Paste the links of single products instead.",
        }
    }

    /// The same link may well be read later.
    #[must_use]
    pub const fn is_passing(self) -> bool {
        matches!(
            self,
            ImportProblem::UnknownHost
                | ImportProblem::Unreachable
                | ImportProblem::TooSlow
                | ImportProblem::BrokenOff
                | ImportProblem::Busy
                | ImportProblem::ShopFailed
                | ImportProblem::Queue
                | ImportProblem::Stopped
        )
    }

    /// The link leads to several products: the whole shop can be imported instead.
    #[must_use]
    pub const fn offers_whole_shop(self) -> bool {
        matches!(self, ImportProblem::Category | ImportProblem::FrontPage)
    }
}

text_enum! {
    /// What an imported product does when its source changes (K3).
    KeepInStep {
        /// Nothing, until its maker asks what has changed.
        ByHand = "by_hand",
        /// Price and stock follow by themselves.
        ByItself = "by_itself",
    }
}

/// What became of a pasted link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pasted {
    /// It is being read, or was before: the page of this import shows how far it is.
    Import(ImportId),
    /// The store already has this product.
    Product(ProductId),
}

/// A pasted link and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    /// The import.
    pub id: ImportId,
    /// The page it reads.
    pub url: String,
    /// That page's host.
    pub host: String,
    /// How far it has come.
    pub state: ImportState,
    /// Why it failed.
    pub problem: Option<ImportProblem>,
    /// The product's title, once it is known.
    pub title: Option<String>,
    /// Its first picture, once it is here.
    pub picture: Option<ImportPicture>,
    /// What it became.
    pub product: Option<ProductId>,
    /// The whole shop it was imported with.
    pub shop: Option<ShopImportId>,
    /// When the link was pasted.
    pub asked_at: Timestamp,
}

/// One import with everything a person needs to check it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCheck {
    /// The import.
    pub import: ImportView,
    /// What the form starts from: all that was found. Empty but for the link when nothing was.
    pub form: ImportForm,
    /// What was found, in the form's order; also what the form has no field for.
    pub found: Vec<FoundField>,
    /// The pictures that were copied, in the page's order.
    pub pictures: Vec<ImportPicture>,
    /// Prices on the page that are not in the market's currency: shown and asked for, never converted.
    pub other_currency: Option<OtherCurrency>,
    /// Sentences for whoever checks this.
    pub warnings: Vec<String>,
}

/// One thing that was found on a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundField {
    /// The form's field (`title`, `variants[0][price]`), or a name of its own when the form has none (`brand`).
    pub field: String,
    /// What it is, for people: `Title`, `Brand`.
    pub label: String,
    /// The value as the page has it.
    pub value: String,
    /// Where it was found, in plain words.
    pub source: String,
    /// To be looked at twice.
    pub doubtful: bool,
}

/// A price in a currency that is not the market's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherCurrency {
    /// Its ISO 4217 code.
    pub currency: String,
    /// The price as the page has it, with the currency: `1049.95 SEK`.
    pub price: String,
}

/// A picture that was copied from a page and is not a product's yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPicture {
    /// The picture.
    pub id: ImportPictureId,
    /// Its random file key.
    pub key: String,
    /// What it shows, as the page says.
    pub alt: String,
}

impl ImportPicture {
    /// The address of the large size (at most 1200 px a side).
    #[must_use]
    pub fn large(&self) -> String {
        Picture::large_of(&self.key)
    }

    /// The address of the small size (at most 480 px a side).
    #[must_use]
    pub fn small(&self) -> String {
        Picture::small_of(&self.key)
    }
}

/// What a person says about one copied picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PictureChoice {
    /// The picture's number.
    pub id: String,
    /// Anything: it becomes one of the product's. Nothing: it goes.
    pub chosen: String,
    /// Its place among the chosen ones, from 1. Equal places keep the page's order.
    pub place: String,
    /// What it shows, for people who do not see it.
    pub alt: String,
}

/// What a person makes of an import. Its product fields are named like [`ProductForm`]'s; a variant's `id` is the
/// number of the found variant it started from (`0` is the first), and empty for one that was added by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportForm {
    /// Its title.
    pub title: String,
    /// Its description.
    pub description: String,
    /// Its category's word.
    pub category: String,
    /// Its variants.
    pub variants: Vec<VariantForm>,
    /// The copied pictures.
    pub pictures: Vec<PictureChoice>,
    /// A [`KeepInStep`] word.
    pub keep_in_step: String,
}

/// A checked [`ImportForm`].
#[derive(Clone, Debug)]
pub struct NewImport {
    /// The product; its variants are all new.
    pub product: NewProduct,
    /// For each of its variants, which of the found ones it is.
    pub found: Vec<Option<usize>>,
    /// The chosen pictures in their order, and what each shows.
    pub pictures: Vec<(ImportPictureId, String)>,
    /// Whether it follows its source.
    pub keep_in_step: KeepInStep,
}

impl ImportForm {
    /// Checks every field.
    ///
    /// # Errors
    /// A sentence for each field that is wrong, named as in [`ProductForm`], and `pictures[0][alt]`.
    pub fn validate(&self, currency: Currency) -> Result<NewImport, Vec<FieldError>> {
        let mut check = Checker::new();
        let pictures = self.chosen(&mut check);
        let keep_in_step = check.word(
            "keep_in_step",
            &self.keep_in_step,
            "Choose what happens when the source changes.",
        );
        let product = ProductForm {
            title: self.title.clone(),
            description: self.description.clone(),
            category: self.category.clone(),
            variants: self.variants.clone(),
        };
        let mut product = match (product.validate(currency), check.finish(())) {
            (Ok(product), Ok(())) => product,
            (Ok(_), Err(wrong)) | (Err(wrong), Ok(())) => return Err(wrong),
            (Err(mut wrong), Err(more)) => {
                wrong.extend(more);
                return Err(wrong);
            }
        };
        let mut found = Vec::with_capacity(product.variants.len());
        for variant in &mut product.variants {
            variant.seen_stock = None;
            let number = variant.id.take();
            found.push(number.and_then(|number| usize::try_from(number.0).ok()));
        }
        Ok(NewImport {
            product,
            found,
            pictures,
            keep_in_step: keep_in_step.unwrap_or(KeepInStep::ByHand),
        })
    }

    fn chosen(&self, check: &mut Checker) -> Vec<(ImportPictureId, String)> {
        let mut chosen = Vec::new();
        for (at, choice) in self.pictures.iter().enumerate() {
            if choice.chosen.is_empty() {
                continue;
            }
            let field = |name: &str| format!("pictures[{at}][{name}]");
            let id = check.word(
                &field("id"),
                &choice.id,
                "Reload the page: this picture is no longer there.",
            );
            let alt = check.optional(&field("alt"), &choice.alt, limits::ALT);
            let place: usize = choice.place.trim().parse().unwrap_or(usize::MAX);
            if let Some(id) = id
                && chosen.iter().all(|(_, known, _)| *known != id)
            {
                chosen.push((place, id, alt));
            }
        }
        if chosen.len() > limits::PICTURES {
            check.refuse(
                "pictures",
                format!("A product can have up to {} pictures.", limits::PICTURES),
            );
        }
        chosen.sort_by_key(|(place, ..)| *place);
        chosen.into_iter().map(|(_, id, alt)| (id, alt)).collect()
    }
}

/// A store's imports that are not products yet, and its whole shops.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportDesk {
    /// The last pasted first.
    pub imports: Page<ImportView>,
    /// Whole shops, the last first, at most 20.
    pub shops: Vec<ShopImportView>,
}

text_enum! {
    /// How far the import of a whole shop has come.
    ShopImportState {
        /// The list of its products is being put together.
        Listing = "listing",
        /// The list is here; whether to go on is to be said.
        Listed = "listed",
        /// One product after the other is being read.
        Running = "running",
        /// It waits until it is told to go on.
        Paused = "paused",
        /// Every product was read.
        Done = "done",
        /// It was ended before; what had been read stays.
        Cancelled = "cancelled",
        /// There is no list.
        Failed = "failed",
    }
}

impl ShopImportState {
    /// The state's name on a screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            ShopImportState::Listing => "Looking for products",
            ShopImportState::Listed => "Waiting for your go",
            ShopImportState::Running => "Importing",
            ShopImportState::Paused => "Paused",
            ShopImportState::Done => "Done",
            ShopImportState::Cancelled => "Cancelled",
            ShopImportState::Failed => "Could not be read",
        }
    }

    /// The market is still at it: worth looking again in a moment.
    #[must_use]
    pub const fn is_working(self) -> bool {
        matches!(self, ShopImportState::Listing | ShopImportState::Running)
    }
}

/// A whole shop and how far its import has come. Of `found` products, those that are none of the
/// others still wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopImportView {
    /// The import.
    pub id: ShopImportId,
    /// The link it started from.
    pub url: String,
    /// That link's host.
    pub host: String,
    /// How far it has come.
    pub state: ShopImportState,
    /// Why there is no list.
    pub problem: Option<ImportProblem>,
    /// Products on the list.
    pub found: i64,
    /// Products read: ready to check, or saved.
    pub done: i64,
    /// Products that could not be read.
    pub failed: i64,
    /// Products that this store had imported before; they are left as they are.
    pub known: i64,
    /// Products that were thrown away, or not read because the rest was cancelled.
    pub discarded: i64,
    /// The shop has more than a store can import at once.
    pub more: bool,
    /// The list holds the whole shop, though the link led to a part of it.
    pub whole_shop: bool,
    /// When it was asked for.
    pub asked_at: Timestamp,
}

impl ShopImportView {
    /// How much is done, 0 to 100.
    #[must_use]
    pub fn percent(&self) -> i64 {
        let past = self.done + self.failed + self.known + self.discarded;
        (past * 100)
            .checked_div(self.found)
            .unwrap_or(0)
            .clamp(0, 100)
    }
}

/// A whole shop with one page of its products.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopImportPage {
    /// The shop.
    pub shop: ShopImportView,
    /// Its products, in the shop's order.
    pub items: Page<ShopItem>,
}

/// One product of a whole shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopItem {
    /// Its page.
    pub url: String,
    /// Its title, as far as it is known; else its address.
    pub title: String,
    /// This store had it already.
    pub known: bool,
    /// Its import, once the shop's import was started.
    pub import: Option<ImportView>,
}

/// What a person says when a whole shop is to be imported.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ShopImportForm {
    /// Anything: what is complete is saved as drafts. Nothing: each product is checked first.
    pub save_drafts: String,
    /// With `save_drafts`: the category's word of products whose own category is not clear.
    pub category: String,
}

/// A checked [`ShopImportForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShopImportOrder {
    /// The category of drafts whose own is not clear; `None`: no drafts are saved.
    pub drafts: Option<crate::Category>,
}

impl ShopImportForm {
    /// Checks every field.
    ///
    /// # Errors
    /// A sentence for each field that is wrong.
    pub fn validate(&self) -> Result<ShopImportOrder, Vec<FieldError>> {
        let mut check = Checker::new();
        let drafts = if self.save_drafts.is_empty() {
            None
        } else {
            check.word("category", &self.category, "Choose a category.")
        };
        check.finish(ShopImportOrder { drafts })
    }
}

/// Where a product came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceView {
    /// The page.
    pub url: String,
    /// Its host.
    pub host: String,
    /// When it was last read.
    pub read_at: Timestamp,
    /// Why it could not be read the last time.
    pub problem: Option<ImportProblem>,
    /// Whether the product follows it.
    pub keep_in_step: KeepInStep,
    /// When it is read again by itself; `None`: only when asked.
    pub next_at: Option<Timestamp>,
    /// How many changes wait to be applied.
    pub changes: i64,
}

/// What has changed at a product's source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshView {
    /// The product.
    pub product: ProductId,
    /// Its title here.
    pub title: String,
    /// Where it came from.
    pub source: SourceView,
    /// What is different now; nothing is applied yet.
    pub changes: Vec<SourceChange>,
}

/// One difference between what a source said and what it says now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceChange {
    /// Names it when it is applied: `title`, `price:12`, `stock:12`.
    pub key: String,
    /// What it is about, for people: `Title`, `Price of Large`.
    pub label: String,
    /// What it is here now.
    pub here: String,
    /// What the source said when it was last agreed with.
    pub before: String,
    /// What the source says now.
    pub now: String,
    /// What applying it makes of it here; `None` when it can only be done by hand, such as a price in another
    /// currency.
    pub after: Option<String>,
}

/// Which changes are applied, by their keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RefreshForm {
    /// The keys of the changes to apply. The others are left out from now on, until the source changes again.
    pub apply: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ImportForm {
        let variant = |id: &str, name: &str| VariantForm {
            id: id.to_owned(),
            name: name.to_owned(),
            price: "12.50".to_owned(),
            stock: "3".to_owned(),
            ..VariantForm::default()
        };
        let picture = |id: &str, chosen: &str, place: &str| PictureChoice {
            id: id.to_owned(),
            chosen: chosen.to_owned(),
            place: place.to_owned(),
            ..PictureChoice::default()
        };
        ImportForm {
            title: "Mug".to_owned(),
            category: "kitchen".to_owned(),
            variants: vec![variant("1", "Large"), variant("", "By hand")],
            pictures: vec![
                picture("7", "on", "2"),
                picture("8", "", "1"),
                picture("9", "on", "1"),
            ],
            keep_in_step: "by_itself".to_owned(),
            ..ImportForm::default()
        }
    }

    #[test]
    fn a_variant_keeps_the_number_of_what_was_found() {
        let read = form().validate(Currency::Usd).unwrap();
        assert_eq!(read.found, [Some(1), None]);
        assert!(read.product.variants.iter().all(|v| v.id.is_none()));
        assert_eq!(read.keep_in_step, KeepInStep::ByItself);
    }

    #[test]
    fn chosen_pictures_come_in_the_order_that_was_typed() {
        let read = form().validate(Currency::Usd).unwrap();
        let ids: Vec<i64> = read.pictures.iter().map(|(id, _)| id.0).collect();
        assert_eq!(ids, [9, 7]);
    }

    #[test]
    fn mistakes_in_all_parts_are_told_at_once() {
        let mut form = form();
        form.title.clear();
        form.keep_in_step = "sometimes".to_owned();
        form.pictures[0].alt = "x".repeat(limits::ALT + 1);
        let wrong = form.validate(Currency::Usd).unwrap_err();
        let fields: Vec<&str> = wrong.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(fields, ["title", "pictures[0][alt]", "keep_in_step"]);
    }
}
