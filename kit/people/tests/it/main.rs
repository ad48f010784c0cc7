//! Units, people, rights and ways in, each on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod accounts;
mod journalled;
mod links;
mod roles;
mod sessions;
mod sign_in;
mod tokens;
mod unit_files;
mod units;
mod world;
