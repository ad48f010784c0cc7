//! Signing in (`people::Oidc`) at the simulated provider, walked as a browser does; and the answers of a false one. They stand
//! here since the simulator does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod browser;
mod false_answers;
mod faults;
mod provider;
mod walks;
mod world;
