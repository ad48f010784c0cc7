//! Operating the house: the program itself is started, as an operator would.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod backup;
mod calendar;
mod desk;
mod form;
mod journal;
mod report;
mod serving;
mod settings;
mod workflow;
