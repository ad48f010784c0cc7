//! From letters to words. Curly quotes, which spreadsheets put in by themselves, count as straight ones.

use super::Op;
use super::parse::Fault;
use crate::number::Number;
use crate::value::Comparison;

#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Text(String),
    Number(Number),
    Ref(String),
    /// A function, a column, or `and`, `or`, `div`, `mod`: the parser knows by its place.
    Name(String),
    Op(Op),
    Open,
    Close,
    Comma,
    Dot,
    DotDot,
    Slash,
}

/// Each word with its place, counted in letters from 1.
pub fn words(text: &str) -> Result<Vec<(usize, Token)>, Fault> {
    let letters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if letters[at].is_whitespace() {
            at += 1;
            continue;
        }
        let (token, after) = word(&letters, at)?;
        found.push((at + 1, token));
        at = after;
    }
    Ok(found)
}

fn word(letters: &[char], at: usize) -> Result<(Token, usize), Fault> {
    let next = letters.get(at + 1).copied().unwrap_or(' ');
    let compare = |how, long: bool| Ok((Token::Op(Op::Compare(how)), at + 1 + usize::from(long)));
    let one = |token| Ok((token, at + 1));
    match letters[at] {
        '(' => one(Token::Open),
        ')' => one(Token::Close),
        ',' => one(Token::Comma),
        '/' => one(Token::Slash),
        '+' => one(Token::Op(Op::Plus)),
        '-' | '−' => one(Token::Op(Op::Minus)),
        '*' => one(Token::Op(Op::Times)),
        '=' if next == '=' => Err(Fault::at(at + 1, "expression", "viết “=”, không viết “==”")),
        '=' => compare(Comparison::Equal, false),
        '!' if next == '=' => compare(Comparison::Unequal, true),
        '<' => compare(if next == '=' { Comparison::AtMost } else { Comparison::Less }, next == '='),
        '>' => compare(if next == '=' { Comparison::AtLeast } else { Comparison::Greater }, next == '='),
        '.' if next == '.' => Ok((Token::DotDot, at + 2)),
        '.' if !next.is_ascii_digit() => one(Token::Dot),
        '.' | '0'..='9' => number(letters, at),
        '\'' | '‘' | '’' => quoted(letters, at, &['\'', '‘', '’']),
        '"' | '“' | '”' => quoted(letters, at, &['"', '“', '”']),
        '$' if next == '{' => reference(letters, at),
        letter if letter.is_alphabetic() || letter == '_' => Ok(name(letters, at)),
        '[' | '@' | '|' => {
            let say = format!("“{}” của XPath không dùng ở đây: viết ${{tên}} và các hàm", letters[at]);
            Err(Fault::at(at + 1, "expression", say))
        }
        other => Err(Fault::at(at + 1, "expression", format!("không hiểu ký tự “{other}”"))),
    }
}

fn number(letters: &[char], at: usize) -> Result<(Token, usize), Fault> {
    let mut after = at;
    let mut has_point = false;
    while let Some(letter) = letters.get(after) {
        match letter {
            '.' if !has_point => has_point = true,
            letter if letter.is_ascii_digit() => {}
            _ => break,
        }
        after += 1;
    }
    let written: String = letters[at..after].iter().collect();
    match Number::read(&written) {
        number @ Number::Exact(_) => Ok((Token::Number(number), after)),
        _ => Err(Fault::at(at + 1, "expression", "số có quá nhiều chữ số")),
    }
}

fn quoted(letters: &[char], at: usize, quotes: &[char]) -> Result<(Token, usize), Fault> {
    match letters[at + 1..].iter().position(|letter| quotes.contains(letter)) {
        Some(length) => Ok((Token::Text(letters[at + 1..at + 1 + length].iter().collect()), at + length + 2)),
        None => Err(Fault::at(at + 1, "expression", "thiếu dấu nháy đóng")),
    }
}

fn reference(letters: &[char], at: usize) -> Result<(Token, usize), Fault> {
    match letters[at + 2..].iter().position(|letter| *letter == '}') {
        Some(length) => {
            let name: String = letters[at + 2..at + 2 + length].iter().collect();
            Ok((Token::Ref(name.trim().to_owned()), at + length + 3))
        }
        None => Err(Fault::at(at + 1, "expression", "thiếu dấu “}” sau “${”")),
    }
}

fn name(letters: &[char], at: usize) -> (Token, usize) {
    let goes_on = |after: usize| match letters.get(after) {
        Some('-' | '.' | '_') => true,
        Some(':') => letters.get(after + 1).is_some_and(|letter| letter.is_alphabetic()),
        Some(letter) => letter.is_alphanumeric(),
        None => false,
    };
    let mut after = at + 1;
    while goes_on(after) {
        after += 1;
    }
    (Token::Name(letters[at..after].iter().collect()), after)
}
