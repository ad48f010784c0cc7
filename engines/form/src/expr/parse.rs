//! From words to an expression, by XPath's ranks: or, and, = !=, < <= > >=, + -, * div mod, a minus before.
//!
//! The first word that does not fit ends the reading of one expression; unknown names do not, so that all are said.

use super::functions::{ALL, Function, LEFT_OUT, MANY};
use super::lex::{self, Token};
use super::{Expr, Op};
use crate::near::near;
use crate::time;
use crate::value::Comparison;
use regex::Regex;

/// Something wrong with an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The letter at which it is, from 1.
    pub at: usize,
    pub code: &'static str,
    pub say: String,
}

impl Fault {
    pub fn at(at: usize, code: &'static str, say: impl Into<String>) -> Fault {
        Fault { at, code, say: say.into() }
    }
}

/// What a name in `${…}` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    Question(usize),
    Repeat(usize),
    Group,
}

/// The names that may be said in an expression.
pub trait Names {
    /// Or the code and the sentence why not.
    fn question(&self, name: &str) -> Result<Known, (&'static str, String)>;
    /// Which column of the choices a bare word is, or that it is none; nothing where bare words have no meaning.
    fn column(&self, name: &str) -> Option<Option<usize>>;
}

/// How deep an expression may be: what evaluates it goes as deep.
const DEEPEST: usize = 120;

/// # Errors
/// Every fault that was found, at least one.
pub fn parse(text: &str, names: &dyn Names) -> Result<Expr, Vec<Fault>> {
    let end = text.chars().count() + 1;
    let words = lex::words(text).map_err(|fault| vec![fault])?;
    let mut parser = Parser { words, next: 0, end, names, faults: Vec::new() };
    let read = parser.binary(0, 0).and_then(|(expr, _)| match parser.words.get(parser.next) {
        None => {
            parser.must_be_value(1, &expr);
            Ok(expr)
        }
        Some((at, _)) => Err(Fault::at(*at, "expression", "thừa hoặc thiếu một phép tính ở đây")),
    });
    match read {
        Ok(expr) if parser.faults.is_empty() => Ok(expr),
        Ok(_) => Err(parser.faults),
        Err(fault) => {
            parser.faults.push(fault);
            Err(parser.faults)
        }
    }
}

struct Parser<'a> {
    words: Vec<(usize, Token)>,
    next: usize,
    /// The place after the last letter.
    end: usize,
    names: &'a dyn Names,
    faults: Vec<Fault>,
}

/// An expression and how deep it is.
type Read = Result<(Expr, usize), Fault>;

impl Parser<'_> {
    fn place(&self) -> usize {
        self.words.get(self.next).map_or(self.end, |(at, _)| *at)
    }

    fn is(&mut self, token: &Token) -> bool {
        let is = self.words.get(self.next).is_some_and(|(_, word)| word == token);
        self.next += usize::from(is);
        is
    }

    fn deeper(&self, depth: usize) -> Result<usize, Fault> {
        let say = "biểu thức lồng nhau quá sâu: tách ra nhiều dòng calculate";
        if depth < DEEPEST { Ok(depth + 1) } else { Err(Fault::at(self.place(), "expression", say)) }
    }

    /// All of at least this rank.
    fn binary(&mut self, rank: u8, depth: usize) -> Read {
        let start = self.place();
        let (mut left, mut deep) = self.operand(depth)?;
        while let Some((op, of)) = self.operator().filter(|(_, of)| *of >= rank) {
            self.next += 1;
            let at = self.place();
            let (right, other) = self.binary(of + 1, self.deeper(depth)?)?;
            self.must_be_value(start, &left);
            self.must_be_value(at, &right);
            left = Expr::Binary(op, Box::new(left), Box::new(right));
            deep = self.deeper(deep.max(other))?;
        }
        Ok((left, deep))
    }

    fn must_be_value(&mut self, at: usize, expr: &Expr) {
        match expr {
            Expr::Repeat(_) => {
                self.no(at, "reference-section", "nhóm lặp không có giá trị: hỏi một câu hỏi trong nhóm")
            }
            Expr::Up(_) => self.no(at, "arguments", "“..” chỉ dùng trong position(..)"),
            _ => {}
        }
    }

    fn operator(&self) -> Option<(Op, u8)> {
        let op = match &self.words.get(self.next)?.1 {
            Token::Op(op) => *op,
            Token::Name(name) => match name.as_str() {
                "or" => Op::Or,
                "and" => Op::And,
                "div" => Op::Div,
                "mod" => Op::Mod,
                _ => return None,
            },
            _ => return None,
        };
        let rank = match op {
            Op::Or => 1,
            Op::And => 2,
            Op::Compare(Comparison::Equal | Comparison::Unequal) => 3,
            Op::Compare(_) => 4,
            Op::Plus | Op::Minus => 5,
            Op::Times | Op::Div | Op::Mod => 6,
        };
        Some((op, rank))
    }

    fn operand(&mut self, depth: usize) -> Read {
        if self.is(&Token::Op(Op::Minus)) {
            let at = self.place();
            let (inner, deep) = self.operand(self.deeper(depth)?)?;
            self.must_be_value(at, &inner);
            return Ok((Expr::Minus(Box::new(inner)), deep + 1));
        }
        let at = self.place();
        let word = self.words.get(self.next).map(|(_, word)| word.clone());
        self.next += 1;
        let read = match word {
            Some(Token::Text(text)) => (Expr::Text(text), 1),
            Some(Token::Number(number)) => (Expr::Number(number), 1),
            Some(Token::Ref(name)) => (self.reference(at, &name), 1),
            Some(Token::Dot) => (Expr::Own, 1),
            Some(Token::DotDot) => (self.up()?, 1),
            Some(Token::Open) => {
                let inner = self.binary(0, self.deeper(depth)?)?;
                self.close()?;
                inner
            }
            Some(Token::Name(name)) if self.is(&Token::Open) => self.call(at, &name, depth)?,
            Some(Token::Name(name)) => (self.bare(at, &name), 1),
            Some(Token::Slash) => return Err(path(at)),
            Some(Token::Op(_) | Token::Close | Token::Comma) | None => {
                return Err(Fault::at(at, "expression", "thiếu một giá trị ở đây"));
            }
        };
        match self.words.get(self.next) {
            Some((at, Token::Slash)) => Err(path(*at)),
            _ => Ok(read),
        }
    }

    fn close(&mut self) -> Result<(), Fault> {
        let at = self.place();
        if self.is(&Token::Close) {
            Ok(())
        } else {
            Err(Fault::at(at, "expression", "thiếu dấu “)” ở đây"))
        }
    }

    fn up(&mut self) -> Result<Expr, Fault> {
        let mut levels = 1;
        while self.is(&Token::Slash) {
            let at = self.place();
            if !self.is(&Token::DotDot) {
                return Err(path(at));
            }
            levels += 1;
        }
        Ok(Expr::Up(levels))
    }

    fn reference(&mut self, at: usize, name: &str) -> Expr {
        match self.names.question(name) {
            Ok(Known::Question(place)) => return Expr::Ref(place),
            Ok(Known::Repeat(place)) => return Expr::Repeat(place),
            Ok(Known::Group) => self.no(at, "reference-section", format!("“{name}” là một nhóm, không có giá trị")),
            Err((code, say)) => self.no(at, code, say),
        }
        Expr::Unread
    }

    fn no(&mut self, at: usize, code: &'static str, say: impl Into<String>) {
        self.faults.push(Fault::at(at, code, say));
    }

    fn bare(&mut self, at: usize, name: &str) -> Expr {
        match self.names.column(name) {
            Some(Some(column)) => return Expr::Column(column),
            Some(None) => self.no(at, "column-unknown", format!("trang choices không có cột “{name}”")),
            None if ALL.iter().any(|(known, ..)| *known == name) => {
                self.no(at, "expression", format!("hàm “{name}” thiếu dấu ngoặc: {name}(…)"));
            }
            None => {
                let say = format!("“{name}” đứng một mình: viết '{name}' nếu là chữ, ${{{name}}} nếu là câu hỏi");
                self.no(at, "expression", say);
            }
        }
        Expr::Unread
    }

    fn call(&mut self, at: usize, name: &str, depth: usize) -> Read {
        let (mut arguments, mut places, mut deepest) = (Vec::new(), Vec::new(), 0);
        if !self.is(&Token::Close) {
            loop {
                places.push(self.place());
                let (argument, deep) = self.binary(0, self.deeper(depth)?)?;
                deepest = deepest.max(deep);
                arguments.push(argument);
                if !self.is(&Token::Comma) {
                    break;
                }
            }
            self.close()?;
        }
        let deep = self.deeper(deepest)?;
        let Some((_, function, least, most)) = ALL.iter().find(|(known, ..)| *known == name).copied() else {
            self.unknown(at, name);
            return Ok((Expr::Unread, deep));
        };
        if !(least..=most).contains(&arguments.len()) {
            self.no(at, "arguments", format!("hàm “{name}” cần {}, đang có {}", some(least, most), arguments.len()));
            return Ok((Expr::Unread, deep));
        }
        for (nth, (argument, at)) in arguments.iter().zip(&places).enumerate() {
            self.judge(function, name, nth, argument, *at);
        }
        let is_odd = arguments.len() % 2 == 1;
        if function == Function::IndexedRepeat && !is_odd || function == Function::WeightedChecklist && is_odd {
            self.no(at, "arguments", format!("hàm “{name}” thiếu một tham số của cặp cuối"));
        }
        Ok((self.built(function, arguments, &places), deep))
    }

    fn unknown(&mut self, at: usize, name: &str) {
        let left_out = LEFT_OUT.iter().find(|(names, _)| names.contains(&name));
        match left_out {
            Some((_, why)) => self.no(at, "function-left-out", format!("hàm “{name}” không dùng được: {why}")),
            None => {
                let hint = near(name, ALL.iter().map(|(known, ..)| *known));
                self.no(at, "function-unknown", format!("không có hàm “{name}”{hint}"));
            }
        }
    }

    /// What a function wants of its nth argument.
    fn judge(&mut self, function: Function, name: &str, nth: usize, argument: &Expr, at: usize) {
        let wants_repeat = function == Function::IndexedRepeat && nth % 2 == 1;
        match (function, argument) {
            (_, Expr::Unread) => {}
            (Function::IndexedRepeat, Expr::Repeat(_)) if wants_repeat => {}
            (Function::IndexedRepeat, _) if wants_repeat => {
                self.no(at, "arguments", format!("hàm “{name}” cần tên một nhóm lặp ở đây"));
            }
            (Function::Count, Expr::Repeat(_)) => {}
            (Function::Position, Expr::Repeat(_) | Expr::Up(_) | Expr::Ref(_)) => {}
            (Function::Position, _) => self.no(at, "arguments", "hàm “position” cần “..” hoặc tên một nhóm lặp"),
            (Function::FormatDate, Expr::Text(pattern)) if nth == 1 => self.pattern(at, pattern, time::OF_DAY),
            (Function::FormatDateTime, Expr::Text(pattern)) if nth == 1 => self.pattern(at, pattern, time::OF_MOMENT),
            (Function::ChoiceName, Expr::Text(_) | Expr::Ref(_)) if nth == 1 => {}
            (Function::ChoiceName, _) if nth == 1 => self.no(at, "arguments", "jr:choice-name cần '${tên}' ở đây"),
            (Function::Regex, Expr::Text(_)) if nth == 1 => {}
            (Function::Regex, _) if nth == 1 => {
                self.no(at, "regex", "mẫu của regex phải là chữ viết sẵn trong dấu nháy");
            }
            (function, Expr::Ref(_)) if function.wants_nodes() => {}
            (
                function,
                Expr::Text(_) | Expr::Number(_) | Expr::Own | Expr::Call(..) | Expr::Binary(..) | Expr::Minus(_),
            ) if nth == 0 && function.wants_nodes() => {
                self.no(at, "arguments", format!("hàm “{name}” cần một tên ${{…}} ở đây"));
            }
            (_, argument) => self.must_be_value(at, argument),
        }
    }

    fn pattern(&mut self, at: usize, pattern: &str, known: &str) {
        let odd = pattern.split('%').skip(1).find(|part| !part.starts_with(|letter| known.contains(letter)));
        if let Some(odd) = odd {
            let letter = odd.chars().next().map(String::from).unwrap_or_default();
            self.no(at, "arguments", format!("cách viết ngày giờ không có “%{letter}”"));
        }
    }

    fn built(&mut self, function: Function, mut arguments: Vec<Expr>, places: &[usize]) -> Expr {
        match (function, arguments.get(1)) {
            (Function::Regex, Some(Expr::Text(pattern))) => match Regex::new(&format!(r"\A(?:{pattern})\z")) {
                Ok(regex) => Expr::Matches(Box::new(arguments.swap_remove(0)), regex),
                Err(_) => {
                    let say = format!("mẫu “{pattern}” không đọc được (không dùng (?=…), (?!…), \\1)");
                    self.no(places[1], "regex", say);
                    Expr::Unread
                }
            },
            // As XLSForm writes it, the question stands in quotes: jr:choice-name(${a}, '${a}').
            (Function::ChoiceName, Some(Expr::Text(quoted))) => {
                match quoted.trim().strip_prefix("${").and_then(|rest| rest.strip_suffix('}')) {
                    Some(name) => arguments[1] = self.reference(places[1], name.trim()),
                    None => self.no(places[1], "arguments", "jr:choice-name cần '${tên}' ở đây"),
                }
                Expr::Call(function, arguments)
            }
            _ => Expr::Call(function, arguments),
        }
    }
}

fn path(at: usize) -> Fault {
    Fault::at(at, "expression", "đường dẫn XPath không dùng ở đây: viết ${tên}")
}

fn some(least: usize, most: usize) -> String {
    match (least, most) {
        (0, 0) => "để trống trong ngoặc".into(),
        (least, most) if least == most => format!("{least} tham số"),
        (least, MANY) => format!("ít nhất {least} tham số"),
        (least, most) => format!("{least} đến {most} tham số"),
    }
}
