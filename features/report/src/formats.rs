//! What was told, in the forms that statistics are exchanged in: `sdmx` (ISO 17369, SDMX 2.1) and `adx` (IHE ADX). Out only.

pub mod adx;
pub mod sdmx;

use indicator::{Kind, Period};

/// The period in calendar words (ISO 8601): where it begins by the months that it is named by, and how long it is. Its figures are
/// closed on a day of its last month (NĐ 09/2019/NĐ-CP): that is said in the name of the set, not here.
fn interval(period: Period) -> String {
    let (year, nth) = (period.year(), period.nth());
    let (month, length) = match period.kind() {
        Kind::Month => (nth, "P1M"),
        Kind::Quarter => (nth * 3 - 2, "P3M"),
        Kind::HalfYear => (nth * 6 - 5, "P6M"),
        Kind::NineMonths => (1, "P9M"),
        Kind::Year => (1, "P1Y"),
    };
    format!("{year:04}-{month:02}-01/{length}")
}

#[cfg(test)]
mod tests;
