//! Five years in the width of a word.

use base::Decimal;
use maud::{Markup, html};

/// A line through the values, the last one with a dot. `words` says the same: "2016: 81,2; 2017: 82,0".
/// A year without a value is left out of the line.
pub fn sparkline(values: &[Option<Decimal>], words: &str) -> Markup {
    let known: Vec<f64> = values.iter().flatten().map(|value| f64::try_from(*value).unwrap_or(0.0)).collect();
    let least = known.iter().copied().fold(f64::INFINITY, f64::min);
    let most = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let span = if most > least { most - least } else { 1.0 };
    #[allow(clippy::cast_precision_loss, reason = "a handful of years")]
    let step = 60.0 / (values.len().max(2) - 1) as f64;
    #[allow(clippy::cast_precision_loss, reason = "a handful of years")]
    let places: Vec<(f64, f64)> = values
        .iter()
        .enumerate()
        .filter_map(|(at, value)| {
            let value = f64::try_from((*value)?).ok()?;
            Some((4.0 + at as f64 * step, 16.0 - (value - least) / span * 12.0))
        })
        .collect();
    let line = places.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ");
    html! {
        svg.spark viewBox="0 0 68 20" role="img" aria-label=(words) {
            polyline points=(line) {}
            @if let Some((x, y)) = places.last() { circle cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="2.5" {} }
        }
    }
}
