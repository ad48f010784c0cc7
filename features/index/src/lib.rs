//! index: see the README of this room.

pub mod cli;
pub mod files;
