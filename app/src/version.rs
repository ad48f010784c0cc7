//! Which program this is.

use serde_json::{Value, json};

pub const NUMBER: &str = env!("CARGO_PKG_VERSION");

pub fn json() -> Value {
    let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
    json!({ "name": "cuaviet", "version": NUMBER, "profile": profile, "migrations": db::MIGRATIONS.len() })
}
