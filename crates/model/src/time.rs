use serde::{Deserialize, Serialize};

/// A moment in UTC, as milliseconds since 1970. One representation in both databases, on the wire and in
/// the browser, so that nothing is ever converted.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "orm", derive(sea_orm::DeriveValueType))]
#[serde(transparent)]
pub struct Timestamp(pub i64);

const DAY: i64 = 86_400_000;
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A day for people, whatever clock says so: `22 Nov 2026`. Months count from 1.
#[must_use]
pub fn show_day(year: i64, month: i64, day: i64) -> String {
    let name = usize::try_from(month - 1)
        .ok()
        .and_then(|month| MONTHS.get(month))
        .unwrap_or(&"");
    format!("{day} {name} {year}")
}

impl Timestamp {
    /// This moment moved by some milliseconds.
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Timestamp {
        Timestamp(self.0.saturating_add(millis))
    }

    /// This moment moved by some minutes.
    #[must_use]
    pub const fn plus_minutes(self, minutes: i64) -> Timestamp {
        self.plus_millis(minutes.saturating_mul(60_000))
    }

    /// This moment moved by some days of 24 hours.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Timestamp {
        self.plus_millis(days.saturating_mul(DAY))
    }

    /// The number of whole UTC days since 1970: the bucket for a daily chart.
    #[must_use]
    pub const fn day(self) -> i64 {
        self.0.div_euclid(DAY)
    }

    /// Year, month (1-12) and day (1-31) in UTC.
    #[must_use]
    pub const fn date(self) -> (i64, i64, i64) {
        // Howard Hinnant's days-from-civil algorithm, run backwards.
        let z = self.day() + 719_468;
        let era = z.div_euclid(146_097);
        let day_of_era = z.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
        (year, month, day)
    }

    /// For people: `22 Nov 2026`.
    #[must_use]
    pub fn show_date(self) -> String {
        let (year, month, day) = self.date();
        show_day(year, month, day)
    }

    /// For people: `22 Nov 2026, 16:05 UTC`.
    #[must_use]
    pub fn show(self) -> String {
        let minute = self.0.rem_euclid(DAY) / 60_000;
        format!(
            "{}, {:02}:{:02} UTC",
            self.show_date(),
            minute / 60,
            minute % 60
        )
    }

    /// For machines (`<time datetime>`): `2026-11-22T16:05:09Z`.
    #[must_use]
    pub fn iso(self) -> String {
        let (year, month, day) = self.date();
        let s = self.0.rem_euclid(DAY) / 1000;
        format!(
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
            s / 3600,
            s / 60 % 60,
            s % 60
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_right_around_leap_days_and_before_1970() {
        assert_eq!(Timestamp(0).iso(), "1970-01-01T00:00:00Z");
        assert_eq!(Timestamp(951_782_400_000).iso(), "2000-02-29T00:00:00Z");
        assert_eq!(Timestamp(1_709_251_199_000).iso(), "2024-02-29T23:59:59Z");
        assert_eq!(Timestamp(-1).iso(), "1969-12-31T23:59:59Z");
        assert_eq!(
            Timestamp(1_795_363_500_000).show(),
            "22 Nov 2026, 16:05 UTC"
        );
    }
}
