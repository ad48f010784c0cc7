//! Signing in at a real OpenID Connect provider (`e2e/oidc`), walked as a browser does; and the answers of a false one.
//!
//! Without node these tests say so and pass: the project's test command installs it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod browser;
mod false_answers;
mod provider;
mod walks;
mod world;
