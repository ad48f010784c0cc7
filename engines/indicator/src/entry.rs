//! What somebody types or pastes into a cell, as a figure of its indicator.

use crate::set::Indicator;
use crate::total::{MOST, Scaled, figure, scaled};
use base::{Decimal, Refusal, number};

/// How people write that they have no figure.
const NOTHING: [&str; 6] = ["", "-", "–", "—", "…", "..."];

/// Whether a cell says that there is no figure.
pub fn is_nothing(text: &str) -> bool {
    NOTHING.contains(&text.trim())
}

/// The figure of a cell; none where it says that there is none.
///
/// `1,234.5` is a thousand and a half where English is spoken and nothing in Vietnamese: it is refused, never guessed at.
pub fn entered(text: &str, of: &Indicator) -> Result<Option<Scaled>, Refusal> {
    if is_nothing(text) { Ok(None) } else { taken(number::read_vi(text.trim())?, of).map(Some) }
}

/// A number as a figure of its indicator. Nothing is rounded: one with more digits than its indicator has is refused, as is one
/// below the lowest.
pub fn taken(typed: Decimal, of: &Indicator) -> Result<Scaled, Refusal> {
    if let Some(lowest) = of.lowest.filter(|lowest| typed < *lowest) {
        let say = match lowest.is_zero() {
            true => format!("“{}” không được âm.", of.name),
            false => format!("“{}” không được nhỏ hơn {}.", of.name, number::vi(&lowest)),
        };
        return Err(Refusal::new("figure.too-low", say));
    }
    if let Some(scaled) = scaled(typed, of.digits) {
        return Ok(scaled);
    }
    Err(if typed.normalize().scale() > of.digits {
        let say = match of.digits {
            0 => format!("“{}” tính bằng {}: chỉ nhận số nguyên.", of.name, of.unit),
            digits => format!("“{}” có nhiều nhất {digits} chữ số thập phân.", of.name),
        };
        Refusal::new("figure.too-many-digits", say)
    } else {
        let most = figure(i128::from(MOST), of.digits).unwrap_or_default();
        Refusal::new("figure.too-large", format!("Số lớn nhất ghi được là {}.", number::vi(&most)))
    })
}
