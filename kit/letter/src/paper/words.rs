//! Words and signs of the sheet: pure text.

use base::Date;
use unicode_normalization::UnicodeNormalization;

use crate::Number;

/// Text as it may stand on paper: composed letters (NFC, as TCVN 6909 has them), one kind of line break, and
/// nothing invisible. Marks that turn the reading order round are dropped too: in a signed paper they could
/// make a name or a sum read as another.
pub fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .nfc()
        .filter_map(|c| match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' => Some('\n'),
            '\t' => Some(' '),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => None,
            '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}' => None,
            c if c.is_control() || (c as u32) & 0xfffe == 0xfffe => None,
            c => Some(c),
        })
        .collect()
}

pub fn capitals(text: &str) -> String {
    clean(text).trim().to_uppercase()
}

/// The lines of a text, without empty ones.
pub fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The same text with this sign at its end instead of any other.
pub fn closed(text: &str, sign: &str) -> String {
    format!("{}{sign}", text.trim_end().trim_end_matches(['.', ';', ',', ' ']))
}

/// "./." at the end of the whole text, once.
pub fn ended(text: &str) -> String {
    if text.trim_end().ends_with("./.") { text.to_owned() } else { closed(text, "./.") }
}

/// Lines of a list: ";" after each, "." after the last (II.2 căn cứ, II.9 nơi nhận). A dash that the writer
/// put is taken away, the layout puts it.
pub fn listed(texts: &[String]) -> Vec<String> {
    let texts: Vec<String> = texts
        .iter()
        .map(|text| clean(text).split_whitespace().collect::<Vec<_>>().join(" "))
        .map(|text| text.trim_start_matches(['-', '–', ' ']).to_owned())
        .filter(|text| !text.is_empty())
        .collect();
    let last = texts.len();
    texts.iter().zip(1..).map(|(text, place)| closed(text, if place == last { "." } else { ";" })).collect()
}

/// A line of a list in the text, with its dash.
pub fn item(text: &str) -> String {
    let text = clean(text);
    let text = text.trim();
    if text.starts_with(['-', '–', '+']) { text.to_owned() } else { format!("- {text}") }
}

/// II.3, ô 3: "Số: 07/QĐ-SCT". Under 10 a zero is put before; no spaces round "/" and "-". A draft has room
/// for the number to be written in.
pub fn number(number: &Number, symbol: &str) -> String {
    let number = match number {
        Number::Blank => "\u{a0}".repeat(8),
        Number::Count(count) => format!("{count:02}"),
        Number::Text(text) => clean(text).trim().to_owned(),
        Number::None => return String::new(),
    };
    let symbol: String = clean(symbol).chars().filter(|c| !c.is_whitespace()).collect();
    if symbol.is_empty() { format!("Số: {number}") } else { format!("Số: {number}/{symbol}") }
}

/// II.4, ô 4: "Quảng Trị, ngày 05 tháng 02 năm 2020": a zero before days under 10 and months 1 and 2 only.
pub fn place_and_day(place: &str, date: Option<Date>) -> Option<String> {
    let place = clean(place).trim().to_owned();
    if place.is_empty() {
        return None;
    }
    let blank = "\u{a0}".repeat(6);
    Some(match date {
        None => format!("{place}, ngày{blank}tháng{blank}năm{blank}"),
        Some(date) => format!("{place}, {}", base::day::vi_long(date)),
    })
}

/// II.5.c, ô 5b: the title of a công văn after "V/v".
pub fn about(title: &str) -> String {
    let title = clean(title);
    let title = title.trim();
    for opening in ["V/v", "Về việc", "về việc"] {
        if let Some(rest) = title.strip_prefix(opening) {
            return format!("V/v {}", rest.trim_start());
        }
    }
    format!("V/v {title}")
}

/// "(Kèm theo …)", with one pair of brackets.
pub fn bracketed(text: &str) -> String {
    let text = clean(text);
    let text = text.trim();
    match text {
        "" => String::new(),
        text if text.starts_with('(') => text.to_owned(),
        text => format!("({text})"),
    }
}

/// III.1.a: I, II, III, IV…
pub fn roman(mut number: u32) -> String {
    const FIGURES: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut figures = String::new();
    for (value, figure) in FIGURES {
        while number >= value {
            figures.push_str(figure);
            number -= value;
        }
    }
    figures
}

#[cfg(test)]
mod tests;
