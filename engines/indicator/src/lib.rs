//! What is counted, for which unit and period.
//!
//! Read in this order: `period`.

mod period;

pub use period::{Closing, Kind, Period, Rules};

#[cfg(test)]
mod tests;
