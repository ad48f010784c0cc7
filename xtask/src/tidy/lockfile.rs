//! One TLS, one SQLite. A default feature of some library can bring a second one without a word; `Cargo.lock` shows it.

use toml::{Table, Value};

use super::Finding;
use super::tree::Tree;

const BANNED: &[(&str, &str)] = &[
    ("aws-lc-rs", "TLS is rustls with ring"),
    ("aws-lc-sys", "TLS is rustls with ring"),
    ("openssl-sys", "TLS is rustls with ring"),
    ("native-tls", "TLS is rustls with ring"),
    ("sqlx-core", "SQL goes through kit/db"),
];

/// A second version would not link, or would not share its types.
const ONCE: &[&str] = &["libsqlite3-sys", "rustls", "tokio", "rust_decimal"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    const PATH: &str = "Cargo.lock";
    let Some(text) = tree.text(PATH) else { return vec![Finding::new(PATH, 0, "missing: builds are pinned")] };
    let Ok(lock) = toml::from_str::<Table>(text) else { return vec![Finding::new(PATH, 0, "not read")] };
    let packages = lock.get("package").and_then(Value::as_array);
    let names: Vec<&str> = packages.into_iter().flatten().filter_map(|package| package.get("name")?.as_str()).collect();
    let count = |name: &str| names.iter().filter(|other| **other == name).count();
    let banned = BANNED.iter().filter(|(name, _)| count(name) > 0);
    let banned = banned.map(|(name, why)| {
        Finding::new(PATH, 0, format!("`{name}` came in by a feature of some library (cargo tree -i {name}): {why}"))
    });
    let twice = ONCE.iter().filter(|name| count(name) > 1);
    banned.chain(twice.map(|name| Finding::new(PATH, 0, format!("two versions of `{name}` (cargo tree -d)")))).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn found(names: &[&str]) -> usize {
        let text: String =
            names.iter().map(|name| format!("[[package]]\nname = \"{name}\"\nversion = \"1.0.0\"\n")).collect();
        check(&Tree::of(&[("Cargo.lock", &text)])).len()
    }

    #[test]
    fn one_tls_and_one_sqlite() {
        assert_eq!(found(&["ring", "rustls", "libsqlite3-sys"]), 0);
        assert_eq!(found(&["ring", "aws-lc-rs"]), 1);
        assert_eq!(found(&["libsqlite3-sys", "libsqlite3-sys", "openssl-sys"]), 2);
    }
}
