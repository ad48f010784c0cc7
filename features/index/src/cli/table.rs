//! The ranking as a table of plain text.

use base::number::{vi, vi_fixed};
use score::{CriteriaSet, UnitScore};

const HEAD: [&str; 6] = ["Hạng", "Đơn vị", "Điểm", "Tối đa", "Chỉ số %", "Xếp loại"];
/// Words to the left, numbers to the right.
const LEFT: [bool; 6] = [false, true, false, false, false, true];

/// One table for each kind of unit, best first, units without a rank at the end; then what is not known.
pub(super) fn ranking(set: &CriteriaSet, scores: &[UnitScore]) -> String {
    let mut kinds: Vec<&str> = Vec::new();
    for unit in scores {
        if !kinds.contains(&unit.kind.as_str()) {
            kinds.push(&unit.kind);
        }
    }
    let mut out = set.name.clone();
    for kind in &kinds {
        let mut units: Vec<&UnitScore> = scores.iter().filter(|unit| unit.kind == *kind).collect();
        units.sort_by_key(|unit| unit.rank.unwrap_or(u32::MAX));
        if kinds.len() > 1 {
            out.push_str(&format!("\n\nLoại đơn vị: {kind}"));
        }
        let rows: Vec<[String; 6]> = units.iter().map(|unit| row(set, unit)).collect();
        out.push_str(&format!("\n\n{}", layout(&rows)));
    }
    for unit in scores.iter().filter(|unit| !unit.unknown.is_empty()) {
        out.push_str(&format!("\nChưa rõ điểm của {}: {}.", unit.name, unit.unknown.join(", ")));
    }
    out
}

fn row(set: &CriteriaSet, unit: &UnitScore) -> [String; 6] {
    let digits = set.rounding.total;
    let number =
        |number: Option<base::Decimal>| number.map_or_else(|| "–".to_owned(), |number| vi_fixed(&number, digits));
    [
        unit.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string()),
        unit.name.clone(),
        number(unit.total),
        vi(&unit.applicable_max.round(4)),
        number(unit.index),
        unit.rating.clone().unwrap_or_else(|| "–".to_owned()),
    ]
}

fn layout(rows: &[[String; 6]]) -> String {
    let head = HEAD.map(str::to_owned);
    let width = |text: &str| base::text::nfc(text).chars().count();
    let widths: [usize; 6] = std::array::from_fn(|column| {
        std::iter::once(&head).chain(rows).map(|row| width(&row[column])).max().unwrap_or(0)
    });
    let mut out = String::new();
    for row in std::iter::once(&head).chain(rows) {
        for (column, text) in row.iter().enumerate() {
            let space = " ".repeat(widths[column] - width(text));
            let gap = if column == 0 { "" } else { "  " };
            out.push_str(&if LEFT[column] { format!("{gap}{text}{space}") } else { format!("{gap}{space}{text}") });
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
    out
}
