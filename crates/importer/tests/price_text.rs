//! Prices as people write them.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test's way to say that something is wrong"
)]

use importer::text::price::{Hints, currency_named, read, read_beside};
use url::Url;

fn hints(host: &str, language: &str) -> Hints {
    let url = Url::parse(&format!("https://{host}/p/1")).expect("an address");
    Hints::of(&url, Some(language).filter(|language| !language.is_empty()))
}

/// `expected` is `amount CODE`, `amount`, or empty for none.
fn check_on(host: &str, language: &str, text: &str, expected: &str) {
    let found = read(text, &hints(host, language)).map_or_else(String::new, |amount| {
        let code = amount.currency.unwrap_or_default();
        format!("{} {code}", amount.value).trim_end().to_owned()
    });
    assert_eq!(found, expected, "{text:?} on {host}");
}

fn check(text: &str, expected: &str) {
    check_on("shop.example.com", "", text, expected);
}

#[test]
fn separators_tell_thousands_from_cents() {
    check("1.299,00 €", "1299.00 EUR");
    check("1,299.00 €", "1299.00 EUR");
    check("CHF 2'049,95", "2049.95 CHF");
    check("CHF 2’049.–", "2049 CHF");
    check("1 299 zł", "1299 PLN");
    check("1\u{a0}299,50 zł", "1299.50 PLN");
    check("12\u{202f}345,60\u{a0}€", "12345.60 EUR");
    check("₹1,23,456.00", "123456.00 INR");
    check("₹ 1,00,000", "100000 INR");
    check("1.234.567 ₫", "1234567 VND");
    check("£1,234,567.89", "1234567.89 GBP");
    check("19.9 €", "19.9 EUR");
    check("€ 0.125", "0.125 EUR");
    check("$1234.5678", "1234.5678 USD");
    check("0,99 €", "0.99 EUR");
    check("€ .50", "0.50 EUR");
}

#[test]
fn the_currency_decides_what_three_digits_after_a_point_are() {
    check_on("tienda.cl", "es", "$24.990", "24990 CLP");
    check("12.500 KWD", "12.500 KWD");
    check("OMR 3.750", "3.750 OMR");
    check("1,250.500 BD", "1250.500 BHD");
    check("12.500 €", "12500 EUR");
    let machine = |text: &str, code: &str| {
        let hints = hints("example.com", "").currency(code).machine();
        read(text, &hints).map(|amount| amount.value.normalize().to_string())
    };
    assert_eq!(machine("12.500", "EUR").as_deref(), Some("12.5"));
    assert_eq!(machine("24.990", "CLP").as_deref(), Some("24990"));
    assert_eq!(machine("1299.000000", "USD").as_deref(), Some("1299"));
    assert_eq!(machine("48,00", "EUR").as_deref(), Some("48"));
}

#[test]
fn cents_may_stand_behind_the_sign() {
    check("35€ 99", "35.99 EUR");
    check("35€99", "35.99 EUR");
    check("1 035€99 TTC", "1035.99 EUR");
    check("35€ 20%", "35 EUR");
    check("10€ 20€", "10 EUR");
    check("12,- €", "12 EUR");
    check("12,-- Kč", "12 CZK");
    check("$119. 95", "119.95 USD");
}

#[test]
fn a_shared_sign_means_the_money_of_the_place() {
    check_on("shop.com.au", "en", "$45.00", "45.00 AUD");
    check_on("shop.ca", "en", "$45.00", "45.00 CAD");
    check_on("example.com", "en-NZ", "$45.00", "45.00 NZD");
    check_on("example.com", "", "$45.00", "45.00 USD");
    check_on("butik.dk", "da", "199 kr.", "199 DKK");
    check_on("butikk.no", "nb", "kr 199,-", "199 NOK");
    check_on("example.com", "sv", "199 kr", "199 SEK");
    check_on("store.jp", "ja", "¥3,500", "3500 JPY");
    check_on("store.cn", "zh", "¥35.00", "35.00 CNY");
    check_on("shop.lk", "en", "Rs. 2,400", "2400 LKR");
    check("US$ 12.99", "12.99 USD");
    check("R$ 1.299,90", "1299.90 BRL");
    check("NT$1,280", "1280 TWD");
    let canadian = hints("example.com", "en").currency("CAD");
    assert_eq!(
        read("$9", &canadian).and_then(|amount| amount.currency),
        Some("CAD".to_owned())
    );
}

#[test]
fn currencies_go_by_many_names() {
    check("249 TL", "249 TRY");
    check("5 900 Ft", "5900 HUF");
    check("99 lei", "99 RON");
    check("25,00 лв.", "25.00 BGN");
    check("1 990 ₽", "1990 RUB");
    check("1 990 р.", "1990 RUB");
    check("450 грн", "450 UAH");
    check("Rp 150.000", "150000 IDR");
    check("RM 59.90", "59.90 MYR");
    check("12,000원", "12000 KRW");
    check("฿1,290", "1290 THB");
    check("₪ 149.90", "149.90 ILS");
    check("R 1 299.00", "1299.00 ZAR");
    check("KSh 2,500", "2500 KES");
    check("S/ 89.90", "89.90 PEN");
    check("EUR20", "20 EUR");
    check("Rs1200", "1200 INR");
}

#[test]
fn digits_of_other_scripts_count() {
    check("١٢٣٫٥٠ ر.س", "123.50 SAR");
    check("۱۲۳٬۴۵۶ تومان", "123456 IRR");
    check("￥１２，８００", "12800 JPY");
    check("₹ १,२३४", "1234 INR");
}

#[test]
fn other_numbers_beside_the_price_are_not_it() {
    check("AED 8000 (USD 2179)", "8000 AED");
    check("4 × 12.50 €", "");
    check("49,90 € oder 4 x 12,48 €", "49.90 EUR");
    check("ou 12x de R$ 20,00", "");
    check("4 payments of $12.50", "");
    check("-20% 39,90 €", "39.90 EUR");
    check("Save $5.00 $25.00", "25.00 USD");
    check("-5,00 €", "");
    check("2,49 €/100 g 12,45 €", "12.45 EUR");
    check("12,45 € (2,49 € / 100 g)", "12.45 EUR");
    check("Was £20.00 Now £15.00", "15.00 GBP");
    check("UVP 99,00 € 79,00 €", "79.00 EUR");
    check("iPhone 15 128GB", "15");
    check("10 – 20 €", "10 EUR");
    check("$10.00 - $20.00", "10.00 USD");
    check("£10–£20", "10 GBP");
    check("A4 16GB", "");
    check("Free", "0");
    check("0,00 €", "0.00 EUR");
    check("Call for price", "");
    check("", "");
}

#[test]
fn text_beside_a_price_may_name_its_currency() {
    let plain = hints("example.com", "");
    let beside = |text: &str, beside: &str| {
        read_beside(text, beside, &plain).and_then(|amount| amount.currency)
    };
    assert_eq!(beside("39.95", "Price from £"), Some("GBP".to_owned()));
    assert_eq!(beside("39.95", "Add to cart"), None);
    assert_eq!(beside("€ 39.95", "USD"), Some("EUR".to_owned()));
    assert_eq!(currency_named("in zł", &plain), Some("PLN".to_owned()));
    assert_eq!(
        hints("laden.at", "de").usual_currency(),
        Some("EUR".to_owned())
    );
    assert_eq!(hints("example.com", "").usual_currency(), None);
}
