//! Pictures of numbers, drawn on the server as SVG. The table is the chart wherever that works: bars, heat and
//! ranks are real tables with a drawing in one column, so they print, reflow and read aloud.
//!
//! Floats are for places on the drawing only; every number that is read is text from the caller, made of decimals.

mod bars;
mod heat;
mod radar;
mod ranks;
mod spark;

pub use bars::{Bar, bars};
pub use heat::{Heat, HeatCell, heat};
pub use radar::{Series, radar};
pub use ranks::{Interval, ranks};
pub use spark::sparkline;

use base::Decimal;
use maud::{Markup, Render, html};

/// A chart with its title: what it shows, better still what one sees ("Tài chính công thấp nhất: 61 %").
pub fn figure(title: &str, source: &str, inside: impl Render) -> Markup {
    html! {
        figure.chart {
            figcaption { (title) }
            (inside)
            @if !source.is_empty() { p.source { (source) } }
        }
    }
}

/// A share of the whole as a place on an axis from 0 to 1; what lies outside is drawn at the end.
fn share(value: Decimal, of: Decimal) -> f64 {
    if of.is_zero() {
        return 0.0;
    }
    f64::try_from(value / of).unwrap_or(0.0).clamp(0.0, 1.0)
}

/// "71.3%", for an SVG attribute.
fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}
