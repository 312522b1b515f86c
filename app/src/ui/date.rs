//! Moments. The server does not know where its reader is: it says them in UTC and says so. As soon as the page lives
//! they are told by the reader's own clock; the moment in UTC stays there to be looked up.

use super::page_state::use_page;
use crate::prelude::*;
use model::Timestamp;

/// A day: `22 Nov 2026 UTC`, then the reader's own `23 Nov 2026`.
#[component]
pub fn DateText(
    /// The moment.
    at: Timestamp,
) -> impl IntoView {
    moment(at, format!("{} UTC", at.show_date()), |reader| reader.day)
}

/// A day and minute: `22 Nov 2026, 16:05 UTC`, then the reader's own `23 Nov 2026, 05:05`.
#[component]
pub fn TimeText(
    /// The moment.
    at: Timestamp,
) -> impl IntoView {
    moment(at, at.show(), |reader| {
        format!("{}, {}", reader.day, reader.minute)
    })
}

fn moment(at: Timestamp, by_utc: String, by_reader: fn(Reader) -> String) -> AnyView {
    let alive = use_page().is_alive();
    let words = move || {
        if alive.get() {
            by_reader(reader(at))
        } else {
            by_utc.clone()
        }
    };
    view! { <time datetime=at.iso() title=at.show()>{words}</time> }
}

/// What a clock beside the reader shows.
struct Reader {
    day: String,
    minute: String,
}

/// Only in the browser.
fn reader(at: Timestamp) -> Reader {
    let clock = js_sys::Date::new(&at.iso().into());
    Reader {
        day: model::show_day(
            i64::from(clock.get_full_year()),
            i64::from(clock.get_month()) + 1,
            i64::from(clock.get_date()),
        ),
        minute: format!("{:02}:{:02}", clock.get_hours(), clock.get_minutes()),
    }
}
