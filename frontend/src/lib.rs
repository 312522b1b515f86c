//! The browser's entry.

use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// Loads what the page needs of the app beyond what every page does.
///
/// # Errors
/// When it did not come.
#[wasm_bindgen]
pub async fn load_part() -> Result<(), JsError> {
    Ok(app::coming_alive::load_part().await?)
}

/// Attaches the app to the HTML the server sent.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    app::coming_alive::come_alive(app::App);
}
