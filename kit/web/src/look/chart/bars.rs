//! Horizontal bars: one line a field or a criterion.

use base::Decimal;
use maud::{Markup, html};

use super::{figure, percent, share};

#[derive(Clone, Debug)]
pub struct Bar<'a> {
    pub label: &'a str,
    pub href: Option<&'a str>,
    pub value: Decimal,
    pub max: Decimal,
    /// As it is read: "14,50/20,00".
    pub text: String,
    /// A second value drawn as a mark: last year, or the median. With its words.
    pub mark: Option<(Decimal, String)>,
}

/// `columns` names the label, the value and the mark: `["Lĩnh vực", "Điểm", "Trung vị"]`.
pub fn bars(title: &str, source: &str, columns: [&str; 3], lines: &[Bar]) -> Markup {
    let marked = lines.iter().any(|line| line.mark.is_some());
    figure(
        title,
        source,
        html! {
            table.bars {
                thead { tr {
                    th scope="col" { (columns[0]) }
                    td aria-hidden="true" {}
                    th.n scope="col" { (columns[1]) }
                    @if marked { th.n scope="col" { (columns[2]) } }
                } }
                tbody {
                    @for line in lines {
                        tr {
                            th scope="row" { @match line.href { Some(href) => a href=(href) { (line.label) }, None => (line.label) } }
                            td.bars-draw { (draw(line)) }
                            td.n { (line.text) }
                            @if marked { td.n.quiet { @if let Some((_, text)) = &line.mark { (text) } } }
                        }
                    }
                }
            }
        },
    )
}

fn draw(line: &Bar) -> Markup {
    html! {
        svg.bar-svg width="100%" height="14" aria-hidden="true" {
            rect.rail width="100%" height="14" rx="2" {}
            rect.fill width=(percent(share(line.value, line.max))) height="14" rx="2" {}
            @if let Some((mark, _)) = &line.mark {
                @let at = percent(share(*mark, line.max));
                line.goal x1=(at) x2=(at) y1="0" y2="14" {}
            }
        }
    }
}
