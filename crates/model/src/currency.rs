use crate::text_enum::text_enum;

text_enum! {
    /// The market's one currency (a setting), by its ISO 4217 code.
    Currency {
        Usd = "USD", Eur = "EUR", Gbp = "GBP", Cad = "CAD", Aud = "AUD", Nzd = "NZD",
        Chf = "CHF", Sek = "SEK", Nok = "NOK", Dkk = "DKK", Pln = "PLN", Czk = "CZK", Jpy = "JPY",
    }
}

impl Currency {
    /// How many digits the minor unit has: 2 for cents, 0 for yen.
    #[must_use]
    pub const fn digits(self) -> u32 {
        match self {
            Currency::Jpy => 0,
            _ => 2,
        }
    }

    /// What is written before an amount, with its own space where the sign is a word.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Currency::Usd => "$",
            Currency::Eur => "€",
            Currency::Gbp => "£",
            Currency::Cad => "CA$",
            Currency::Aud => "A$",
            Currency::Nzd => "NZ$",
            Currency::Chf => "CHF ",
            Currency::Sek => "SEK ",
            Currency::Nok => "NOK ",
            Currency::Dkk => "DKK ",
            Currency::Pln => "PLN ",
            Currency::Czk => "CZK ",
            Currency::Jpy => "¥",
        }
    }

    /// How people write it beside figures, by hand and in programs.
    pub(crate) const fn signs(self) -> &'static [&'static str] {
        match self {
            Currency::Usd => &["USD", "US$", "$"],
            Currency::Eur => &["EUR", "€"],
            Currency::Gbp => &["GBP", "£"],
            Currency::Cad => &["CAD", "CA$", "C$", "$"],
            Currency::Aud => &["AUD", "AU$", "A$", "$"],
            Currency::Nzd => &["NZD", "NZ$", "$"],
            Currency::Chf => &["CHF", "SFr.", "Fr.", "Fr"],
            Currency::Sek => &["SEK", "kr.", "kr"],
            Currency::Nok => &["NOK", "kr.", "kr"],
            Currency::Dkk => &["DKK", "kr.", "kr"],
            Currency::Pln => &["PLN", "zł", "zl"],
            Currency::Czk => &["CZK", "Kč", "Kc"],
            Currency::Jpy => &["JPY", "JP¥", "¥", "円"],
        }
    }

    /// Everybody who counts in it puts commas between thousands. Where people write in both ways, as in euros, a
    /// lone mark before three figures is asked about.
    pub(crate) const fn comma_groups(self) -> bool {
        matches!(
            self,
            Currency::Usd
                | Currency::Gbp
                | Currency::Cad
                | Currency::Aud
                | Currency::Nzd
                | Currency::Jpy
        )
    }
}
