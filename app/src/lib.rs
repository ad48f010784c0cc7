//! Cửa Việt: the program that joins the rooms of the house and decides nothing itself.
//!
//! Read in this order: `cli`, `settings`, `wiring`, `serve`, `door`, `layers`, `health`; then the commands.

pub mod cli;
pub mod commands;
pub mod demo;
mod disk;
mod door;
pub mod health;
pub mod layers;
mod log;
pub mod metrics;
pub mod openapi;
pub mod proxy;
pub mod serve;
pub mod settings;
mod systemd;
mod trouble;
pub mod version;
pub mod wiring;
