//! A radar of a few axes, at most two series: more cannot be told apart. A radar distorts areas, so the numbers
//! stand under it, and [`super::bars`] is the better picture to compare.

use std::f64::consts::PI;

use base::Decimal;
use maud::{Markup, html};

use super::{figure, share};

/// One closed line. `values` are shares of `of`, in the order of the axes.
#[derive(Clone, Debug)]
pub struct Series<'a> {
    pub name: &'a str,
    pub values: Vec<Decimal>,
    /// The same, as they are read.
    pub texts: Vec<String>,
}

const CENTRE: (f64, f64) = (210.0, 160.0);
const RADIUS: f64 = 110.0;

/// `axes` are short names; `of` is the value at the rim (100 for percent).
pub fn radar(title: &str, source: &str, axes: &[&str], of: Decimal, first: &Series, second: Option<&Series>) -> Markup {
    figure(
        title,
        source,
        html! {
            div.radar-both { svg.radar viewBox="0 0 420 320" aria-hidden="true" {
                @for ring in 1..=4 { polygon.web points=(ring_points(axes.len(), f64::from(ring) / 4.0)) {} }
                @for (at, axis) in axes.iter().enumerate() {
                    @let rim = place(at, axes.len(), 1.0);
                    line.web x1=(num(CENTRE.0)) y1=(num(CENTRE.1)) x2=(num(rim.0)) y2=(num(rim.1)) {}
                    (axis_name(at, axes.len(), axis))
                }
                @if let Some(second) = second { polygon.other points=(outline(second, of)) {} }
                polygon.own points=(outline(first, of)) {}
            }
            (numbers(axes, first, second)) }
        },
    )
}

fn numbers(axes: &[&str], first: &Series, second: Option<&Series>) -> Markup {
    let text = |series: &Series, at: usize| series.texts.get(at).cloned().unwrap_or_default();
    html! {
        table.radar-numbers {
            thead { tr {
                td {}
                th.n.key-own scope="col" { (first.name) }
                @if let Some(second) = second { th.n.key-other scope="col" { (second.name) } }
            } }
            tbody {
                @for (at, axis) in axes.iter().enumerate() {
                    tr {
                        th scope="row" { (axis) }
                        td.n { (text(first, at)) }
                        @if let Some(second) = second { td.n { (text(second, at)) } }
                    }
                }
            }
        }
    }
}

fn axis_name(at: usize, of: usize, name: &str) -> Markup {
    let (x, y) = place(at, of, 1.12);
    let anchor = if (x - CENTRE.0).abs() < 12.0 {
        "middle"
    } else if x > CENTRE.0 {
        "start"
    } else {
        "end"
    };
    html! { text x=(num(x)) y=(num(y + 4.0)) text-anchor=(anchor) { (name) } }
}

/// From the top, clockwise.
fn place(at: usize, of: usize, reach: f64) -> (f64, f64) {
    #[allow(clippy::cast_precision_loss, reason = "a handful of axes")]
    let turn = 2.0 * PI * at as f64 / of as f64 - PI / 2.0;
    (CENTRE.0 + RADIUS * reach * turn.cos(), CENTRE.1 + RADIUS * reach * turn.sin())
}

fn ring_points(axes: usize, reach: f64) -> String {
    join((0..axes).map(|at| place(at, axes, reach)))
}

fn outline(series: &Series, of: Decimal) -> String {
    let axes = series.values.len();
    join(series.values.iter().enumerate().map(|(at, value)| place(at, axes, share(*value, of))))
}

fn join(points: impl Iterator<Item = (f64, f64)>) -> String {
    points.map(|(x, y)| format!("{},{}", num(x), num(y))).collect::<Vec<_>>().join(" ")
}

fn num(place: f64) -> String {
    format!("{place:.1}")
}
