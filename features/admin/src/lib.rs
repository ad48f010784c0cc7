//! Administration: the ways in, one's own account, and the screens of units, people, rule editions, facts, jobs and
//! the journal.
//!
//! Read in this order: `model`, `rules`, `words`; `store`; `actions`; then `pages`, one file per screen.

mod actions;
mod deeds;
mod model;
mod pages;
mod rules;
mod store;
mod words;

pub use pages::{NAV, routes};

#[cfg(test)]
mod tests;
