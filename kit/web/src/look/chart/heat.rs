//! A heat map: a real table, five steps of one hue, the number always in the cell. Prints in grey.

use base::Decimal;
use maud::{Markup, html};

use super::{figure, share};

#[derive(Clone, Debug)]
pub struct HeatCell<'a> {
    /// A share of the table's `of`; none where it does not apply or is not known.
    pub value: Option<Decimal>,
    /// As it is read: "98", or why there is none.
    pub text: String,
    pub href: Option<&'a str>,
}

#[derive(Clone, Debug)]
pub struct Heat<'a> {
    /// Short names of the columns, with the long ones for the tooltip.
    pub columns: Vec<(&'a str, &'a str)>,
    /// Name and cells of each row.
    pub rows: Vec<(&'a str, Vec<HeatCell<'a>>)>,
    /// The value of the darkest step: 100 for percent.
    pub of: Decimal,
    /// What stands in the corner: "Tiêu chí".
    pub corner: &'a str,
}

/// The upper ends of the first four steps, as shares. Most departments lie above 70 %, so the steps are finer there.
const STEPS: [f64; 4] = [0.5, 0.7, 0.8, 0.9];

pub fn heat(title: &str, source: &str, map: &Heat) -> Markup {
    figure(
        title,
        source,
        html! {
            div.scroll tabindex="0" role="region" aria-label=(title) {
                table.heat {
                    thead { tr {
                        th scope="col" { (map.corner) }
                        @for (short, long) in &map.columns { th scope="col" title=(long) { (short) } }
                    } }
                    tbody {
                        @for (name, cells) in &map.rows {
                            tr { th scope="row" { (name) } @for cell in cells { (heat_cell(cell, map.of)) } }
                        }
                    }
                }
            }
            ul.heat-key aria-label="Thang màu" {
                li.h1 { "dưới 50 %" } li.h2 { "50–70 %" } li.h3 { "70–80 %" } li.h4 { "80–90 %" } li.h5 { "từ 90 %" }
            }
        },
    )
}

fn heat_cell(cell: &HeatCell, of: Decimal) -> Markup {
    let class = cell.value.map_or("h0".to_owned(), |value| format!("h{}", step(value, of)));
    html! {
        td class=(class) { @match cell.href { Some(href) => a href=(href) { (cell.text) }, None => (cell.text) } }
    }
}

/// 1 to 5.
fn step(value: Decimal, of: Decimal) -> usize {
    let share = share(value, of);
    1 + STEPS.iter().filter(|end| share >= **end).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_begins_at_its_lower_end() {
        let of = Decimal::from(100);
        let steps: Vec<usize> =
            [0, 49, 50, 70, 80, 89, 90, 100, 120].map(|value| step(Decimal::from(value), of)).into();
        assert_eq!(steps, [1, 1, 2, 3, 4, 4, 5, 5, 5]);
    }
}
