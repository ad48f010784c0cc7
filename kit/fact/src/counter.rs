//! Numbers that are counted when somebody asks: of any unit, over any days, from the records themselves.
//!
//! A room that has records is a counter; `app` hands counters to the site, and whoever needs a number asks for it by its name.

use base::Date;
use db::Db;
use people::{Failure, UnitId};
use std::future::Future;
use std::pin::Pin;

/// What is asked: whose numbers, over which days, half-open.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub unit: UnitId,
    pub from: Date,
    pub to: Date,
    /// The moment as of which it is counted.
    pub now: base::Timestamp,
}

/// A number, with the way to the records behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    pub what: &'static str,
    /// The part, by its own name ("Hóa chất"); none: the whole.
    pub part: Option<String>,
    pub value: i64,
    pub source: String,
    pub link: String,
}

/// The answer of a counter, once it has counted.
pub type Counting<'a> = Pin<Box<dyn Future<Output = Result<Vec<Counted>, Failure>> + Send + 'a>>;

pub trait Counter: Send + Sync {
    /// The names it knows.
    fn names(&self) -> &'static [&'static str];

    /// All of its numbers of a unit. A part that is not among them has no records. Whoever asks has seen to it that the person may
    /// have them: they name nobody.
    fn count<'a>(&'a self, db: &'a Db, asked: Asked) -> Counting<'a>;
}
