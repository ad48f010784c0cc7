//! What somebody types or pastes into a cell, as a figure of its indicator.

use crate::set::Indicator;
use crate::total::{MOST, Scaled, figure, scaled};
use base::{Refusal, number};

/// How people write that they have no figure.
const NOTHING: [&str; 6] = ["", "-", "–", "—", "…", "..."];

/// The figure of a cell; none where it says that there is none. Nothing is rounded: a figure with more digits than its
/// indicator has is refused, as is one below the lowest.
///
/// `1,234.5` is a thousand and a half where English is spoken and nothing in Vietnamese: it is refused, never guessed at.
pub fn entered(text: &str, of: &Indicator) -> Result<Option<Scaled>, Refusal> {
    let text = text.trim();
    if NOTHING.contains(&text) {
        return Ok(None);
    }
    let typed = number::read_vi(text)?;
    if let Some(lowest) = of.lowest.filter(|lowest| typed < *lowest) {
        let say = match lowest.is_zero() {
            true => format!("“{}” không được âm.", of.name),
            false => format!("“{}” không được nhỏ hơn {}.", of.name, number::vi(&lowest)),
        };
        return Err(Refusal::new("figure.too-low", say));
    }
    if let Some(scaled) = scaled(typed, of.digits) {
        return Ok(Some(scaled));
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
