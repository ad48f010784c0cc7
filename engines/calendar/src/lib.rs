//! Working time that can be explained: lunar dates, days off, hours, and deadlines with their reasons.
//!
//! Read in this order: `lunar`, `table`, `agency`, `calendar`, `due`, `ledger`, `why`. All times here are local (UTC+7),
//! to the minute; the caller knows the zone.

mod agency;
mod calendar;
mod due;
mod ledger;
pub mod lunar;
mod table;
mod why;

pub use agency::{Agency, Closure, Half, MadeUp, Span, Week};
pub use calendar::{Calendar, Special, is_weekday};
pub use due::{Count, DAY, Due, Limit, due, due_moment};
pub use ledger::{Act, Entry as LedgerEntry, Ledger};
pub use table::{Edition, Entry, Holiday, Kind, Status, Statute, Table};
pub use why::{minutes as say_minutes, named as say_day};

#[cfg(test)]
mod tests;
