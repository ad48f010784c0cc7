//! What an expression gives. Never fails: what has no answer is empty, or no number, and XPath says what follows.

use super::functions::Function;
use super::{Expr, Op};
use crate::number::Number;
use crate::time;
use crate::value::{Comparison, EMPTY, Value, compare};
use base::{Date, Timestamp};
use std::cmp::Ordering;

/// What an expression may ask.
pub trait World {
    /// The answer of a question as it is seen from here: its own in this row, all of them from outside the repeat.
    fn value(&self, place: usize) -> Value;
    fn own(&self) -> Value;
    /// The row in which the section so many levels up stands, from 1.
    fn position(&self, up: usize) -> usize;
    /// The row of a repeat around here, from 1.
    fn row(&self, place: usize) -> usize;
    /// The answer in the rows that are named: of which repeat, the how manieth from 1.
    fn indexed(&self, place: usize, rows: &[(usize, usize)]) -> Value;
    /// A cell of the choice that is looked at.
    fn column(&self, column: usize) -> String;
    /// The label of a choice of a question.
    fn choice(&self, place: usize, name: &str) -> String;
    fn today(&self) -> Date;
    fn now(&self) -> Timestamp;
}

pub fn eval(expr: &Expr, world: &dyn World) -> Value {
    match expr {
        Expr::Text(text) => Value::Text(text.clone()),
        Expr::Number(number) => number.clone().into(),
        Expr::Own => world.own(),
        Expr::Ref(place) | Expr::Repeat(place) => world.value(*place),
        Expr::Column(column) => world.column(*column).into(),
        Expr::Minus(inner) => eval(inner, world).number().negated().into(),
        Expr::Matches(text, pattern) => pattern.is_match(&eval(text, world).text()).into(),
        Expr::Binary(op, left, right) => binary(*op, left, right, world),
        Expr::Call(function, arguments) => Call { arguments, world }.of(*function),
        Expr::Up(_) | Expr::Unread => EMPTY,
    }
}

fn binary(op: Op, left: &Expr, right: &Expr, world: &dyn World) -> Value {
    let left = eval(left, world);
    let right = || eval(right, world);
    match op {
        Op::Or => (left.is_true() || right().is_true()).into(),
        Op::And => (left.is_true() && right().is_true()).into(),
        Op::Compare(how) => compare(how, &left, &right()).into(),
        Op::Plus => left.number().plus(&right().number()).into(),
        Op::Minus => left.number().plus(&right().number().negated()).into(),
        Op::Times => left.number().times(&right().number()).into(),
        Op::Div => left.number().divided(&right().number()).into(),
        Op::Mod => left.number().rest(&right().number()).into(),
    }
}

/// A function's arguments, each evaluated when it is asked for.
struct Call<'a> {
    arguments: &'a [Expr],
    world: &'a dyn World,
}

impl Call<'_> {
    /// The nth argument; empty where it was left out.
    fn value(&self, nth: usize) -> Value {
        self.arguments.get(nth).map_or(EMPTY, |argument| eval(argument, self.world))
    }

    fn text(&self, nth: usize) -> String {
        self.value(nth).text()
    }

    fn number(&self, nth: usize) -> Number {
        self.value(nth).number()
    }

    fn is_true(&self, nth: usize) -> bool {
        self.value(nth).is_true()
    }

    fn float(&self, of: fn(f64) -> f64) -> Value {
        Number::approximate(of(self.number(0).float())).into()
    }

    /// A whole number in reach of an index; none for `NaN`.
    fn index(&self, nth: usize) -> Option<i64> {
        let whole = self.number(nth).whole();
        whole.exact().and_then(|exact| exact.round_scaled(0)).and_then(|index| index.try_into().ok())
    }

    /// The first argument, or the own value where there is none.
    fn text_or_own(&self) -> String {
        if self.arguments.is_empty() { self.world.own().text() } else { self.text(0) }
    }

    /// All values from the nth argument on, nodes one by one.
    fn all(&self, from: usize) -> Vec<Value> {
        (from..self.arguments.len()).flat_map(|nth| self.value(nth).each().to_vec()).collect()
    }

    /// Each family answers for its own; a test sees to it that none is forgotten.
    fn of(&self, function: Function) -> Value {
        self.of_conditions(function)
            .or_else(|| self.of_text(function))
            .or_else(|| self.of_numbers(function))
            .or_else(|| self.of_nodes(function))
            .or_else(|| self.of_time(function))
            .unwrap_or(EMPTY)
    }

    fn of_conditions(&self, function: Function) -> Option<Value> {
        use Function as F;
        Some(match function {
            F::If => self.value(if self.is_true(0) { 1 } else { 2 }),
            F::Coalesce => Some(self.value(0)).filter(|first| !first.is_empty()).unwrap_or_else(|| self.value(1)),
            // A value that is sent along is never believed, so what is calculated once is calculated each time.
            F::Once => self.value(0),
            F::True => true.into(),
            F::False => false.into(),
            F::Boolean => self.is_true(0).into(),
            F::BooleanFromString => matches!(self.text(0).as_str(), "true" | "1").into(),
            F::Not => (!self.is_true(0)).into(),
            F::Checklist => {
                let yes = self.all(2).iter().filter(|value| is_yes(value)).count();
                self.within(yes.into()).into()
            }
            F::WeightedChecklist => {
                let weights = (2..self.arguments.len()).step_by(2).filter(|nth| is_yes(&self.value(*nth)));
                self.within(weights.map(|nth| self.number(nth + 1)).fold(0.into(), |sum, one| sum.plus(&one))).into()
            }
            F::Selected => self.text(0).split_whitespace().any(|one| one == self.text(1).trim()).into(),
            F::SelectedAt => {
                let place = self.index(1).and_then(|index| usize::try_from(index).ok());
                place.and_then(|place| self.text(0).split_whitespace().nth(place).map(Value::from)).unwrap_or(EMPTY)
            }
            F::CountSelected => Number::from(self.text(0).split_whitespace().count()).into(),
            F::ChoiceName => match self.arguments.get(1) {
                Some(Expr::Ref(place)) => self.world.choice(*place, &self.text(0)).into(),
                _ => EMPTY,
            },
            _ => return None,
        })
    }

    /// Between the first two arguments, of which −1 is no bound.
    fn within(&self, number: Number) -> bool {
        let bound = |nth: usize| Some(self.number(nth)).filter(|bound| *bound != Number::from(1).negated());
        let holds = |how, bound: Option<Number>| bound.is_none_or(|b| compare(how, &number.clone().into(), &b.into()));
        holds(Comparison::AtLeast, bound(0)) && holds(Comparison::AtMost, bound(1))
    }

    fn of_text(&self, function: Function) -> Option<Value> {
        use Function as F;
        Some(match function {
            F::Concat => self.all(0).iter().map(Value::text).collect::<String>().into(),
            F::Join => self.all(1).iter().map(Value::text).collect::<Vec<_>>().join(&self.text(0)).into(),
            F::Substr => self.substr().into(),
            F::SubstringBefore => self.text(0).split_once(&self.text(1)).map_or(EMPTY, |(before, _)| before.into()),
            F::SubstringAfter => self.text(0).split_once(&self.text(1)).map_or(EMPTY, |(_, after)| after.into()),
            F::Translate => {
                let (from, to): (Vec<char>, Vec<char>) =
                    (self.text(1).chars().collect(), self.text(2).chars().collect());
                let change = |letter: char| match from.iter().position(|one| *one == letter) {
                    Some(place) => to.get(place).copied(),
                    None => Some(letter),
                };
                self.text(0).chars().filter_map(change).collect::<String>().into()
            }
            F::StringLength => Number::from(self.text_or_own().chars().count()).into(),
            F::NormalizeSpace => self.text_or_own().split_whitespace().collect::<Vec<_>>().join(" ").into(),
            F::Contains => self.text(0).contains(&self.text(1)).into(),
            F::StartsWith => self.text(0).starts_with(&self.text(1)).into(),
            F::EndsWith => self.text(0).ends_with(&self.text(1)).into(),
            F::String => self.text(0).into(),
            _ => return None,
        })
    }

    /// From the start, counted from 0, to before the end; a negative place counts from behind.
    fn substr(&self) -> String {
        let letters: Vec<char> = self.text(0).chars().collect();
        let length = letters.len() as i64;
        let place = |index: i64| if index < 0 { index + length } else { index }.clamp(0, length) as usize;
        let end = if self.arguments.len() > 2 { self.index(2) } else { Some(length) };
        match (self.index(1).map(place), end.map(place)) {
            (Some(start), Some(end)) if start < end => letters[start..end].iter().collect(),
            _ => String::new(),
        }
    }

    fn of_numbers(&self, function: Function) -> Option<Value> {
        use Function as F;
        Some(match function {
            F::Int => self.number(0).whole().into(),
            F::Round => match if self.arguments.len() > 1 { self.index(1) } else { Some(0) } {
                Some(digits) => self.number(0).rounded(digits.clamp(-99, 99) as i32).into(),
                None => Number::Nan.into(),
            },
            F::Abs => match self.number(0) {
                number if number.order(&0.into()) == Some(Ordering::Less) => number.negated().into(),
                number => number.into(),
            },
            F::Pow => self.number(0).power(&self.number(1)).into(),
            F::Exp10 => Number::from(10).power(&self.number(0)).into(),
            F::Sqrt => self.float(f64::sqrt),
            F::Log => self.float(f64::ln),
            F::Log10 => self.float(f64::log10),
            F::Exp => self.float(f64::exp),
            F::Sin => self.float(f64::sin),
            F::Cos => self.float(f64::cos),
            F::Tan => self.float(f64::tan),
            F::Asin => self.float(f64::asin),
            F::Acos => self.float(f64::acos),
            F::Atan => self.float(f64::atan),
            F::Atan2 => Number::approximate(self.number(0).float().atan2(self.number(1).float())).into(),
            F::Pi => Number::approximate(std::f64::consts::PI).into(),
            F::Number => self.number(0).into(),
            _ => return None,
        })
    }

    fn of_nodes(&self, function: Function) -> Option<Value> {
        use Function as F;
        let extreme = |wanted: Ordering| {
            let numbers = self.all(0).into_iter().map(|value| value.number());
            let further = |best: Number, one: Number| match one.order(&best) {
                None => Number::Nan,
                Some(order) if order == wanted => one,
                Some(_) => best,
            };
            numbers.reduce(further).unwrap_or(Number::Nan)
        };
        Some(match function {
            // XPath 1.0: one empty answer makes the sum no number.
            F::Sum => self.all(0).iter().fold(Number::from(0), |sum, one| sum.plus(&one.number())).into(),
            F::Max => extreme(Ordering::Greater).into(),
            F::Min => extreme(Ordering::Less).into(),
            F::Count => Number::from(self.value(0).each().len()).into(),
            F::CountNonEmpty => Number::from(self.value(0).each().iter().filter(|one| !one.is_empty()).count()).into(),
            F::Position => match self.arguments.first() {
                Some(Expr::Up(levels)) => Number::from(self.world.position(*levels)).into(),
                Some(Expr::Ref(place) | Expr::Repeat(place)) => Number::from(self.world.row(*place)).into(),
                _ => Number::Nan.into(),
            },
            F::IndexedRepeat => self.indexed(),
            _ => return None,
        })
    }

    fn indexed(&self) -> Value {
        let row = |nth: usize| match self.arguments.get(nth) {
            Some(Expr::Repeat(place)) => Some((*place, usize::try_from(self.index(nth + 1)?).ok()?)),
            _ => None,
        };
        let rows: Option<Vec<(usize, usize)>> = (1..self.arguments.len()).step_by(2).map(row).collect();
        match (self.arguments.first(), rows) {
            (Some(Expr::Ref(place)), Some(rows)) => self.world.indexed(*place, &rows),
            _ => EMPTY,
        }
    }

    fn of_time(&self, function: Function) -> Option<Value> {
        use Function as F;
        let day = || time::day_of(&self.text(0), &self.number(0));
        Some(match function {
            F::Today => time::write_day(self.world.today()).into(),
            F::Now => time::write_moment(self.world.now()).into(),
            F::Date => day().map_or(EMPTY, |day| time::write_day(day).into()),
            F::FormatDate | F::FormatDateTime => {
                let moment = time::moment(&self.text(0)).or_else(|| day().map(base::day::start));
                moment.map_or(EMPTY, |moment| time::format(moment, &self.text(1)).into())
            }
            F::DecimalDateTime => self.number(0).into(),
            F::DecimalTime => time::part_of_day(&self.text(0)).unwrap_or(Number::Nan).into(),
            _ => return None,
        })
    }
}

/// "yes", or what is true as a number above zero.
fn is_yes(value: &Value) -> bool {
    match value {
        Value::Bool(yes) => *yes,
        other => other.text() == "yes" || other.number().order(&0.into()) == Some(Ordering::Greater),
    }
}
