//! Sentences that count.

/// A number and its thing: `1 unit`, `4 units`.
#[must_use]
pub fn counted(number: i64, one: &str, many: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {many}")
    }
}

/// The verb of so many: `1 is left`, `4 are left`.
#[must_use]
pub const fn are(number: i64) -> &'static str {
    if number == 1 { "is" } else { "are" }
}

#[cfg(test)]
mod tests {
    use super::{are, counted};

    #[test]
    fn one_is_one() {
        assert_eq!(counted(1, "unit", "units"), "1 unit");
        assert_eq!(counted(0, "unit", "units"), "0 units");
        assert_eq!((are(1), are(2), are(0)), ("is", "are", "are"));
    }
}
