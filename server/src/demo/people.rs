//! The shoppers of the demo: invented names in invented towns.

use super::dice::Dice;
use model::{Address, SignUpForm};

const FIRST: &[&str] = &[
    "Ada", "Bram", "Celeste", "Dov", "Esme", "Farid", "Greta", "Hugo", "Ines", "Jonah", "Kaia",
    "Leon", "Mina", "Noor", "Otis", "Pia", "Quill", "Rosa", "Sami", "Tilda", "Umar", "Vera", "Wes",
    "Yara",
];

const LAST: &[&str] = &[
    "Abara",
    "Brandt",
    "Castellan",
    "Dunmore",
    "Eklund",
    "Farrow",
    "Gallo",
    "Hartley",
    "Ivers",
    "Jansen",
    "Kovac",
    "Lindgren",
    "Marsh",
    "Novak",
    "Okafor",
    "Penrose",
    "Quist",
    "Rowe",
    "Sorel",
    "Tamm",
    "Underhill",
    "Vance",
];

const STREETS: &[&str] = &[
    "Alder Row",
    "Bakehouse Lane",
    "Canal Street",
    "Dovecote Lane",
    "Foundry Road",
    "Harbor Street",
    "Mill Lane",
    "Orchard Avenue",
    "Quarry Hill",
    "Station Street",
    "Tannery Road",
    "Weir Street",
];

/// Towns and their post codes.
const TOWNS: &[(&str, &str)] = &[
    ("Port Ellery, OR", "97499"),
    ("Ashcombe, VT", "05099"),
    ("Little Wending, MN", "55799"),
    ("Brannock, ME", "04699"),
    ("Saltmarsh, RI", "02899"),
    ("Oxley Bridge, PA", "18999"),
    ("Fenwick Green, WI", "54199"),
    ("Marrow Hill, NC", "28799"),
];

/// Who buys: by name, with an e-mail address and somewhere to send the parcels.
#[derive(Debug, Clone)]
pub struct Person {
    pub email: String,
    pub address: Address,
}

impl Person {
    /// Somebody; the number keeps e-mail addresses apart.
    pub fn somebody(dice: &mut Dice, number: i64) -> Self {
        let mut one_of =
            |among: &'static [&'static str]| dice.pick(among).copied().unwrap_or_default();
        let (first, last, street) = (one_of(FIRST), one_of(LAST), one_of(STREETS));
        let (town, post) = dice.pick(TOWNS).copied().unwrap_or_default();
        Self {
            email: format!(
                "{}.{}{number}@post.example",
                first.to_lowercase(),
                last.to_lowercase()
            ),
            address: Address {
                name: format!("{first} {last}"),
                line1: format!("{} {street}", dice.within(1..120)),
                line2: if dice.chance(20) {
                    format!("Apartment {}", dice.within(1..9))
                } else {
                    String::new()
                },
                city: town.to_owned(),
                postcode: post.to_owned(),
                country: "United States".to_owned(),
            },
        }
    }

    /// What this person typed to get an account.
    pub fn sign_up(&self) -> SignUpForm {
        SignUpForm {
            name: self.address.name.clone(),
            email: self.email.clone(),
            password: super::PASSWORD.to_owned(),
        }
    }
}
