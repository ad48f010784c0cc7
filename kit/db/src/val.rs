//! Values on their way to and from a database.
//!
//! | in Rust | SQLite | PostgreSQL |
//! |---|---|---|
//! | `i64`, `bool`, `Timestamp` (microseconds, UTC) | integer | bigint |
//! | `String`, ids, `Date` (ISO) | text | text |
//! | `Decimal` | text | numeric |
//! | `Vec<u8>` | blob | bytea |

use crate::DbError;
use base::{Date, Decimal, Timestamp, Uuid};
use serde_json::{Map, Value};

/// Any number of ids as one argument, for `in (select key from json_each($1))`: it gives the keys of an object on both
/// engines.
pub fn keys<T: ToString>(ids: impl IntoIterator<Item = T>) -> String {
    let object: Map<String, Value> = ids.into_iter().map(|id| (id.to_string(), Value::Null)).collect();
    Value::Object(object).to_string()
}

/// One value.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Val {
    #[default]
    Null,
    Int(i64),
    Text(String),
    Dec(Decimal),
    Bytes(Vec<u8>),
}

macro_rules! into_val {
    ($($from:ty, $value:ident => $to:expr;)*) => {
        $(impl From<$from> for Val {
            fn from($value: $from) -> Val { $to }
        })*
    };
}

into_val! {
    i64, value => Val::Int(value);
    i32, value => Val::Int(value.into());
    u32, value => Val::Int(value.into());
    bool, value => Val::Int(value.into());
    String, value => Val::Text(value);
    &String, value => Val::Text(value.clone());
    &str, value => Val::Text(value.to_owned());
    Decimal, value => Val::Dec(value);
    Vec<u8>, value => Val::Bytes(value);
    Date, value => Val::Text(value.to_string());
    Timestamp, value => Val::Int(value.as_microsecond());
    Uuid, value => Val::Text(value.to_string());
}

impl<T: Into<Val>> From<Option<T>> for Val {
    fn from(value: Option<T>) -> Val {
        value.map_or(Val::Null, Into::into)
    }
}

/// The arguments of a statement, in the order of `$1`, `$2`, …
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { &[$($crate::Val::from($value)),*] };
}

/// A type that can be read from a column.
pub trait FromVal: Sized {
    fn from_val(val: Val) -> Result<Self, DbError>;
}

fn wrong<T>(wanted: &str, val: &Val) -> Result<T, DbError> {
    Err(DbError::Value(format!("wanted {wanted}, found {val:?}")))
}

impl FromVal for i64 {
    fn from_val(val: Val) -> Result<Self, DbError> {
        match val {
            Val::Int(value) => Ok(value),
            // sum(bigint) is numeric in PostgreSQL
            Val::Dec(value) => i64::try_from(value).or_else(|_| wrong("an integer", &Val::Dec(value))),
            other => wrong("an integer", &other),
        }
    }
}

impl FromVal for bool {
    fn from_val(val: Val) -> Result<Self, DbError> {
        i64::from_val(val).map(|value| value != 0)
    }
}

impl FromVal for String {
    fn from_val(val: Val) -> Result<Self, DbError> {
        match val {
            Val::Text(value) => Ok(value),
            other => wrong("text", &other),
        }
    }
}

impl FromVal for Decimal {
    fn from_val(val: Val) -> Result<Self, DbError> {
        match &val {
            Val::Dec(value) => Ok(*value),
            Val::Int(value) => Ok(Decimal::from(*value)),
            Val::Text(text) => text.parse().or_else(|_| wrong("a decimal", &val)),
            other => wrong("a decimal", other),
        }
    }
}

impl FromVal for Vec<u8> {
    fn from_val(val: Val) -> Result<Self, DbError> {
        match val {
            Val::Bytes(value) => Ok(value),
            other => wrong("bytes", &other),
        }
    }
}

impl FromVal for Date {
    fn from_val(val: Val) -> Result<Self, DbError> {
        let text = String::from_val(val)?;
        text.parse().or_else(|_| wrong("a day", &Val::Text(text)))
    }
}

impl FromVal for Timestamp {
    fn from_val(val: Val) -> Result<Self, DbError> {
        let micros = i64::from_val(val)?;
        Timestamp::from_microsecond(micros).or_else(|_| wrong("a moment", &Val::Int(micros)))
    }
}

impl<T: FromVal> FromVal for Option<T> {
    fn from_val(val: Val) -> Result<Self, DbError> {
        match val {
            Val::Null => Ok(None),
            other => T::from_val(other).map(Some),
        }
    }
}

impl FromVal for Val {
    fn from_val(val: Val) -> Result<Self, DbError> {
        Ok(val)
    }
}

/// One row, read from left to right.
#[derive(Debug)]
pub struct Row {
    vals: std::vec::IntoIter<Val>,
}

impl Row {
    pub(crate) fn new(vals: Vec<Val>) -> Row {
        Row { vals: vals.into_iter() }
    }

    pub(crate) fn into_vals(self) -> Vec<Val> {
        self.vals.collect()
    }

    /// The next column.
    pub fn pull<T: FromVal>(&mut self) -> Result<T, DbError> {
        match self.vals.next() {
            Some(val) => T::from_val(val),
            None => Err(DbError::Value("the row has no further column".into())),
        }
    }
}

/// Declares an id that can be stored: [`base::id!`] with its way to and from a column.
#[macro_export]
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        base::id!($(#[$meta])* $name);

        impl From<$name> for $crate::Val {
            fn from(id: $name) -> $crate::Val {
                $crate::Val::from(id.0)
            }
        }

        impl $crate::FromVal for $name {
            fn from_val(val: $crate::Val) -> Result<Self, $crate::DbError> {
                let text = <String as $crate::FromVal>::from_val(val)?;
                text.parse().map_err(|_| $crate::DbError::Value(format!("wanted an id, found {text:?}")))
            }
        }
    };
}

/// Declares a closed list of words that stand in the database by their codes: [`base::words!`] with its values.
#[macro_export]
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($lines:tt)+ }) => {
        base::words! { $(#[$about])* $name { $($lines)+ } }

        impl $crate::FromVal for $name {
            fn from_val(val: $crate::Val) -> Result<Self, $crate::DbError> {
                let code = <String as $crate::FromVal>::from_val(val)?;
                $name::of(&code).ok_or_else(|| $crate::DbError::Value(format!("no such word: {code:?}")))
            }
        }

        impl From<$name> for $crate::Val {
            fn from(word: $name) -> $crate::Val {
                $crate::Val::from(word.code())
            }
        }
    };
}
