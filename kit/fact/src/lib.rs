//! One number: what, of which unit, in which period, and the records it was counted from.
//!
//! Read in this order: `catalogue`, `fact`, `read`, `record`, `words`; `counter` (what is counted when it is asked).

pub mod catalogue;
pub mod counter;
mod fact;
mod read;
mod record;
mod words;
mod year;

pub use catalogue::{Known, catalogue};
pub use fact::{Fact, FactId, New};
pub use read::{Filter, find, history, list, many, of};
pub use record::record;
pub use words::NotNow;
pub use year::{reporting_year, years_counted};
