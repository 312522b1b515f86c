//! Small charts drawn by the server: plain SVG, no script, and the figures in words for screen readers.

use crate::prelude::*;

const WIDTH: i64 = 240;
const HEIGHT: i64 = 64;

/// A line over time.
#[component]
pub fn Sparkline(
    /// The values, oldest first, in any one unit.
    values: Vec<i64>,
    /// What it shows, in words.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let points = points(&values);
    let line = points
        .iter()
        .map(|(x, y)| format!("{x},{y}"))
        .collect::<Vec<_>>()
        .join(" ");
    let area = format!("0,{HEIGHT} {line} {WIDTH},{HEIGHT}");
    view! {
        <svg class="sparkline" viewBox=format!("0 -4 {WIDTH} {}", HEIGHT + 8) role="img" aria-label=label preserveAspectRatio="none">
            <polygon class="sparkline-area" points=area/>
            <polyline class="sparkline-line" points=line vector-effect="non-scaling-stroke"/>
        </svg>
    }
}

/// Bars side by side, each with a name and its figure in words.
#[component]
pub fn Bars(
    /// Each bar's name, value and the value in words, in order.
    bars: Vec<(String, i64, String)>,
    /// What it shows, in words.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let top = bars
        .iter()
        .map(|(_, value, _)| *value)
        .max()
        .unwrap_or(0)
        .max(1);
    let columns = bars
        .into_iter()
        .map(|(name, value, words)| {
            let height = value.max(0).saturating_mul(100) / top;
            view! {
                <li>
                    <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true">
                        <rect class="bar-track" x="0" y="0" width="10" height="100" rx="1.5"/>
                        <rect class="bar-fill" x="0" y=100 - height width="10" height=height rx="1.5"/>
                    </svg>
                    <span class="bar-name">{name}</span>
                    <span class="sr-only">": " {words.clone()}</span>
                    <span class="bar-words" aria-hidden="true">{words}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="bars" aria-label=label>{columns}</ul> }
}

/// Where each value lies in the box; the lowest drawn is zero or less.
fn points(values: &[i64]) -> Vec<(i64, i64)> {
    let top = values.iter().copied().max().unwrap_or(0).max(1);
    let bottom = values.iter().copied().min().unwrap_or(0).min(0);
    let span = top.saturating_sub(bottom).max(1);
    let steps = i64::try_from(values.len())
        .unwrap_or(1)
        .saturating_sub(1)
        .max(1);
    (0..)
        .zip(values)
        .map(|(i, value)| {
            let up =
                i128::from(value.saturating_sub(bottom)) * i128::from(HEIGHT) / i128::from(span);
            (WIDTH * i / steps, HEIGHT - i64::try_from(up).unwrap_or(0))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::points;

    #[test]
    fn a_line_fills_its_box() {
        assert_eq!(points(&[0, 50, 100]), [(0, 64), (120, 32), (240, 0)]);
        assert_eq!(points(&[7]), [(0, 0)]);
        assert_eq!(points(&[]), []);
    }
}
