//! Vietnamese text: folded for search, ordered for lists.
//!
//! One letter can be written in several ways: composed or decomposed, with the tone on either vowel of
//! a pair (hòa, hoà), in either case, or without any mark on a foreign keyboard. Search must not see
//! the difference; a sorted list must see only what the alphabet sees.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text in its composed form (NFC), as everything is stored.
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// The text as search sees it: lower case, no marks, đ as d, one space between words and none around.
///
/// `fold("Hoà  Bình") == fold("hòa bình") == "hoa binh"`. SQLite's own folding keeps đ, so what is
/// searched in a database is folded here before it is stored.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase).nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'đ' => folded.push('d'),
            c if c.is_whitespace() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.push(c),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Whether a folded text answers a folded search.
///
/// It does when each word of the search occurs somewhere in it, in any order, or when the search is one
/// word made of initials: "svhtt" finds "so van hoa, the thao va du lich", and so does "svhttdl", since
/// people leave out "và". An empty search matches everything.
pub fn matches(hay_folded: &str, needle_folded: &str) -> bool {
    needle_folded.split_whitespace().all(|word| hay_folded.contains(word)) || are_initials(hay_folded, needle_folded)
}

fn are_initials(hay: &str, needle: &str) -> bool {
    if needle.chars().count() < 2 || needle.contains(' ') {
        return false;
    }
    let words = || hay.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let all: String = words().filter_map(|word| word.chars().next()).collect();
    let spoken: String = words().filter(|word| *word != "va").filter_map(|word| word.chars().next()).collect();
    all.contains(needle) || spoken.contains(needle)
}

/// Orders two texts as a Vietnamese list does: `sort_key(a)` against `sort_key(b)`.
pub fn compare(a: &str, b: &str) -> Ordering {
    sort_key(a).cmp(&sort_key(b))
}

/// Bytes that sort as the text does in the Vietnamese alphabet:
/// a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y, with f j w z in their Latin places.
///
/// First all letters; only between equal letters the tones, one for each word: none, huyền, hỏi, ngã, sắc,
/// nặng (so hòa and hoà are the same). A run of digits counts as a number: "Điều 9" comes before "Điều 10",
/// "2.9" before "2.10". A space comes first, then signs, digits, letters. Case is not seen: equal keys
/// keep the order they came in.
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut letters = Vec::with_capacity(text.len() + 8);
    let mut tones = Vec::new();
    let mut chars = text.trim().chars().flat_map(char::to_lowercase).nfd().peekable();
    let mut in_word = false;
    while let Some(c) = chars.next() {
        let starts_word = c.is_alphanumeric() && !in_word;
        in_word = c.is_alphanumeric();
        if starts_word {
            tones.push(Tone::Level as u8);
        }
        let mut marks = Marks::default();
        while let Some(mark) = chars.next_if(|c| is_combining_mark(*c)) {
            marks.add(mark);
        }
        if let (Some(tone), Some(last)) = (marks.tone, tones.last_mut()) {
            *last = tone as u8;
        }
        if c.is_ascii_digit() {
            let mut digits = String::from(c);
            while let Some(digit) = chars.next_if(char::is_ascii_digit) {
                digits.push(digit);
            }
            push_number(&mut letters, &digits);
        } else {
            push_letter(&mut letters, c, marks.shape);
        }
    }
    letters.push(END);
    letters.extend(tones);
    letters
}

// The first byte of every unit in a key. Each unit is prefix-free, so bytes compare as units do.
const END: u8 = 0;
const SPACE: u8 = 1;
const SIGN: u8 = 2;
const NUMBER: u8 = 3;
const LETTER: u8 = 16;
const OTHER: u8 = 255;

const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

#[derive(Clone, Copy)]
enum Tone {
    Level = 1,
    Huyen,
    Hoi,
    Nga,
    Sac,
    Nang,
}

/// What the combining marks after a letter say: another letter (shape), or a tone.
#[derive(Default)]
struct Marks {
    shape: Option<char>,
    tone: Option<Tone>,
}

impl Marks {
    fn add(&mut self, mark: char) {
        match mark {
            '\u{302}' | '\u{306}' | '\u{31b}' => self.shape = Some(mark),
            '\u{300}' => self.tone = Some(Tone::Huyen),
            '\u{309}' => self.tone = Some(Tone::Hoi),
            '\u{303}' => self.tone = Some(Tone::Nga),
            '\u{301}' => self.tone = Some(Tone::Sac),
            '\u{323}' => self.tone = Some(Tone::Nang),
            _ => {}
        }
    }
}

fn push_letter(key: &mut Vec<u8>, c: char, shape: Option<char>) {
    let shaped = shape.and_then(|mark| unicode_normalization::char::compose(c, mark)).unwrap_or(c);
    let place = |c: char| ALPHABET.chars().zip(LETTER..).find(|(letter, _)| *letter == c).map(|(_, place)| place);
    if c.is_whitespace() {
        key.push(SPACE);
    } else if let Some(place) = place(shaped).or_else(|| place(c)) {
        key.push(place);
    } else {
        key.push(if c.is_alphabetic() { OTHER } else { SIGN });
        key.extend(c.to_string().bytes());
    }
}

/// The length first, then the digits: a longer number is a greater one.
fn push_number(key: &mut Vec<u8>, digits: &str) {
    let digits = digits.trim_start_matches('0');
    let mut length = digits.len();
    key.push(NUMBER);
    while length >= 255 {
        key.push(255);
        length -= 255;
    }
    key.push(length as u8);
    key.extend(digits.bytes());
}

#[cfg(test)]
mod tests;
