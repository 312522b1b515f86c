//! The browser's entry.

/// Attaches the app to the HTML the server sent.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    app::coming_alive::come_alive();
}
