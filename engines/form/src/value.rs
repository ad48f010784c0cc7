//! What an expression gives, and how XPath turns one kind into another. Days and moments are text (`time.rs`).

use crate::number::Number;
use crate::time;
use std::cmp::Ordering;

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(String),
    Number(Number),
    Bool(bool),
    /// The answers of one question in all rows of a repeat, those that are relevant, in their order.
    Nodes(Vec<Value>),
}

/// Nothing answered. XPath's empty is the empty text: as a number it is `NaN`, as a condition false.
pub const EMPTY: Value = Value::Text(String::new());

impl Value {
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Text(text) => text.is_empty(),
            Value::Nodes(nodes) => nodes.first().is_none_or(Value::is_empty),
            Value::Number(_) | Value::Bool(_) => false,
        }
    }

    /// Of several nodes the first, as XPath has it.
    pub fn text(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Bool(yes) => yes.to_string(),
            Value::Nodes(nodes) => nodes.first().map(Value::text).unwrap_or_default(),
        }
    }

    pub fn number(&self) -> Number {
        match self {
            Value::Text(text) => match Number::read(text) {
                Number::Nan => time::days(text).unwrap_or(Number::Nan),
                number => number,
            },
            Value::Number(number) => number.clone(),
            Value::Bool(yes) => usize::from(*yes).into(),
            Value::Nodes(nodes) => nodes.first().map_or(Number::Nan, Value::number),
        }
    }

    pub fn is_true(&self) -> bool {
        match self {
            Value::Text(text) => !text.is_empty(),
            Value::Number(number) => number.is_true(),
            Value::Bool(yes) => *yes,
            Value::Nodes(nodes) => !nodes.is_empty(),
        }
    }

    /// One by one: the nodes, or the one value itself.
    pub fn each(&self) -> &[Value] {
        match self {
            Value::Nodes(nodes) => nodes,
            one => std::slice::from_ref(one),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Value {
        Value::Number(number)
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Value {
        Value::Bool(yes)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

/// XPath 1.0, 3.4: nodes compare if one of them does; `=` against a condition is of conditions, against a number of numbers,
/// of two texts of texts; the four orders are of numbers, and of moments where both are days or moments.
pub fn compare(how: Comparison, a: &Value, b: &Value) -> bool {
    let (has_nodes, has_condition) = (
        matches!(a, Value::Nodes(_)) || matches!(b, Value::Nodes(_)),
        matches!(a, Value::Bool(_)) || matches!(b, Value::Bool(_)),
    );
    if has_condition && (has_nodes || matches!(how, Comparison::Equal | Comparison::Unequal)) {
        return ordered(how, Some(a.is_true().cmp(&b.is_true())));
    }
    if has_nodes {
        return a.each().iter().any(|a| b.each().iter().any(|b| compare(how, a, b)));
    }
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => match how {
            Comparison::Equal => a == b,
            Comparison::Unequal => a != b,
            _ => match (time::moment(a), time::moment(b)) {
                (Some(a), Some(b)) => ordered(how, Some(a.cmp(&b))),
                _ => ordered(how, Value::from(a.as_str()).number().order(&Value::from(b.as_str()).number())),
            },
        },
        _ => ordered(how, a.number().order(&b.number())),
    }
}

fn ordered(how: Comparison, order: Option<Ordering>) -> bool {
    match how {
        Comparison::Equal => order == Some(Ordering::Equal),
        Comparison::Unequal => order != Some(Ordering::Equal),
        Comparison::Less => order == Some(Ordering::Less),
        Comparison::AtMost => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        Comparison::Greater => order == Some(Ordering::Greater),
        Comparison::AtLeast => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
    }
}
