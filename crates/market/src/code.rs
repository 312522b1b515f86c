//! Random codes: secrets in links, order numbers, endings of web addresses.

use rand::RngExt;

/// Letters and figures that are not taken for one another: no 0/o, 1/l/i.
const LETTERS: &[u8] = b"23456789abcdefghjkmnpqrstuvwxyz";

/// `length` random letters from a cryptographic source; about 4.95 bits each.
#[must_use]
pub fn random_code(length: usize) -> String {
    let mut rng = rand::rng();
    (0..length)
        .map(|_| char::from(LETTERS[rng.random_range(0..LETTERS.len())]))
        .collect()
}

/// The secret in an order's link: over 150 bits.
pub(crate) fn secret() -> String {
    random_code(32)
}

/// The number people say for an order: `SH-7K2M9Q4X`.
pub(crate) fn order_number() -> String {
    format!("SH-{}", random_code(8).to_uppercase())
}
