//! Papers are signed and read back: by this room, by poppler's `pdfsig` and by OpenSSL, where the host has them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod hostile;
mod keys;
mod outside;
mod reading;
mod remote;
mod samples;
mod signing;
