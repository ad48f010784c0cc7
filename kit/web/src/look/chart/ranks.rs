//! Ranks with what they may become: a line from the best to the worst rank, a dot at the present one.

use maud::{Markup, html};

use super::figure;

#[derive(Clone, Debug)]
pub struct Interval<'a> {
    pub name: &'a str,
    pub href: Option<&'a str>,
    pub rank: u32,
    /// The ranks that 95 of 100 draws fall between.
    pub best: u32,
    pub worst: u32,
    /// The points, as they are read.
    pub points: String,
}

/// In the order given; `of` is the number of units ranked.
pub fn ranks(title: &str, source: &str, of: u32, lines: &[Interval]) -> Markup {
    figure(
        title,
        source,
        html! {
            div.scroll tabindex="0" role="region" aria-label=(title) { table.ranks {
                thead { tr {
                    th.n scope="col" { "Hạng" }
                    th scope="col" { "Đơn vị" }
                    td aria-hidden="true" { (axis(of)) }
                    th.n scope="col" { "Khoảng hạng" }
                    th.n scope="col" { "Điểm" }
                } }
                tbody {
                    @for line in lines {
                        tr {
                            td.n { (line.rank) }
                            th scope="row" { @match line.href { Some(href) => a href=(href) { (line.name) }, None => (line.name) } }
                            td.bars-draw { (draw(line, of)) }
                            td.n { @if line.best == line.worst { (line.best) } @else { (line.best) "–" (line.worst) } }
                            td.n { (line.points) }
                        }
                    }
                }
            } }
        },
    )
}

fn axis(of: u32) -> Markup {
    let quarter = of.div_ceil(4).max(1);
    html! {
        svg.bar-svg width="100%" height="16" {
            @for rank in (1..=of).filter(|rank| *rank == 1 || *rank == of || (rank % quarter == 0 && rank + quarter / 2 < of)) {
                @let anchor = if rank == 1 { "start" } else if rank == of { "end" } else { "middle" };
                text x=(at(rank, of)) y="12" text-anchor=(anchor) { (rank) }
            }
        }
    }
}

fn draw(line: &Interval, of: u32) -> Markup {
    html! {
        svg.bar-svg width="100%" height="16" aria-hidden="true" {
            line.web x1="0" x2="100%" y1="8" y2="8" {}
            line.reach x1=(at(line.best, of)) x2=(at(line.worst, of)) y1="8" y2="8" {}
            circle.dot cx=(at(line.rank, of)) cy="8" r="4.5" {}
        }
    }
}

/// Rank 1 at the left, with room for the dot at both ends.
fn at(rank: u32, of: u32) -> String {
    let share = f64::from(rank.saturating_sub(1)) / f64::from(of.saturating_sub(1).max(1));
    format!("{:.1}%", 2.0 + share * 96.0)
}
