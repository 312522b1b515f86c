//! What happened on each of the last days, as bars; the same figures are there in words.

use super::{MoneyText, TokensLook, TokensText, use_page};
use crate::prelude::*;
use model::{DayPoint, Money, Tokens};

const BAR: i64 = 8;
const GAP: i64 = 3;
const HEIGHT: i64 = 60;

/// What the figures are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayUnit {
    /// Minor units of money.
    Money,
    /// Hundredths of tokens.
    Tokens,
}

/// One small chart.
#[component]
pub fn DayChart(
    /// What is counted: "Sales by day".
    title: &'static str,
    /// A figure for each day, oldest first.
    points: Vec<DayPoint>,
    /// What the figures are.
    unit: DayUnit,
    /// Show the sum, where no other figure on the page does.
    #[prop(optional)]
    with_sum: bool,
    /// What tests find it by.
    test_id: &'static str,
) -> impl IntoView {
    let sum = points.iter().map(|point| point.value).sum::<i64>();
    let figure = with_sum.then(|| match unit {
        DayUnit::Money => view! { <div class="day-chart-sum"><MoneyText amount=Money(sum)/></div> },
        DayUnit::Tokens => {
            view! { <div class="day-chart-sum"><TokensText amount=Tokens(sum) look=TokensLook::Plain/></div> }
        }
    });
    let ends = points.first().zip(points.last()).map(|(first, last)| {
        view! {
            <p class="day-chart-ends" aria-hidden="true">
                <span>{first.day.show_date()}</span>
                <span>{last.day.show_date()} " UTC"</span>
            </p>
        }
    });
    view! {
        <section class="panel day-chart" data-testid=test_id>
            <h2>{title}</h2>
            {figure}
            {bars(&points)}
            {ends}
            <DayFigures points unit/>
        </section>
    }
}

fn bars(points: &[DayPoint]) -> impl IntoView + use<> {
    let top = points
        .iter()
        .map(|point| point.value)
        .max()
        .unwrap_or(0)
        .max(1);
    let width = i64::try_from(points.len())
        .unwrap_or(0)
        .saturating_mul(BAR + GAP)
        .max(1);
    let bars = (0..)
        .zip(points)
        .map(|(at, point)| {
            // A day without anything keeps a line, so that the days can be counted.
            let share = i128::from(point.value.max(0)) * i128::from(HEIGHT) / i128::from(top);
            let height = i64::try_from(share).unwrap_or(HEIGHT).max(1);
            let class = if point.value > 0 { "day-bar" } else { "day-bar day-bar-none" };
            view! { <rect class=class x=at * (BAR + GAP) y=HEIGHT - height width=BAR height=height rx="1"/> }
        })
        .collect_view();
    view! {
        <svg class="day-chart-bars" viewBox=format!("0 0 {width} {HEIGHT}") preserveAspectRatio="none" aria-hidden="true">
            {bars}
        </svg>
    }
}

/// The days on which something happened.
#[component]
fn DayFigures(points: Vec<DayPoint>, unit: DayUnit) -> impl IntoView {
    let (currency, token) = (use_page().currency(), use_page().token());
    let rows = points
        .iter()
        .rev()
        .filter(|point| point.value != 0)
        .map(|point| {
            let words = match unit {
                DayUnit::Money => Money(point.value).show(currency),
                DayUnit::Tokens => format!("{} {token}", Tokens(point.value).show()),
            };
            view! { <li><span>{point.day.show_date()}</span><span>{words}</span></li> }
        })
        .collect::<Vec<_>>();
    if rows.is_empty() {
        return view! { <p class="day-figures-none">"Nothing in these days yet."</p> };
    }
    view! {
        <details class="day-figures">
            <summary>"Day by day"</summary>
            <p class="note">"A day here begins at midnight UTC."</p>
            <ul>{rows}</ul>
        </details>
    }
}
