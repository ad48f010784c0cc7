//! The commands of an operator, one file each.

pub mod accounts;
pub mod journal;
pub mod papers;
