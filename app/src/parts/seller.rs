use crate::catalogue::{EditProductPage, NewProductPage, ProductsPage};
use crate::dashboard::OverviewPage;
use crate::import::{ImportPage, ImportsPage, ShopImportPage};
use crate::offer::{EditOfferPage, NewOfferPage, OffersPage};
use crate::sale::{ParcelPage, SalesPage};
use crate::shelf::ShelfPage;
use crate::shell::dashboard_layout::DashboardLayout;
use crate::source::DifferencesPage;
use crate::store_settings::SettingsPage;
use crate::wallet::WalletScreen;
use leptos::prelude::AnyView;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// A page of the dashboard, or what stands around all of them.
#[derive(Clone, Copy)]
pub enum SellerPage {
    Layout,
    Overview,
    Products,
    NewProduct,
    EditProduct,
    Imports,
    Import,
    ShopImport,
    Differences,
    Shelf,
    Sales,
    Parcel,
    Offers,
    NewOffer,
    EditOffer,
    Wallet,
    Settings,
}

#[wasm_split(seller, wasm_split_path = leptos::wasm_split, fallible, preload(load))]
pub(super) fn view(page: SellerPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        SellerPage::Layout => DashboardLayout(),
        SellerPage::Overview => OverviewPage(),
        SellerPage::Products => ProductsPage(),
        SellerPage::NewProduct => NewProductPage(),
        SellerPage::EditProduct => EditProductPage(),
        SellerPage::Imports => ImportsPage(),
        SellerPage::Import => ImportPage(),
        SellerPage::ShopImport => ShopImportPage(),
        SellerPage::Differences => DifferencesPage(),
        SellerPage::Shelf => ShelfPage(),
        SellerPage::Sales => SalesPage(),
        SellerPage::Parcel => ParcelPage(),
        SellerPage::Offers => OffersPage(),
        SellerPage::NewOffer => NewOfferPage(),
        SellerPage::EditOffer => EditOfferPage(),
        SellerPage::Wallet => WalletScreen(),
        SellerPage::Settings => SettingsPage(),
    })
}
