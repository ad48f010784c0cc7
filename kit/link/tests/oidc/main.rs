//! Signing in (`people::Oidc`) at the simulated provider, walked as a browser does; and the answers of a false one. They stand
//! here since the simulator does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod browser;
mod faults;
mod false_answers;
mod provider;
mod walks;
mod world;
