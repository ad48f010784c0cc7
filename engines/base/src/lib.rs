//! What every room speaks: ids, days, exact numbers, Vietnamese text, and how a rule says no.
//!
//! Pure: no clock, no files, no SQL. Read in this order: `refusal`, `id`, `day`, `number`, `exact`, `text`, `words`.

pub mod contact;
pub mod day;
pub mod exact;
pub mod id;
pub mod number;
pub mod refusal;
pub mod text;
pub mod words;

pub use exact::Exact;
pub use jiff::Timestamp;
pub use jiff::civil::Date;
pub use refusal::{Refusal, Refusals};
pub use rust_decimal::Decimal;
pub use uuid::Uuid;
