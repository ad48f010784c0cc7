//! Journeys through this room's screens, on both databases.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod account;
mod fill;
mod others;
mod people;
mod units;
mod ways_in;
mod world;
