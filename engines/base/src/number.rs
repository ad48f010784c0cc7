//! Numbers as people in Việt Nam write them: "1.234,5"; and as files do: "1234.5".
//!
//! The two are told apart by where a number comes from, never by guessing: on a page a comma starts the
//! decimals, in a file a dot does. Written numbers have the minus sign U+2212 (−), read ones any minus.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::Refusal;

const MINUS: char = '−';
const NO_BREAK_SPACE: char = '\u{a0}';

/// The number with all the digits it has: `1234.50` → "1.234,50".
pub fn vi(number: &Decimal) -> String {
    let mut text = magnitude(number);
    if number.is_sign_negative() && !number.is_zero() {
        text.insert(0, MINUS);
    }
    text
}

/// Rounded to `digits` decimals, half away from zero, and padded: `1234.5` → "1.234,50".
pub fn vi_fixed(number: &Decimal, digits: u32) -> String {
    vi(&fixed(number, digits))
}

/// A difference, always with its sign: "+0,60", "−0,75", and "0,00" for none.
pub fn signed(number: &Decimal, digits: u32) -> String {
    let number = fixed(number, digits);
    let plus = if number.is_sign_positive() && !number.is_zero() { "+" } else { "" };
    format!("{plus}{}", vi(&number))
}

/// A number that is a percentage already (98.59, not 0.9859): "98,59 %", the space not breaking.
pub fn percent(number: &Decimal, digits: u32) -> String {
    format!("{}{NO_BREAK_SPACE}%", vi_fixed(number, digits))
}

/// Half away from zero is the rounding of every figure in the house: 1.005 → 1.01, −0.125 → −0.13.
fn fixed(number: &Decimal, digits: u32) -> Decimal {
    let mut number = number.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
    number.rescale(digits);
    number
}

fn magnitude(number: &Decimal) -> String {
    let plain = number.abs().to_string();
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::with_capacity(plain.len() + whole.len() / 3);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    if !decimals.is_empty() {
        text.push(',');
        text.push_str(decimals);
    }
    text
}

/// Reads a number typed on a page: "1234,5", "1.234,5", "1 234,5", "−0,75".
///
/// A comma starts the decimals. Dots and spaces part thousands, and only where they do so truly: one to
/// three digits not led by 0, then groups of exactly three. Any other dot is refused and not guessed
/// at: "12.5" may be twelve and a half or a slip, "0.125" is certainly not one hundred and twenty-five.
pub fn read_vi(text: &str) -> Result<Decimal, Refusal> {
    let (negative, body) = sign(text.trim());
    if body.is_empty() {
        return Err(empty(text));
    }
    let (whole, decimals) = match body.split_once(',') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (body, None),
    };
    if decimals.is_some_and(|decimals| decimals.contains('.')) {
        return Err(stray_dot());
    }
    if decimals.is_some_and(|decimals| !all_digits(decimals)) {
        return Err(unreadable(text));
    }
    let whole = if whole.is_empty() && decimals.is_some() {
        "0".into()
    } else {
        join_thousands(whole).map_err(|bad| bad.refusal(text))?
    };
    exact(negative, &whole, decimals.unwrap_or_default())
}

/// Reads a count typed on a page: a whole number, not negative, thousands parted as in [`read_vi`].
pub fn read_count(text: &str) -> Result<u64, Refusal> {
    let number = read_vi(text)?;
    if number.is_sign_negative() && !number.is_zero() {
        return Err(Refusal::new("number.negative", "Số này không được âm."));
    }
    if !number.fract().is_zero() {
        return Err(Refusal::new("number.not-whole", "Cần một số nguyên, không có phần thập phân."));
    }
    u64::try_from(number).map_err(|_| too_long())
}

/// Reads a number in a file of ours: "1234.5"; a dot for the decimals, no thousands, no spaces, no exponent.
pub fn read_file(text: &str) -> Result<Decimal, Refusal> {
    if text.is_empty() {
        return Err(empty(text));
    }
    let (negative, body) = match text.strip_prefix('-') {
        Some(body) => (true, body),
        None => (false, text),
    };
    let (whole, decimals) = match body.split_once('.') {
        Some((whole, decimals)) if all_digits(decimals) => (whole, decimals),
        Some(_) => ("", ""),
        None => (body, ""),
    };
    if !all_digits(whole) {
        let say = format!(
            "“{text}” không phải là số. Trong tệp, phần thập phân dùng dấu chấm và không ngăn cách hàng nghìn, ví dụ 1234.5."
        );
        return Err(Refusal::new("number.unreadable", say));
    }
    exact(negative, whole, decimals)
}

fn sign(text: &str) -> (bool, &str) {
    for minus in ['-', MINUS, '–'] {
        if let Some(body) = text.strip_prefix(minus) {
            return (true, body.trim_start());
        }
    }
    (false, text.strip_prefix('+').unwrap_or(text).trim_start())
}

enum Bad {
    Dot,
    Text,
}

impl Bad {
    fn refusal(self, text: &str) -> Refusal {
        match self {
            Bad::Dot => stray_dot(),
            Bad::Text => unreadable(text),
        }
    }
}

/// "1.234.567" and "1 234 567" → "1234567".
fn join_thousands(whole: &str) -> Result<String, Bad> {
    let is_space = |c: char| c.is_whitespace() || c == '\u{202f}';
    if !whole.chars().all(|c| c.is_ascii_digit() || c == '.' || is_space(c)) {
        return Err(Bad::Text);
    }
    let bad = if whole.contains('.') { || Bad::Dot } else { || Bad::Text };
    let groups: Vec<&str> = whole.split(|c: char| c == '.' || is_space(c)).collect();
    let first = groups[0];
    if groups.len() == 1 {
        return if first.is_empty() { Err(Bad::Text) } else { Ok(first.into()) };
    }
    let parted =
        (1..=3).contains(&first.len()) && !first.starts_with('0') && groups[1..].iter().all(|group| group.len() == 3);
    if parted { Ok(groups.concat()) } else { Err(bad()) }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A decimal that is exactly what was written, or a refusal: never a silently rounded one.
fn exact(negative: bool, whole: &str, decimals: &str) -> Result<Decimal, Refusal> {
    let point = if decimals.is_empty() { "" } else { "." };
    let mut number = Decimal::from_str_exact(&format!("{whole}{point}{decimals}")).map_err(|_| too_long())?;
    number.set_sign_negative(negative && !number.is_zero());
    Ok(number)
}

fn empty(_: &str) -> Refusal {
    Refusal::new("number.empty", "Chưa nhập số.")
}

fn unreadable(text: &str) -> Refusal {
    Refusal::new("number.unreadable", format!("“{}” không phải là số. Ví dụ cách viết đúng: 1.234,5.", text.trim()))
}

fn stray_dot() -> Refusal {
    Refusal::new("number.dot", "Dùng dấu phẩy cho phần thập phân, ví dụ 12,5.")
}

fn too_long() -> Refusal {
    Refusal::new("number.too-long", "Số có quá nhiều chữ số.")
}

#[cfg(test)]
mod tests;
