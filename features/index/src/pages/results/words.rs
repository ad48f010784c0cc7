//! Small pieces that pages of results share: changes in words, figures, years.

use crate::board::{Entry, Past};
use base::Decimal;
use base::number::{signed, vi, vi_fixed};
use maud::{Markup, html};
use web::look::Icon;
use web::look::chart;

/// "▲ tăng 3 hạng": the sign never speaks alone.
pub fn climbed(ranks: Option<i64>) -> Markup {
    html! {
        @match ranks {
            None => span.quiet { "–" },
            Some(0) => span.quiet { "giữ nguyên" },
            Some(ranks) if ranks > 0 => span { (Icon::Up) " tăng\u{a0}" (ranks) },
            Some(ranks) => span { (Icon::Down) " giảm\u{a0}" (-ranks) },
        }
    }
}

/// "+0,60".
pub fn moved(points: Option<Decimal>) -> Markup {
    html! { @match points { Some(points) => (signed(&points, 2)), None => span.quiet { "–" } } }
}

/// Two digits, or a dash.
pub fn fixed(value: Option<Decimal>) -> String {
    value.map_or("–".to_owned(), |value| vi_fixed(&value, 2))
}

/// As it is, or a dash.
pub fn plain(value: Option<Decimal>) -> String {
    value.map_or("–".to_owned(), |value| vi(&value.normalize()))
}

/// "71,5 %", or a dash.
pub fn percent(value: Option<Decimal>) -> String {
    value.map_or("–".to_owned(), |value| base::number::percent(&value, 1))
}

/// "84,60 %", or a dash.
pub fn percent_two(value: Option<Decimal>) -> String {
    value.map_or("–".to_owned(), |value| base::number::percent(&value, 2))
}

/// At most five years of indices as a line.
pub fn spark(entry: &Entry, year: i64) -> Markup {
    if entry.past.is_empty() {
        return html! { span.quiet { "–" } };
    }
    let mut years: Vec<(i64, Option<Decimal>)> = entry.past.iter().map(|past: &Past| (past.year, past.index)).collect();
    if entry.unknown == 0 {
        years.push((year, entry.outcome.score));
    }
    let values: Vec<Option<Decimal>> = years.iter().map(|(_, value)| *value).collect();
    let said: Vec<String> = years.iter().map(|(year, value)| format!("{year}: {}", fixed(*value))).collect();
    chart::sparkline(&values, &said.join("; "))
}
